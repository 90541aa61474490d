//! Fresh databases: made and settled once for the whole run, then copied for each test.

use std::{env, fs, sync::LazyLock};

use diesel::{connection::SimpleConnection, prelude::*};
use persistence::Database;
use tempfile::TempDir;
use uuid::Uuid;

use crate::prepare;

/// A kind of database.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A database of a test's own. It goes when this goes.
#[expect(missing_docs, reason = "the names say it")]
pub enum Fresh {
    Sqlite {
        url: String,
        folder: TempDir,
    },
    Postgres {
        url: String,
        name: String,
    },
    /// It goes with the PostgreSQL that it is on.
    Elsewhere {
        url: String,
    },
}

impl Fresh {
    /// A database without a schema.
    pub fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = folder();
                Self::Sqlite { url: sqlite(&folder), folder }
            }
            Kind::Postgres => {
                let name = format!("test_{}", Uuid::now_v7().simple());
                administer(&format!("CREATE DATABASE {name}"));
                Self::Postgres { url: postgres(&name), name }
            }
        }
    }

    /// A database with the region in it.
    pub fn new(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                static TEMPLATE: LazyLock<TempDir> = LazyLock::new(|| {
                    let folder = folder();
                    prepare(&sqlite(&folder));
                    folder
                });
                let folder = folder();
                fs::copy(TEMPLATE.path().join("db"), folder.path().join("db"))
                    .expect("the template copies");
                Self::Sqlite { url: sqlite(&folder), folder }
            }
            Kind::Postgres => {
                static TEMPLATE: LazyLock<String> = LazyLock::new(template);
                let name = format!("test_{}", Uuid::now_v7().simple());
                administer(&format!("CREATE DATABASE {name} TEMPLATE {}", *TEMPLATE));
                Self::Postgres { url: postgres(&name), name }
            }
        }
    }

    /// A copy of a database that nobody uses any more.
    pub fn copy(&self) -> Self {
        match self {
            Self::Sqlite { folder: from, .. } => {
                let folder = folder();
                fs::copy(from.path().join("db"), folder.path().join("db"))
                    .expect("the database copies");
                Self::Sqlite { url: sqlite(&folder), folder }
            }
            Self::Postgres { name: from, .. } => {
                let name = format!("test_{}", Uuid::now_v7().simple());
                administer(&format!("CREATE DATABASE {name} TEMPLATE {from}"));
                Self::Postgres { url: postgres(&name), name }
            }
            Self::Elsewhere { .. } => unreachable!("it is where no copies are made"),
        }
    }

    /// The database without those who still use it: to be copied.
    pub(crate) fn close(self) -> Self {
        match &self {
            Self::Sqlite { folder: from, .. } => {
                // A server that is about to stop still has the file open: what is copied is another one.
                let folder = folder();
                let place = |folder: &TempDir| folder.path().join("db").display().to_string();
                SqliteConnection::establish(&place(from))
                    .expect("SQLite opens")
                    .batch_execute(&format!("VACUUM INTO '{}'", place(&folder)))
                    .expect("SQLite copies");
                Self::Sqlite { url: sqlite(&folder), folder }
            }
            Self::Postgres { name, .. } => {
                administer(&format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"));
                administer(&format!(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                ));
                self
            }
            Self::Elsewhere { .. } => self,
        }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        match self {
            Self::Sqlite { url, .. } | Self::Postgres { url, .. } | Self::Elsewhere { url } => url,
        }
    }
}

impl Fresh {
    /// What someone with a copy of the database can read of the payroll identities and agreements in it.
    pub(crate) fn stored(&self) -> String {
        match self {
            Self::Sqlite { folder, .. } => fs::read_dir(folder.path())
                .expect("the folder is there")
                .map(|file| fs::read(file.expect("a file").path()).expect("it can be read"))
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .collect(),
            Self::Postgres { url, .. } | Self::Elsewhere { url } => {
                let mut conn = PgConnection::establish(url).expect("PostgreSQL answers");
                let mut read = |what: &str| -> String {
                    diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>(what))
                        .get_result(&mut conn)
                        .expect("PostgreSQL obeys")
                };
                [
                    "coalesce(string_agg(id || ' ' || encode(sealed, 'escape'), ' '), '') FROM payroll_identities",
                    "coalesce(string_agg(id || ' ' || encode(sealed, 'escape'), ' '), '') FROM sealed_parts",
                    "coalesce(string_agg(id || ' ' || body, ' '), '') FROM agreements",
                    "coalesce(string_agg(id || ' ' || fingerprint, ' '), '') FROM idempotency_keys",
                ]
                .map(&mut read)
                .join(" ")
            }
        }
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Self::Postgres { name, .. } = self {
            administer(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn sqlite(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("db").display())
}

fn postgres(database: &str) -> String {
    let server = env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names a server to create databases on: `make test` starts one");
    format!("{server}/{database}")
}

/// The settled database that the tests' own are copied from. The process identifier is in its name: the server is
/// thrown away after the run, and every run settles the region of its own build.
fn template() -> String {
    let name = format!("template_{:016x}_{}", Database::schema_hash(), std::process::id());
    administer(&format!("CREATE DATABASE {name}"));
    prepare(&postgres(&name));
    name
}

fn administer(sql: &str) {
    PgConnection::establish(&postgres("postgres"))
        .expect("PostgreSQL answers")
        .batch_execute(sql)
        .expect("PostgreSQL obeys");
}
