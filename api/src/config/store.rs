//! Where things are kept: the database, its data key and the folder of files, and whether they are what a command needs.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use clap::{Args, builder::BoolishValueParser};
use persistence::{
    Database, Keyring, Schema, Settings,
    data_key::Fit,
    sandbox::{self, Nature},
};

use super::{Error, milliseconds};
use crate::clock;

/// Where things are kept
#[derive(Args, Clone, Debug)]
pub struct Store {
    /// The database: sqlite:FILE or postgres://…
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:kokemusvayla.db",
        hide_env_values = true
    )]
    pub database_url: String,
    /// What encrypts identity codes, accounts, tax cards and keys at rest: NUMBER:BASE64 of 32 bytes, several with
    /// commas, the newest first
    #[arg(long, env = "KOKEMUSVAYLA_DATA_KEY", hide_env_values = true)]
    pub data_key: Option<String>,
    /// The file that holds the data key; at the very first start it is made if neither it nor a data key is there
    #[arg(long, env = "KOKEMUSVAYLA_DATA_KEY_FILE", default_value = "kokemusvayla.key")]
    pub data_key_file: PathBuf,
    /// How many connections to the database; on SQLite one more writes
    #[arg(long, env = "KOKEMUSVAYLA_CONNECTIONS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub connections: u32,
    /// How many milliseconds to wait for a connection or another writer
    #[arg(long, env = "KOKEMUSVAYLA_DATABASE_TIMEOUT", default_value_t = 3000, value_parser = milliseconds())]
    pub database_timeout: u64,
    /// Let SQLite wait for the disk at every commit, so that not even a power cut loses one
    #[arg(long, env = "KOKEMUSVAYLA_FULL_SYNC", value_parser = BoolishValueParser::new())]
    pub full_sync: bool,
    /// A folder for attachments, which must be there; without one, they are kept in the database
    #[arg(long, env = "KOKEMUSVAYLA_FILES")]
    pub files: Option<PathBuf>,
}

impl Store {
    /// The data key, as the settings or the file say.
    ///
    /// # Errors
    ///
    /// If there is none, or the file cannot be read.
    pub fn key(&self) -> Result<String, Error> {
        self.known_key()?.ok_or_else(|| self.no_key())
    }

    /// The data key, if there is one.
    fn known_key(&self) -> Result<Option<String>, Error> {
        if let Some(key) = &self.data_key {
            return Ok(Some(key.clone()));
        }
        match fs::read_to_string(&self.data_key_file) {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.key_file_failed(error)),
        }
    }

    /// Opens the database with the data key that it is sealed with. Where nothing is sealed yet and there is no key, one is made
    /// and kept in the file, readable by its owner only.
    ///
    /// # Errors
    ///
    /// If it cannot be reached, or the data key is missing or malformed, or does not open all that is sealed there.
    pub fn open(&self) -> Result<Database, Error> {
        fitting(self.open_as_far(&Wanted::Any)?)
    }

    /// Like [`Self::open`], for what is of no use where a server has not been: it makes nothing, and no schema newer.
    ///
    /// # Errors
    ///
    /// Those of [`Self::open`], and if there is no database, or its schema is not the one of this program.
    pub(crate) fn open_current(&self) -> Result<Database, Error> {
        fitting(self.open_as_far(&Wanted::Current)?)
    }

    /// Like [`Self::open`], where there is a database with a schema, of whichever version.
    ///
    /// # Errors
    ///
    /// Those of [`Self::open`], and if there is no database, or nothing in it.
    pub(crate) fn open_filled(&self) -> Result<Database, Error> {
        fitting(self.open_as_far(&Wanted::Filled)?)
    }

    /// Like [`Self::open_current`], also where the data key does not open everything, as long as a server could start with it.
    ///
    /// # Errors
    ///
    /// Those of [`Self::open_current`].
    pub(crate) fn open_without_lost(&self) -> Result<Database, Error> {
        match self.open_as_far(&Wanted::Current)? {
            (database, Fit::Any | Fit::Opens | Fit::Lacks(_)) => Ok(database),
            (_, Fit::Other) => Err(persistence::Error::Key.into()),
        }
    }

    fn open_as_far(&self, wanted: &Wanted) -> Result<(Database, Fit), Error> {
        if !matches!(wanted, Wanted::Any)
            && !Database::is_there(&self.database_url).map_err(named)?
        {
            return Err(Error::Usage(format!("there is no such database: {NAME_IT}")));
        }
        let known = self.known_key()?;
        let key = known.clone().unwrap_or_else(new_data_key);
        let database = open_at(Settings {
            url: self.database_url.clone(),
            connections: self.connections,
            timeout: Duration::from_millis(self.database_timeout),
            full_sync: self.full_sync,
            keys: Keyring::parse(&key).map_err(|error| self.bad_key(&error))?,
            files: self.files.clone(),
        })?;
        wanted.look_at(&database)?;
        let fit = database.fit()?;
        if matches!(fit, Fit::Lacks(_) | Fit::Other) {
            no_sandbox(&database)?;
        }
        match (&fit, known) {
            (Fit::Any, None) => {
                keep(&self.data_key_file, &key).map_err(|error| self.key_file_failed(error))?;
            }
            // A key that is made now could open nothing.
            (_, None) => return Err(self.no_key()),
            (_, Some(_)) => {}
        }
        Ok((database, fit))
    }

    /// Refuses a folder for attachments that nothing can be written to: every upload would fail.
    pub(super) fn try_folder(&self) -> Result<(), Error> {
        let Some(folder) = &self.files else { return Ok(()) };
        let trial = folder.join(format!("{}.trial", clock::new_id()));
        let tried = File::create_new(&trial).and_then(|_| fs::remove_file(&trial));
        tried.map_err(|error| Error::Io(format!("--files {}", folder.display()), error))
    }

    fn no_key(&self) -> Error {
        let file = self.data_key_file.display();
        Error::Usage(format!(
            "the data key is needed: --data-key, or --data-key-file ({file} is not there)"
        ))
    }

    /// What is wrong with the data key, by the name of the flag that it came with, and without the key.
    fn bad_key(&self, error: &persistence::Error) -> Error {
        let flag = match self.data_key {
            Some(_) => "--data-key".to_owned(),
            None => format!("--data-key-file {}", self.data_key_file.display()),
        };
        Error::Usage(format!("{flag}: {error}"))
    }

    fn key_file_failed(&self, error: io::Error) -> Error {
        Error::Io(self.data_key_file.display().to_string(), error)
    }
}

