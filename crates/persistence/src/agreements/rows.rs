//! The rows of agreements: everything but what is sealed.

use diesel::{dsl::max, prelude::*};
use domain::{agreement::Agreement, assignment::AssignmentId, person::PersonId};

use crate::{
    Result, Session, Stored,
    codec::from_id,
    connection::ask,
    documents::{all_of, documents},
    schema::{agreements, assignments},
};

documents! {
    agreements of Agreement as agreement {
        assignment_id: String = from_id(agreement.assignment),
        number: i32 = agreement.version,
        state: String = agreement.state.name().to_owned(),
    }
}

/// The agreement of an assignment in this state, if there is one.
pub(super) fn in_state(
    session: &mut Session<'_>,
    assignment: AssignmentId,
    state: &str,
) -> Result<Option<Stored<Agreement>>> {
    ask!(session, |conn| agreements::table
        .filter(agreements::assignment_id.eq(from_id(assignment)))
        .filter(agreements::state.eq(state))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}

/// The number of the newest agreement of an assignment, whatever has become of it.
pub(super) fn newest(session: &mut Session<'_>, assignment: AssignmentId) -> Result<Option<i32>> {
    Ok(ask!(session, |conn| agreements::table
        .filter(agreements::assignment_id.eq(from_id(assignment)))
        .select(max(agreements::number))
        .first(conn))?)
}

/// Those on a person's tasks that are being filled in.
pub(super) fn drafting_of(
    session: &mut Session<'_>,
    person: PersonId,
) -> Result<Vec<Stored<Agreement>>> {
    let theirs = assignments::table
        .filter(assignments::person_id.eq(from_id(person)))
        .select(assignments::id);
    all_of!(
        session,
        agreements::table
            .filter(agreements::assignment_id.eq_any(theirs.clone()))
            .filter(agreements::state.eq("drafting"))
            .order(agreements::id)
    )
}
