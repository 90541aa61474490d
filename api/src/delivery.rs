//! Sending notices, and what else goes by e-mail.
//!
//! A message is taken for a while before it is sent, so that of several nodes only one sends it; if that one stops in the
//! middle, another takes it later. A receiver may thus get a notice twice, and never misses one.

use chrono::TimeDelta;
use domain::{
    grant::{Grant, GrantId},
    id::Id,
    localized::Language,
    notice::{Kind, Notice},
    offer::Offer,
    person::Person,
    time::Moment,
};
use persistence::{
    Session, Stored, grants,
    mails::{self, Mail},
    notices, offers,
    outbox::{self, Taken, Whose},
};

use crate::{
    App, audit,
    background::each,
    brokering::tell,
    clock, locale,
    mail::{self, Letter},
    metrics::{Outcome, Post},
    offer_link,
    problem::Result,
    routes::{
        agreements::write::moment,
        fee_forms::{role_given, role_lost},
    },
};

/// How long before its last day a role is about to run out.
const WARNING: TimeDelta = TimeDelta::days(30);

/// How many are taken at a time.
const BATCH: u16 = 20;

/// Sends some of the messages that are due and tells how many were taken.
///
/// # Errors
///
/// Those of the database. A mail server that does not take a message is tried again later.
pub fn send_due(app: &App) -> persistence::Result<usize> {
    let _begun = app.mailer.begin();
    let (mails, notices) = (send_mails(app), send_notices(app));
    let sent = mails? + notices?;
    hasten(app)?;
    Ok(sent)
}

/// Has what rests tried at once if the mail server takes messages again: while it took none, each has waited twice as long as
/// before. That happens no more often than a message is tried at the most, so that a server that takes some and refuses
/// others is not asked all the time.
fn hasten(app: &App) -> persistence::Result<()> {
    let now = app.clock.now();
    if !app.mailer.is_well(now) || !app.database.read(|session| outbox::rests(session, now))? {
        return Ok(());
    }
    let count = app.database.write(|session| outbox::hasten(session, Whose::Waiting, now))?;
    log::info!("the mail server takes messages: {count} that would have rested are tried at once");
    Ok(())
}

/// Sends all messages that are due.
///
/// # Errors
///
/// Those of [`send_due`].
pub(crate) fn send_all_due(app: &App) -> persistence::Result<()> {
    while send_due(app)? > 0 {}
    Ok(())
}

/// Sends a letter, and counts what came of it.
///
/// # Errors
///
/// If the mail server does not take it.
pub(crate) fn post(app: &App, what: Post, letter: Letter) -> std::result::Result<(), mail::Error> {
    let sent = app.mailer.send(letter);
    app.metrics.posted(
        what,
        match &sent {
            Ok(()) => Outcome::Sent,
            Err(error) if error.is_of_this_one() => Outcome::Refused,
            Err(_) => Outcome::Failed,
        },
    );
    match &sent {
        Ok(()) => app.mailer.took_it(true),
        // It says nothing of others.
        Err(error) if error.is_of_this_one() => {}
        Err(_) => app.mailer.took_it(false),
    }
    sent
}

/// Writes what is to be sent to `to`, which need not be the address of anybody here, once the transaction has been
/// committed: the text with this key in the locales, with these values in it.
///
/// # Errors
///
/// Those of the database.
pub(crate) fn write(
    session: &mut Session<'_>,
    to: &str,
    language: Language,
    key: &str,
    values: &[(&str, &str)],
    now: Moment,
) -> persistence::Result<()> {
    let subject = locale::text(language, key);
    let text = locale::find(language, &format!("{key}.text"), values);
    let mail = Mail {
        id: Id::new(clock::new_id()),
        to: to.to_owned(),
        text: text.unwrap_or_else(|| subject.clone()),
        subject,
        tries: 0,
        written_at: Some(now),
        next_try_at: now,
    };
    mails::add(session, mail).map(drop)
}

