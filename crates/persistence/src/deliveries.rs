//! Deliveries of documents and forms before a task.

use diesel::prelude::*;
use domain::{assignment::AssignmentId, delivery::Delivery};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    documents::{documents, page_of},
    schema::deliveries,
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
