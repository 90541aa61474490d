//! The program: reads the command line and does what it says.

use std::process::ExitCode;

use api::{
    commands,
    config::{Cli, Command},
};
use clap::Parser;

fn main() -> ExitCode {
    api::logs::start();
    let done = match Cli::parse().command {
        Command::Serve(serve) => commands::serve::run(&serve),
        Command::Migrate(store) => commands::migrate::run(&store),
        Command::Openapi => commands::openapi::run(),
        Command::Demo(demo) => commands::demo::run(&demo),
        Command::Admin(admin) => commands::admin::run(&admin),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kokemusvayla: {error}");
            ExitCode::FAILURE
        }
    }
}
