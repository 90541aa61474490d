//! The databases, asked directly: to fill them, and to hold the server against what they can do without it.

use acceptance::Kind;
use diesel::{
    backend::Backend,
    connection::SimpleConnection,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_query,
    sql_types::{HasSqlType, Text},
};

/// A connection of the benchmark's own.
pub(crate) enum Sql {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Does the same with either connection.
macro_rules! with {
    ($sql:expr, $conn:ident => $work:expr) => {
        match $sql {
            Sql::Sqlite($conn) => $work,
            Sql::Postgres($conn) => $work,
        }
    };
}
pub(crate) use with;

/// A statement with its values, which a connection keeps for the next time.
struct Kept<'a>(&'a str, Vec<String>);

impl QueryId for Kept<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend + HasSqlType<Text>> QueryFragment<DB> for Kept<'_>
where
    String: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Each value takes the place of a sign, which the walk writes as the database wants it.
        let mut parts = self.0.split('?');
        out.push_sql(parts.next().unwrap_or_default());
        for (part, value) in parts.zip(&self.1) {
            out.push_bind_param::<Text, String>(value)?;
            out.push_sql(part);
        }
        Ok(())
    }
}

impl<Conn> RunQueryDsl<Conn> for Kept<'_> {}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    one: String,
}

impl Sql {
    /// Connects to the database at `url`, as the server does: with its journal and its patience, and holding foreign keys.
    pub(crate) fn connect(kind: Kind, url: &str) -> Self {
        match kind {
            Kind::Sqlite => {
                let path = url.strip_prefix("sqlite:").expect("a file");
                let mut conn = SqliteConnection::establish(path).expect("the file opens");
                conn.batch_execute(
                    "PRAGMA busy_timeout = 20000; PRAGMA synchronous = NORMAL; \
                     PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000",
                )
                .expect("pragmas");
                Self::Sqlite(conn)
            }
            Kind::Postgres => {
                Self::Postgres(PgConnection::establish(url).expect("PostgreSQL answers"))
            }
        }
    }

    /// Runs statements.
    pub(crate) fn run(&mut self, statements: &str) {
        let done = with!(self, conn => conn.batch_execute(statements));
        done.unwrap_or_else(|error| panic!("{error}: {statements:.200}"));
    }

    /// Runs a statement with a value for each `?` in it, and keeps it ready for the next time.
    pub(crate) fn write(&mut self, statement: &str, values: Vec<String>) {
        let written = self.try_write(statement, values);
        assert_eq!(written.expect(statement), 1, "{statement}");
    }

    /// The same, of what may be refused.
    pub(crate) fn try_write(&mut self, statement: &str, values: Vec<String>) -> QueryResult<usize> {
        let kept = Kept(statement, values);
        with!(self, conn => kept.execute(conn))
    }

    /// The only column, named `one`, of what a query finds.
    pub(crate) fn texts(&mut self, query: &str) -> Vec<String> {
        let found: Vec<One> = with!(self, conn => sql_query(query).load(conn)).expect(query);
        found.into_iter().map(|row| row.one).collect()
    }

    /// Whether foreign keys are held at a distance: rows are copied in any order.
    pub(crate) fn trust(&mut self) {
        self.run(match self {
            Self::Sqlite(_) => "PRAGMA foreign_keys = OFF",
            Self::Postgres(_) => "SET session_replication_role = replica",
        });
    }

    /// The names of all tables that hold documents, and of those that hold something else.
    pub(crate) fn tables(&mut self) -> Vec<String> {
        self.texts(match self {
            Self::Sqlite(_) => {
                "SELECT name AS one FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
                 AND name NOT LIKE 'bench%'"
            }
            Self::Postgres(_) => {
                "SELECT tablename::text AS one FROM pg_tables WHERE schemaname = 'public' \
                 AND tablename NOT LIKE 'bench%'"
            }
        })
    }

    /// The names of a table's columns, in their order.
    pub(crate) fn columns(&mut self, table: &str) -> Vec<String> {
        self.texts(&match self {
            Self::Sqlite(_) => {
                format!("SELECT name AS one FROM pragma_table_info('{table}') ORDER BY cid")
            }
            Self::Postgres(_) => format!(
                "SELECT column_name::text AS one FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
            ),
        })
    }

    /// The rows of a table that `filter` lets through, each as the list of values of an `INSERT`.
    pub(crate) fn rows(&mut self, table: &str, filter: &str) -> Vec<String> {
        let quote = match self {
            Self::Sqlite(_) => "quote",
            Self::Postgres(_) => "quote_nullable",
        };
        let values: Vec<String> =
            self.columns(table).iter().map(|column| format!("{quote}({column})")).collect();
        let values = values.join(" || ',' || ");
        self.texts(&format!("SELECT {values} AS one FROM {table} WHERE {filter}"))
    }
}
