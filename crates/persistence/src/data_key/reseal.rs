//! Sealing everything anew with the first data key, so that the ones before it can be left out.

use std::collections::BTreeMap;

use super::{
    forget, note, noted, number,
    places::{PLACES, Place, SIGNING_KEYS},
};
use crate::{Database, Result, attachments};

/// How many things are sealed anew in one transaction.
const SOME: usize = 100;

/// What is done about things that are lost: no key opens them, or their file is not there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lost {
    /// Their keys are still asked for.
    Kept,
    /// They are given up, and their keys are not asked for any more.
    GivenUp,
}

/// How things are after everything was sealed anew.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Resealed {
    /// How many things are still sealed with the key of each number, of all that are known.
    pub left: BTreeMap<u8, i64>,
    /// How many of them no key opens.
    pub unopened: BTreeMap<u8, i64>,
    /// How many sealed attachments have no content, neither in the database nor in the folder.
    pub missing: i64,
    /// The number of the key that seals.
    pub first: u8,
}

impl Resealed {
    /// How many things need the key with this number to be read.
    #[must_use]
    pub fn needing(&self, number: u8) -> i64 {
        let count = |counts: &BTreeMap<u8, i64>| counts.get(&number).copied().unwrap_or_default();
        count(&self.left) - count(&self.unopened)
    }
}

/// Seals everything with the first key that is sealed with another one, some of it at a time. It can be broken off and begun
/// again at any time, and servers may run meanwhile which know all the keys: what they change is left as they have made it.
/// What nothing is sealed with any more is not asked for from then on.
///
/// # Errors
///
/// [`crate::Error::File`] if the folder of attachments fails, and those of the database.
pub fn reseal(database: &Database, lost: Lost) -> Result<Resealed> {
    let first = database.read(|session| session.sealing_key())?;
    let mut done = Resealed { first, ..Resealed::default() };
    // What opens of these is in use; the others are of no use to anybody, and wait for no key.
    let mut useless = BTreeMap::new();
    for place in &PLACES {
        let unopened = if place.table == SIGNING_KEYS { &mut useless } else { &mut done.unopened };
        all_of(database, place, first, unopened)?;
    }
    let mut last = String::new();
    while let Some(next) = attachments::reseal_after(database, &last, first, &mut done.unopened)? {
        last = next;
    }
    database.write(|session| {
        let noted = noted(session)?;
        done.left.extend(session.key_numbers().map(|number| (number, 0)));
        done.left.extend(noted.iter().map(|number| (*number, 0)));
        for place in &PLACES {
            for kind in place.kinds(session)? {
                *done.left.entry(kind.number).or_default() += kind.count;
            }
        }
        for number in &noted {
            // The word by which a key is known needs the key itself, and nothing else does.
            *done.left.entry(*number).or_default() -= 1;
        }
        for (number, count) in useless {
            *done.left.entry(number).or_default() -= count;
        }
        let (inside, missing) = attachments::sealed_with(session)?;
        for (number, count) in inside {
            *done.left.entry(number).or_default() += count;
        }
        done.missing = missing;
        // As much is written down as at a start, which does not come before this where something is lost.
        let ring: Vec<u8> = session.key_numbers().collect();
        for number in ring.into_iter().filter(|number| !noted.contains(number)) {
            if number == first || done.needing(number) > 0 {
                note(session, number)?;
            }
        }
        for number in noted.into_iter().filter(|number| *number != first) {
            let over = match lost {
                Lost::Kept => done.left.get(&number) == Some(&0) && missing == 0,
                Lost::GivenUp => done.needing(number) == 0,
            };
            if over {
                forget(session, number)?;
            }
        }
        Ok(done)
    })
}

/// Seals what is in one place, and counts what no key opens.
fn all_of(
    database: &Database,
    place: &Place,
    first: u8,
    unopened: &mut BTreeMap<u8, i64>,
) -> Result<()> {
    let mut last = String::new();
    loop {
        let things = database.read(|session| place.others(session, first, &last, SOME))?;
        let Some(newest) = things.last() else { return Ok(()) };
        last.clone_from(&newest.id);
        let closed = database.write(|session| {
            let mut closed = Vec::new();
            for thing in things.iter().filter(|thing| number(&thing.id).is_none()) {
                match session.unseal(&thing.sealed) {
                    Ok(plain) => {
                        let sealed = session.seal(&plain)?;
                        place.replace(session, thing, sealed)?;
                    }
                    Err(_) => closed.extend(thing.sealed.first().copied()),
                }
            }
            Ok::<_, crate::Error>(closed)
        })?;
        for number in closed {
            *unopened.entry(number).or_default() += 1;
        }
    }
}
