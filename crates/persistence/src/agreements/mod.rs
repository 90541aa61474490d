//! Agreements: the first one of an assignment and its amendments.
//!
//! The topics that must not be asked about and the adjustments can tell of health: they are sealed, and the body is kept
//! without them.

#[expect(unreachable_pub, reason = "the macro writes for tables that other crates read")]
mod rows;

use domain::{
    agreement::{Agreement, AgreementId},
    assignment::AssignmentId,
    person::PersonId,
};
use serde::{Deserialize, Serialize};

use crate::{Error, Result, Session, Stored, sealed_parts};

/// What the parties confide to each other.
#[derive(Deserialize, Serialize)]
struct Confided {
    closed_topics: Vec<String>,
    adjustments: Vec<String>,
}

/// Finds the one with this identifier.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none.
pub fn find(session: &mut Session<'_>, id: AgreementId) -> Result<Stored<Agreement>> {
    let found = rows::find(session, id)?;
    whole(session, found)
}

/// The one with this identifier, without what the parties confide to each other, which stays sealed: for those who have to
/// do with money only.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none.
pub fn find_open_part(session: &mut Session<'_>, id: AgreementId) -> Result<Stored<Agreement>> {
    rows::find(session, id)
}

/// Adds a new one.
///
/// # Errors
///
/// [`Error::Exists`] if there is one already where there may be only one.
pub fn add(session: &mut Session<'_>, mut thing: Agreement) -> Result<Stored<Agreement>> {
    let confided = take(&mut thing);
    sealed_parts::put(session, thing.id, &confided)?;
    Ok(give(rows::add(session, thing)?, confided))
}

/// Saves `thing` in place of the `stored` one it was made from.
///
/// # Errors
///
/// [`Error::Stale`] if that has changed since it was read.
pub fn save(
    session: &mut Session<'_>,
    stored: &Stored<Agreement>,
    mut thing: Agreement,
) -> Result<Stored<Agreement>> {
    let confided = take(&mut thing);
    let saved = rows::save(session, stored, thing)?;
    sealed_parts::replace(session, saved.thing.id, &confided)?;
    Ok(give(saved, confided))
}

/// The agreement of an assignment that is in force, if one is.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn in_force(
    session: &mut Session<'_>,
    assignment: AssignmentId,
) -> Result<Option<Stored<Agreement>>> {
    let found = rows::in_state(session, assignment, "in_force")?;
    found.map(|agreement| whole(session, agreement)).transpose()
}

/// The agreement or amendment of an assignment that the parties fill in, if there is one.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn drafting(
    session: &mut Session<'_>,
    assignment: AssignmentId,
) -> Result<Option<Stored<Agreement>>> {
    let found = rows::in_state(session, assignment, "drafting")?;
    found.map(|agreement| whole(session, agreement)).transpose()
}

/// The number of the newest agreement or amendment of an assignment, whatever has become of it; nought if there is none.
///
/// # Errors
///
/// [`Error::Database`].
pub fn newest(session: &mut Session<'_>, assignment: AssignmentId) -> Result<i32> {
    Ok(rows::newest(session, assignment)?.unwrap_or_default())
}

/// The agreements and amendments on a person's tasks that the parties fill in.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn drafting_of(session: &mut Session<'_>, person: PersonId) -> Result<Vec<Stored<Agreement>>> {
    let found = rows::drafting_of(session, person)?;
    found.into_iter().map(|agreement| whole(session, agreement)).collect()
}

/// The agreement with what was sealed. One that was kept before anything was sealed is whole as it is.
fn whole(session: &mut Session<'_>, found: Stored<Agreement>) -> Result<Stored<Agreement>> {
    match sealed_parts::get(session, found.thing.id) {
        Ok(confided) => Ok(give(found, confided)),
        Err(Error::NotFound) => Ok(found),
        Err(error) => Err(error),
    }
}

fn take(agreement: &mut Agreement) -> Confided {
    Confided {
        closed_topics: std::mem::take(&mut agreement.content.closed_topics),
        adjustments: std::mem::take(&mut agreement.content.support.adjustments),
    }
}

fn give(mut stored: Stored<Agreement>, confided: Confided) -> Stored<Agreement> {
    stored.thing.content.closed_topics = confided.closed_topics;
    stored.thing.content.support.adjustments = confided.adjustments;
    stored
}
