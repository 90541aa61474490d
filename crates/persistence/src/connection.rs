//! The two databases, the pool, and a transaction.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use diesel::{
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    migration::MigrationSource,
    pg::Pg,
    prelude::*,
    r2d2::{self, CustomizeConnection, ManageConnection, Pool, R2D2Connection},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use domain::{id::Id, node::Node};
use uuid::Uuid;

use crate::{Error, Keyring, Result};

pub(crate) mod catalogue;
mod url;

use self::url::Url;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
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

/// How the database is reached.
#[derive(Debug)]
pub struct Settings {
    /// `sqlite:FILE` or `postgres://…`.
    pub url: String,
    /// How many connections at the most; on SQLite there is one more, which writes.
    pub connections: u32,
    /// How long to wait for a connection, and for another writer.
    pub timeout: Duration,
    /// Whether SQLite waits for the disk at every commit, so that not even a power cut loses one.
    pub full_sync: bool,
    /// What encrypts at rest.
    pub keys: Keyring,
    /// Where attachments are kept; in the database itself, if nowhere else.
    pub files: Option<PathBuf>,
}

/// The connections to the one database of this process.
#[derive(Clone, Debug)]
pub struct Database {
    pool: Pool<Manager>,
    /// The one connection that writes, where only one can at a time: it finds in its memory what it wrote before, while the
    /// others have to read again whatever has been written since they looked.
    writer: Option<Pool<Manager>>,
    keys: Arc<Keyring>,
    files: Option<Arc<Path>>,
}

/// How many connections there are, without the one that writes to SQLite, of which there is always one.
#[derive(Clone, Copy, Debug)]
pub struct Connections {
    /// In the pool.
    pub open: u32,
    /// In the pool, and not in use.
    pub idle: u32,
    /// At the most.
    pub most: u32,
}

/// What every query of this crate is asked of: one transaction, or while nothing is written one for each query.
pub struct Session<'a> {
    pub(crate) conn: &'a mut AnyConnection,
    keys: &'a Keyring,
    files: Option<&'a Path>,
    pub(crate) met: HashMap<Id<Node>, Node>,
}

impl Database {
    /// Opens the database. The schema is not touched.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] for another scheme, [`Error::Pool`] if it cannot be reached.
    pub fn open(settings: Settings) -> Result<Self> {
        let url = Url::read(&settings.url)?;
        let one_writer = matches!(url, Url::Sqlite(_));
        let url = Arc::new(url);
        let pool = |connections| {
            let pragmas = Pragmas { timeout: settings.timeout, full_sync: settings.full_sync };
            Pool::builder()
                .max_size(connections)
                .min_idle(Some(1))
                // A connection that has broken says so when it comes back; asking each one whether it lives would cost
                // every request one more question.
                .test_on_check_out(false)
                .connection_timeout(settings.timeout)
                .connection_customizer(Box::new(pragmas))
                .build(Manager { url: url.clone() })
        };
        Ok(Self {
            writer: one_writer.then(|| pool(1)).transpose()?,
            pool: pool(settings.connections)?,
            keys: Arc::new(settings.keys),
            files: settings.files.map(Arc::from),
        })
    }

    /// Brings the schema up to date. Nodes that start at the same time wait for each other.
    ///
    /// # Errors
    ///
    /// [`Error::Migration`] if a migration fails; nothing of it remains then.
    pub fn migrate(&self) -> Result<()> {
        self.transact(Begin::Alone, |session| {
            session.conn.wait_for_other_nodes()?;
            session
                .conn
                .run_pending_migrations(MIGRATIONS)
                .map(drop)
                .map_err(|error| Error::Migration(error.to_string()))
        })
    }

    /// Whether the schema is the one that this program was built with.
    ///
    /// # Errors
    ///
    /// [`Error::Pool`], [`Error::Migration`].
    pub fn is_current(&self) -> Result<bool> {
        let mut conn = self.pool.get()?;
        conn.has_pending_migration(MIGRATIONS)
            .map(|pending| !pending)
            .map_err(|error| Error::Migration(error.to_string()))
    }

    /// How many connections there are at this moment.
    pub fn connections(&self) -> Connections {
        let state = self.pool.state();
        Connections {
            open: state.connections,
            idle: state.idle_connections,
            most: self.pool.max_size(),
        }
    }

    /// Whether only one transaction can write at a time.
    pub fn has_one_writer(&self) -> bool {
        self.writer.is_some()
    }

    /// A number that differs between schemas.
    pub fn schema_hash() -> u64 {
        let migrations = MigrationSource::<Pg>::migrations(&MIGRATIONS).unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        migrations.iter().for_each(|migration| migration.name().to_string().hash(&mut hasher));
        hasher.finish()
    }

