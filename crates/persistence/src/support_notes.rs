//! Notes about supporting experts; their texts are encrypted (S2-04).

use diesel::prelude::*;
use domain::{
    expert::ExpertId,
    policy::Scope,
    support_note::{SupportNote, SupportNoteId},
    time::Moment,
};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::support_notes,
    scope::in_scope,
    sealed_parts,
};

documents! {
    support_notes of SupportNote as note {
        expert_id: String = from_id(note.expert),
        handler_id: Option<String> = note.organisation.map(from_id),
    }
}

/// Records a note with its text.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn record(
    session: &mut Session<'_>,
    note: SupportNote,
    text: &str,
) -> Result<Stored<SupportNote>> {
    let stored = add(session, note)?;
    sealed_parts::put(session, stored.thing.id, &text)?;
    Ok(stored)
}

/// The text of a note.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such note.
pub fn text(session: &mut Session<'_>, id: SupportNoteId) -> Result<String> {
    sealed_parts::get(session, id)
}

/// The notes about an expert that were written by `until`, of whichever organisation: to be forgotten.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn until(
    session: &mut Session<'_>,
    expert: ExpertId,
    until: Moment,
) -> Result<Vec<SupportNoteId>> {
    let about = support_notes::expert_id.eq(from_id(expert));
    let found: Vec<Stored<SupportNote>> =
        all_of!(session, support_notes::table.filter(about).order(support_notes::id))?;
    let found = found.into_iter().filter(|note| note.at <= until);
    Ok(found.map(|note| note.thing.id).collect())
}

/// Forgets a note with its text.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn forget(session: &mut Session<'_>, id: SupportNoteId) -> Result<()> {
    sealed_parts::forget(session, id)?;
    let row = support_notes::table.find(from_id(id));
    ask!(session, |conn| diesel::delete(row).execute(conn))?;
    Ok(())
}

/// The notes about one expert, of the organisations that `scope` covers.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    expert: ExpertId,
    scope: &Scope,
    page: Page,
) -> Result<Vec<Stored<SupportNote>>> {
    let query = in_scope!(support_notes, support_notes::table.into_boxed(), scope, {
        handled: support_notes::handler_id,
    });
    let query = query.filter(support_notes::expert_id.eq(from_id(expert)));
    page_of!(session, support_notes, page, query)
}
