//! `kokemusvayla demo`: a fresh database with a made-up region, a server, and the whole chain played through HTTP.

pub(super) mod chain;
mod fee;
mod player;
mod season;
pub(super) mod stage;
mod visitors;
mod year;

use std::{fs, io::ErrorKind, path::PathBuf};

use clap::Args;

use self::{
    chain::Length,
    stage::{Stage, Voice},
};
use super::made_up;
use crate::{
    App, Clock,
    config::{Error, new_data_key},
    region,
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
    let begun = made_up::begin(&app, &demo.listen, None)?;
    let stage = Stage::new(app.clone(), begun.port, Voice::Aloud);
    chain::play(&stage, Length::Season).map_err(Error::Usage)?;
    if demo.once {
        return Ok(());
    }
    // The letters of the play would come after the addresses and hide them.
    app.run_jobs();
    visitors::welcome(&stage);
    app.mailer.aloud();
    begun.wait()
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
    let file = demo.folder.join("kokemusvayla.db");
    let database = made_up::open(&format!("sqlite:{}", file.display()), &key)?;
    database.migrate()?;
    let now = clock.now();
    database.write(|session| region::settle(session, now))?;
    made_up::app(database, &key, &format!("http://{}", demo.listen), clock)
}
