//! E-mail to addresses rather than to people: to those who are nobody here, and to where somebody was reached before.
//!
//! It is written in the transaction of what it tells of, sent once that is committed, and forgotten once it was sent. A
//! receiver may thus get it twice, and never misses it.

use chrono::NaiveDateTime;
use diesel::{
    dsl::{auto_type, exists},
    prelude::*,
    sql_types::Bool,
};
use domain::{id::Id, notice::next_try, time::Moment};
use serde::{Deserialize, Serialize};

use crate::{
    Result, Session, Stored,
    codec::from_moment,
    connection::ask,
    documents::documents,
    outbox::{TAKEN, Taken, Waiting, Whose},
    schema::mails,
};

/// A message that has yet to be sent.
#[derive(Clone, Deserialize, Serialize)]
pub struct Mail {
    /// Its identifier.
    pub id: Id<Mail>,
    /// The address it goes to.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// How often sending it was tried.
    pub tries: u32,
    /// When it was written; nothing for what was written before this was kept.
    #[serde(default)]
    pub written_at: Option<Moment>,
    /// Before when nobody should try to send it: someone may be doing so.
    pub next_try_at: Moment,
}

documents! {
    mails of Mail as mail {
        next_try_at: NaiveDateTime = from_moment(mail.next_try_at),
    }
}

/// Whether any is due.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn any_due(session: &mut Session<'_>, now: Moment) -> Result<bool> {
    let due = || mails::table.filter(mails::next_try_at.le(from_moment(now)));
    Ok(ask!(session, |conn| diesel::select(exists(due())).get_result(conn))?)
}

/// Those that have yet to be sent, also those whose next try is still to come.
///
/// # Errors
///
/// [`crate::Error::Database`], and [`crate::Error::Corrupt`] if the oldest is, until it is set aside.
pub fn waiting(session: &mut Session<'_>) -> Result<Waiting> {
    let waiting = || mails::table.filter(mails::set_aside_at.is_null());
    let oldest: Option<Found> =
        ask!(session, |conn| waiting().order(mails::id).select(Found::as_select()).first(conn))
            .optional()?;
    let oldest = oldest.map(Found::read).transpose()?;
    let count = ask!(session, |conn| waiting().count().get_result(conn))?;
    let aside = || mails::table.filter(mails::set_aside_at.is_not_null());
    let set_aside = ask!(session, |conn| aside().count().get_result(conn))?;
    Ok(Waiting { count, oldest: oldest.and_then(|mail| mail.written_at), set_aside })
}

/// Sets one aside that the mail server refuses, and not for want of others being sent.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn set_aside(session: &mut Session<'_>, mail: &Stored<Mail>, now: Moment) -> Result<()> {
    let row = diesel::update(mails::table.find(mail.id.to_string()));
    ask!(session, |conn| row.set(mails::set_aside_at.eq(from_moment(now))).execute(conn))?;
    Ok(())
}

/// Those that rest for longer, for want of the mail server alone, or also because they were set aside.
#[auto_type(no_type_alias)]
fn resting(until: NaiveDateTime, also_aside: bool) -> _ {
    let aside = also_aside.into_sql::<Bool>();
    mails::next_try_at.gt(until).and(mails::set_aside_at.is_null().or(aside))
}

/// Lets those be tried at once that rest for longer.
pub(crate) fn hasten(session: &mut Session<'_>, whose: Whose, now: Moment) -> Result<usize> {
    let those = || resting(from_moment(now.plus(TAKEN)), whose == Whose::All);
    let at = mails::next_try_at.eq(from_moment(now));
    Ok(ask!(session, |conn| diesel::update(mails::table).filter(those()).set(at).execute(conn))?)
}

/// Whether any rests for longer, and waits for the mail server alone.
pub(crate) fn rests(session: &mut Session<'_>, now: Moment) -> Result<bool> {
    let those = || resting(from_moment(now.plus(TAKEN)), false);
    let one = || mails::table.filter(those()).select(mails::id);
    Ok(ask!(session, |conn| one().first::<String>(conn)).optional()?.is_some())
}

/// Takes some that are due, so that nobody else sends them meanwhile. One that cannot be read is told of, and keeps no other
/// from being sent.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn take(session: &mut Session<'_>, now: Moment, most: u16) -> Result<Taken<Stored<Mail>>> {
    let rows: Vec<Found> = ask!(session, |conn| mails::table
        .filter(mails::next_try_at.le(from_moment(now)))
        .order(mails::next_try_at)
        .limit(i64::from(most))
        .select(Found::as_select())
        .load(conn))?;
    let rows = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    let take = |session: &mut Session<'_>, row: Found| {
        let mail = row.read()?;
        let (tries, next_try_at) = (mail.tries + 1, next_try(mail.tries, now));
        save(session, &mail, Mail { tries, next_try_at, ..mail.thing.clone() })
    };
    Taken::each(session, rows, now, take, |session, id, until| {
        let row = diesel::update(mails::table.find(id));
        let (aside, until) = (from_moment(now), from_moment(until));
        let aside = (mails::set_aside_at.eq(aside), mails::next_try_at.eq(until));
        ask!(session, |conn| row.set(aside).execute(conn))?;
        Ok(())
    })
}

/// Forgets one that was sent.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn forget(session: &mut Session<'_>, mail: &Stored<Mail>) -> Result<()> {
    ask!(session, |conn| diesel::delete(mails::table.find(mail.id.to_string())).execute(conn))?;
    Ok(())
}