    /// Runs `work`, which only reads, in a transaction for each query.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection and beginning.
    pub fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(Begin::Read, work)
    }

    /// Like [`Self::read`], if that needs neither another process nor a wait for a connection: on SQLite, while one is free.
    /// Whoever reads there waits for nobody else, as long as the log is written ahead.
    pub fn glance<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> Option<std::result::Result<T, E>> {
        self.writer.as_ref()?;
        let mut conn = self.pool.try_get()?;
        Some(work(&mut self.session(&mut conn)))
    }

    /// Like [`Self::read`], and every query sees the database as it was at the first one, whatever others write meanwhile.
    pub(crate) fn snapshot<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(Begin::Snapshot, work)
    }

    /// Runs `work` while no other node migrates or is alone with the database.
    pub(crate) fn alone<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(Begin::Alone, |session| {
            session.conn.wait_for_other_nodes()?;
            work(session)
        })
    }

    /// Runs `work`, which may write, in a transaction. An `Err` rolls it back.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection, beginning and committing.
    pub fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(Begin::Write, work)
    }

    fn transact<T, E: From<Error>>(
        &self,
        begin: Begin,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let pool = match begin {
            Begin::Read | Begin::Snapshot => &self.pool,
            Begin::Write | Begin::Alone => self.writer.as_ref().unwrap_or(&self.pool),
        };
        let mut conn = pool.get().map_err(Error::from)?;
        conn.begin(begin).map_err(Error::from)?;
        let result = work(&mut self.session(&mut conn));
        conn.end(begin, result.is_ok()).map_err(Error::from)?;
        result
    }

    fn session<'a>(&'a self, conn: &'a mut AnyConnection) -> Session<'a> {
        Session { conn, keys: &self.keys, files: self.files.as_deref(), met: HashMap::new() }
    }
}

impl Session<'_> {
    /// Encrypts `plain` for a column that must not be readable in a copy of the database.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if the cipher fails.
    pub fn seal(&self, plain: &[u8]) -> Result<Vec<u8>> {
        self.keys.seal(plain)
    }

    /// Decrypts what [`Self::seal`] made.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if it was sealed with a key that is not in the ring.
    pub fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        self.keys.unseal(sealed)
    }

    /// Whether attachments are kept in a folder.
    pub(crate) fn has_folder(&self) -> bool {
        self.files.is_some()
    }

    /// The file for the content of the attachment with this identifier, if attachments are kept in a folder.
    pub(crate) fn file(&self, attachment: Uuid) -> Option<PathBuf> {
        self.files.map(|folder| folder.join(attachment.to_string()))
    }
}

impl AnyConnection {
    fn begin(&mut self, begin: Begin) -> QueryResult<()> {
        let sql = match (begin, &self) {
            // Each query sees what is committed when it begins, in a transaction or not: to begin and to end one would only
            // be two more things to ask.
            (Begin::Read, _) => return Ok(()),
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

    fn end(&mut self, begun: Begin, commit: bool) -> QueryResult<()> {
        match (self, commit) {
            _ if begun == Begin::Read => Ok(()),
            (Self::Postgres(conn), true) => AnsiTransactionManager::commit_transaction(conn),
            (Self::Postgres(conn), false) => AnsiTransactionManager::rollback_transaction(conn),
            (Self::Sqlite(conn), true) => AnsiTransactionManager::commit_transaction(conn),
            (Self::Sqlite(conn), false) => AnsiTransactionManager::rollback_transaction(conn),
        }
    }

    /// Takes the lock that PostgreSQL keeps until the transaction ends. SQLite has its own by `BEGIN EXCLUSIVE`.
    fn wait_for_other_nodes(&mut self) -> Result<()> {
        match self {
            Self::Postgres(conn) => Ok(conn.batch_execute("SELECT pg_advisory_xact_lock(727)")?),
            Self::Sqlite(_) => Ok(()),
        }
    }
}

/// What a transaction is begun for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Begin {
    Read,
    Write,
    Snapshot,
    Alone,
}

/// Connects by the URL's scheme. The derived `establish` would try each database in turn, and SQLite takes
/// any string for a file name.
#[derive(Debug)]
struct Manager {
    url: Arc<Url>,
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

#[derive(Debug)]
struct Pragmas {
    timeout: Duration,
    full_sync: bool,
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
                 PRAGMA wal_autocheckpoint = {PAGES_AHEAD};",
                if self.full_sync { "FULL" } else { "NORMAL" },
            )),
        }
        .map_err(r2d2::Error::QueryError)
    }
}
