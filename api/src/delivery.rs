//! Sending notices by e-mail.
//!
//! A notice is taken for a while before it is sent, so that of several nodes only one sends it; if that one stops in the
//! middle, another takes it later. A receiver may thus get a notice twice, and never misses one.

use chrono::TimeDelta;
use domain::{
    id::Id,
    notice::{Kind, Notice},
    person::Person,
};
use persistence::{Stored, grants, notices};

use crate::{App, clock, locale, mail::Letter};

/// How long before its last day a role is about to run out.
const WARNING: TimeDelta = TimeDelta::days(30);

/// How many are taken at a time.
const BATCH: u16 = 20;

/// Sends some of the notices that are due and tells how many were taken.
///
/// # Errors
///
/// Those of the database. A mail server that does not take a message is tried again later.
pub fn send_due(app: &App) -> persistence::Result<usize> {
    let now = app.clock.now();
    let taken = app.database.write(|session| notices::take(session, now, BATCH))?;
    for (notice, person) in &taken {
        match app.mailer.send(letter(app, notice, person)) {
            Ok(()) => mark(app, notice)?,
            Err(error) => log::warn!("notice {} was not sent: {error}", notice.id),
        }
    }
    Ok(taken.len())
}

/// Tells those whose roles are about to run out, once for each last day, so that they are renewed in time (S4-11).
///
/// # Errors
///
/// Those of the database.
pub fn remind(app: &App) -> persistence::Result<()> {
    let now = app.clock.now();
    let (from, to) = (now.day(), now.plus(WARNING).day());
    let due = app.database.read(|session| grants::running_out(session, from, to))?;
    for grant in due {
        let Some(reminded) = grant.thing.clone().remind(now) else { continue };
        let (person, reference) = (grant.terms.person_id, format!("/v1/grants/{}", grant.thing.id));
        let told = app.database.write(|session| -> persistence::Result<()> {
            grants::save(session, &grant, reminded)?;
            let id = Id::new(clock::new_id());
            notices::tell(session, person, Kind::RoleExpiring, &reference, id, now)
        });
        match told {
            Err(persistence::Error::Stale) => {} // another node was faster, or it has been renewed
            told => told?,
        }
    }
    Ok(())
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
