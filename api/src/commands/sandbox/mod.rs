//! `kokemusvayla sandbox`: a disposable installation with made-up people, for those who develop against the API.
//!
//! **Invariant:** a sandbox never touches a database that is not one: it begins with a blank one, marks it, and from then
//! on takes only what bears the mark.

pub(super) mod control;

use std::{env, fs::Permissions, os::unix::fs::PermissionsExt};

use clap::Args;
use persistence::{
    Database,
    sandbox::{self, Nature},
};
use tempfile::TempDir;

use super::{
    demo::{
        chain::{self, Length},
        stage::{Stage, Voice},
    },
    made_up,
};
use crate::{Clock, config::Error, region};

/// What encrypts in a sandbox. It is no secret: nothing in a sandbox is true. A real installation has another one, so that
/// neither can read what the other one keeps.
const DATA_KEY: &str = "1:c2FuZGJveDogbm90aGluZyBpbiBpdCBpcyB0cnVlISE=";

/// How to run a sandbox
#[derive(Args, Clone, Debug)]
pub struct Sandbox {
    /// The address and port of the API; port 0 takes a free one
    #[arg(long, env = "KOKEMUSVAYLA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// The address and port of the controls: the clock, and the mail with one-time codes; not for the world to see
    #[arg(long, env = "KOKEMUSVAYLA_SANDBOX_LISTEN", default_value = "127.0.0.1:8081")]
    pub control_listen: String,
    /// The database, blank or of a sandbox: sqlite:FILE or postgres://…; without one, a file that goes when the sandbox
    /// ends
    // Not DATABASE_URL: whoever has set that means an installation.
    #[arg(long, env = "KOKEMUSVAYLA_SANDBOX_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Play the chain of the demonstration first, so that there is something of everything
    #[arg(long)]
    pub played: bool,
}

/// Serves a sandbox until asked to stop.
///
/// # Errors
///
/// If the database is not a sandbox, or an address cannot be bound.
pub fn run(sandbox: &Sandbox, clock: &Clock) -> Result<(), Error> {
    let (url, _disposable) = match &sandbox.database_url {
        Some(url) => (url.clone(), None),
        None => {
            let folder = disposable()?;
            let file = folder.path().join("kokemusvayla.db");
            (format!("sqlite:{}", file.display()), Some(folder))
        }
    };
    let database = made_up::open(&url, DATA_KEY)?;
    let fresh = prepare(&database, clock)?;
    let app = made_up::app(database, DATA_KEY, &format!("http://{}", sandbox.listen), clock)?;
    let begun = made_up::begin(&app, &sandbox.listen, Some(&sandbox.control_listen))?;
    if sandbox.played && fresh {
        let before = clock.ahead();
        let stage = Stage::new(app.clone(), begun.port, Voice::Silent);
        chain::play(&stage, Length::Task).map_err(Error::Usage)?;
        let by = clock.ahead() - before;
        app.database.write(|session| sandbox::advance(session, by))?;
    }
    if let Some(port) = begun.control {
        log::info!("controls are on port {port}");
    }
    log::info!("listening on port {}", begun.port);
    begun.wait()
}

/// Makes a sandbox of a blank database. Tells whether it was blank.
fn prepare(database: &Database, clock: &Clock) -> Result<bool, Error> {
    match database.read(sandbox::nature)? {
        Nature::Blank => {
            database.migrate()?;
            let now = clock.now();
            database.write(|session| {
                sandbox::mark(session)?;
                region::settle(session, now)
            })?;
            Ok(true)
        }
        Nature::Sandbox { ahead } => {
            database.migrate()?;
            clock.advance(ahead);
            Ok(false)
        }
        Nature::Other => Err(Error::Usage(
            "this database is not a sandbox, and nothing in it was touched; name a blank one"
                .to_owned(),
        )),
    }
}

/// A folder that goes when the sandbox ends, for a database that nobody named. Nobody else can look into it.
fn disposable() -> Result<TempDir, Error> {
    let folder = tempfile::Builder::new()
        .prefix("kokemusvayla-sandbox-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir();
    folder.map_err(|error| Error::Io(env::temp_dir().display().to_string(), error))
}
