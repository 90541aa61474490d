//! Acknowledgements of documents.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{
    document::{Acknowledgement, DocumentId},
    person::PersonId,
};

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

/// Whose acknowledgements of a document.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Everybody's: for those who look after the document.
    Everybodys,
    /// Those of one person.
    Of(PersonId),
}

/// Lists acknowledgements of a document.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    document: DocumentId,
    whose: Whose,
    page: Page,
) -> Result<Vec<Stored<Acknowledgement>>> {
    let mut query = acknowledgements::table
        .filter(acknowledgements::document_id.eq(from_id(document)))
        .into_boxed();
    if let Whose::Of(person) = whose {
        query = query.filter(acknowledgements::person_id.eq(from_id(person)));
    }
    page_of!(session, acknowledgements, page, query)
}

/// Whether the person has acknowledged the document, as it is now or as it was.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn has(session: &mut Session<'_>, document: DocumentId, person: PersonId) -> Result<bool> {
    let one = Page { after: None, limit: 1 };
    Ok(!list(session, document, Whose::Of(person), one)?.is_empty())
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
