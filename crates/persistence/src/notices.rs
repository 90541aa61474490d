//! Notices: what waits for people, and what has yet to be sent.

use chrono::NaiveDateTime;
use diesel::{
    dsl::{auto_type, count_star, exists, min},
    prelude::*,
    sql_types::Bool,
};
use domain::{
    notice::{Kind, Notice, NoticeId},
    person::{Channel, Facts, Person, PersonId},
    policy::{Reach, Scope},
    time::Moment,
};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_id, from_moment, from_name, to_id},
    connection::ask,
    documents::{all_of, documents, page_of},
    outbox::{TAKEN, Taken, Waiting, Whose},
    people::{self, served},
    schema::{notices, people as people_table},
    scope::in_scope,
};

documents! {
    notices of Notice as notice {
        person_id: String = from_id(notice.person),
        channel: String = from_name(&notice.channel),
        sent_at: Option<NaiveDateTime> = notice.sent_at.map(from_moment),
        dropped_at: Option<NaiveDateTime> = notice.dropped_at.map(from_moment),
        read_at: Option<NaiveDateTime> = notice.read_at.map(from_moment),
        next_try_at: NaiveDateTime = from_moment(notice.next_try_at),
        talk: Option<String> = notice.kind.is_of_talk().then(|| notice.reference.clone()),
    }
}

/// Tells a person, in the way they wish, that something of `kind` waits at `reference`, such as `/v1/offers/019aa5d0-…`.
/// It is sent once the transaction has been committed. Those who have left are told nothing, and what was still to be sent when
/// they left is not sent unless they come back. Of messages in one place they are told once, until they have read that or a day
/// is over.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such person.
pub fn tell(
    session: &mut Session<'_>,
    person: PersonId,
    kind: Kind,
    reference: &str,
    id: NoticeId,
    now: Moment,
) -> Result<()> {
    let person = people::find(session, person)?.thing;
    let channel = person.facts.channel;
    tell_found(session, &person, Notice::new(id, person.id, kind, reference, channel, now))
}

/// Tells a person that something waits which is the matter of `expert`, for whom they act.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such person.
pub fn tell_for(
    session: &mut Session<'_>,
    (person, expert): (PersonId, PersonId),
    kind: Kind,
    reference: &str,
    id: NoticeId,
    now: Moment,
) -> Result<()> {
    let person = people::find(session, person)?.thing;
    let notice = Notice::new(id, person.id, kind, reference, person.facts.channel, now);
    tell_found(session, &person, notice.about(expert))
}

/// Tells a person that something of `kind` waits at `reference`, in the way that was chosen for the occasion.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such person.
pub fn tell_by(
    session: &mut Session<'_>,
    person: PersonId,
    channel: Channel,
    kind: Kind,
    reference: &str,
    id: NoticeId,
    now: Moment,
) -> Result<()> {
    let person = people::find(session, person)?.thing;
    tell_found(session, &person, Notice::new(id, person.id, kind, reference, channel, now))
}

fn tell_found(session: &mut Session<'_>, person: &Person, notice: Notice) -> Result<()> {
    if !person.is_active() {
        return Ok(());
    }
    if notice.kind.is_of_talk() {
        let told = of_talk(session, person.id, &notice.reference)?;
        if told.iter().any(|told| told.still_says_it(notice.created_at)) {
            return Ok(());
        }
    }
    add(session, notice).map(drop)
}

/// Lets what waits to be sent to a person go the way that leads to them now, once what was known of them as `before` has changed.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`], [`crate::Error::Stale`].
pub fn redirect(
    session: &mut Session<'_>,
    person: &Person,
    before: &Facts,
    now: Moment,
) -> Result<()> {
    for notice in waiting_for(session, person.id)? {
        let Some(next) = notice.thing.clone().redirected(before, &person.facts, now) else {
            continue;
        };
        save(session, &notice, next)?;
        // What was refused was the address that it does not go to any more.
        let row = diesel::update(notices::table.find(notice.id.to_string()));
        let none = None::<NaiveDateTime>;
        ask!(session, |conn| row.set(notices::set_aside_at.eq(none)).execute(conn))?;
    }
    Ok(())
}

/// Does not send to a person any more what waits of `kind` for them at `reference`.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`], [`crate::Error::Stale`].
pub fn drop_waiting(
    session: &mut Session<'_>,
    person: PersonId,
    kind: Kind,
    reference: &str,
    now: Moment,
) -> Result<()> {
    for notice in waiting_for(session, person)? {
        if (notice.kind, notice.reference.as_str()) != (kind, reference) {
            continue;
        }
        if let Some(next) = notice.thing.clone().dropped(now) {
            save(session, &notice, next)?;
        }
    }
    Ok(())
}

/// What has yet to be sent to a person, in any way.
fn waiting_for(session: &mut Session<'_>, person: PersonId) -> Result<Vec<Stored<Notice>>> {
    all_of!(
        session,
        notices::table
            .filter(notices::person_id.eq(from_id(person)))
            .filter(notices::sent_at.is_null())
            .filter(notices::dropped_at.is_null())
            .order(notices::id)
    )
}

/// The unread notices of a person about messages in one place.
fn of_talk(
    session: &mut Session<'_>,
    person: PersonId,
    reference: &str,
) -> Result<Vec<Stored<Notice>>> {
    all_of!(
        session,
        notices::table
            .filter(notices::person_id.eq(from_id(person)))
            .filter(notices::talk.eq(reference))
            .filter(notices::read_at.is_null())
    )
}

/// The notices of a person in the order of their making, all or the unread ones.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    person: PersonId,
    which: Which,
    page: Page,
) -> Result<Vec<Stored<Notice>>> {
    let mut query = notices::table.filter(notices::person_id.eq(from_id(person))).into_boxed();
    if which == Which::Unread {
        query = query.filter(notices::read_at.is_null());
    }
    page_of!(session, notices, page, query)
}

