//! Supervision sessions, and whom they are for.

use diesel::prelude::*;
use domain::{
    person::PersonId,
    policy::{Reach, Scope},
    supervision::{SupervisionSession, SupervisionSessionId},
    time::Day,
};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_day, from_id, to_id},
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::{endings, supervision_invitations, supervision_sessions},
    scope::in_scope,
};

documents! {
    supervision_sessions of SupervisionSession as supervision {
        node_id: String = from_id(supervision.node),
        owner_id: String = from_id(supervision.owner),
        state: String = supervision.state.name().to_owned(),
    }
}

/// Adds a session and the invitations to it.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn invite(
    session: &mut Session<'_>,
    supervision: SupervisionSession,
) -> Result<Stored<SupervisionSession>> {
    let added = add(session, supervision)?;
    for person in &added.invited {
        ask!(session, |conn| diesel::insert_into(supervision_invitations::table)
            .values((
                supervision_invitations::session_id.eq(from_id(added.thing.id)),
                supervision_invitations::person_id.eq(from_id(*person)),
            ))
            .execute(conn))?;
    }
    Ok(added)
}

/// The sessions that a person has asked for or is invited to, and that are neither held nor cancelled.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn to_come(
    session: &mut Session<'_>,
    person: PersonId,
) -> Result<Vec<Stored<SupervisionSession>>> {
    let theirs = supervision_invitations::table
        .filter(supervision_invitations::person_id.eq(from_id(person)))
        .select(supervision_invitations::session_id);
    all_of!(
        session,
        supervision_sessions::table
            .filter(supervision_sessions::id.eq_any(theirs))
            .filter(supervision_sessions::state.eq_any(["requested", "offered", "booked"]))
            .order(supervision_sessions::id)
    )
}

/// The sessions that somebody has asked for of organisations whose work had ended on `day`.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn left_by_ended(session: &mut Session<'_>, day: Day) -> Result<Vec<SupervisionSessionId>> {
    let ended = endings::table.filter(endings::last_day.lt(from_day(day)));
    let found: Vec<String> = ask!(session, |conn| supervision_sessions::table
        .filter(supervision_sessions::node_id.eq_any(ended.select(endings::node_id)))
        .filter(supervision_sessions::state.eq("requested"))
        .order(supervision_sessions::id)
        .select(supervision_sessions::id)
        .load(conn))?;
    found.iter().map(|asked| to_id("supervision_sessions", asked)).collect()
}

/// Lists sessions, those in `state` if it is given. A session is a person's own that they are invited to, or have asked for.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    state: Option<&str>,
    page: Page,
) -> Result<Vec<Stored<SupervisionSession>>> {
    let query = supervision_sessions::table.into_boxed();
    let mut query = in_scope!(supervision_sessions, query, scope, {
        below: supervision_sessions::node_id,
    });
    for reach in &scope.0 {
        if let Reach::Own(person) = reach {
            query = query.or_filter(
                supervision_sessions::id.eq_any(
                    supervision_invitations::table
                        .filter(supervision_invitations::person_id.eq(from_id(*person)))
                        .select(supervision_invitations::session_id),
                ),
            );
        }
    }
    if let Some(state) = state {
        query = query.filter(supervision_sessions::state.eq(state.to_owned()));
    }
    page_of!(session, supervision_sessions, page, query)
}