fn send_mails(app: &App) -> persistence::Result<usize> {
    let now = app.clock.now();
    if !app.database.read(|session| mails::any_due(session, now))? {
        return Ok(0);
    }
    let taken = app.database.write(|session| mails::take(session, now, BATCH))?;
    for mail in &taken.things {
        let (to, subject, text) = (mail.to.clone(), mail.subject.clone(), mail.text.clone());
        match post(app, Post::Mail, Letter { id: mail.id, to, subject, text, code: None }) {
            Ok(()) => app.database.write(|session| mails::forget(session, mail))?,
            Err(error) => {
                log::warn!("mail {} was not sent: {error}", mail.id);
                if error.is_of_this_one() {
                    app.database.write(|session| mails::set_aside(session, mail, now))?;
                }
            }
        }
    }
    count(taken)
}

fn send_notices(app: &App) -> persistence::Result<usize> {
    let now = app.clock.now();
    if !app.database.read(|session| notices::any_due(session, now))? {
        return Ok(0);
    }
    let taken = app.database.write(|session| notices::take(session, now, BATCH))?;
    let mut failed = Ok(());
    for (notice, person) in &taken.things {
        let letter = match letter(app, notice, person) {
            Ok(letter) => letter,
            Err(error) => {
                // It is tried again later; those that were taken with it are sent now.
                log::warn!("notice {} was not written: {error}", notice.id);
                failed = failed.and(Err(error));
                continue;
            }
        };
        match post(app, Post::Notice, letter) {
            Ok(()) => mark(app, notice)?,
            Err(error) => {
                log::warn!("notice {} was not sent: {error}", notice.id);
                if error.is_of_this_one() {
                    app.database.write(|session| notices::set_aside(session, notice, now))?;
                }
            }
        }
    }
    failed.and_then(|()| count(taken))
}

/// How many were taken, once those are sent that can be.
///
/// # Errors
///
/// What is wrong with the first that could not be read. Each is logged.
fn count<T>(taken: Taken<T>) -> persistence::Result<usize> {
    let count = taken.count();
    taken.broken.iter().for_each(|error| log::warn!("something is not sent: {error}"));
    taken.broken.into_iter().next().map_or(Ok(count), Err)
}

/// Tells those whose roles are about to run out, once for each last day, so that they are renewed in time (S4-11); and sees to what
/// waits where one has begun or run out.
///
/// # Errors
///
/// Those of the database; whoever else is to be told is told all the same.
pub(crate) fn remind(app: &App) -> Result<()> {
    warn_of_ends(app).and(see_to_beginnings(app)).and(see_to_ends(app))
}

/// Notes of each role whose first day has come lately that it has begun, if it was given for later, and tells its holder what
/// waits for them.
fn see_to_beginnings(app: &App) -> Result<()> {
    let now = app.clock.now();
    let (from, to) = (now.plus(-WARNING).day(), now.day());
    let begun = app.database.read(|session| grants::beginning(session, from, to))?;
    note(app, begun, Grant::begin, |session, grant| {
        role_given(session, grant, now)?;
        audit::record_own(session, "begin_role", grant.terms.node_id, grant.id, now)
    })
}

/// Notes of each role whose last day passed lately that it has run out, and tells the centre if nobody is left who could decide what
/// waits where it was held.
fn see_to_ends(app: &App) -> Result<()> {
    let now = app.clock.now();
    let (from, to) = (now.plus(-WARNING).day(), now.day().earlier(1));
    let over = app.database.read(|session| grants::running_out(session, from, to))?;
    note(app, over, Grant::run_out, |session, grant| {
        role_lost(session, &grant.terms, now)?;
        audit::record_own(session, "end_role", grant.terms.node_id, grant.id, now)
    })
}

