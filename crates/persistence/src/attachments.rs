//! Attachments, and their bytes in the database or in a folder.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
};

use diesel::{
    prelude::*,
    sql_types::{Binary, Integer},
};
use domain::{attachment::Attachment, person::PersonId, time::Moment};
use uuid::Uuid;

use crate::{
    Database, Error, Page, Result, Session, Stored,
    codec::from_id,
    connection::{ask, held},
    documents::{all_of, documents, page_of},
    folder,
    schema::{attachment_contents, attachments},
};

/// How many are forgotten in one transaction, or looked at together.
const SOME: i64 = 100;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Some of the bytes, from the first on.
    fn substr(bytes: Binary, from: Integer, count: Integer) -> Binary;
}

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
    let content = kept(session, attachment.id.raw())?;
    if attachment.purpose.is_sealed() { session.unseal(&content) } else { Ok(content) }
}

/// The content of an attachment as it is kept.
fn kept(session: &mut Session<'_>, id: Uuid) -> Result<Vec<u8>> {
    let kept: Option<Vec<u8>> = ask!(session, |conn| attachment_contents::table
        .find(id.to_string())
        .select(attachment_contents::content)
        .first(conn))
    .optional()?;
    match (kept, session.file(id)) {
        (Some(content), _) => Ok(content),
        (None, Some(path)) => std::fs::read(path).map_err(Error::File),
        (None, None) => Err(Error::NotFound),
    }
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

/// Seals the content of some of the attachments behind the identifier `last` with the first key, one at a time, and counts those
/// that no key opens by the number of theirs. Gives the identifier of the last one, unless there are no more.
pub(crate) fn reseal_after(
    database: &Database,
    last: &str,
    first: u8,
    unopened: &mut BTreeMap<u8, i64>,
) -> Result<Option<String>> {
    let (sealed, newest) = database.read(|session| sealed_after(session, last))?;
    for id in sealed {
        let other = |number: &u8| *number != first;
        let Some(number) = database.read(|session| key_of(session, id))?.filter(other) else {
            continue;
        };
        if !database.write(|session| reseal(session, id))? {
            *unopened.entry(number).or_default() += 1;
        }
    }
    Ok(newest)
}

/// How many sealed contents there are, by the number of their key, and how many are missing.
pub(crate) fn sealed_with(session: &mut Session<'_>) -> Result<(BTreeMap<u8, i64>, i64)> {
    let (mut found, mut missing, mut last) = (BTreeMap::new(), 0, String::new());
    loop {
        let (sealed, newest) = sealed_after(session, &last)?;
        for id in sealed {
            match key_of(session, id)? {
                Some(number) => *found.entry(number).or_default() += 1,
                None => missing += 1,
            }
        }
        match newest {
            Some(newest) => last = newest,
            None => return Ok((found, missing)),
        }
    }
}

/// Of some attachments behind the identifier `last`, those whose content is sealed, and the identifier of the last of all.
fn sealed_after(session: &mut Session<'_>, last: &str) -> Result<(Vec<Uuid>, Option<String>)> {
    let some = all_of!(
        session,
        attachments::table.filter(attachments::id.gt(last)).order(attachments::id).limit(SOME)
    )?;
    let newest = some.last().map(|file: &Stored<Attachment>| file.id.to_string());
    let sealed = some.iter().filter(|file| file.purpose.is_sealed()).map(|file| file.id);
    Ok((sealed.collect(), newest))
}

/// The number of the key that the content of an attachment is sealed with, if it is there.
fn key_of(session: &mut Session<'_>, id: Uuid) -> Result<Option<u8>> {
    let head: Option<Vec<u8>> = ask!(session, |conn| attachment_contents::table
        .find(id.to_string())
        .select(substr(attachment_contents::content, 1, 1))
        .first(conn))
    .optional()?;
    if let Some(head) = head {
        return Ok(head.first().copied());
    }
    let Some(path) = session.file(id) else { return Ok(None) };
    let mut head = [0];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    match read {
        Ok(()) => Ok(Some(head[0])),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::File(error)),
    }
}

/// Seals the content of an attachment anew. Tells whether it could be opened, or has been discarded meanwhile: its row is held,
/// so that whoever discards it comes before or after. What is in it never changes.
fn reseal(session: &mut Session<'_>, id: Uuid) -> Result<bool> {
    let there: Option<String> =
        held!(session, |conn| attachments::table.find(id.to_string()).select(attachments::id))
            .optional()?;
    if there.is_none() {
        return Ok(true);
    }
    let sealed = kept(session, id)?;
    let Ok(plain) = session.unseal(&sealed) else { return Ok(false) };
    let sealed = session.seal(&plain)?;
    let changed =
        ask!(session, |conn| diesel::update(attachment_contents::table.find(id.to_string()))
            .set(attachment_contents::content.eq(&sealed))
            .execute(conn))?;
    if changed == 0 {
        let path = session.file(id).ok_or(Error::NotFound)?;
        folder::replace(&path, &sealed).map_err(Error::File)?;
    }
    Ok(true)
}
