//! Where a database is, as an installation says it.

use super::postgres_url;
use crate::{Error, Result};

/// Where a database is.
#[derive(Debug)]
pub(crate) enum Url {
    /// As libpq reads it.
    Postgres(String),
    /// A file.
    Sqlite(String),
}

impl Url {
    /// Reads `sqlite:PATH`, `postgres:…` or `postgresql:…`. A path that stands for memory is none: each connection would have a
    /// database of its own.
    pub(crate) fn read(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() && !is_memory(path) => {
                Ok(Self::Sqlite(path.to_owned()))
            }
            Some(("postgres" | "postgresql", _)) => postgres(text),
            _ => Err(Error::Url),
        }
    }
}

fn postgres(text: &str) -> Result<Url> {
    match postgres_url::wrong(text) {
        Some(what) => Err(Error::PostgresUrl(what)),
        None => Ok(Url::Postgres(text.to_owned())),
    }
}

/// Whether SQLite takes the path for no file.
fn is_memory(path: &str) -> bool {
    path == ":memory:"
        || path.starts_with("file:")
            && [":memory:", "mode=memory"].iter().any(|way| path.contains(way))
}
