//! Roles that people hold at nodes.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use domain::{
    grant::Grant,
    id::Id,
    node::{NodeId, Path},
    person::PersonId,
    policy::{Role, Scope},
    time::Day,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_day, from_id, from_moment, from_name, to_id},
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::{endings, grants, people},
    scope::in_scope,
};

documents! {
    grants of Grant as grant {
        person_id: String = from_id(grant.terms.person_id),
        node_id: String = from_id(grant.terms.node_id),
        role: String = from_name(&grant.terms.role),
        from_day: NaiveDate = from_day(grant.terms.from),
        until_day: Option<NaiveDate> = grant.terms.until.map(from_day),
        ended_at: Option<NaiveDateTime> = grant.ended.map(from_moment),
    }
}

/// Which grants a listing is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those of this person.
    pub person: Option<PersonId>,
    /// Those given at this node.
    pub node: Option<NodeId>,
    /// Those of this role.
    pub role: Option<Role>,
    /// Those in force on this day.
    pub on: Option<Day>,
}

/// Grants in the order of their giving.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<Grant>>> {
    let mut query = in_scope!(grants, grants::table.into_boxed(), scope, {
        below: grants::node_id,
        own: grants::person_id,
    });
    if let Some(person) = filter.person {
        query = query.filter(grants::person_id.eq(from_id(person)));
    }
    if let Some(node) = filter.node {
        query = query.filter(grants::node_id.eq(from_id(node)));
    }
    if let Some(role) = &filter.role {
        query = query.filter(grants::role.eq(from_name(role)));
    }
    if let Some(day) = filter.on.map(from_day) {
        query = query.filter(in_force(day));
    }
    page_of!(session, grants, page, query)
}

/// The name of the role that goes on after the last day of its node: see [`Role::winds_up`].
const WINDS_UP: &str = "orderer";

/// That a grant holds on a day: neither has it ended, nor the work of the node that it was given at.
#[diesel::dsl::auto_type]
pub(crate) fn in_force(day: NaiveDate) -> _ {
    let begun = grants::ended_at.is_null().and(grants::from_day.le(day));
    let lasts = begun.and(grants::until_day.is_null().or(grants::until_day.ge(day)));
    let of_it = endings::table.filter(endings::node_id.eq(grants::node_id));
    let over = of_it.filter(endings::last_day.lt(day));
    let role: &'static str = WINDS_UP;
    lasts.and(grants::role.eq(role).or(diesel::dsl::not(diesel::dsl::exists(over))))
}

/// Who holds one of the `roles` at a node on a day, by grants there or above it, the nearest first (S4-09), without those
/// who have left.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn at(
    session: &mut Session<'_>,
    path: &Path,
    roles: &[Role],
    day: Day,
) -> Result<Vec<Stored<Grant>>> {
    let above: Vec<NodeId> = path.ids().collect();
    let day = from_day(day);
    let held: Result<Vec<Stored<Grant>>> = all_of!(
        session,
        grants::table
            .inner_join(people::table.on(people::id.eq(grants::person_id)))
            .filter(people::active.eq(true))
            .filter(among(grants::node_id, above.iter().copied().map(from_id)))
            .filter(among(grants::role, roles.iter().map(from_name)))
            .filter(in_force(day))
            .order(grants::id)
    );
    let mut held = held?;
    let depth = |grant: &Stored<Grant>| above.iter().position(|id| *id == grant.terms.node_id);
    held.sort_by_key(|grant| std::cmp::Reverse(depth(grant)));
    Ok(held)
}

/// Whether the person holds the role at this very node on a day.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn is_held(
    session: &mut Session<'_>,
    person: PersonId,
    role: Role,
    node: NodeId,
    day: Day,
) -> Result<bool> {
    let day = from_day(day);
    let held: i64 = ask!(session, |conn| grants::table
        .filter(grants::person_id.eq(from_id(person)))
        .filter(grants::role.eq(from_name(&role)))
        .filter(grants::node_id.eq(from_id(node)))
        .filter(in_force(day))
        .count()
        .get_result(conn))?;
    Ok(held > 0)
}

/// What a person holds on a day, or will hold later.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn from_day_on(
    session: &mut Session<'_>,
    person: PersonId,
    day: Day,
) -> Result<Vec<Stored<Grant>>> {
    all_of!(
        session,
        grants::table
            .filter(grants::person_id.eq(from_id(person)))
            .filter(grants::ended_at.is_null())
            .filter(grants::until_day.is_null().or(grants::until_day.ge(from_day(day))))
            .order(grants::id)
    )
}

/// Which grants have their first day from `from` to `to`. They are not read: one that cannot be keeps no other from its turn.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn beginning(session: &mut Session<'_>, from: Day, to: Day) -> Result<Vec<Id<Grant>>> {
    let ids: Vec<String> = ask!(session, |conn| grants::table
        .filter(grants::ended_at.is_null())
        .filter(grants::from_day.ge(from_day(from)))
        .filter(grants::from_day.le(from_day(to)))
        .order((grants::from_day, grants::id))
        .select(grants::id)
        .load(conn))?;
    ids.iter().map(|id| to_id("grants", id)).collect()
}

/// Which grants have their last day from `from` to `to`. They are not read: one that cannot be keeps no other from its turn.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn running_out(session: &mut Session<'_>, from: Day, to: Day) -> Result<Vec<Id<Grant>>> {
    let ids: Vec<String> = ask!(session, |conn| grants::table
        .filter(grants::ended_at.is_null())
        .filter(grants::until_day.ge(from_day(from)))
        .filter(grants::until_day.le(from_day(to)))
        .order((grants::until_day, grants::id))
        .select(grants::id)
        .load(conn))?;
    ids.iter().map(|id| to_id("grants", id)).collect()
}
