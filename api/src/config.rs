//! Configuration: the same settings as flags and as environment variables.

mod issuer;

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    net::IpAddr,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use clap::{
    Args, CommandFactory, Parser, Subcommand,
    builder::{BoolishValueParser, RangedU64ValueParser},
};
use lettre::message::Mailbox;
use persistence::{
    Database, Keyring, Schema, Settings,
    data_key::Fit,
    sandbox::{self, Nature},
};

use crate::{
    App, Clock, DEPRECATIONS, FrontEnd, Gate, Issuers, Limits, Mailer, Metrics, Pepper, Quota,
    Quotas, Security, Stopping, Tokens, clock, tokens::Key,
};

/// Brokering of experts by experience: from a team's need to a paid fee and the yearly compilation
#[derive(Debug, Parser)]
#[command(name = "kokemusvayla", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API; brings the schema up to date first
    Serve(Box<Serve>),
    /// Bring the schema of the database up to date, and put the nation and its areas in place
    Migrate(Store),
    /// Print the OpenAPI document
    Openapi,
    /// Play the whole chain in a made-up region, and leave the server running
    Demo(crate::commands::demo::Demo),
    /// Serve a disposable installation with made-up people, to develop against: its clock can be moved, its mail be read
    Sandbox(crate::commands::sandbox::Sandbox),
    /// Set up an installation: administrators, machine clients, areas and keys; back it up and restore it
    Admin(crate::commands::admin::Admin),
}

/// What the variables of our settings begin with.
const PREFIX: &str = "KOKEMUSVAYLA_";

impl Cli {
    /// Which of the names of variables look like settings, and are none.
    pub fn unknown(names: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut known = BTreeSet::new();
        variables(&Self::command(), &mut known);
        let unknown = |name: &String| name.starts_with(PREFIX) && !known.contains(name);
        names.into_iter().filter(unknown).collect()
    }
}

/// The variables that a command reads, and those below it.
fn variables(command: &clap::Command, into: &mut BTreeSet<String>) {
    let named = command.get_arguments().filter_map(clap::Arg::get_env);
    into.extend(named.map(|name| name.to_string_lossy().into_owned()));
    command.get_subcommands().for_each(|command| variables(command, into));
}

/// A time to wait for something, in seconds: nothing comes in none at all, and nobody waits longer than an hour.
fn seconds() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=3_600)
}

/// The same where nothing may be waited for.
fn seconds_or_none() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(0..=3_600)
}

/// The same in milliseconds, up to ten minutes.
fn milliseconds() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=600_000)
}

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

