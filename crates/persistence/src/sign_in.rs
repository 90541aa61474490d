//! One-time codes, and the sessions that they begin.
//!
//! Codes, refresh tokens and addresses are kept as digests only: a copy of the database signs nobody in.

use chrono::NaiveDateTime;
use diesel::{dsl::exists, prelude::*, select};
use domain::{id::Id, person::Person, time::Moment};
use uuid::Uuid;

use crate::{
    Error, Result, Session,
    codec::{from_id, from_moment, to_id, to_moment},
    connection::ask,
    schema::{refresh_tokens, sessions, sign_in_codes},
};

/// A one-time code that was sent.
pub struct NewCode<'a> {
    /// Its identifier.
    pub id: Uuid,
    /// The digest of the e-mail address it was asked for.
    pub email: &'a str,
    /// The digest of the network address that asked.
    pub address: &'a str,
    /// The digest of the code.
    pub code: &'a str,
    /// When it was asked for.
    pub at: Moment,
    /// Until when it can be used.
    pub expires: Moment,
}

/// Records a code.
///
/// # Errors
///
/// [`Error::Database`].
pub fn add_code(session: &mut Session<'_>, code: &NewCode<'_>) -> Result<()> {
    ask!(session, |conn| diesel::insert_into(sign_in_codes::table)
        .values((
            sign_in_codes::id.eq(code.id.to_string()),
            sign_in_codes::email_digest.eq(code.email),
            sign_in_codes::address_digest.eq(code.address),
            sign_in_codes::code_digest.eq(code.code),
            sign_in_codes::created_at.eq(from_moment(code.at)),
            sign_in_codes::expires_at.eq(from_moment(code.expires)),
            sign_in_codes::attempts.eq(0),
            sign_in_codes::used_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn))?;
    Ok(())
}

/// How many codes were asked for since `since` for the e-mail address with this digest.
///
/// # Errors
///
/// [`Error::Database`].
pub fn count_for_email(session: &mut Session<'_>, email: &str, since: Moment) -> Result<i64> {
    let recent = sign_in_codes::table.filter(sign_in_codes::created_at.gt(from_moment(since)));
    Ok(ask!(session, |conn| recent
        .filter(sign_in_codes::email_digest.eq(email))
        .count()
        .get_result(conn))?)
}

/// How many codes were asked for since `since` from the network address with this digest.
///
/// # Errors
///
/// [`Error::Database`].
pub fn count_from_address(session: &mut Session<'_>, address: &str, since: Moment) -> Result<i64> {
    let recent = sign_in_codes::table.filter(sign_in_codes::created_at.gt(from_moment(since)));
    Ok(ask!(session, |conn| recent
        .filter(sign_in_codes::address_digest.eq(address))
        .count()
        .get_result(conn))?)
}

/// Uses up the newest code of an e-mail address, if `code` is it: it is then used up for good, and those before it stay worth
/// nothing. A wrong try is counted, and after `most` of them the code is worth nothing.
///
/// # Errors
///
/// [`Error::Database`].
pub fn use_code(
    session: &mut Session<'_>,
    email: &str,
    code: &str,
    at: Moment,
    most: i32,
) -> Result<bool> {
    type Newest = (String, String, i32, Option<NaiveDateTime>);
    let newest: Option<Newest> = ask!(session, |conn| sign_in_codes::table
        .filter(sign_in_codes::email_digest.eq(email))
        .filter(sign_in_codes::expires_at.gt(from_moment(at)))
        .order(sign_in_codes::id.desc())
        .select((
            sign_in_codes::id,
            sign_in_codes::code_digest,
            sign_in_codes::attempts,
            sign_in_codes::used_at,
        ))
        .first(conn))
    .optional()?;
    let Some((id, expected, attempts, used)) = newest else { return Ok(false) };
    if used.is_some() || attempts >= most {
        return Ok(false);
    }
    let right = expected == code;
    let this = sign_in_codes::table
        .filter(sign_in_codes::id.eq(id))
        .filter(sign_in_codes::attempts.eq(attempts))
        .filter(sign_in_codes::used_at.is_null());
    let changed = ask!(session, |conn| diesel::update(this)
        .set((
            sign_in_codes::attempts.eq(attempts + 1),
            sign_in_codes::used_at.eq(right.then(|| from_moment(at))),
        ))
        .execute(conn))?;
    if changed == 0 { Err(Error::Stale) } else { Ok(right) }
}

/// Begins a session of a person with its first refresh token.
///
/// # Errors
///
/// [`Error::Database`].
pub fn begin(
    session: &mut Session<'_>,
    id: Uuid,
    person: Id<Person>,
    token: &str,
    at: Moment,
    expires: Moment,
) -> Result<()> {
    ask!(session, |conn| diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id.to_string()),
            sessions::person_id.eq(from_id(person)),
            sessions::created_at.eq(from_moment(at)),
            sessions::expires_at.eq(from_moment(expires)),
            sessions::revoked_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn))?;
    add_token(session, id, token, at)
}

