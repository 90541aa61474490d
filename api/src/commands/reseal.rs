//! `kokemusvayla admin reseal`

use domain::time::Moment;
use persistence::{
    Database,
    data_key::{self, Lost, Resealed},
};

use crate::{
    audit,
    config::{Error, Store},
    region,
};

/// Seals everything with the first data key, and tells what still needs another one.
///
/// # Errors
///
/// If the database cannot be reached, or something is lost and not given up.
pub(super) fn run(store: &Store, lost: Lost, now: Moment) -> Result<(), Error> {
    let database = match lost {
        Lost::Kept => store.open_current()?,
        Lost::GivenUp => store.open_without_lost()?,
    };
    if lost == Lost::Kept {
        database.note_key()?;
    }
    record(&database, now)?;
    let done = data_key::reseal(&database, lost)?;
    for (number, count) in done.left.iter().rev() {
        println!("data key {number}: {}", told(&done, *number, *count));
    }
    if done.missing == 0 || lost == Lost::GivenUp {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "{} attachments that were sealed have no file, and no data key is left out before they are found: is --files the folder \
         that the server has?",
        done.missing
    )))
}

/// What there is to say of a key.
fn told(done: &Resealed, number: u8, count: i64) -> String {
    let unopened = done.unopened.get(&number).copied().unwrap_or_default();
    if number == done.first {
        return format!("{count} sealed, and whatever is sealed from now on");
    }
    match (count, unopened) {
        (0, _) if done.missing > 0 => "0 sealed, of those that are there".to_owned(),
        (0, _) => "0 sealed, it can be left out".to_owned(),
        (_, 0) => format!("{count} sealed since this began: begin again"),
        _ => format!("{count} sealed, {unopened} of them opened by no key"),
    }
}

/// Puts on record that it has begun: if it breaks off, what it has done until then stays.
fn record(database: &Database, now: Moment) -> Result<(), Error> {
    database.write(|session| {
        let root = region::tree::plant(session)?;
        audit::record_command(session, "reseal", root, None, now)
            .map_err(|problem| Error::Usage(problem.to_string()))
    })
}
