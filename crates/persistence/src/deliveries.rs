//! Deliveries of documents and forms before a task.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::{assignment::AssignmentId, delivery::Delivery, document::DocumentId, policy::Scope};

use crate::{
    Page, Result, Session, Stored,
    chunks::chunks,
    codec::from_id,
    connection::ask,
    documents::{documents, page_of},
    schema::{assignments, delivered_documents, deliveries},
    scope::in_scope,
};

documents! {
    deliveries of Delivery as delivery {
        assignment_id: String = from_id(delivery.assignment),
    }
}

/// Records a delivery, and which documents are in it.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn record(session: &mut Session<'_>, delivery: Delivery) -> Result<Stored<Delivery>> {
    let added = add(session, delivery)?;
    let documents: BTreeSet<_> = added.documents.iter().map(|one| one.document).collect();
    for document in documents {
        ask!(session, |conn| diesel::insert_into(delivered_documents::table)
            .values((
                delivered_documents::document_id.eq(from_id(document)),
                delivered_documents::delivery_id.eq(from_id(added.thing.id)),
                delivered_documents::assignment_id.eq(from_id(added.assignment)),
            ))
            .execute(conn))?;
    }
    Ok(added)
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

/// The deliveries that a document is in, of the assignments that `scope` covers.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_document(
    session: &mut Session<'_>,
    document: DocumentId,
    scope: &Scope,
) -> Result<Vec<Stored<Delivery>>> {
    let document = from_id(document);
    let with_it = delivered_documents::table.filter(delivered_documents::document_id.eq(&document));
    let covered = in_scope!(assignments, assignments::table.into_boxed(), scope, {
        below: assignments::node_id,
        handled: assignments::handler_id,
        own: assignments::person_id,
    });
    let covered: Vec<String> = covered
        .filter(assignments::id.eq_any(with_it.select(delivered_documents::assignment_id)))
        .select(assignments::id)
        .load(session.conn)?;
    let rows: Vec<Found> = chunks(&covered, |assignments| {
        ask!(session, |conn| deliveries::table
            .filter(deliveries::id.eq_any(with_it.select(delivered_documents::delivery_id)))
            .filter(deliveries::assignment_id.eq_any(assignments))
            .select(Found::as_select())
            .load(conn))
    })?;
    rows.into_iter().map(Found::read).collect()
}
