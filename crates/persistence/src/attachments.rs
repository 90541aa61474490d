//! Attachments, and their bytes in the database or in a folder.

use diesel::prelude::*;
use domain::{attachment::Attachment, person::PersonId, time::Moment};
use uuid::Uuid;

use crate::{
    Error, Page, Result, Session, Stored,
    codec::from_id,
    connection::{ask, held},
    documents::{all_of, documents, page_of},
    schema::{attachment_contents, attachments},
};

/// How many are forgotten in one transaction.
const SOME: i64 = 100;

documents! {
    attachments of Attachment as attachment {
        uploader_id: String = from_id(attachment.uploader),
        thing_id: Option<String> = attachment.attached.as_ref().map(|to| to.id.to_string()),
    }
}

/// Keeps a new attachment with its content, encrypted if its purpose asks for it.
///
/// # Errors
///
/// [`Error::File`] if the folder cannot be written to.
pub fn keep(
    session: &mut Session<'_>,
    attachment: Attachment,
    content: &[u8],
) -> Result<Stored<Attachment>> {
    let stored = add(session, attachment)?;
    let id = stored.thing.id;
    let content =
        if stored.purpose.is_sealed() { session.seal(content)? } else { content.to_vec() };
    match session.file(id.raw()) {
        Some(path) => {
            session.touched.make(path, &content).map_err(Error::File)?;
        }
        None => {
            ask!(session, |conn| diesel::insert_into(attachment_contents::table)
                .values((
                    attachment_contents::id.eq(from_id(id)),
                    attachment_contents::content.eq(content),
                ))
                .execute(conn))?;
        }
    }
    Ok(stored)
}

/// The content of an attachment. What was kept in the database before there was a folder is still found there.
///
/// # Errors
///
/// [`Error::NotFound`] if there is no such attachment; [`Error::File`] if its file cannot be read.
pub fn content(session: &mut Session<'_>, attachment: &Attachment) -> Result<Vec<u8>> {
    let kept: Option<Vec<u8>> = ask!(session, |conn| attachment_contents::table
        .find(from_id(attachment.id))
        .select(attachment_contents::content)
        .first(conn))
    .optional()?;
    let content = match (kept, session.file(attachment.id.raw())) {
        (Some(content), _) => content,
        (None, Some(path)) => std::fs::read(path).map_err(Error::File)?,
        (None, None) => return Err(Error::NotFound),
    };
    if attachment.purpose.is_sealed() { session.unseal(&content) } else { Ok(content) }
}

/// What a person has uploaded.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    uploader: PersonId,
    page: Page,
) -> Result<Vec<Stored<Attachment>>> {
    page_of!(
        session,
        attachments,
        page,
        attachments::table.filter(attachments::uploader_id.eq(from_id(uploader)))
    )
}

/// How many files of a person are attached to nothing.
///
/// # Errors
///
/// [`Error::Database`].
pub fn count_loose(session: &mut Session<'_>, uploader: PersonId) -> Result<i64> {
    Ok(ask!(session, |conn| attachments::table
        .filter(attachments::uploader_id.eq(from_id(uploader)))
        .filter(attachments::thing_id.is_null())
        .count()
        .get_result(conn))?)
}

/// How many files are attached to a thing.
///
/// # Errors
///
/// [`Error::Database`].
pub fn count_attached(session: &mut Session<'_>, thing: Uuid) -> Result<i64> {
    Ok(ask!(session, |conn| attachments::table
        .filter(attachments::thing_id.eq(thing.to_string()))
        .count()
        .get_result(conn))?)
}

/// Forgets a file that is attached to nothing, and its content. A file in the folder goes once the transaction has ended.
///
/// # Errors
///
/// [`Error::Stale`] if it has been attached or forgotten since it was read.
pub fn discard(session: &mut Session<'_>, attachment: &Stored<Attachment>) -> Result<()> {
    let id = from_id(attachment.thing.id);
    // Whoever attaches it at this moment comes before, and it stays, or after, and finds it gone.
    let loose: Option<String> = held!(session, |conn| attachments::table
        .find(&id)
        .filter(attachments::version.eq(attachment.version))
        .filter(attachments::thing_id.is_null())
        .select(attachments::id))
    .optional()?;
    if loose.is_none() {
        return Err(Error::Stale);
    }
    ask!(session, |conn| diesel::delete(attachment_contents::table.find(&id)).execute(conn))?;
    ask!(session, |conn| diesel::delete(attachments::table.find(&id)).execute(conn))?;
    if let Some(path) = session.file(attachment.id) {
        session.touched.give_up(path);
    }
    Ok(())
}

/// Forgets some of the files that were uploaded before a moment and are attached to nothing, the oldest first. Gives how
/// many. What somebody else attaches or discards meanwhile is left to them.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn forget_loose(session: &mut Session<'_>, before: Moment) -> Result<usize> {
    let oldest = all_of!(
        session,
        attachments::table
            .filter(attachments::thing_id.is_null())
            .order(attachments::id)
            .limit(SOME)
    )?;
    let old = oldest.iter().take_while(|file| file.uploaded_at < before);
    let mut forgotten = 0;
    for file in old {
        match discard(session, file) {
            Ok(()) => forgotten += 1,
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(forgotten)
}
