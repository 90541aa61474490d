//! Who holds a role for something: those to whom it is passed on.

use diesel::prelude::*;
use domain::{
    node::{NodeId, Path},
    person::PersonId,
    policy::Role,
    time::Day,
};

use crate::{
    Result, Session,
    among::among,
    codec::{from_day, from_id, from_name, to_id},
    connection::ask,
    grants::in_force,
    schema::{grants, people},
};

/// Who holds `role` at the node with this path or at one above it on `day`, in the order of their grants.
/// Nothing is passed on to whoever has left.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn holders(
    session: &mut Session<'_>,
    role: Role,
    path: &Path,
    day: Day,
) -> Result<Vec<(NodeId, PersonId)>> {
    let day = from_day(day);
    let held: Vec<(String, String)> = ask!(session, |conn| grants::table
        .inner_join(people::table.on(people::id.eq(grants::person_id)))
        .filter(people::active.eq(true))
        .filter(grants::role.eq(from_name(&role)))
        .filter(among(grants::node_id, path.ids().map(from_id)))
        .filter(in_force(day))
        .order(grants::id)
        .select((grants::node_id, grants::person_id))
        .load(conn))?;
    held.into_iter()
        .map(|(node, person)| Ok((to_id("grants", &node)?, to_id("grants", &person)?)))
        .collect()
}
