//! `kokemusvayla migrate`

use crate::{
    config::{Error, Store},
    region,
};

/// Brings the schema up to date and puts the nation and its areas in place.
///
/// # Errors
///
/// If the database cannot be reached or changed.
pub fn run(store: &Store) -> Result<(), Error> {
    let database = store.open()?;
    database.migrate()?;
    database.note_key()?;
    region::tree::settle(&database)?;
    println!("the schema is up to date");
    Ok(())
}
