//! Answers that were given, to be given again to whoever asks again with the same key.
//!
//! The row is written in the transaction of the effect itself: either both are there or neither.

use diesel::prelude::*;
use domain::time::Moment;

use crate::{
    Error, Result, Session, codec::from_moment, connection::ask, schema::idempotency_keys,
};

/// What is known of a key.
pub enum Known {
    /// Nothing: it is now reserved for this request.
    Nothing,
    /// This answer was given, to the same request.
    Answer(Vec<u8>),
    /// It was used for another request.
    Other,
}

/// Looks a key up and reserves it if it is new. On PostgreSQL a request with the same key waits here for the first one
/// to end, and then gets [`Error::Exists`] and begins again.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Exists`], [`Error::Key`].
pub fn reserve(
    session: &mut Session<'_>,
    key: &str,
    fingerprint: &str,
    at: Moment,
) -> Result<Known> {
    let found: Option<(String, Option<Vec<u8>>)> = ask!(session, |conn| idempotency_keys::table
        .find(key)
        .select((idempotency_keys::fingerprint, idempotency_keys::sealed_answer))
        .first(conn))
    .optional()?;
    match found {
        Some((known, _)) if known != fingerprint => Ok(Known::Other),
        Some((_, Some(sealed))) => Ok(Known::Answer(session.unseal(&sealed)?)),
        Some((_, None)) => Err(Error::corrupt("idempotency_keys", key, "no answer")),
        None => {
            ask!(session, |conn| diesel::insert_into(idempotency_keys::table)
                .values((
                    idempotency_keys::id.eq(key),
                    idempotency_keys::fingerprint.eq(fingerprint),
                    idempotency_keys::sealed_answer.eq(None::<Vec<u8>>),
                    idempotency_keys::created_at.eq(from_moment(at)),
                ))
                .execute(conn))?;
            Ok(Known::Nothing)
        }
    }
}

/// Keeps the answer to a reserved key.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Key`].
pub fn keep(session: &mut Session<'_>, key: &str, answer: &[u8]) -> Result<()> {
    let sealed = session.seal(answer)?;
    ask!(session, |conn| diesel::update(idempotency_keys::table.find(key))
        .set(idempotency_keys::sealed_answer.eq(sealed))
        .execute(conn))?;
    Ok(())
}

/// Forgets a reserved key: it is as if it had never been sent.
///
/// # Errors
///
/// [`Error::Database`].
pub fn release(session: &mut Session<'_>, key: &str) -> Result<()> {
    ask!(session, |conn| diesel::delete(idempotency_keys::table.find(key)).execute(conn))?;
    Ok(())
}

/// Forgets the keys from before `before`.
///
/// # Errors
///
/// [`Error::Database`].
pub fn forget(session: &mut Session<'_>, before: Moment) -> Result<()> {
    ask!(session, |conn| diesel::delete(
        idempotency_keys::table.filter(idempotency_keys::created_at.lt(from_moment(before))),
    )
    .execute(conn))?;
    Ok(())
}
