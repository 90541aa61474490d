//! `kokemusvayla demo`

use clap::Args;

use crate::config::Error;

/// How to demonstrate
#[derive(Args, Clone, Debug)]
pub struct Demo {
    /// The address and port to listen on
    #[arg(long, env = "KOKEMUSVAYLA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// The folder for the database, made anew
    #[arg(long, default_value = "target/demo")]
    pub folder: std::path::PathBuf,
    /// Stop when the chain has been played, instead of leaving the server running
    #[arg(long)]
    pub once: bool,
}

/// Plays the whole chain in a made-up region.
///
/// # Errors
///
/// If the database cannot be made or the address cannot be bound.
pub fn run(demo: &Demo) -> Result<(), Error> {
    Err(Error::Usage(format!("nothing to play yet in {}", demo.folder.display())))
}
