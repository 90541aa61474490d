//! The rows of agreements: everything but what is sealed.

use diesel::prelude::*;
use domain::{agreement::Agreement, assignment::AssignmentId};

use crate::{
    Result, Session, Stored, codec::from_id, connection::ask, documents::documents,
    schema::agreements,
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
