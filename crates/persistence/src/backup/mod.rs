//! Backups (*varmuuskopiot*): everything that is remembered, in one file that either database is restored from.
//!
//! A backup is lines of JSON: a header, for each table its name and columns and then a line for each row, and at the end
//! the number of rows and a digest of all that came before. Values are texts, the same from both databases, so that a
//! backup is also the way from one to the other. What is encrypted stays so. The bytes of attachments are always in the
//! backup, also when they are kept in a folder.
//!
//! **Invariant:** a backup is a snapshot: what one transaction wrote is in it as a whole, or not at all.

mod restore;
mod write;

use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

pub use self::{restore::restore, write::write};

/// What the first line says it is.
const FORMAT: &str = "kokemusvayla-backup-1";

/// What the data key of a backup must be able to open.
const KEY_CHECK: &[u8] = b"kokemusvayla";

/// The table of the bytes of attachments.
const CONTENTS: &str = "attachment_contents";

/// What a backup or a restoration has done.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Done {
    /// How many rows.
    pub rows: u64,
    /// How many of them are the content of an attachment.
    pub attachments: u64,
    /// How many attachments have no content, neither in the database nor in the folder.
    pub missing: u64,
}

/// Which attachments may be without a content in a backup.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Missing {
    /// None.
    None,
    /// Those whose files are lost.
    Lost,
}

/// Why a backup cannot be made or restored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Database(#[from] crate::Error),
    /// Where the backup is.
    #[error("the backup cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// It is not what was written once.
    #[error("the backup is not whole: {0}; nothing was restored")]
    Damaged(String),
    /// There is something already.
    #[error("the database is not empty (there are {0}); a backup is restored into an empty one")]
    NotEmpty(String),
    /// It was made by another version of the program.
    #[error("the backup has a schema that does not fit: {0}")]
    Schema(String),
    /// The data key is another one.
    #[error("the data key does not fit: give the one that this data is encrypted with")]
    Key,
    /// There are attachments without a content.
    #[error("{0} attachments have no file: is --files the folder that the server has?")]
    NoFile(u64),
    /// A file of the folder is there already.
    #[error("the folder of attachments has {0} already; a backup is restored into an empty one")]
    FileThere(String),
}

/// The first line.
#[derive(Deserialize, Serialize)]
struct Header {
    format: String,
    program: String,
    made_at: domain::time::Moment,
    schema: Vec<String>,
    key_check: String,
}

/// The line before the rows of a table.
#[derive(Deserialize, Serialize)]
struct Heading {
    table: String,
    columns: Vec<String>,
}

/// The last line.
#[derive(Deserialize, Serialize)]
struct End {
    rows: u64,
    sha256: String,
}

/// What the lines so far add up to.
struct Sum(Context);

impl Sum {
    fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    fn add(&mut self, line: &[u8]) {
        self.0.update(line);
    }

    fn hex(&self) -> String {
        let digest = self.0.clone().finish();
        digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
