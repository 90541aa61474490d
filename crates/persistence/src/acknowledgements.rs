//! Acknowledgements of documents.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::document::{Acknowledgement, DocumentId};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_id, from_moment},
    connection::ask,
    documents::{documents, page_of},
    schema::acknowledgements,
};

documents! {
    acknowledgements of Acknowledgement as acknowledgement {
        document_id: String = from_id(acknowledgement.document),
        person_id: String = from_id(acknowledgement.person),
        published_at: NaiveDateTime = from_moment(acknowledgement.published),
    }
}

/// Lists the acknowledgements of a document; whoever manages the document may read them all.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    document: DocumentId,
    page: Page,
) -> Result<Vec<Stored<Acknowledgement>>> {
    page_of!(
        session,
        acknowledgements,
        page,
        acknowledgements::table.filter(acknowledgements::document_id.eq(from_id(document)))
    )
}

/// The acknowledgement that stands for the same person and publication, if there is one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn same(
    session: &mut Session<'_>,
    wanted: &Acknowledgement,
) -> Result<Option<Stored<Acknowledgement>>> {
    ask!(session, |conn| acknowledgements::table
        .filter(acknowledgements::document_id.eq(from_id(wanted.document)))
        .filter(acknowledgements::person_id.eq(from_id(wanted.person)))
        .filter(acknowledgements::published_at.eq(from_moment(wanted.published)))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}
