//! A connection to either database, how it is made, and how transactions begin and end on it.

use std::{sync::Arc, time::Duration};

use diesel::{
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    prelude::*,
    r2d2::{self, CustomizeConnection, ManageConnection, R2D2Connection},
};

pub(crate) mod catalogue;
mod url;

pub(crate) use self::url::Url;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// SQLite's own count of the rows that a connection has changed.
    fn total_changes() -> diesel::sql_types::Integer;
}

/// What SQL is written for where a query is put together as it is asked.
pub(crate) type AnyBackend = <AnyConnection as Connection>::Backend;

/// Asks the database of a session a question whose shape is known when the program is built. Each database has its own
/// form of it then, by whose type its connections find the statement that they keep; asked of [`AnyConnection`], its text
/// is written anew each time, to find the statement by.
///
/// ```text
/// let name: String = ask!(session, |conn| nodes::table.find(id).select(nodes::name).first(conn))?;
/// ```
macro_rules! ask {
    ($session:expr, |$conn:ident| $question:expr) => {
        match &mut *$session.conn {
            $crate::connection::AnyConnection::Postgres($conn) => $question,
            $crate::connection::AnyConnection::Sqlite($conn) => $question,
        }
    };
}
pub(crate) use ask;
impl AnyConnection {
    pub(crate) fn begin(&mut self, begin: Begin) -> QueryResult<()> {
        let sql = match (begin, &self) {
            // Not READ ONLY: to ask for the migrations says to make their table, which is there.
            (Begin::Snapshot, Self::Postgres(_)) => "BEGIN ISOLATION LEVEL REPEATABLE READ",
            (Begin::Snapshot, Self::Sqlite(_)) => "BEGIN",
            // Without IMMEDIATE, a transaction that reads before it writes would fail while another one writes.
            (Begin::Write, Self::Sqlite(_)) => "BEGIN IMMEDIATE",
            (Begin::Alone, Self::Sqlite(_)) => "BEGIN EXCLUSIVE",
            (Begin::Write | Begin::Alone, Self::Postgres(_)) => "BEGIN",
        };
        match self {
            Self::Postgres(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql),
            Self::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql),
        }
    }

    /// Begins what can be undone without the rest of the transaction.
    pub(crate) fn begin_part(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(conn) => AnsiTransactionManager::begin_transaction(conn),
            Self::Sqlite(conn) => AnsiTransactionManager::begin_transaction(conn),
        }
    }

    /// Ends the part or the transaction that was begun last, and keeps or undoes it.
    pub(crate) fn end(&mut self, keep: bool) -> QueryResult<()> {
        match (self, keep) {
            (Self::Postgres(conn), true) => AnsiTransactionManager::commit_transaction(conn),
            (Self::Postgres(conn), false) => AnsiTransactionManager::rollback_transaction(conn),
            (Self::Sqlite(conn), true) => AnsiTransactionManager::commit_transaction(conn),
            (Self::Sqlite(conn), false) => AnsiTransactionManager::rollback_transaction(conn),
        }
    }

    /// How many rows SQLite has changed through this connection since it was opened. PostgreSQL does not say.
    pub(crate) fn changed_rows(&mut self) -> QueryResult<Option<i32>> {
        match self {
            Self::Postgres(_) => Ok(None),
            Self::Sqlite(conn) => diesel::select(total_changes()).get_result(conn).map(Some),
        }
    }

    /// Takes the lock that PostgreSQL keeps until the transaction ends. SQLite has its own by `BEGIN EXCLUSIVE`.
    pub(crate) fn wait_for_other_nodes(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(conn) => conn.batch_execute("SELECT pg_advisory_xact_lock(727)"),
            Self::Sqlite(_) => Ok(()),
        }
    }
}

/// What a transaction is begun for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Begin {
    Write,
    Snapshot,
    Alone,
}

/// Connects by the URL's scheme. The derived `establish` would try each database in turn, and SQLite takes
/// any string for a file name.
#[derive(Debug)]
pub(crate) struct Manager {
    pub(crate) url: Arc<Url>,
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = r2d2::Error;

    fn connect(&self) -> std::result::Result<AnyConnection, r2d2::Error> {
        match &*self.url {
            Url::Sqlite(path) => SqliteConnection::establish(path).map(AnyConnection::Sqlite),
            Url::Postgres(url) => PgConnection::establish(url).map(AnyConnection::Postgres),
        }
        .map_err(r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut AnyConnection) -> std::result::Result<(), r2d2::Error> {
        conn.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut AnyConnection) -> bool {
        conn.is_broken()
    }
}

/// How many pages SQLite writes ahead before it carries them over into the file, for which one writer has to wait for the
/// disk: four times as many as it would by itself. Most pages are written again before that, and are carried over once.
const PAGES_AHEAD: u32 = 4_000;

/// What a connection is told when it has been made. SQLite is to keep in memory what it needs to undo a part of a transaction:
/// it is forgotten when the part ends, so it is never much, and a file for it would be made in every transaction.
#[derive(Debug)]
pub(crate) struct Pragmas {
    pub(crate) timeout: Duration,
    pub(crate) full_sync: bool,
}

impl CustomizeConnection<AnyConnection, r2d2::Error> for Pragmas {
    fn on_acquire(&self, conn: &mut AnyConnection) -> std::result::Result<(), r2d2::Error> {
        let wait = self.timeout.as_millis();
        match conn {
            AnyConnection::Postgres(conn) => conn.batch_execute(&format!(
                "SET lock_timeout = {wait}; SET statement_timeout = {}; SET timezone = 'UTC'",
                wait * 4,
            )),
            AnyConnection::Sqlite(conn) => conn.batch_execute(&format!(
                "PRAGMA busy_timeout = {wait}; PRAGMA journal_mode = WAL;
                 PRAGMA synchronous = {}; PRAGMA foreign_keys = ON;
                 PRAGMA wal_autocheckpoint = {PAGES_AHEAD}; PRAGMA temp_store = MEMORY;",
                if self.full_sync { "FULL" } else { "NORMAL" },
            )),
        }
        .map_err(r2d2::Error::QueryError)
    }
}
