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
use crate::{
    App, Clock, FrontEnd, Limits, Quotas,
    config::{Error, Rates},
    region,
};

/// What encrypts in a sandbox. It is no secret: nothing in a sandbox is true. A real installation has another one, so that
/// neither can read what the other one keeps.
const DATA_KEY: &str = "1:c2FuZGJveDogbm90aGluZyBpbiBpdCBpcyB0cnVlISE=";

/// What a quota is in a sandbox, unless it is set: so much that nobody meets it.
const UNMET: &str = "1000000/1";

/// How to run a sandbox
#[derive(Args, Clone, Debug)]
#[command(
    mut_arg("rate_person", |quota| quota.default_value(UNMET)),
    mut_arg("rate_client", |quota| quota.default_value(UNMET)),
    mut_arg("rate_address", |quota| quota.default_value(UNMET)),
    mut_arg("rate_sign_in", |quota| quota.default_value(UNMET)),
    after_help = "Unless they are set, quotas of requests are so large that nobody meets them; those of a real installation are 600/60 for a person and 3000/60 for a machine client. Set them low to see what your program makes of an answer of 429."
)]
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
    /// The address of your own service for people, if you make one: links in messages lead there
    #[arg(long, env = "KOKEMUSVAYLA_FRONT_END")]
    pub front_end: Option<FrontEnd>,
    /// How much each caller may ask for.
    #[command(flatten)]
    pub rates: Rates,
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
    let app = App {
        front_end: sandbox.front_end.clone(),
        limits: sandbox.rates.limits(),
        ..made_up::app(database, DATA_KEY, &format!("http://{}", sandbox.listen), clock)?
    };
    if sandbox.played && fresh {
        play(&app)?;
    }
    let begun = made_up::begin(&app, &sandbox.listen, Some(&sandbox.control_listen))?;
    if let Some(port) = begun.control {
        log::info!("controls are on port {port}");
    }
    log::info!("listening on port {}", begun.port);
    begun.wait()
}

/// Plays the chain of the demonstration on a port of its own, where nobody counts how much the players ask for.
fn play(app: &App) -> Result<(), Error> {
    let unmet = App { limits: Limits::new(Quotas::GENEROUS, Vec::new()), ..app.clone() };
    let begun = made_up::begin(&unmet, "127.0.0.1:0", None)?;
    let before = unmet.clock.ahead();
    let stage = Stage::new(unmet.clone(), begun.port, Voice::Silent);
    let played = chain::play(&stage, Length::Task).map_err(Error::Usage);
    begun.end()?;
    played?;
    let by = unmet.clock.ahead() - before;
    Ok(unmet.database.write(|session| sandbox::advance(session, by))?)
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
