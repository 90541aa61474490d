//! Concerns.

use diesel::prelude::*;
use domain::{
    concern::Concern,
    person::PersonId,
    policy::{Reach, Scope},
};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    connection::ask,
    documents::{documents, page_of},
    schema::{concerns, nodes},
    scope::in_scope,
};

documents! {
    concerns of Concern as concern {
        node_id: String = from_id(concern.form.node_id),
        handler_id: Option<String> = concern.handler.map(from_id),
        raised_by: String = from_id(concern.raised_by),
        state: String = concern.state.name().to_owned(),
    }
}

/// How many concerns of a person wait for an answer.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn count_open(session: &mut Session<'_>, person: PersonId) -> Result<i64> {
    Ok(ask!(session, |conn| concerns::table
        .filter(concerns::raised_by.eq(from_id(person)))
        .filter(concerns::state.eq("received"))
        .count()
        .get_result(conn))?)
}

/// Concerns in the order of their raising, of one state or of all. One that is not for the centre is at no node.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    state: Option<&str>,
    page: Page,
) -> Result<Vec<Stored<Concern>>> {
    let mut query = in_scope!(concerns, concerns::table.into_boxed(), scope, {
        handled: concerns::handler_id,
        own: concerns::raised_by,
    });
    for reach in &scope.0 {
        if let Reach::Below(path) = reach {
            let below = nodes::table
                .filter(nodes::path.like(format!("{}%", path.as_str())))
                .select(nodes::id);
            let for_centre = concerns::handler_id.is_null();
            query = query.or_filter(for_centre.and(concerns::node_id.eq_any(below)));
        }
    }
    if let Some(state) = state {
        query = query.filter(concerns::state.eq(state.to_owned()));
    }
    page_of!(session, concerns, page, query)
}
