//! Sending notices by e-mail.
//!
//! A notice is taken for a while before it is sent, so that of several nodes only one sends it; if that one stops in the
//! middle, another takes it later. A receiver may thus get a notice twice, and never misses one.

use chrono::TimeDelta;
use domain::{notice::Notice, person::Person};
use persistence::{Stored, notices};

use crate::{App, locale, mail::Letter};

/// How many it takes at a time.
const BATCH: u16 = 20;

/// For how long it takes them, and thus when it tries again if it cannot send one, in minutes.
const LEASE_MINUTES: i64 = 5;

/// Sends some of the notices that are due and tells how many were taken.
///
/// # Errors
///
/// Those of the database. A mail server that does not take a message is tried again later.
pub fn send_due(app: &App) -> persistence::Result<usize> {
    let now = app.clock.now();
    let until = now.plus(TimeDelta::minutes(LEASE_MINUTES));
    let taken = app.database.write(|session| notices::take(session, now, until, BATCH))?;
    for (notice, person) in &taken {
        match app.mailer.send(letter(app, notice, person)) {
            Ok(()) => mark(app, notice)?,
            Err(error) => log::warn!("notice {} was not sent: {error}", notice.id),
        }
    }
    Ok(taken.len())
}

/// Marks a notice as sent, also if its receiver has read it meanwhile.
fn mark(app: &App, notice: &Stored<Notice>) -> persistence::Result<()> {
    let now = app.clock.now();
    loop {
        let marked = app.database.write(|session| {
            let notice = notices::find(session, notice.thing.id)?;
            notices::save(session, &notice, notice.thing.clone().sent(now)).map(drop)
        });
        match marked {
            Err(persistence::Error::Stale | persistence::Error::Busy) => {}
            marked => return marked,
        }
    }
}

fn letter(app: &App, notice: &Notice, person: &Person) -> Letter {
    let (language, name) = (person.facts.language, person.facts.name.as_str());
    let what = locale::text(language, notice.kind.key());
    let link = format!("{}{}", app.tokens.issuer(), notice.reference);
    let find = |key: &str| {
        let values = [("name", name), ("text", what.as_str()), ("link", link.as_str())];
        locale::find(language, key, &values).unwrap_or_else(|| what.clone())
    };
    Letter {
        to: person.facts.email.clone(),
        subject: find("notice-subject"),
        text: find("notice-mail"),
    }
}
