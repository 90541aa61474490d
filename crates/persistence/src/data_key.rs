//! Whether a data key is the one that a database is sealed with. What is sealed from the beginning tells: the secrets of the
//! installation, and the keys that tokens are signed with.

use diesel::prelude::*;

use crate::{
    Database, Result, Session,
    schema::{secrets, signing_keys},
};

/// What the data key is to a database.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fit {
    /// Nothing is sealed there yet: any key will do.
    Any,
    /// It opens what is sealed.
    Opens,
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
}

/// What the data key is to the database of a session. Of the keys that tokens are signed with, one that it opens is enough: one
/// more may have been made with another data key, and is of no use to anybody.
pub(crate) fn fit(session: &mut Session<'_>) -> Result<Fit> {
    let tables = session.conn.tables()?;
    let there = |name: &str| tables.iter().any(|table| table.name == name);
    let (mut kept, mut signing): (Vec<Vec<u8>>, Vec<Vec<u8>>) = Default::default();
    if there("secrets") {
        kept = secrets::table.select(secrets::sealed).load(session.conn)?;
    }
    if there("signing_keys") {
        signing = signing_keys::table.select(signing_keys::sealed_private).load(session.conn)?;
    }
    let opens = |sealed: &Vec<u8>| session.unseal(sealed).is_ok();
    if kept.is_empty() && signing.is_empty() {
        return Ok(Fit::Any);
    }
    let all = kept.iter().all(opens) && (signing.is_empty() || signing.iter().any(opens));
    Ok(if all { Fit::Opens } else { Fit::Other })
}
