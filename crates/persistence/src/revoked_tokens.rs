//! Access tokens of machine clients that were taken back before their time was over (RFC 7009).

use diesel::{dsl::exists, prelude::*, select};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Session, codec::from_moment, connection::ask, schema::revoked_tokens};

/// Takes back the token with this identifier (`jti`), which would be good until `until`. To do so twice changes nothing.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn revoke(session: &mut Session<'_>, token: Uuid, until: Moment) -> Result<()> {
    ask!(session, |conn| diesel::insert_into(revoked_tokens::table)
        .values((
            revoked_tokens::id.eq(token.to_string()),
            revoked_tokens::expires_at.eq(from_moment(until)),
        ))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Whether the token with this identifier was taken back.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn holds(session: &mut Session<'_>, token: Uuid) -> Result<bool> {
    let found = revoked_tokens::table.find(token.to_string());
    Ok(ask!(session, |conn| select(exists(found)).get_result(conn))?)
}

/// Forgets those whose time ended before `before`: nobody takes them any more.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn forget(session: &mut Session<'_>, before: Moment) -> Result<()> {
    let over = revoked_tokens::table.filter(revoked_tokens::expires_at.lt(from_moment(before)));
    ask!(session, |conn| diesel::delete(over).execute(conn))?;
    Ok(())
}
