//! The connections of a process: how each is made, and what it remembers.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use diesel::{
    connection::SimpleConnection,
    prelude::*,
    r2d2::{self, CustomizeConnection, ManageConnection, R2D2Connection},
};

use super::{AnyConnection, Place, Url};
use crate::callers::Known;

/// A connection of the pool.
pub(crate) struct Pooled {
    pub(crate) conn: AnyConnection,
    /// Who has called through it.
    pub(crate) callers: Known,
    /// Whether what it was used for last went well. Nothing tells of a question outside a transaction that was refused because
    /// the connection had ended, so whatever ended otherwise is asked whether it still lives.
    pub(crate) went_well: bool,
    /// When it was given back last, if all went well.
    rests_since: Option<Instant>,
}

/// How long a connection may have rested to be taken for alive. Whoever waits longer between two requests does not notice one
/// more question; whoever asks all the time is not made to.
const RESTED: Duration = Duration::from_millis(500);

/// Connects by the URL's scheme. The derived `establish` would try each database in turn, and SQLite takes
/// any string for a file name.
#[derive(Debug)]
pub(crate) struct Manager {
    pub(crate) url: Arc<Url>,
    pub(crate) place: Option<Arc<Place>>,
}

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Pooled, r2d2::Error> {
        // Another file in its place would be another database, and where there is none SQLite would make one.
        if let Some(Err(error)) = self.place.as_ref().map(|place| place.still_there()) {
            return Err(r2d2::Error::ConnectionError(ConnectionError::BadConnection(
                error.to_string(),
            )));
        }
        let conn = match &*self.url {
            Url::Sqlite(path) => SqliteConnection::establish(path).map(AnyConnection::Sqlite),
            Url::Postgres(url) => PgConnection::establish(url).map(AnyConnection::Postgres),
        };
        let conn = conn.map_err(|error| r2d2::Error::ConnectionError(self.explained(error)))?;
        if let Some(place) = &self.place {
            place.opened();
        }
        let rests_since = Some(Instant::now());
        Ok(Pooled { conn, callers: Known::default(), went_well: true, rests_since })
    }

    /// Asked of each connection before it is given to anybody. PostgreSQL, or what lies between, may have ended one that
    /// rested; a file does not go away.
    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), r2d2::Error> {
        match &mut pooled.conn {
            AnyConnection::Postgres(conn)
                if pooled.rests_since.is_none_or(|since| since.elapsed() > RESTED) =>
            {
                conn.ping().map_err(r2d2::Error::QueryError)
            }
            _ => Ok(()),
        }
    }

    /// Asked of each connection that is given back.
    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.rests_since = pooled.went_well.then(Instant::now);
        pooled.conn.is_broken()
    }
}

impl Manager {
    /// What is wrong, and with which file: SQLite only says that it cannot open it.
    fn explained(&self, error: ConnectionError) -> ConnectionError {
        let trouble = self.place.as_ref().and_then(|place| place.trouble());
        trouble.map_or(error, ConnectionError::BadConnection)
    }
}

/// How much longer PostgreSQL takes to read a page that is somewhere else than the next one. By itself it thinks of disks with
/// heads, and would rather read a whole table of nodes and sort it into buckets than look for the one it needs.
const SOMEWHERE_ELSE: f32 = 1.1;

/// How many pages SQLite writes ahead before it carries them over into the file, for which one writer has to wait for the
/// disk: four times as many as it would by itself. Most pages are written again before that, and are carried over once.
const PAGES_AHEAD: u32 = 4_000;

/// How many kibibytes of pages each of SQLite's connections keeps that only read. They are many, and the system has the file in
/// its memory anyway; the one that writes keeps what SQLite would by itself, four times as much.
const PAGES_KEPT: u32 = 512;

/// What a connection is told when it has been made. SQLite is to keep in memory what it needs to undo a part of a transaction:
/// it is forgotten when the part ends, so it is never much, and a file for it would be made in every transaction.
#[derive(Debug)]
pub(crate) struct Pragmas {
    pub(crate) timeout: Duration,
    pub(crate) full_sync: bool,
    /// Whether it is the one that writes.
    pub(crate) writes: bool,
}

impl CustomizeConnection<Pooled, r2d2::Error> for Pragmas {
    fn on_acquire(&self, pooled: &mut Pooled) -> Result<(), r2d2::Error> {
        let wait = self.timeout.as_millis();
        match &mut pooled.conn {
            AnyConnection::Postgres(conn) => conn.batch_execute(&format!(
                "SET lock_timeout = {wait}; SET statement_timeout = {}; SET timezone = 'UTC';
                 SET random_page_cost = {SOMEWHERE_ELSE}",
                wait * 4,
            )),
            AnyConnection::Sqlite(conn) => {
                let synchronous = if self.full_sync { "FULL" } else { "NORMAL" };
                let kept = if self.writes { 4 * PAGES_KEPT } else { PAGES_KEPT };
                conn.batch_execute(&format!(
                    "PRAGMA busy_timeout = {wait}; PRAGMA journal_mode = WAL;
                     PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;
                     PRAGMA cache_size = -{kept};
                     PRAGMA wal_autocheckpoint = {PAGES_AHEAD}; PRAGMA temp_store = MEMORY;",
                ))
            }
        }
        .map_err(r2d2::Error::QueryError)
    }
}
