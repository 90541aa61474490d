//! A database of one's own.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use domain::id::Id;
use persistence::{Database, Keyring, Settings};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) fn id<T>(raw: u128) -> Id<T> {
    Id::new(Uuid::from_u128(raw))
}

/// The database in this folder, as each process opens it.
pub(crate) fn open(folder: &TempDir, files: Option<PathBuf>) -> Database {
    let database = Database::open(settings(&folder.path().join("db"), files)).expect("it opens");
    database.migrate().expect("it migrates");
    database
}

/// How a process opens this database.
pub(crate) fn settings(path: &Path, files: Option<PathBuf>) -> Settings {
    Settings {
        url: format!("sqlite:{}", path.display()),
        connections: 1,
        timeout: Duration::from_secs(5),
        full_sync: false,
        keys: Keyring::parse("1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=").expect("a key"),
        files,
    }
}