/// What a refresh token turned out to be.
pub enum Refreshed {
    /// It was good, and a new one took its place.
    Continued {
        /// The session.
        id: Uuid,
        /// Whose session.
        person: Id<Person>,
        /// When the session ends.
        expires: Moment,
    },
    /// It had been used before: someone has a copy, and the whole session is over.
    Reused {
        /// Whose session it was.
        person: Id<Person>,
    },
    /// It is of no session that goes on.
    Unknown,
}

/// Exchanges the refresh token `old` for `new`.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Stale`] if two do it at once.
pub fn refresh(session: &mut Session<'_>, old: &str, new: &str, at: Moment) -> Result<Refreshed> {
    type Found = (String, Option<NaiveDateTime>, String, NaiveDateTime, Option<NaiveDateTime>);
    let found: Option<Found> = ask!(session, |conn| refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::digest.eq(old))
        .select((
            sessions::id,
            refresh_tokens::used_at,
            sessions::person_id,
            sessions::expires_at,
            sessions::revoked_at,
        ))
        .first(conn))
    .optional()?;
    let Some((id, used, person, expires, revoked)) = found else { return Ok(Refreshed::Unknown) };
    let id = to_id::<()>("sessions", &id)?.raw();
    if revoked.is_some() || to_moment(expires) <= at {
        return Ok(Refreshed::Unknown);
    }
    if used.is_some() {
        revoke(session, id, at)?;
        return Ok(Refreshed::Reused { person: to_id("sessions", &person)? });
    }
    let this = refresh_tokens::table
        .filter(refresh_tokens::digest.eq(old))
        .filter(refresh_tokens::used_at.is_null());
    let changed = ask!(session, |conn| diesel::update(this)
        .set(refresh_tokens::used_at.eq(from_moment(at)))
        .execute(conn))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    add_token(session, id, new, at)?;
    let (person, expires) = (to_id("sessions", &person)?, to_moment(expires));
    Ok(Refreshed::Continued { id, person, expires })
}

/// Whether a session goes on.
///
/// # Errors
///
/// [`Error::Database`].
pub fn goes_on(session: &mut Session<'_>, id: Uuid, now: Moment) -> Result<bool> {
    let found = sessions::table
        .filter(sessions::id.eq(id.to_string()))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(from_moment(now)));
    Ok(ask!(session, |conn| select(exists(found)).get_result(conn))?)
}

/// Ends a session at once: its access tokens stop working, too.
///
/// # Errors
///
/// [`Error::Database`].
pub fn revoke(session: &mut Session<'_>, id: Uuid, at: Moment) -> Result<()> {
    ask!(session, |conn| diesel::update(sessions::table.find(id.to_string()))
        .set(sessions::revoked_at.eq(from_moment(at)))
        .execute(conn))?;
    Ok(())
}

/// Ends every session of a person at once but the one to keep, if there is one. The person is saved before: see
/// `people::hold`, by which whoever signs in at the same time is there to be found, or fails.
///
/// # Errors
///
/// [`Error::Database`].
pub fn revoke_all(
    session: &mut Session<'_>,
    person: Id<Person>,
    keep: Option<Uuid>,
    at: Moment,
) -> Result<()> {
    let kept = keep.map(|id| id.to_string()).unwrap_or_default();
    let going_on = sessions::table
        .filter(sessions::person_id.eq(from_id(person)))
        .filter(sessions::id.ne(kept))
        .filter(sessions::revoked_at.is_null());
    ask!(session, |conn| diesel::update(going_on)
        .set(sessions::revoked_at.eq(from_moment(at)))
        .execute(conn))?;
    Ok(())
}

/// Forgets codes and sessions that ended before `before`.
///
/// # Errors
///
/// [`Error::Database`].
pub fn forget(session: &mut Session<'_>, before: Moment) -> Result<()> {
    let before = from_moment(before);
    ask!(session, |conn| diesel::delete(
        sign_in_codes::table.filter(sign_in_codes::expires_at.lt(before))
    )
    .execute(conn))?;
    let over = sessions::table.filter(sessions::expires_at.lt(before)).select(sessions::id);
    ask!(session, |conn| diesel::delete(
        refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(over))
    )
    .execute(conn))?;
    ask!(session, |conn| diesel::delete(sessions::table.filter(sessions::expires_at.lt(before)))
        .execute(conn))?;
    Ok(())
}

fn add_token(session: &mut Session<'_>, id: Uuid, token: &str, at: Moment) -> Result<()> {
    ask!(session, |conn| diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::digest.eq(token),
            refresh_tokens::session_id.eq(id.to_string()),
            refresh_tokens::issued_at.eq(from_moment(at)),
            refresh_tokens::used_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn))?;
    Ok(())
}
