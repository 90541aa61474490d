//! What audiences said.

use diesel::prelude::*;
use domain::{assignment::AssignmentId, feedback::AudienceFeedback};

use crate::{
    Result, Session, Stored, codec::from_id, connection::ask, documents::documents,
    schema::audience_feedback,
};

documents! {
    audience_feedback of AudienceFeedback as given {
        assignment_id: String = from_id(given.assignment),
        node_id: String = from_id(given.node),
        question_set_id: String = from_id(given.form.question_set),
    }
}

/// What the audience of an assignment said, if that was written down.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of(
    session: &mut Session<'_>,
    assignment: AssignmentId,
) -> Result<Option<Stored<AudienceFeedback>>> {
    ask!(session, |conn| audience_feedback::table
        .filter(audience_feedback::assignment_id.eq(from_id(assignment)))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}
