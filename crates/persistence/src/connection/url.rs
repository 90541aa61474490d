//! Where a database is, as an installation says it.

use std::path::PathBuf;

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
    /// database of its own. `sqlite://PATH` is none either: whoever writes it means a file here, and would get one at the root.
    pub(crate) fn read(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() && !is_memory(path) => {
                if path.starts_with("//") && !path.starts_with("///") {
                    return Err(Error::TwoSlashes);
                }
                Ok(Self::Sqlite(path.to_owned()))
            }
            Some(("postgres" | "postgresql", _)) => postgres(text),
            _ => Err(Error::Url),
        }
    }

    /// The file, where the database is one.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        let Self::Sqlite(path) = self else { return None };
        let Some(uri) = path.strip_prefix("file:") else { return Some(path.into()) };
        let path = uri.split(['?', '#']).next().unwrap_or_default();
        // What stands between two slashes and the third is the machine, which is this one.
        let path = match path.strip_prefix("//") {
            Some(rest) => rest.find('/').map_or("", |at| &rest[at..]),
            None => path,
        };
        Some(decoded(path).into())
    }

    /// Whether SQLite makes the file if it is not there.
    pub(crate) fn is_made(&self) -> bool {
        match self {
            Self::Postgres(_) => false,
            Self::Sqlite(path) => {
                let kept = ["mode=ro", "mode=rw", "immutable="];
                let parts = path.split(['?', '&', '#']).skip(1);
                !path.starts_with("file:")
                    || !parts.into_iter().any(|part| {
                        part != "mode=rwc" && kept.iter().any(|word| part.starts_with(word))
                    })
            }
        }
    }
}

/// A path as it stands in a URI, with what is written in hexadecimal there.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let code = others.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
