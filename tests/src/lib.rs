//! A whole server on a fresh database with the made-up region, seen from outside.

mod breaking;
mod cluster;
mod contract;
mod database;
mod gap;
mod golden;
mod held;
mod logged;
mod person;
mod post;
mod process;
mod raw;
pub mod story;
pub mod world;
pub mod year;

use std::{marker::PhantomData, thread, time::Duration};

use actix_web::dev::ServerHandle;
use api::{
    App, Clock, Gate, Issuers, Key, Limits, Mailer, Metrics, Pepper, Quotas, Security, Stopping,
    Tokens, region,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, SqliteConnection, connection::SimpleConnection, prelude::*};
use persistence::{Database, Keyring, Settings};

pub use self::{
    breaking::{
        Changelog, Declaration, announced_too_late, breaks, broken_codes, codes, declarations,
        gone_too_early, ill_declared,
    },
    cluster::Cluster,
    contract::{Operation, hold, operations},
    database::{Fresh, Kind},
    gap::Gap,
    golden::golden,
    held::Held,
    logged::{logged, secret_in},
    person::{Answer, Person},
    post::{Manner, Post},
    process::Process,
    raw::{Back, Raw},
};

/// The data key of tests.
pub const DATA_KEY: &str = "1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=";

/// When tests begin, whenever they run: what they say of days must not depend on the day.
pub const BEGINNING: &str = "2026-11-23T08:00:00Z";

/// Where links in the mail of tests lead.
pub const FRONT_END: &str = "https://palvelu.example";

/// The issuer of tests.
pub const ISSUER: &str = "http://kokemusvayla.test";

/// A server of its own for one test.
pub struct Server {
    /// Where it listens.
    pub url: String,
    /// What it works with: the clock can be moved, and e-mail read.
    pub app: App,
    handle: ServerHandle,
    database: Option<Fresh>,
}

/// Defines tests that run on both databases, as `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* fn $name:ident($server:ident) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            fn test($server: &$crate::Server) $body

            #[test]
            fn sqlite() {
                test(&$crate::Server::start($crate::Kind::Sqlite));
            }

            #[test]
            fn postgres() {
                test(&$crate::Server::start($crate::Kind::Postgres));
            }
        }
    )*};
}

/// Defines tests that run on PostgreSQL only: SQLite belongs to one process, and has one writer.
#[macro_export]
macro_rules! on_postgres {
    ($($(#[$meta:meta])* fn $name:ident($server:ident) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            #[test]
            fn postgres() {
                let $server = &$crate::Server::start($crate::Kind::Postgres);
                $body
            }
        }
    )*};
}

impl Server {
    /// Starts a server on a fresh database of `kind` with the made-up region.
    pub fn start(kind: Kind) -> Self {
        Self::start_with(kind, |_, _| ())
    }

    /// Starts a server with something about it changed.
    pub fn start_with(kind: Kind, change: impl FnOnce(&mut App, &str)) -> Self {
        Self::run(Fresh::new(kind), 2, change)
    }

    /// Starts a server on a new database of `cluster` with the made-up region.
    pub fn start_in(cluster: &Cluster) -> Self {
        let url = cluster.database("region");
        prepare(&url);
        Self::run(Fresh::Elsewhere { url }, 2, |_, _| ())
    }

    /// Starts a server on `fresh` for one caller at a time: each worker takes a while to start.
    pub(crate) fn start_on(fresh: Fresh, change: impl FnOnce(&mut App, &str)) -> Self {
        Self::run(fresh, 1, change)
    }

    fn run(fresh: Fresh, workers: usize, change: impl FnOnce(&mut App, &str)) -> Self {
        logged::keep();
        let mut app = app(fresh.url());
        change(&mut app, fresh.url());
        let (url, handle) = serve(&app, workers);
        Self { url, app, handle, database: Some(fresh) }
    }

