//! What each side said of an assignment.

use diesel::prelude::*;
use domain::{
    assignment::{Assignment, AssignmentId},
    feedback::{Feedback, Side},
    person::PersonId,
    policy::Scope,
};

use crate::{
    Error, Page, Result, Session, Stored,
    codec::{from_id, from_name},
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::{assignments, feedback},
    scope::in_scope,
    way::way,
};

documents! {
    feedback of Feedback as given {
        assignment_id: String = from_id(given.assignment),
        node_id: String = from_id(given.node),
        side: String = from_name(&given.side),
        question_set_id: String = from_id(given.form.question_set),
        promises: bool = !given.changes.is_empty(),
    }
}

/// Which feedback a listing is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// That of this side.
    pub side: Option<Side>,
    /// That which says, or does not say, what will change.
    pub promises: Option<bool>,
}

/// Feedback in the order in which it was given.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<Feedback>>> {
    let way = way!(session, feedback, scope, { below: feedback::node_id, });
    let mut query = in_scope!(feedback, feedback::table.into_boxed(), scope, {
        below: feedback::node_id,
    });
    if let Some(side) = filter.side {
        query = query.filter(feedback::side.eq(from_name(&side)));
    }
    if let Some(promises) = filter.promises {
        query = query.filter(feedback::promises.eq(promises));
    }
    page_of!(session, feedback, page, query, way)
}

/// What a side said of an assignment, if it has.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of(
    session: &mut Session<'_>,
    assignment: AssignmentId,
    side: Side,
) -> Result<Option<Stored<Feedback>>> {
    ask!(session, |conn| feedback::table
        .filter(feedback::assignment_id.eq(from_id(assignment)))
        .filter(feedback::side.eq(from_name(&side)))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}

/// What an expert has said of their tasks that may be quoted.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn quotable_of(session: &mut Session<'_>, expert: PersonId) -> Result<Vec<Stored<Feedback>>> {
    let theirs = assignments::table
        .filter(assignments::person_id.eq(from_id(expert)))
        .select(assignments::id);
    let said: Vec<Stored<Feedback>> = all_of!(
        session,
        feedback::table
            .filter(feedback::assignment_id.eq_any(theirs))
            .filter(feedback::side.eq(from_name(&Side::Expert)))
            .order(feedback::id)
    )?;
    Ok(said.into_iter().filter(|given| given.form.may_quote).collect())
}

/// The assignments whose task was done and of which a side, or this side, has said nothing.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn missing(
    session: &mut Session<'_>,
    scope: &Scope,
    side: Option<Side>,
    page: Page,
) -> Result<Vec<Stored<Assignment>>> {
    let said = |side: Side| {
        feedback::table.filter(feedback::side.eq(from_name(&side))).select(feedback::assignment_id)
    };
    let mut query = in_scope!(assignments, assignments::table.into_boxed(), scope, {
        below: assignments::node_id,
        handled: assignments::handler_id,
        own: assignments::person_id,
    });
    query = match side {
        Some(side) => query.filter(assignments::id.ne_all(said(side))),
        None => query.filter(
            assignments::id
                .ne_all(said(Side::Orderer))
                .or(assignments::id.ne_all(said(Side::Expert))),
        ),
    };
    let rows: Vec<(String, String, i32)> = query
        .filter(assignments::state.eq_any(["performed", "closed"]))
        .filter(assignments::id.gt(page.floor()))
        .order(assignments::id)
        .limit(page.rows())
        .select((assignments::id, assignments::body, assignments::version))
        .load(session.conn)?;
    rows.into_iter()
        .map(|(id, body, version)| {
            let thing: Assignment = serde_json::from_str(&body)
                .map_err(|_| Error::corrupt("assignments", &id, "body"))?;
            Ok(Stored { id: thing.id.raw(), version, thing })
        })
        .collect()
}
