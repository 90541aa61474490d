//! The keys that access tokens are signed with. They are made by the API and kept sealed here, so that several nodes
//! sign and verify alike.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::time::Moment;

use crate::{
    Result, Session,
    codec::{from_moment, to_moment},
    connection::ask,
    schema::signing_keys,
};

/// A new key.
pub struct SigningKey {
    /// The `kid` of tokens signed with it.
    pub id: String,
    /// The private key, PKCS#8.
    pub private: Vec<u8>,
    /// When it was made.
    pub created: Moment,
}

/// A key as it is kept.
pub struct Kept {
    /// The `kid` of tokens signed with it.
    pub id: String,
    /// The private key, PKCS#8; nothing if the data key does not open it.
    pub private: Option<Vec<u8>>,
    /// When it was made.
    pub created: Moment,
    /// When it stopped signing. It verifies until the last token signed with it has expired.
    pub retired: Option<Moment>,
}

/// Every key, the newest first.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn all(session: &mut Session<'_>) -> Result<Vec<Kept>> {
    let rows: Vec<(String, Vec<u8>, NaiveDateTime, Option<NaiveDateTime>)> =
        ask!(session, |conn| signing_keys::table
            .order((signing_keys::created_at.desc(), signing_keys::id))
            .load(conn))?;
    let kept = |(id, sealed, created, retired): (_, Vec<u8>, _, Option<_>)| Kept {
        id,
        private: session.unseal(&sealed).ok(),
        created: to_moment(created),
        retired: retired.map(to_moment),
    };
    Ok(rows.into_iter().map(kept).collect())
}

/// Adds a key and retires those before it.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn rotate(session: &mut Session<'_>, key: &SigningKey) -> Result<()> {
    ask!(session, |conn| diesel::update(
        signing_keys::table.filter(signing_keys::retired_at.is_null())
    )
    .set(signing_keys::retired_at.eq(from_moment(key.created)))
    .execute(conn))?;
    let sealed = session.seal(&key.private)?;
    ask!(session, |conn| diesel::insert_into(signing_keys::table)
        .values((
            signing_keys::id.eq(&key.id),
            signing_keys::sealed_private.eq(sealed),
            signing_keys::created_at.eq(from_moment(key.created)),
            signing_keys::retired_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn))?;
    Ok(())
}
