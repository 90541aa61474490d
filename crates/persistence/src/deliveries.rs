//! Deliveries of documents and forms before a task.

use diesel::prelude::*;
use domain::{assignment::AssignmentId, delivery::Delivery, person::PersonId};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    documents::{all_of, documents, page_of},
    schema::{assignments, deliveries},
};

documents! {
    deliveries of Delivery as delivery {
        assignment_id: String = from_id(delivery.assignment),
    }
}

/// Lists the deliveries of an assignment; whoever may read the assignment may read them all.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    assignment: AssignmentId,
    page: Page,
) -> Result<Vec<Stored<Delivery>>> {
    page_of!(
        session,
        deliveries,
        page,
        deliveries::table.filter(deliveries::assignment_id.eq(from_id(assignment)))
    )
}

/// What was delivered to these experts.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn to(session: &mut Session<'_>, experts: &[PersonId]) -> Result<Vec<Stored<Delivery>>> {
    let experts: Vec<String> = experts.iter().copied().map(from_id).collect();
    let theirs =
        assignments::table.filter(assignments::person_id.eq_any(experts)).select(assignments::id);
    all_of!(session, deliveries::table.filter(deliveries::assignment_id.eq_any(theirs)))
}
