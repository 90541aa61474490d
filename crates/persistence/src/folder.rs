//! The folder where attachments are kept, if they are not kept in the database: it knows nothing of transactions.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Files that depend on how a transaction ends: those that are new go if it is undone, and those that nobody needs any more if
/// it is kept. Either happens after the end, so that no row is ever without its file. Whoever is killed in between leaves a
/// file without a row, which nobody can reach.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    made: Vec<PathBuf>,
    given_up: Vec<PathBuf>,
}

/// Puts `content` into the place of a file that is there, as a whole: whoever reads it meanwhile has what it was, or this.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    let mut file = File::create(beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(beside, path)?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

impl Touched {
    /// Makes a file that is not there yet, for as long as the transaction is not undone. Its content is on the disk then.
    pub(crate) fn make(&mut self, path: PathBuf, content: &[u8]) -> io::Result<()> {
        let mut file = File::create_new(&path)?;
        self.made.push(path);
        file.write_all(content)?;
        file.sync_all()
    }

    /// Waits until the names of the files that were made are on the disk, too: before the transaction is kept, so that a power
    /// cut leaves no row without its file.
    pub(crate) fn sync(&self) -> io::Result<()> {
        let folders: BTreeSet<&Path> = self.made.iter().filter_map(|path| path.parent()).collect();
        folders.into_iter().try_for_each(|folder| File::open(folder)?.sync_all())
    }

    /// Takes a file away as soon as the transaction is kept.
    pub(crate) fn give_up(&mut self, path: PathBuf) {
        self.given_up.push(path);
    }

    /// Takes over what a part of the transaction has touched, which was kept or undone.
    pub(crate) fn join(&mut self, part: Self, kept: bool) {
        if !kept {
            return part.settle(false);
        }
        self.made.extend(part.made);
        self.given_up.extend(part.given_up);
    }

    /// Does what is left to do, after the transaction was kept or undone.
    pub(crate) fn settle(self, kept: bool) {
        for path in if kept { self.given_up } else { self.made } {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    log::error!("a file that nobody needs is left: {}: {error}", path.display());
                }
                _ => {}
            }
        }
    }
}
