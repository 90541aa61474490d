//! A connection to either database, and how transactions begin and end on it.

use diesel::{
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::Integer,
    sqlite::Sqlite,
};

pub(crate) mod catalogue;
mod place;
pub(crate) mod pool;
mod postgres_url;
mod url;

pub(crate) use self::{place::Place, url::Url};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// SQLite's own count of the rows that a connection has changed.
    fn total_changes() -> Integer;
}

/// What SQLite is told in words that never change, by a statement that is kept.
macro_rules! told {
    ($(#[$about:meta])* $name:ident = $sql:literal) => {
        $(#[$about])*
        struct $name;

        impl QueryId for $name {
            type QueryId = Self;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl QueryFragment<Sqlite> for $name {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
                out.push_sql($sql);
                Ok(())
            }
        }

        impl RunQueryDsl<SqliteConnection> for $name {}
    };
}

told! {
    /// SQLite's own number for what a connection sees, which is another one as soon as anybody else has written.
    DataVersion = "PRAGMA data_version"
}

impl Query for DataVersion {
    type SqlType = Integer;
}

told! {
    /// From here on it sees the database as it is at the first question.
    BeginView = "BEGIN"
}
told! {
    /// The end of that.
    EndView = "COMMIT"
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

/// Asks for a row that stays as it is until the transaction ends. PostgreSQL first waits for whoever is changing it, and gives
/// what it has become; nobody else writes to SQLite meanwhile. Not `FOR SHARE`: two could have that, and each would wait for
/// the other to change the row.
///
/// ```text
/// let name: String = held!(session, |conn| nodes::table.find(id).select(nodes::name))?;
/// ```
macro_rules! held {
    ($session:expr, |$conn:ident| $rows:expr) => {
        match &mut *$session.conn {
            $crate::connection::AnyConnection::Postgres($conn) => {
                $rows.for_no_key_update().get_result($conn)
            }
            $crate::connection::AnyConnection::Sqlite($conn) => $rows.get_result($conn),
        }
    };
}
pub(crate) use held;

impl AnyConnection {
    pub(crate) fn begin(&mut self, begin: Begin) -> QueryResult<()> {
        let sql = match (begin, &self) {
            (Begin::Snapshot, Self::Postgres(_)) => {
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            }
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

    /// A number that stays the same while nobody else writes, in another process neither. PostgreSQL has none.
    pub(crate) fn data_version(&mut self) -> QueryResult<Option<i32>> {
        match self {
            Self::Postgres(_) => Ok(None),
            Self::Sqlite(conn) => DataVersion.get_result(conn).map(Some),
        }
    }

    /// Takes the lock that PostgreSQL keeps until the transaction ends, however long whoever has it needs, and lets what follows
    /// take its time as well: a migration goes through whole tables. SQLite has its own by `BEGIN EXCLUSIVE`.
    pub(crate) fn wait_for_other_nodes(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(conn) => {
                conn.batch_execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")?;
                conn.batch_execute("SELECT pg_advisory_xact_lock(727)")
            }
            Self::Sqlite(_) => Ok(()),
        }
    }
}

/// One view of the database for all questions, where that is less work than one for each: SQLite takes a lock on its file for
/// each. PostgreSQL would have to be asked twice more.
pub(crate) struct View<'a>(&'a mut AnyConnection);

impl<'a> View<'a> {
    pub(crate) fn begin(conn: &'a mut AnyConnection) -> QueryResult<Self> {
        if let AnyConnection::Sqlite(conn) = conn {
            BeginView.execute(conn)?;
        }
        Ok(Self(conn))
    }

    pub(crate) fn conn(&mut self) -> &mut AnyConnection {
        self.0
    }
}

impl Drop for View<'_> {
    fn drop(&mut self) {
        if let AnyConnection::Sqlite(conn) = self.0 {
            // Nothing was written, so there is nothing that could fail to be kept.
            let _ = EndView.execute(conn);
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
