//! Notes about supporting experts; their texts are encrypted (S2-04).

use diesel::prelude::*;
use domain::{
    expert::ExpertId,
    policy::Scope,
    support_note::{SupportNote, SupportNoteId},
};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    documents::{documents, page_of},
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