    /// One more node on the same database.
    pub fn node(&self) -> Node<'_> {
        self.node_with(|_| ())
    }

    /// One more node on the same database, with something about it changed.
    pub fn node_with(&self, change: impl FnOnce(&mut App)) -> Node<'_> {
        let mut app = app(self.database_url());
        change(&mut app);
        let (url, handle) = serve(&app, 2);
        Node { url, app, handle, server: PhantomData }
    }

    /// Someone without a token.
    pub fn stranger(&self) -> Person<'_> {
        Person::new(self, None)
    }

    /// The person of the region with this e-mail address, signed in as people do: with a code from their mail.
    pub fn sign_in(&self, email: &str) -> Person<'_> {
        person::sign_in(self, email)
    }

    /// What the person gets who signs in: the access token and the refresh token.
    pub fn sign_in_fully(&self, email: &str) -> serde_json::Value {
        person::sign_in_fully(self, email)
    }

    /// The machine client of the region with this name, with all its scopes.
    pub fn machine(&self, name: &str) -> Person<'_> {
        person::machine(self, name)
    }

    /// What someone with a copy of the database can read of the payroll identities, the agreements and the idempotency keys
    /// in it: for SQLite the files as they are, for PostgreSQL the rows.
    pub fn stored(&self) -> String {
        self.database().stored()
    }

    /// Stops the server and gives its database, to be copied.
    pub fn settle(mut self) -> Fresh {
        self.database.take().expect("it is taken once, here").close()
    }

    fn database(&self) -> &Fresh {
        self.database.as_ref().expect("whoever takes it takes the server with it")
    }

    /// Where its database is.
    pub fn database_url(&self) -> &str {
        self.database().url()
    }

    /// Does to the database what no request can.
    pub fn tamper(&self, statements: &str) {
        let url = self.database_url();
        match url.strip_prefix("sqlite:") {
            Some(file) => {
                let mut connection = SqliteConnection::establish(file).expect("SQLite opens");
                let patiently = format!("PRAGMA busy_timeout = 5000; {statements}");
                connection.batch_execute(&patiently).expect("it obeys");
            }
            None => PgConnection::establish(url)
                .expect("PostgreSQL answers")
                .batch_execute(statements)
                .expect("it obeys"),
        }
    }

    /// What a query finds, whose one column is called `text`.
    pub fn texts(&self, query: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            text: String,
        }
        let url = self.database_url();
        let query = diesel::sql_query(query);
        let found: Vec<Row> = match url.strip_prefix("sqlite:") {
            Some(file) => query.load(&mut SqliteConnection::establish(file).expect("SQLite opens")),
            None => query.load(&mut PgConnection::establish(url).expect("PostgreSQL answers")),
        }
        .expect("it answers");
        found.into_iter().map(|row| row.text).collect()
    }

    /// The messages to this address with `part` in their subject, once what is due has been sent.
    pub fn mails_to(&self, email: &str, part: &str) -> Vec<api::Letter> {
        // The server's own worker may have taken them already, and then sends them at any moment.
        (0..500)
            .find_map(|_| {
                while api::send_due(&self.app).expect("the database answers") > 0 {}
                let mut sent = self.app.mailer.sent();
                sent.retain(|letter| letter.to == email && letter.subject.contains(part));
                if sent.is_empty() {
                    thread::park_timeout(Duration::from_millis(10));
                }
                Some(sent).filter(|sent| !sent.is_empty())
            })
            .unwrap_or_default()
    }

    /// A figure of the server's own, by the name of its series without what all of them begin with.
    pub fn figure(&self, series: &str) -> f64 {
        let text = self.app.metrics.text(&self.app);
        let begin = format!("kokemusvayla_{series} ");
        let found = text.lines().find_map(|line| line.strip_prefix(&begin));
        found.unwrap_or_else(|| panic!("{series} is there")).parse().expect("a number")
    }

    /// How often a job has failed.
    pub fn failures_of(&self, job: &str) -> f64 {
        self.figure(&format!("job_runs_total{{name=\"{job}\",outcome=\"failed\"}}"))
    }

    /// Moves the server's clock on.
    pub fn advance(&self, by: TimeDelta) {
        self.app.clock.advance(by);
    }
}

/// One more node on the database of a server.
pub struct Node<'a> {
    /// Where it listens.
    pub url: String,
    /// What it works with.
    pub app: App,
    handle: ServerHandle,
    // Its database goes with the server.
    server: PhantomData<&'a Server>,
}

impl Drop for Node<'_> {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The order is given at once; nobody needs to wait until it is carried out.
        drop(self.handle.stop(false));
    }
}

/// Serves `app` on a port of its own. Gives its address, and what it is stopped with.
fn serve(app: &App, workers: usize) -> (String, ServerHandle) {
    let running = api::Running {
        listen: "127.0.0.1:0".to_owned(),
        workers,
        grace: Duration::from_secs(1),
        answer_time: Duration::from_secs(30),
        idle_time: Duration::from_secs(30),
    };
    let (send, receive) = std::sync::mpsc::channel();
    let served = app.clone();
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let (server, port) = api::serve(served, &running).expect("a port is free");
            send.send((port, server.handle())).expect("the test waits");
            server.await.expect("the server serves");
        });
    });
    let (port, handle) = receive.recv().expect("the server starts");
    (format!("http://127.0.0.1:{port}"), handle)
}

/// Everything that a server needs, on the database at `url`.
pub fn app(url: &str) -> App {
    let database = open(url, 8).expect("a fresh database opens");
    let clock = clock();
    let tokens = Tokens::new(ISSUER);
    tokens.use_keys(Key::load(&database, clock.now()).expect("keys"));
    let pepper = Pepper::load(&database, DATA_KEY).expect("a pepper");
    App {
        database,
        clock,
        tokens,
        pepper,
        mailer: Mailer::memory(),
        front_end: Some(FRONT_END.parse().expect("an address")),
        gate: Gate::new(8, 256, Duration::from_secs(20)),
        issuers: Issuers::default(),
        security: Security::default(),
        limits: Limits::new(Quotas::GENEROUS, Vec::new()),
        metrics: Metrics::default(),
        node: uuid::Uuid::now_v7(),
        stopping: Stopping::default(),
        body_time: Duration::from_secs(1),
        audit_kept: None,
        uploads_kept: TimeDelta::days(30),
        deprecations: api::DEPRECATIONS,
    }
}

fn clock() -> Clock {
    let beginning: DateTime<Utc> = BEGINNING.parse().expect("a moment");
    Clock::stopped_at(beginning.into())
}

/// Opens the database at `url`.
///
/// # Errors
///
/// If it cannot be reached.
pub fn open(url: &str, connections: u32) -> persistence::Result<Database> {
    open_impatiently(url, connections, Duration::from_secs(10))
}

/// Opens the database at `url`, to wait for others no longer than `timeout`.
///
/// # Errors
///
/// If it cannot be reached.
pub fn open_impatiently(
    url: &str,
    connections: u32,
    timeout: Duration,
) -> persistence::Result<Database> {
    Database::open(Settings {
        url: url.to_owned(),
        connections,
        timeout,
        full_sync: false,
        keys: Keyring::parse(DATA_KEY)?,
        files: None,
    })
}

/// Brings the schema of the database at `url` up to date and settles the region in it.
pub(crate) fn prepare(url: &str) {
    let database = open(url, 1).expect("a fresh database opens");
    database.migrate().expect("the schema is made");
    let now = clock().now();
    database.write(|session| region::settle(session, now)).expect("the region settles");
    Key::load(&database, now).expect("keys");
    Pepper::load(&database, DATA_KEY).expect("a pepper");
}
