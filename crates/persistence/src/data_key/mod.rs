//! Whether a data key is the one that a database is sealed with, and what is sealed with which.
//!
//! Every key that was ever the first one is written down: among the secrets there is a word that is sealed with it. Whoever
//! opens the database has to open all of them, until [`reseal()`] finds that nothing needs a key any more.

mod places;
mod reseal;

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use self::places::PLACES;
pub use self::reseal::{Lost, Resealed, reseal};
use crate::{
    Database, Error, Result, Session,
    connection::ask,
    schema::{secrets, signing_keys},
};

/// What a key must be able to open.
const WORD: &[u8] = b"kokemusvayla";

/// What the names of those words begin with among the secrets. The number of the key comes behind it.
const NAME: &str = "data_key_";

/// What the data key is to a database.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fit {
    /// Nothing is sealed there yet: any key will do.
    Any,
    /// It opens what is sealed.
    Opens,
    /// It opens what a server needs to start, and other things are sealed with keys of these numbers, which it does not have.
    Lacks(BTreeSet<u8>),
    /// It is another one.
    Other,
}

impl Database {
    /// What the data key is to this database, whatever schema that has.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Pool`], [`crate::Error::Database`].
    pub fn fit(&self) -> Result<Fit> {
        self.snapshot(fit)
    }

    /// Writes down which key seals from now on. The first time, also the others that something is sealed with.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if there is something that the data key does not open.
    pub fn note_key(&self) -> Result<()> {
        let known = |session: &mut Session<'_>| {
            let name = name(session.sealing_key()?);
            let kept = secrets::table.find(name).select(secrets::id);
            Ok::<_, Error>(ask!(session, |conn| kept.first::<String>(conn)).optional()?.is_some())
        };
        if self.read(known)? {
            return Ok(());
        }
        self.alone(|session| {
            let mut numbers = BTreeSet::from([session.sealing_key()?]);
            match fit(session)? {
                Fit::Other | Fit::Lacks(_) => return Err(Error::Key),
                Fit::Opens if noted(session)?.is_empty() => {
                    numbers.extend(samples(session)?.into_keys());
                    numbers.extend(secret_numbers(session)?);
                }
                Fit::Opens | Fit::Any => {}
            }
            let noted = noted(session)?;
            for number in numbers.into_iter().filter(|number| !noted.contains(number)) {
                note(session, number)?;
            }
            Ok(())
        })
    }
}

/// What the data key is to the database of a session. Of the keys that tokens are signed with, one that it opens is enough: one
/// more may have been made with another data key, and is of no use to anybody.
pub(crate) fn fit(session: &mut Session<'_>) -> Result<Fit> {
    let tables = session.conn.tables()?;
    let there = |name: &str| tables.iter().any(|table| table.name == name);
    let mut kept: Vec<(String, Vec<u8>)> = Vec::new();
    let mut signing: Vec<Vec<u8>> = Vec::new();
    if there("secrets") {
        kept = secrets::table.select((secrets::id, secrets::sealed)).load(session.conn)?;
    }
    if there("signing_keys") {
        signing = signing_keys::table.select(signing_keys::sealed_private).load(session.conn)?;
    }
    if kept.is_empty() && signing.is_empty() {
        return Ok(Fit::Any);
    }
    let (words, kept): (Vec<_>, Vec<_>) =
        kept.into_iter().partition(|(id, _)| number(id).is_some());
    let opens = |sealed: &Vec<u8>| session.unseal(sealed).is_ok();
    let starts = kept.iter().all(|(_, sealed)| opens(sealed))
        && (signing.is_empty() || signing.iter().any(opens));
    if !starts {
        return Ok(Fit::Other);
    }
    let mut lacking: BTreeSet<u8> = words
        .iter()
        .filter(|(_, sealed)| !opens(sealed))
        .filter_map(|(id, _)| number(id))
        .collect();
    // Where nobody has written down any key yet, the things themselves tell.
    if words.is_empty() {
        let found = samples(session)?;
        lacking.extend(found.into_iter().filter(|(_, opens)| !opens).map(|(number, _)| number));
    }
    Ok(if lacking.is_empty() { Fit::Opens } else { Fit::Lacks(lacking) })
}

/// The number of each key that something of people is sealed with, and whether it opens one of those things in each place. The
/// content of attachments is not looked at: it would have to be read as a whole.
fn samples(session: &mut Session<'_>) -> Result<BTreeMap<u8, bool>> {
    let tables = session.conn.tables()?;
    let mut found = BTreeMap::new();
    for place in PLACES.iter().filter(|place| place.is_of_people) {
        if !tables.iter().any(|table| table.name == place.table) {
            continue;
        }
        for kind in place.kinds(session)? {
            let sealed = place.sealed(session, &kind.sample)?;
            let opens = sealed.is_none_or(|sealed| session.unseal(&sealed).is_ok());
            *found.entry(kind.number).or_insert(true) &= opens;
        }
    }
    Ok(found)
}

/// The numbers of the keys that are written down.
fn noted(session: &mut Session<'_>) -> Result<BTreeSet<u8>> {
    let ids: Vec<String> = ask!(session, |conn| secrets::table.select(secrets::id).load(conn))?;
    Ok(ids.iter().filter_map(|id| number(id)).collect())
}

/// The numbers of the keys that the secrets are sealed with.
fn secret_numbers(session: &mut Session<'_>) -> Result<BTreeSet<u8>> {
    let kept: Vec<Vec<u8>> =
        ask!(session, |conn| secrets::table.select(secrets::sealed).load(conn))?;
    Ok(kept.iter().filter_map(|sealed| sealed.first().copied()).collect())
}

/// Writes a key down.
fn note(session: &mut Session<'_>, number: u8) -> Result<()> {
    let sealed = session.seal_with(number, WORD)?;
    let row = (secrets::id.eq(name(number)), secrets::sealed.eq(sealed));
    ask!(session, |conn| diesel::insert_into(secrets::table).values(row).execute(conn))?;
    Ok(())
}

/// Takes away what is written down of a key.
fn forget(session: &mut Session<'_>, number: u8) -> Result<()> {
    ask!(session, |conn| diesel::delete(secrets::table.find(name(number))).execute(conn))?;
    Ok(())
}

fn name(number: u8) -> String {
    format!("{NAME}{number}")
}

/// The number of the key that a secret is the word of.
fn number(id: &str) -> Option<u8> {
    id.strip_prefix(NAME)?.parse().ok()
}
