//! A whole server on a fresh database with the made-up region, seen from outside.

mod contract;
mod database;
mod golden;
mod person;
mod process;
pub mod story;
pub mod year;

use std::{thread, time::Duration};

use actix_web::dev::ServerHandle;
use api::{App, Clock, Gate, Key, Mailer, Pepper, Tokens, region};
use chrono::TimeDelta;
use persistence::{Database, Keyring, Settings};

pub use self::{
    contract::{Operation, operations},
    database::{Fresh, Kind},
    golden::golden,
    person::{Answer, Person},
    process::Process,
};

/// The data key of tests.
pub const DATA_KEY: &str = "1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=";

/// The issuer of tests.
pub const ISSUER: &str = "http://kokemusvayla.test";

/// A server of its own for one test.
pub struct Server {
    /// Where it listens.
    pub url: String,
    /// What it works with: the clock can be moved, and e-mail read.
    pub app: App,
    handle: ServerHandle,
    database: Fresh,
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

impl Server {
    /// Starts a server on a fresh database of `kind` with the made-up region.
    pub fn start(kind: Kind) -> Self {
        Self::start_with(kind, |_, _| ())
    }

    /// Starts a server with something about it changed.
    pub fn start_with(kind: Kind, change: impl FnOnce(&mut App, &str)) -> Self {
        let fresh = Fresh::new(kind);
        let mut app = app(fresh.url());
        change(&mut app, fresh.url());
        let running = api::Running {
            listen: "127.0.0.1:0".to_owned(),
            workers: 2,
            grace: Duration::from_secs(1),
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
        Self { url: format!("http://127.0.0.1:{port}"), app, handle, database: fresh }
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

    /// What someone with a copy of the database can read of the payroll identities in it: for SQLite the files as they
    /// are, for PostgreSQL the rows.
    pub fn stored(&self) -> String {
        self.database.stored()
    }

    /// Where its database is.
    pub fn database_url(&self) -> &str {
        self.database.url()
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

    /// Moves the server's clock on.
    pub fn advance(&self, by: TimeDelta) {
        self.app.clock.advance(by);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The order is given at once; nobody needs to wait until it is carried out.
        drop(self.handle.stop(false));
    }
}

/// Everything that a server needs, on the database at `url`.
pub fn app(url: &str) -> App {
    let database = open(url, 8).expect("a fresh database opens");
    let clock = Clock::default();
    let tokens = Tokens::new(ISSUER);
    tokens.use_keys(Key::load(&database, clock.now()).expect("keys"));
    App {
        database,
        clock,
        tokens,
        pepper: Pepper::derive(DATA_KEY),
        mailer: Mailer::memory(),
        gate: Gate::new(8, 256, Duration::from_secs(20)),
        body_time: Duration::from_secs(1),
    }
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
    let now = Clock::default().now();
    database.write(|session| region::settle(session, now)).expect("the region settles");
    Key::load(&database, now).expect("keys");
}
