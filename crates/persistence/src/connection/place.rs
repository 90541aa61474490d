//! The file of an SQLite database: who can read it, and whether it still is where it was.
//!
//! SQLite holds on to the file that it has opened, also when that is moved away or another one is put in its place: what is
//! written then is in no file that anybody opens again.

use std::{
    ffi::OsString,
    fs::{self, OpenOptions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use super::Url;
use crate::{Error, Result};

/// What whoever is neither the owner nor of the group must not be able to do: read it or write to it.
const OTHERS: u32 = 0o006;

/// Where the file of a database is, and which file was there when it was opened.
#[derive(Debug)]
pub(crate) struct Place {
    path: PathBuf,
    /// Its device and its number there.
    opened: OnceLock<(u64, u64)>,
}

impl Place {
    /// The place of the database, if it is a file. One that is not there yet is made, so that nobody but its owner can read it:
    /// SQLite would let everybody. What it writes ahead has the mode of the file.
    pub(crate) fn of(url: &Url) -> Option<Self> {
        let path = url.file()?;
        // A file that is there is not opened: to close it would take from SQLite the locks that this process has on it.
        if url.is_made() && !path.exists() {
            let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
            // If it cannot be made, SQLite says so.
            drop(made);
        }
        Some(Self { path, opened: OnceLock::new() })
    }

    /// SQLite has opened the file that is there now.
    pub(crate) fn opened(&self) {
        if let Ok(found) = identity(&self.path) {
            self.opened.get_or_init(|| found);
        }
    }

    /// What the system has against it that the file is read and written, as long as SQLite has not opened it here.
    pub(crate) fn trouble(&self) -> Option<String> {
        if self.opened.get().is_some() {
            return None;
        }
        let tried = OpenOptions::new().read(true).write(true).open(&self.path);
        tried.err().map(|error| format!("the file {}: {error}", self.path.display()))
    }

    /// Refuses to go on with a file that is not there any more, or is another one by now. It may be put back.
    pub(crate) fn still_there(&self) -> Result<()> {
        let Some(opened) = self.opened.get() else { return Ok(()) };
        let gone = match identity(&self.path) {
            Ok(found) => found != *opened,
            // Who cannot look does not know.
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if gone {
            return Err(Error::Unavailable(format!(
                "the file {} was moved, deleted or replaced while this process has it open: put it back, or restart",
                self.path.display()
            )));
        }
        Ok(())
    }

    /// Which of its files others can read.
    pub(crate) fn exposed(&self) -> Vec<PathBuf> {
        let beside = |end: &str| {
            let mut path = OsString::from(&self.path);
            path.push(end);
            PathBuf::from(path)
        };
        let all = [self.path.clone(), beside("-wal"), beside("-shm")];
        let open = |path: &PathBuf| fs::metadata(path).is_ok_and(|file| file.mode() & OTHERS != 0);
        all.into_iter().filter(open).collect()
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::metadata(path).map(|file| (file.dev(), file.ino()))
}
