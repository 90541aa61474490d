//! `kokemusvayla demo`: a fresh database with a made-up region, a server, and the whole chain played through HTTP.

mod chain;
mod stage;

use std::{fs, io::ErrorKind, path::PathBuf, sync::mpsc, thread, time::Duration};

use clap::Args;
use persistence::{Database, Keyring, Settings};

use self::stage::Stage;
use crate::{
    App, Clock, DEPRECATIONS, Gate, Issuers, Limits, Mailer, Metrics, Pepper, Quotas, Running,
    Security, Stopping, Tokens,
    clock::new_id,
    config::{Error, new_data_key},
    region,
    tokens::Key,
};

/// How to demonstrate
#[derive(Args, Clone, Debug)]
pub struct Demo {
    /// The address and port to listen on
    #[arg(long, env = "KOKEMUSVAYLA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// The folder for the database of the demonstration, which is made anew
    #[arg(long, default_value = "target/demo")]
    pub folder: PathBuf,
    /// Stop when the chain has been played, instead of leaving the server running
    #[arg(long)]
    pub once: bool,
}

/// Plays the whole chain in a made-up region, and leaves the server running.
///
/// # Errors
///
/// If the database cannot be made, the address cannot be bound, or a step of the chain does not go as it should.
pub fn run(demo: &Demo, clock: &Clock) -> Result<(), Error> {
    let app = settle(demo, clock)?;
    let running =
        Running { listen: demo.listen.clone(), workers: 2, grace: Duration::from_secs(5) };
    let (send, receive) = mpsc::channel();
    let (served, served_until) = (app.clone(), app.stopping.clone());
    let serving = thread::spawn(move || -> std::io::Result<()> {
        actix_web::rt::System::new().block_on(async move {
            let (server, port) = crate::serve(served, &running)?;
            // Whoever waits for the port has gone only if the program ends anyway.
            let _ = send.send(port);
            crate::until_asked(server, &served_until, Duration::ZERO).await
        })
    });
    let io = |error| Error::Io(demo.listen.clone(), error);
    let Ok(port) = receive.recv() else {
        return serving.join().unwrap_or(Ok(())).map_err(io);
    };
    let stage = Stage::new(app.clone(), port);
    chain::play(&stage).map_err(Error::Usage)?;
    if demo.once {
        return Ok(());
    }
    stage.open_to_visitors();
    app.mailer.aloud();
    serving.join().unwrap_or(Ok(())).map_err(io)
}

/// Makes the database and settles the region in it.
fn settle(demo: &Demo, clock: &Clock) -> Result<App, Error> {
    let io = |error| Error::Io(demo.folder.display().to_string(), error);
    fs::create_dir_all(&demo.folder).map_err(io)?;
    // Only what an earlier demonstration left: the folder may hold other things.
    for name in ["kokemusvayla.db", "kokemusvayla.db-shm", "kokemusvayla.db-wal"] {
        match fs::remove_file(demo.folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(io(error)),
            _ => (),
        }
    }
    let key = new_data_key();
    let database = Database::open(Settings {
        url: format!("sqlite:{}", demo.folder.join("kokemusvayla.db").display()),
        connections: 8,
        timeout: Duration::from_secs(3),
        full_sync: false,
        keys: Keyring::parse(&key)?,
        files: None,
    })?;
    database.migrate()?;
    let clock = clock.clone();
    let now = clock.now();
    database.write(|session| region::settle(session, now))?;
    let pepper = Pepper::load(&database, &key)?;
    let tokens = Tokens::new(&format!("http://{}", demo.listen));
    tokens.use_keys(Key::load(&database, now)?);
    Ok(App {
        database,
        clock,
        tokens,
        pepper,
        mailer: Mailer::memory(),
        gate: Gate::new(8, 64, Duration::from_secs(2)),
        issuers: Issuers::default(),
        security: Security::default(),
        // Everybody who tries it out comes from one address.
        limits: Limits::new(Quotas::GENEROUS, Vec::new()),
        metrics: Metrics::default(),
        node: new_id(),
        stopping: Stopping::default(),
        body_time: Duration::from_secs(15),
        deprecations: DEPRECATIONS,
    })
}
