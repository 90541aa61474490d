//! What the notices and the mails have in common while they wait to be sent.

use chrono::TimeDelta;
use domain::time::Moment;

use crate::{Error, Result, Session, mails, notices};

/// How long a row rests that nobody can read: somebody has to look at it first, and what waits behind it is sent meanwhile.
const REST: TimeDelta = TimeDelta::days(1);

/// What has yet to be sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waiting {
    /// How many messages wait for the mail server.
    pub count: i64,
    /// When the oldest of them was written, however often it was tried since.
    pub oldest: Option<Moment>,
    /// How many wait for somebody to put them right instead: their address is refused, or nobody can read them.
    pub set_aside: i64,
}

impl Waiting {
    /// These and `others`.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self {
            count: self.count + others.count,
            oldest: [self.oldest, others.oldest].into_iter().flatten().min(),
            set_aside: self.set_aside + others.set_aside,
        }
    }
}

/// What is tried before its time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whose {
    /// What waits for the mail server alone.
    Waiting,
    /// Also what was set aside.
    All,
}

/// For how long somebody may be sending what was taken. What rests no longer comes soon enough by itself.
pub const TAKEN: TimeDelta = TimeDelta::minutes(5);

/// Lets messages be tried at once that rest for longer because they were tried in vain, and tells how many. How often each was
/// tried is kept: if it is in vain again, it rests for longer than before.
///
/// # Errors
///
/// [`Error::Database`].
pub fn hasten(session: &mut Session<'_>, whose: Whose, now: Moment) -> Result<usize> {
    Ok(notices::hasten(session, whose, now)? + mails::hasten(session, whose, now)?)
}

/// Whether there are any that [`hasten`] would have tried.
///
/// # Errors
///
/// [`Error::Database`].
pub fn rests(session: &mut Session<'_>, now: Moment) -> Result<bool> {
    Ok(notices::rests(session, now)? || mails::rests(session, now)?)
}

/// What was taken to be sent now.
#[derive(Debug)]
pub struct Taken<T> {
    /// What is to be sent.
    pub things: Vec<T>,
    /// What is wrong with each that could not be read.
    pub broken: Vec<Error>,
}

impl<T> Taken<T> {
    /// How many were looked at.
    #[must_use]
    pub fn count(&self) -> usize {
        self.things.len() + self.broken.len()
    }

    /// Takes each of the `rows`, which are identifiers and what they hold, by `take`, and lets those rest until a moment that
    /// cannot be read. Another node can be faster.
    pub(crate) fn each<R>(
        session: &mut crate::Session<'_>,
        rows: Vec<(String, R)>,
        now: Moment,
        take: impl Fn(&mut crate::Session<'_>, R) -> Result<T>,
        rest: impl Fn(&mut crate::Session<'_>, String, Moment) -> Result<()>,
    ) -> Result<Self> {
        let mut taken = Self { things: Vec::new(), broken: Vec::new() };
        for (id, row) in rows {
            match take(session, row) {
                Ok(thing) => taken.things.push(thing),
                Err(Error::Stale) => {} // another node took it at the same instant
                Err(error @ Error::Corrupt { .. }) => {
                    rest(session, id, now.plus(REST))?;
                    taken.broken.push(error);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(taken)
    }
}
