//! Who has called lately: on SQLite, nobody has to be asked for again while nothing at all has been written.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use domain::{
    id::Id,
    person::Person,
    policy::Actor,
    time::{Day, Moment},
};
use uuid::Uuid;

use crate::{Result, Session, codec::from_moment};

/// How many sessions a connection remembers at the most.
const MOST: usize = 1_000;

/// What a connection that only reads knows of sessions. It is all forgotten as soon as anybody has written anything, in this
/// process or in another one: whoever signs out or loses a role is out at once.
#[derive(Default)]
pub(crate) struct Known {
    version: Option<i32>,
    sessions: HashMap<Uuid, Entry>,
}

struct Entry {
    /// What the person is trusted with on this day: roles begin and end with a day.
    day: Day,
    actor: Actor,
    /// When the session ends by itself.
    until: NaiveDateTime,
}

/// The person of a session that goes on, if nothing has been written since it was asked for.
pub(super) fn find(
    session: &mut Session<'_>,
    id: Uuid,
    person: Id<Person>,
    now: Moment,
) -> Result<Option<Actor>> {
    let Some(known) = &mut session.callers else { return Ok(None) };
    let version = session.conn.data_version()?;
    if version != known.version {
        known.sessions.clear();
        known.version = version;
    }
    let found = known.sessions.get(&id).filter(|entry| {
        entry.actor.person() == Some(person)
            && entry.day == now.day()
            && entry.until > from_moment(now)
    });
    Ok(found.map(|entry| entry.actor.clone()))
}

/// Remembers what was asked for after [`find`] had found nothing. If something has been written in between, that is noticed the
/// next time.
pub(super) fn keep(
    session: &mut Session<'_>,
    id: Uuid,
    now: Moment,
    until: NaiveDateTime,
    actor: &Actor,
) {
    let Some(known) = &mut session.callers else { return };
    // What does not say when somebody writes must be asked each time.
    if known.version.is_none() {
        return;
    }
    if known.sessions.len() >= MOST {
        known.sessions.clear();
    }
    known.sessions.insert(id, Entry { day: now.day(), actor: actor.clone(), until });
}
