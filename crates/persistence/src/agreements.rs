//! Agreements: the first one of an assignment and its amendments.

use diesel::prelude::*;
use domain::{agreement::Agreement, assignment::AssignmentId};

use crate::{Result, Session, Stored, codec::from_id, documents::documents, schema::agreements};

documents! {
    agreements of Agreement as agreement {
        assignment_id: String = from_id(agreement.assignment),
        number: i32 = agreement.version,
        state: String = agreement.state.name().to_owned(),
    }
}

/// The agreements of an assignment, the first one first.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of(session: &mut Session<'_>, assignment: AssignmentId) -> Result<Vec<Stored<Agreement>>> {
    agreements::table
        .filter(agreements::assignment_id.eq(from_id(assignment)))
        .order(agreements::number)
        .select(Row::as_select())
        .load(session.conn)?
        .into_iter()
        .map(Row::read)
        .collect()
}

/// The agreement of an assignment that is in force, if one is.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn in_force(
    session: &mut Session<'_>,
    assignment: AssignmentId,
) -> Result<Option<Stored<Agreement>>> {
    in_state(session, assignment, "in_force")
}

/// The agreement or amendment of an assignment that the parties fill in, if there is one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn drafting(
    session: &mut Session<'_>,
    assignment: AssignmentId,
) -> Result<Option<Stored<Agreement>>> {
    in_state(session, assignment, "drafting")
}

fn in_state(
    session: &mut Session<'_>,
    assignment: AssignmentId,
    state: &str,
) -> Result<Option<Stored<Agreement>>> {
    agreements::table
        .filter(agreements::assignment_id.eq(from_id(assignment)))
        .filter(agreements::state.eq(state))
        .select(Row::as_select())
        .first(session.conn)
        .optional()?
        .map(Row::read)
        .transpose()
}
