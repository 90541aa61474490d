//! `kokemusvayla openapi`

use std::io::{self, ErrorKind, Write};

use crate::config::Error;

/// Prints the OpenAPI document.
///
/// # Errors
///
/// If the standard output cannot be written to. That its reader has had enough is none.
pub fn run() -> Result<(), Error> {
    match io::stdout().write_all(crate::yaml().as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::Io("the standard output".to_owned(), error))
        }
        _ => Ok(()),
    }
}
