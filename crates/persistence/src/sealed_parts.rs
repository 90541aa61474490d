//! Parts of things that are encrypted at rest, kept by the identifier of the thing.

use diesel::prelude::*;
use domain::id::Id;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Result, Session, codec::from_id, connection::ask, schema::sealed_parts};

/// Keeps `part` for the thing with this identifier.
pub(crate) fn put<T, P: Serialize>(session: &mut Session<'_>, id: Id<T>, part: &P) -> Result<()> {
    let plain = serde_json::to_vec(part).expect("a part holds nothing that JSON cannot say");
    let sealed = session.seal(&plain)?;
    ask!(session, |conn| diesel::insert_into(sealed_parts::table)
        .values((sealed_parts::id.eq(from_id(id)), sealed_parts::sealed.eq(sealed)))
        .execute(conn))?;
    Ok(())
}

/// Keeps `part` in place of what was kept for the thing before.
pub(crate) fn replace<T, P: Serialize>(
    session: &mut Session<'_>,
    id: Id<T>,
    part: &P,
) -> Result<()> {
    ask!(session, |conn| diesel::delete(sealed_parts::table.find(from_id(id))).execute(conn))?;
    put(session, id, part)
}

/// Forgets what was kept for the thing with this identifier.
pub(crate) fn forget<T>(session: &mut Session<'_>, id: Id<T>) -> Result<()> {
    ask!(session, |conn| diesel::delete(sealed_parts::table.find(from_id(id))).execute(conn))?;
    Ok(())
}

/// Reads what was kept for the thing with this identifier.
pub(crate) fn get<T, P: DeserializeOwned>(session: &mut Session<'_>, id: Id<T>) -> Result<P> {
    let sealed: Vec<u8> = ask!(session, |conn| sealed_parts::table
        .find(from_id(id))
        .select(sealed_parts::sealed)
        .first(conn))?;
    let plain = session.unseal(&sealed)?;
    serde_json::from_slice(&plain)
        .map_err(|_| Error::corrupt("sealed_parts", &from_id(id), "sealed"))
}
