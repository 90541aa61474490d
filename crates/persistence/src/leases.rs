//! Leases: of several nodes, one does a thing until it stops saying that it still does.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Error, Result, Session, codec::from_moment, connection::ask, schema::leases};

/// How a lease stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Standing {
    /// The asker holds it for long enough.
    Held,
    /// The asker may take it, or should take it anew.
    Free,
    /// Another one holds it.
    Others,
}

/// How the lease `name` stands for `holder`, who wants to hold it beyond `until`.
///
/// # Errors
///
/// [`Error::Database`].
pub fn standing(
    session: &mut Session<'_>,
    name: &str,
    holder: Uuid,
    now: Moment,
    until: Moment,
) -> Result<Standing> {
    let found: Option<(String, NaiveDateTime)> = ask!(session, |conn| leases::table
        .find(name)
        .select((leases::holder, leases::until_at))
        .first(conn))
    .optional()?;
    Ok(match found {
        Some((who, end)) if who == holder.to_string() && end > from_moment(until) => Standing::Held,
        Some((who, end)) if who != holder.to_string() && end > from_moment(now) => Standing::Others,
        _ => Standing::Free,
    })
}

/// Takes the lease `name` until `until`, unless another one holds it.
///
/// # Errors
///
/// [`Error::Exists`] if another one takes it for the first time at the same moment, [`Error::Stale`] if another one is
/// faster.
pub fn take(
    session: &mut Session<'_>,
    name: &str,
    holder: Uuid,
    now: Moment,
    until: Moment,
) -> Result<()> {
    let (holder, until) = (holder.to_string(), from_moment(until));
    let mine_or_over = leases::holder.eq(&holder).or(leases::until_at.le(from_moment(now)));
    let changed =
        ask!(session, |conn| diesel::update(leases::table.find(name).filter(mine_or_over))
            .set((leases::holder.eq(&holder), leases::until_at.eq(until)))
            .execute(conn))?;
    if changed == 1 {
        return Ok(());
    }
    let known: i64 = ask!(session, |conn| leases::table.find(name).count().get_result(conn))?;
    if known > 0 {
        return Err(Error::Stale);
    }
    ask!(session, |conn| diesel::insert_into(leases::table)
        .values((leases::id.eq(name), leases::holder.eq(&holder), leases::until_at.eq(until)))
        .execute(conn))?;
    Ok(())
}

/// Gives the lease `name` back, if `holder` has it.
///
/// # Errors
///
/// [`Error::Database`].
pub fn release(session: &mut Session<'_>, name: &str, holder: Uuid) -> Result<()> {
    ask!(session, |conn| diesel::delete(
        leases::table.find(name).filter(leases::holder.eq(holder.to_string()))
    )
    .execute(conn))?;
    Ok(())
}
