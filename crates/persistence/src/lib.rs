//! What Kokemusväylä remembers, in SQLite or PostgreSQL.
//!
//! **Invariant:** a query is written once and runs on both databases. Only `connection` and `among` tell them apart.
//!
//! **Invariant:** every query is asked of a [`Session`], and one that writes lives within one transaction. Every listing
//! takes a [`domain::policy::Scope`], so that nothing can be listed that could not be read one by one.

pub mod access_requests;
pub mod acknowledgements;
pub mod agreements;
mod among;
pub mod assignments;
pub mod attachments;
pub mod audience_feedback;
pub mod audit_events;
pub mod backup;
pub mod bank_searches;
pub mod callers;
mod chunks;
pub mod clients;
mod codec;
pub mod compilations;
pub mod concerns;
mod connection;
pub mod data_key;
mod database;
pub mod decisions;
pub mod deliveries;
pub mod disclosures;
mod documents;
pub mod expense_rate_tables;
pub mod experts;
pub mod fee_forms;
pub mod fee_schedules;
pub mod feedback;
pub mod figures;
mod folder;
pub mod grants;
mod grounds;
pub mod idempotency;
pub mod interests;
pub mod leases;
pub mod library;
pub mod lookups;
pub mod mails;
pub mod messages;
pub mod node_settings;
pub mod nodes;
pub mod notices;
pub mod offer_messages;
pub mod offers;
pub mod open_calls;
pub mod orders;
pub mod outbox;
pub mod payroll_identities;
pub mod people;
pub mod question_sets;
pub mod revoked_tokens;
pub mod routing;
pub mod sandbox;
mod schema;
mod scope;
mod seal;
mod sealed_parts;
pub mod secrets;
pub mod sign_in;
pub mod signing_keys;
pub mod sourcing_requests;
pub mod steering;
pub mod supervision_sessions;
pub mod support_notes;
pub mod task_types;
mod way;

pub use self::{
    database::{Connections, Database, Schema, Session, Settings},
    documents::{Page, Stored},
    grounds::Ground,
    seal::Keyring,
};

/// What can go wrong between the product and its memory.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// Someone else changed it since it was read, or has what it waits for and waits for it.
    #[error("changed meanwhile")]
    Stale,
    /// There is one already where there may be only one.
    #[error("it is there already")]
    Exists,
    /// The database was too busy with others to do it now; trying again may help.
    #[error("the database is busy")]
    Busy,
    /// The database has gone away, only reads, or its disk is full: later it may work again.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database could not be reached, or refused.
    #[error("the database failed: {0}")]
    Database(diesel::result::Error),
    /// The pool had no connection to give in time.
    #[error("no connection to the database: {0}")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(String),
    /// The address of the database is of no known scheme, or leads to no file.
    #[error("the database URL must be sqlite:FILE, where FILE is not in memory, or postgres://…")]
    Url,
    /// The address of an SQLite database looks like one of the web, and would lead to the root of the disk.
    #[error(
        "sqlite:// would lead to the root of the disk: it must be sqlite:FILE, or sqlite:///FILE from the root on"
    )]
    TwoSlashes,
    /// The address of a PostgreSQL database is malformed. Nothing of it is repeated: it holds a password.
    #[error("the database URL {0}; it is like postgres://user:password@host/database")]
    PostgresUrl(&'static str),
    /// An encryption key is missing, or sealed bytes cannot be opened.
    #[error("the data key does not fit")]
    Key,
    /// An encryption key is malformed, or there twice.
    #[error("the data key cannot be read: {0}")]
    KeyForm(&'static str),
    /// The folder of attachments cannot be written to or read.
    #[error("the folder of attachments failed: {0}")]
    File(std::io::Error),
    /// A row holds what the product never writes.
    #[error("row {id} of {table} is corrupt: {what}")]
    #[expect(missing_docs, reason = "the message says it")]
    Corrupt { table: &'static str, id: String, what: &'static str },
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn corrupt(table: &'static str, id: &str, what: &'static str) -> Self {
        Self::Corrupt { table, id: id.to_owned(), what }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error as Diesel};
        match &error {
            Diesel::NotFound => Self::NotFound,
            Diesel::DatabaseError(Kind::UniqueViolation, _) => Self::Exists,
            Diesel::DatabaseError(Kind::SerializationFailure, _) => Self::Busy,
            // It took a second to find out that two waited for each other. The other one goes on, and will have been faster.
            Diesel::DatabaseError(_, information) if information.message().contains(DEADLOCK) => {
                Self::Stale
            }
            Diesel::DatabaseError(_, information)
                if BUSY.iter().any(|busy| information.message().contains(busy)) =>
            {
                Self::Busy
            }
            Diesel::RollbackErrorOnCommit { commit_error, .. } if is_gone(commit_error) => {
                Self::Unavailable(commit_error.to_string())
            }
            gone if is_gone(gone) => Self::Unavailable(error.to_string()),
            _ => Self::Database(error),
        }
    }
}

/// What databases say when others are in the way, or they have too much to do.
const BUSY: [&str; 3] = [
    "canceling statement due to lock timeout",
    "canceling statement due to statement timeout",
    "database is locked",
];

/// What PostgreSQL says to one of several that wait for each other.
const DEADLOCK: &str = "deadlock detected";

/// What databases say when it is not the question that is wrong, but they themselves.
const GONE: [&str; 13] = [
    "attempt to write a readonly database",
    "connection not open",
    "connection to server",
    "could not extend file",
    "could not receive data from server",
    "could not send data to server",
    "database or disk is full",
    "disk I/O error",
    "no connection to the server",
    "No space left on device",
    "server closed the connection",
    "terminating connection",
    "the database system is",
];

/// Whether the database itself is not there, as far as its words tell.
fn is_gone(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind as Kind, Error as Diesel};
    match error {
        Diesel::BrokenTransactionManager
        // While another PostgreSQL takes over, this one only reads.
        | Diesel::DatabaseError(Kind::ClosedConnection | Kind::ReadOnlyTransaction, _) => true,
        Diesel::DatabaseError(_, information) => {
            GONE.iter().any(|words| information.message().contains(words))
        }
        _ => false,
    }
}