/// How to serve
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Where things are kept.
    #[command(flatten)]
    pub store: Store,
    /// The address and port to listen on; port 0 takes a free one
    #[arg(long, env = "KOKEMUSVAYLA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// The address that the world knows the service by: issuer and audience of tokens
    #[arg(long, env = "KOKEMUSVAYLA_ISSUER", default_value = "http://127.0.0.1:8080", value_parser = issuer::parse)]
    pub issuer: String,
    /// How many threads handle requests
    #[arg(long, env = "KOKEMUSVAYLA_WORKERS", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub workers: u16,
    /// How many requests may wait for the database; more are turned away with 503
    #[arg(long, env = "KOKEMUSVAYLA_QUEUE", default_value_t = 64)]
    pub queue: usize,
    /// How many milliseconds a request may wait for the database before it is turned away with 503
    #[arg(long, env = "KOKEMUSVAYLA_PATIENCE", default_value_t = 2000, value_parser = milliseconds())]
    pub patience: u64,
    /// A JSON file with the OpenID Connect issuers whose access tokens are accepted, too
    #[arg(long, env = "KOKEMUSVAYLA_ISSUERS")]
    pub issuers: Option<PathBuf>,
    /// Where to report a weakness, with commas: mailto:… or https://…, for /.well-known/security.txt
    #[arg(
        long,
        env = "KOKEMUSVAYLA_SECURITY_CONTACT",
        value_delimiter = ',',
        requires = "security_expires"
    )]
    pub security_contact: Vec<String>,
    /// Until when that holds, such as 2027-06-30T00:00:00Z
    #[arg(long, env = "KOKEMUSVAYLA_SECURITY_EXPIRES")]
    pub security_expires: Option<DateTime<Utc>>,
    /// How much each caller may ask for.
    #[command(flatten)]
    pub rates: Rates,
    /// How many seconds the body of a request may take to come
    #[arg(long, env = "KOKEMUSVAYLA_BODY_TIME", default_value_t = 15, value_parser = seconds())]
    pub body_time: u64,
    /// How many seconds a client may take nothing of its answer before it is cut off
    #[arg(long, env = "KOKEMUSVAYLA_ANSWER_TIME", default_value_t = 30, value_parser = seconds())]
    pub answer_time: u64,
    /// How many seconds a connection may rest between two requests; behind a proxy that keeps its own open, longer than there
    #[arg(long, env = "KOKEMUSVAYLA_IDLE_TIME", default_value_t = 5, value_parser = seconds())]
    pub idle_time: u64,
    /// How many seconds /readyz says no before connections are refused, when asked to stop
    #[arg(long, env = "KOKEMUSVAYLA_DRAIN", default_value_t = 3, value_parser = seconds_or_none())]
    pub drain: u64,
    /// How many days it is kept who did what, as the installation decides; for good, if nothing is said
    #[arg(long, env = "KOKEMUSVAYLA_AUDIT_DAYS", value_parser = clap::value_parser!(u32).range(1..=36_525))]
    pub audit_days: Option<u32>,
    /// How many days a file is kept that nobody attaches to anything, as the installation decides
    #[arg(long, env = "KOKEMUSVAYLA_UPLOAD_DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub upload_days: u32,
    /// The address and port for Prometheus, which reads /metrics there; not for the world to see
    #[arg(long, env = "KOKEMUSVAYLA_METRICS_LISTEN")]
    pub metrics_listen: Option<String>,
    /// How many seconds to finish what has begun when asked to stop
    #[arg(long, env = "KOKEMUSVAYLA_GRACE", default_value_t = 20, value_parser = seconds_or_none())]
    pub grace: u64,
    /// The mail server: smtp://…, smtps://…; without one, messages are shown on the terminal
    #[arg(long, env = "KOKEMUSVAYLA_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// The address of the service that people use: links in e-mail lead there, with the path of what they are about, such as
    /// /v1/agreements/…, behind it; without one, there are none, but for the page that opens an offer
    #[arg(long, env = "KOKEMUSVAYLA_FRONT_END")]
    pub front_end: Option<FrontEnd>,
    /// The address that e-mail comes from
    #[arg(long, env = "KOKEMUSVAYLA_MAIL_FROM", default_value = "kokemusvayla@localhost")]
    pub mail_from: Mailbox,
}

/// How much each caller may ask for
#[derive(Args, Clone, Debug)]
pub struct Rates {
    /// How many requests a person may send, in how many seconds
    #[arg(long, env = "KOKEMUSVAYLA_RATE_PERSON", default_value_t = Quota { requests: 600, seconds: 60 })]
    pub rate_person: Quota,
    /// How many requests a machine client may send, in how many seconds
    #[arg(long, env = "KOKEMUSVAYLA_RATE_CLIENT", default_value_t = Quota { requests: 3000, seconds: 60 })]
    pub rate_client: Quota,
    /// How many requests may come from one network address without signing in, in how many seconds
    #[arg(long, env = "KOKEMUSVAYLA_RATE_ADDRESS", default_value_t = Quota { requests: 600, seconds: 60 })]
    pub rate_address: Quota,
    /// How often signing in may be tried from one network address, in how many seconds
    #[arg(long, env = "KOKEMUSVAYLA_RATE_SIGN_IN", default_value_t = Quota { requests: 120, seconds: 60 })]
    pub rate_sign_in: Quota,
    /// How many sign-in codes may be asked for to one e-mail address, in how many seconds
    #[arg(long, env = "KOKEMUSVAYLA_CODES_PER_EMAIL", default_value_t = Quota { requests: 5, seconds: 900 })]
    pub codes_per_email: Quota,
    /// How many sign-in codes may be asked for from one network address, in how many seconds
    #[arg(long, env = "KOKEMUSVAYLA_CODES_PER_ADDRESS", default_value_t = Quota { requests: 300, seconds: 900 })]
    pub codes_per_address: Quota,
    /// The addresses of the proxies in front, with commas: what they say in X-Forwarded-For is believed
    #[arg(long, env = "KOKEMUSVAYLA_PROXIES", value_delimiter = ',')]
    pub proxies: Vec<IpAddr>,
}