/// Opens a database whose address came with a flag.
pub(crate) fn open_at(settings: Settings) -> Result<Database, Error> {
    Database::open(settings).map_err(named)
}

/// What is wrong with an address, by the name of its flag.
fn named(error: persistence::Error) -> Error {
    match error {
        persistence::Error::Url
        | persistence::Error::TwoSlashes
        | persistence::Error::PostgresUrl(_) => Error::Usage(format!("--database-url: {error}")),
        error => error.into(),
    }
}

/// What a command needs to find.
enum Wanted {
    /// Nothing: what is not there is made.
    Any,
    /// A schema.
    Filled,
    /// The schema of this program.
    Current,
}

/// What is said to whoever has named another database than they meant.
const NAME_IT: &str = "name the one that the server uses (--database-url or DATABASE_URL); a new one is made by \
                       `kokemusvayla serve`, `kokemusvayla migrate` and `kokemusvayla admin create-administrator`";

impl Wanted {
    fn look_at(&self, database: &Database) -> Result<(), Error> {
        let why = match (self, database.schema()?) {
            (Self::Any, _) | (Self::Filled, Schema::Older | Schema::Newer) | (_, Schema::Current) => {
                return Ok(());
            }
            (_, Schema::Blank) => format!("there is nothing in this database: {NAME_IT}"),
            (Self::Current, Schema::Older) => {
                "the schema of this database is older than this program: take the program of the version that the server \
                 runs, or bring the schema up to date first (`kokemusvayla migrate`)"
                    .to_owned()
            }
            (Self::Current, Schema::Newer) => {
                "the schema of this database is newer than this program: take the program of the version that the server runs"
                    .to_owned()
            }
        };
        Err(Error::Usage(why))
    }
}

/// The database, if the data key opens all that is sealed there.
fn fitting(opened: (Database, Fit)) -> Result<Database, Error> {
    match opened {
        (database, Fit::Any | Fit::Opens) => Ok(database),
        (_, Fit::Lacks(numbers)) => Err(lacks(&numbers)),
        (_, Fit::Other) => Err(persistence::Error::Key.into()),
    }
}

/// Says which keys are missing.
fn lacks(numbers: &BTreeSet<u8>) -> Error {
    let numbers = numbers.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    Error::Usage(format!(
        "the data key does not fit: this database also needs the data key with the number {numbers}, and one with another number \
         or another content does not open what is sealed there; give all of them, with commas, the newest first"
    ))
}

/// Refuses a sandbox, which has a data key of its own.
pub(super) fn no_sandbox(database: &Database) -> Result<(), Error> {
    match database.read(sandbox::nature)? {
        Nature::Sandbox { .. } => Err(Error::Usage(
            "this database is a sandbox; serve it with `kokemusvayla sandbox`".to_owned(),
        )),
        Nature::Blank | Nature::Other => Ok(()),
    }
}

/// Keeps a new data key in a new file, readable by its owner only.
fn keep(path: &Path, key: &str) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{key}")?;
    file.sync_all()
}

/// A new data key.
pub fn new_data_key() -> String {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has randomness");
    format!("1:{}", STANDARD.encode(bytes))
}