/// Which notices of a person.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that the person has not read.
    Unread,
}

/// The notices that people must deliver by hand: those not sent yet, to the people within the scope who have not left, by
/// `channel` or by any.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn to_deliver(
    session: &mut Session<'_>,
    scope: &Scope,
    channel: Option<Channel>,
    page: Page,
) -> Result<Vec<Stored<Notice>>> {
    let query =
        notices::table.inner_join(people_table::table).select(Found::as_select()).into_boxed();
    let mut query = in_scope!(notices, query, scope, {
        below: people_table::node_id,
        own: notices::person_id,
    });
    for reach in &scope.0 {
        if let Reach::Handled(path) = reach {
            query = query.or_filter(served!(format!("{}%", path.as_str())));
        }
    }
    query = match channel {
        Some(channel) => query.filter(notices::channel.eq(from_name(&channel))),
        None => query.filter(notices::channel.ne(from_name(&Channel::Email))),
    };
    let waiting = query
        .filter(notices::sent_at.is_null())
        .filter(notices::dropped_at.is_null())
        .filter(people_table::active.assume_not_null());
    page_of!(session, notices, page, waiting)
}

/// What is to be sent as an e-mail, and was not yet.
#[auto_type]
fn unsent() -> _ {
    let email: String = from_name(&Channel::Email);
    let is_email = notices::channel.eq(email);
    is_email.and(notices::sent_at.is_null()).and(notices::dropped_at.is_null())
}

/// Those of them that go to people who have not left.
#[auto_type(no_type_alias)]
fn to_those_here() -> _ {
    let here = people_table::active.assume_not_null();
    notices::table.inner_join(people_table::table).filter(unsent()).filter(here)
}

/// Whether any e-mail is due.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn any_due(session: &mut Session<'_>, now: Moment) -> Result<bool> {
    let due = || to_those_here().filter(notices::next_try_at.le(from_moment(now)));
    Ok(ask!(session, |conn| diesel::select(exists(due())).get_result(conn))?)
}

/// The e-mails that have yet to be sent, also those whose next try is still to come.
///
/// # Errors
///
/// [`crate::Error::Database`], and [`crate::Error::Corrupt`] if the oldest is, until it is set aside.
pub fn waiting(session: &mut Session<'_>) -> Result<Waiting> {
    let waiting = || to_those_here().filter(notices::set_aside_at.is_null());
    let (oldest, count): (Option<String>, i64) =
        ask!(session, |conn| waiting().select((min(notices::id), count_star())).get_result(conn))?;
    let oldest = oldest.map(|id| find(session, to_id("notices", &id)?)).transpose()?;
    let aside = || to_those_here().filter(notices::set_aside_at.is_not_null());
    let set_aside = ask!(session, |conn| aside().count().get_result(conn))?;
    Ok(Waiting { count, oldest: oldest.map(|notice| notice.thing.created_at), set_aside })
}

/// Sets a notice aside that the mail server refuses, and not for want of others being sent.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn set_aside(session: &mut Session<'_>, notice: &Stored<Notice>, now: Moment) -> Result<()> {
    let row = diesel::update(notices::table.find(notice.id.to_string()));
    ask!(session, |conn| row.set(notices::set_aside_at.eq(from_moment(now))).execute(conn))?;
    Ok(())
}

/// Those that rest for longer, for want of the mail server alone, or also because they were set aside.
#[auto_type(no_type_alias)]
fn resting(until: NaiveDateTime, also_aside: bool) -> _ {
    let aside = also_aside.into_sql::<Bool>();
    notices::next_try_at.gt(until).and(notices::set_aside_at.is_null().or(aside))
}

/// Lets those be tried at once that rest for longer.
pub(crate) fn hasten(session: &mut Session<'_>, whose: Whose, now: Moment) -> Result<usize> {
    let those = || unsent().and(resting(from_moment(now.plus(TAKEN)), whose == Whose::All));
    let at = notices::next_try_at.eq(from_moment(now));
    Ok(ask!(session, |conn| diesel::update(notices::table).filter(those()).set(at).execute(conn))?)
}

/// Whether any rests for longer, and waits for the mail server alone.
pub(crate) fn rests(session: &mut Session<'_>, now: Moment) -> Result<bool> {
    let those = || unsent().and(resting(from_moment(now.plus(TAKEN)), false));
    let one = || notices::table.filter(those()).select(notices::id);
    Ok(ask!(session, |conn| one().first::<String>(conn)).optional()?.is_some())
}

/// Takes some e-mails that are due, so that nobody else sends them meanwhile, each with its receiver. One that cannot be read
/// is told of, and keeps no other from being sent.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn take(
    session: &mut Session<'_>,
    now: Moment,
    most: u16,
) -> Result<Taken<(Stored<Notice>, Stored<Person>)>> {
    let rows: Vec<Found> = ask!(session, |conn| to_those_here()
        .filter(notices::next_try_at.le(from_moment(now)))
        .order(notices::next_try_at)
        .limit(i64::from(most))
        .select(Found::as_select())
        .load(conn))?;
    let rows = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    let take = |session: &mut Session<'_>, row: Found| {
        let notice = row.read()?;
        let person = people::find(session, notice.person)?;
        Ok((save(session, &notice, notice.thing.clone().tried(now))?, person))
    };
    Taken::each(session, rows, now, take, |session, id, until| {
        let row = diesel::update(notices::table.find(id));
        let (aside, until) = (from_moment(now), from_moment(until));
        let aside = (notices::set_aside_at.eq(aside), notices::next_try_at.eq(until));
        ask!(session, |conn| row.set(aside).execute(conn))?;
        Ok(())
    })
}
