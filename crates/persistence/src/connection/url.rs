//! Where a database is, as an installation says it.

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
    /// Reads `sqlite:PATH`, `postgres:…` or `postgresql:…`.
    pub(crate) fn read(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.to_owned())),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(text.to_owned())),
            _ => Err(Error::Url),
        }
    }
}
