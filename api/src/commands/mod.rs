//! What the program can be told to do.

pub mod admin;
mod backup;
pub mod demo;
mod made_up;
pub mod migrate;
pub mod new_node;
pub mod openapi;
mod reseal;
pub mod sandbox;
pub mod serve;

use std::{env, process::ExitCode};

use clap::Parser;
use log::LevelFilter;

use crate::{
    Clock,
    config::{Cli, Command},
    logs,
};

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    main_by(&Clock::default())
}

/// Like [`main`], with another clock: for tests that must not depend on the day they run on.
pub fn main_by(clock: &Clock) -> ExitCode {
    let command = Cli::parse().command;
    // A play is not to be talked over by a log.
    let usually =
        if matches!(command, Command::Demo(_)) { LevelFilter::Warn } else { LevelFilter::Info };
    if let Err(error) = logs::start(usually) {
        eprintln!("kokemusvayla: {error}");
        return ExitCode::FAILURE;
    }
    let names = env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    for name in Cli::unknown(names) {
        log::warn!("there is no setting {name}: it does nothing");
    }
    let done = match command {
        Command::Serve(serve) => serve::run(&serve, clock),
        Command::Migrate(store) => migrate::run(&store),
        Command::Openapi => openapi::run(),
        Command::Demo(demo) => demo::run(&demo, clock),
        Command::Sandbox(sandbox) => sandbox::run(&sandbox, clock),
        Command::Admin(admin) => admin::run(&admin, clock),
    };
    logs::finish();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kokemusvayla: {error}");
            ExitCode::FAILURE
        }
    }
}
