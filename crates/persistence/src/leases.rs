//! Leases: of several nodes, one does a thing until it stops saying that it still does.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Error, Result, Session, codec::from_moment, schema::leases};

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
    let found: Option<(String, NaiveDateTime)> = leases::table
        .find(name)
        .select((leases::holder, leases::until_at))
        .first(session.conn)
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
    let changed = diesel::update(leases::table.find(name).filter(mine_or_over))
        .set((leases::holder.eq(&holder), leases::until_at.eq(until)))
        .execute(session.conn)?;
    if changed == 1 {
        return Ok(());
    }
    if leases::table.find(name).count().get_result::<i64>(session.conn)? > 0 {
        return Err(Error::Stale);
    }
    diesel::insert_into(leases::table)
        .values((leases::id.eq(name), leases::holder.eq(&holder), leases::until_at.eq(until)))
        .execute(session.conn)?;
    Ok(())
}

/// Gives the lease `name` back, if `holder` has it.
///
/// # Errors
///
/// [`Error::Database`].
pub fn release(session: &mut Session<'_>, name: &str, holder: Uuid) -> Result<()> {
    diesel::delete(leases::table.find(name).filter(leases::holder.eq(holder.to_string())))
        .execute(session.conn)?;
    Ok(())
}
