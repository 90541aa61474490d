//! Secrets of the installation that are made once and shared by all nodes: kept sealed, so that they outlive the data key
//! that was the first one when they were made.

use diesel::prelude::*;

use crate::{Result, Session, connection::ask, schema::secrets};

/// The secret `name`, if it has been made.
///
/// # Errors
///
/// [`crate::Error::Key`] if the data key does not fit.
pub fn find(session: &mut Session<'_>, name: &str) -> Result<Option<Vec<u8>>> {
    let sealed: Option<Vec<u8>> =
        ask!(session, |conn| secrets::table.find(name).select(secrets::sealed).first(conn))
            .optional()?;
    sealed.map(|sealed| session.unseal(&sealed)).transpose()
}

/// Keeps the secret `name`.
///
/// # Errors
///
/// [`crate::Error::Exists`] if another node was faster.
pub fn keep(session: &mut Session<'_>, name: &str, plain: &[u8]) -> Result<()> {
    let sealed = session.seal(plain)?;
    ask!(session, |conn| diesel::insert_into(secrets::table)
        .values((secrets::id.eq(name), secrets::sealed.eq(sealed)))
        .execute(conn))?;
    Ok(())
}
