//! `kokemusvayla openapi`

use crate::config::Error;

/// Prints the OpenAPI document.
///
/// # Errors
///
/// None.
pub fn run() -> Result<(), Error> {
    print!("{}", crate::yaml());
    Ok(())
}
