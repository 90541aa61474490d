//! The mark by which a database is known to be a sandbox, in which nobody is real.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::{Result, Session, connection::ask, schema::sandboxes};

/// The only row.
const MARK: &str = "sandbox";

/// What a database is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Nature {
    /// Nothing is in it, not even a schema.
    Blank,
    /// A sandbox.
    Sandbox {
        /// How far its clock was ahead when it was last moved.
        ahead: TimeDelta,
    },
    /// An installation, or something else altogether.
    Other,
}

/// What the database is. Its schema need not be up to date.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn nature(session: &mut Session<'_>) -> Result<Nature> {
    let tables = session.conn.tables()?;
    if tables.is_empty() {
        return Ok(Nature::Blank);
    }
    if !tables.iter().any(|table| table.name == "sandboxes") {
        return Ok(Nature::Other);
    }
    let ahead: Option<i64> = ask!(session, |conn| sandboxes::table
        .find(MARK)
        .select(sandboxes::ahead_seconds)
        .first(conn))
    .optional()?;
    Ok(ahead.map_or(Nature::Other, |ahead| Nature::Sandbox { ahead: TimeDelta::seconds(ahead) }))
}

/// Marks the database as a sandbox.
///
/// # Errors
///
/// [`crate::Error::Exists`] if it is one.
pub fn mark(session: &mut Session<'_>) -> Result<()> {
    ask!(session, |conn| diesel::insert_into(sandboxes::table)
        .values((sandboxes::id.eq(MARK), sandboxes::ahead_seconds.eq(0)))
        .execute(conn))?;
    Ok(())
}

/// Remembers that the clock of the sandbox was moved on.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn advance(session: &mut Session<'_>, by: TimeDelta) -> Result<()> {
    ask!(session, |conn| diesel::update(sandboxes::table.find(MARK))
        .set(sandboxes::ahead_seconds.eq(sandboxes::ahead_seconds + by.num_seconds()))
        .execute(conn))?;
    Ok(())
}