/// Why the program cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Database(#[from] persistence::Error),
    /// A backup.
    #[error(transparent)]
    Backup(#[from] persistence::backup::Error),
    /// A file or a port.
    #[error("{0}: {1}")]
    Io(String, #[source] io::Error),
    /// The mail server's address.
    #[error(transparent)]
    Mail(#[from] crate::mail::Error),
    /// The issuers of others.
    #[error(transparent)]
    Issuers(#[from] crate::issuers::BadIssuers),
    /// Where to report a weakness.
    #[error(transparent)]
    Security(#[from] crate::security::BadContact),
    /// What was asked for does not make sense.
    #[error("{0}")]
    Usage(String),
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
    fn try_folder(&self) -> Result<(), Error> {
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
fn no_sandbox(database: &Database) -> Result<(), Error> {
    match database.read(sandbox::nature)? {
        Nature::Sandbox { .. } => Err(Error::Usage(
            "this database is a sandbox; serve it with `kokemusvayla sandbox`".to_owned(),
        )),
        Nature::Blank | Nature::Other => Ok(()),
    }
}

impl Rates {
    /// What counts by them.
    pub(crate) fn limits(&self) -> Limits {
        let quotas = Quotas {
            person: self.rate_person,
            client: self.rate_client,
            address: self.rate_address,
            sign_in: self.rate_sign_in,
            codes_for_email: self.codes_per_email,
            codes_from_address: self.codes_per_address,
        };
        Limits::new(quotas, self.proxies.clone())
    }
}

impl Serve {
    /// Everything that handlers need, with the schema brought up to date.
    ///
    /// # Errors
    ///
    /// If the database or the mail server's address is not what it should be.
    pub fn app(&self, clock: &Clock) -> Result<App, Error> {
        self.store.try_folder()?;
        let mailer = match &self.smtp_url {
            Some(url) => Mailer::smtp(url, self.mail_from.clone())?,
            None => Mailer::terminal(),
        };
        let database = self.store.open()?;
        no_sandbox(&database)?;
        for file in database.exposed() {
            log::warn!(
                "others on this machine can read {}, which holds people's data: chmod o= takes that from them",
                file.display()
            );
        }
        database.migrate()?;
        database.note_key()?;
        let pepper = Pepper::load(&database, &self.store.key()?)?;
        let clock = clock.clone();
        let tokens = Tokens::new(&self.issuer);
        tokens.use_keys(Key::load(&database, clock.now())?);
        let connections = usize::try_from(self.store.connections).unwrap_or(1);
        let gate = Gate::new(connections, self.queue, Duration::from_millis(self.patience));
        let body_time = Duration::from_secs(self.body_time);
        let limits = self.rates.limits();
        let issuers = match &self.issuers {
            Some(path) => Issuers::read(path)?,
            None => Issuers::default(),
        };
        let security = Security::new(&self.security_contact, self.security_expires)?;
        if security.is_over(clock.now()) {
            return Err(Error::Usage(
                "--security-expires is past: name a later day, or leave the contacts out, too"
                    .to_owned(),
            ));
        }
        Ok(App {
            database,
            clock,
            tokens,
            pepper,
            security,
            mailer,
            front_end: self.front_end.clone(),
            gate,
            issuers,
            limits,
            metrics: Metrics::default(),
            node: clock::new_id(),
            stopping: Stopping::default(),
            body_time,
            audit_kept: self.audit_days.map(|days| TimeDelta::days(days.into())),
            uploads_kept: TimeDelta::days(self.upload_days.into()),
            deprecations: DEPRECATIONS,
        })
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
