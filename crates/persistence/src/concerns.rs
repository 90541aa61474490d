//! Concerns.

use diesel::prelude::*;
use domain::{concern::Concern, policy::Scope};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    documents::{documents, page_of},
    schema::concerns,
    scope::in_scope,
};

documents! {
    concerns of Concern as concern {
        node_id: String = from_id(concern.form.node_id),
        raised_by: String = from_id(concern.raised_by),
        state: String = concern.state.name().to_owned(),
    }
}

/// Concerns in the order of their raising, of one state or of all.
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
        below: concerns::node_id,
        own: concerns::raised_by,
    });
    if let Some(state) = state {
        query = query.filter(concerns::state.eq(state.to_owned()));
    }
    page_of!(session, concerns, page, query)
}