/// Puts on the record of each grant what `change` says of it now, if it says anything, and does what comes of it.
fn note(
    app: &App,
    ids: Vec<GrantId>,
    change: impl Fn(Grant, Moment) -> Option<Grant>,
    then: impl Fn(&mut Session<'_>, &Grant) -> Result<()>,
) -> Result<()> {
    let now = app.clock.now();
    each("remind_of_roles", ids, |id| {
        let grant = app.database.read(|session| grants::find(session, id))?;
        if change(grant.thing, now).is_none() {
            return Ok(());
        }
        app.database.write(|session| {
            let grant = grants::find(session, id)?;
            // Another node may have been faster, or it has been renewed.
            let Some(noted) = change(grant.thing.clone(), now) else { return Ok(()) };
            let grant = grants::save(session, &grant, noted)?;
            then(session, &grant)
        })
    })
}

fn warn_of_ends(app: &App) -> Result<()> {
    let now = app.clock.now();
    let (from, to) = (now.day(), now.plus(WARNING).day());
    let due = app.database.read(|session| grants::running_out(session, from, to))?;
    let soon =
        |grant: &Grant| grant.ended.is_none() && grant.terms.until.is_some_and(|until| until <= to);
    let remind = |grant: Grant, at| Some(grant).filter(soon)?.remind(at);
    note(app, due, remind, |session, grant| {
        let reference = format!("/v1/grants/{}", grant.id);
        tell(session, grant.terms.person_id, Kind::RoleExpiring, &reference, now)?;
        audit::record_own(session, "remind_of_role", grant.terms.node_id, grant.id, now)
    })
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

/// What waits, in words: of what kind it is, until when an offer can be answered, and whether it is the matter of somebody for
/// whom the receiver acts.
///
/// # Errors
///
/// Those of the database.
pub(crate) fn words(
    session: &mut Session<'_>,
    notice: &Notice,
    language: Language,
) -> persistence::Result<String> {
    Ok(said(notice, offer_of(session, notice)?.as_deref(), language))
}

/// The same of a notice whose offer has been found, if it is of one.
fn said(notice: &Notice, offer: Option<&Offer>, language: Language) -> String {
    let what = brief(notice, language);
    let until = offer.filter(|offer| offer.state.is_open()).and_then(|offer| offer.expires_at);
    let until = until.map(|at| moment(language, at));
    let until =
        until.and_then(|when| locale::find(language, "offer-answer-by", &[("when", &when)]));
    until.map(|until| format!("{what}. {until}")).unwrap_or(what)
}

/// The same, without what may change.
fn brief(notice: &Notice, language: Language) -> String {
    let what = locale::text(language, notice.kind.key());
    match notice.on_behalf_of {
        Some(_) => format!("{what}. {}", locale::text(language, "notice-on-behalf")),
        None => what,
    }
}

/// The offer that the notice asks its receiver to answer, if it is of one.
fn offer_of(
    session: &mut Session<'_>,
    notice: &Notice,
) -> persistence::Result<Option<Stored<Offer>>> {
    let Some(id) = notice.reference.strip_prefix("/v1/offers/") else { return Ok(None) };
    let Ok(id) = uuid::Uuid::try_parse(id) else { return Ok(None) };
    if !matches!(notice.kind, Kind::OfferReceived | Kind::OfferChanged | Kind::OfferEnding) {
        return Ok(None);
    }
    offers::find(session, Id::new(id)).map(Some)
}

fn letter(app: &App, notice: &Notice, person: &Person) -> persistence::Result<Letter> {
    let (language, name) = (person.facts.language, person.facts.name.as_str());
    let offer = app.database.read(|session| offer_of(session, notice))?;
    let brief = brief(notice, language);
    let what = said(notice, offer.as_deref(), language);
    let opened = offer.and_then(|offer| offer_page(app, notice, &offer, person));
    let front = app.front_end.as_ref().map(|front_end| front_end.link(&notice.reference));
    let (text, link) = match (opened, front) {
        (Some(page), _) => ("notice-offer-mail", format!("{}{page}", app.tokens.issuer())),
        (None, Some(link)) => ("notice-mail", link),
        (None, None) => ("notice-mail-without-link", String::new()),
    };
    let find = |key: &str, what: &str| {
        let values = [("name", name), ("text", what), ("link", link.as_str())];
        locale::find(language, key, &values).unwrap_or_else(|| what.to_owned())
    };
    Ok(Letter {
        id: notice.id.raw(),
        to: person.facts.email.clone(),
        subject: find("notice-subject", &brief),
        text: find(text, &what),
        code: None,
    })
}

/// The page by which the expert looks at the offer that the notice is of, without signing in (S4-56).
fn offer_page(
    app: &App,
    notice: &Notice,
    offer: &Stored<Offer>,
    person: &Person,
) -> Option<String> {
    let token = offer_link::token(&app.pepper, offer, &person.facts.email);
    token
        .filter(|_| offer.person == notice.person)
        .map(|token| format!("/v1/offer-links/{token}/page"))
}
