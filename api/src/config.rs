//! Configuration: the same settings as flags and as environment variables.

mod issuer;
mod store;

use std::{collections::BTreeSet, io, net::IpAddr, path::PathBuf, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Args, CommandFactory, Parser, Subcommand, builder::RangedU64ValueParser};
use lettre::message::Mailbox;

use self::store::no_sandbox;
pub(crate) use self::store::open_at;
pub use self::store::{Store, new_data_key};
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
