//! `kokemusvayla admin backup` and `admin restore`.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use domain::time::Moment;
use persistence::{
    Database,
    backup::{self, Missing},
};

use crate::config::{Error, Store};

/// What is said when it is done.
const KEEP_THE_KEY: &str = "The data key is not in it: what is encrypted is lost without the key. Keep it apart from the backup.";

/// Where a backup goes, or comes from, instead of a file.
const STREAM: &str = "-";

/// Writes a backup to a new file, or to the standard output.
///
/// # Errors
///
/// If the database or the file fails; the file has its name only once it is whole.
pub(super) fn write(store: &Store, to: &Path, allowed: Missing, now: Moment) -> Result<(), Error> {
    // A data key that is made now could open nothing.
    store.key()?;
    // An empty backup of a database that is not the right one would look like a backup.
    let database = store.open_filled()?;
    let done = if to == Path::new(STREAM) {
        backup::write(&database, &mut BufWriter::new(io::stdout().lock()), allowed, now)?
    } else {
        write_file(&database, to, allowed, now)?
    };
    eprintln!("{} rows, {} of them files of attachments", done.rows, done.attachments);
    if done.missing > 0 {
        eprintln!(
            "{} attachments have no file, and will have none when this is restored",
            done.missing
        );
    }
    eprintln!("{KEEP_THE_KEY}");
    Ok(())
}

fn write_file(
    database: &Database,
    to: &Path,
    allowed: Missing,
    now: Moment,
) -> Result<backup::Done, Error> {
    let failed = |error| Error::Io(to.display().to_string(), error);
    if to.try_exists().map_err(failed)? {
        return Err(Error::Usage(format!("{} is there already; name a new file", to.display())));
    }
    let mut partial = to.as_os_str().to_owned();
    partial.push(".partial");
    let partial = Path::new(&partial);
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(true).mode(0o600);
    let file = open.open(partial).map_err(failed)?;
    let mut target = BufWriter::new(file);
    let written = backup::write(database, &mut target, allowed, now);
    let written = written.map_err(Error::from).and_then(|done| {
        target.flush().and_then(|()| target.get_ref().sync_all()).map_err(failed)?;
        fs::rename(partial, to).map_err(failed)?;
        Ok(done)
    });
    if written.is_err() {
        // What is left of it is no backup, and says so by its name.
        let _ = fs::remove_file(partial);
    }
    written
}

/// Restores a backup from a file, or from the standard input.
///
/// # Errors
///
/// If the database is not empty, or the backup not whole; nothing is restored then.
pub(super) fn restore(store: &Store, from: &Path) -> Result<(), Error> {
    store.key()?;
    let database = store.open()?;
    let done = if from == Path::new(STREAM) {
        backup::restore(&database, &mut io::stdin().lock())?
    } else {
        let file =
            File::open(from).map_err(|error| Error::Io(from.display().to_string(), error))?;
        backup::restore(&database, &mut BufReader::new(file))?
    };
    eprintln!("{} rows are restored, {} of them files of attachments", done.rows, done.attachments);
    eprintln!(
        "Notices that were still to be sent when the backup was made are sent when a server starts."
    );
    Ok(())
}
