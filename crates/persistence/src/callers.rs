//! Who calls, with all that they are trusted with at this moment.

mod known;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{
    id::Id,
    node::Path,
    person::Person,
    policy::{Actor, ClientScope, Delegation, Grant, Identity, Power, Role},
    time::{Day, Moment},
};
use uuid::Uuid;

pub(crate) use self::known::Known;

use crate::{
    Error, Result, Session, clients,
    codec::{from_day, from_id, from_moment, from_name, to_id, to_name},
    connection::ask,
    grants::in_force,
    nodes, revoked_tokens,
    schema::{delegations, grants, nodes as nodes_table, people, sessions},
};

/// The person of a session that goes on.
///
/// # Errors
///
/// [`Error::NotFound`] if the session has ended.
pub fn person(
    session: &mut Session<'_>,
    session_id: Uuid,
    person: Id<Person>,
    now: Moment,
) -> Result<Actor> {
    // Every request asks this: what is known already is not asked for again, and the session and what its person holds come at
    // once, in a row for each grant with each delegation.
    if let Some(actor) = known::find(session, session_id, person, now)? {
        return Ok(actor);
    }
    let held = grants::person_id.eq(sessions::person_id).and(in_force(from_day(now.day())));
    let rows: Vec<(Held, NaiveDateTime)> = ask!(session, |conn| sessions::table
        .left_join(grants::table.on(held))
        .left_join(nodes_table::table.on(nodes_table::id.eq(grants::node_id)))
        .left_join(delegations::table.on(delegations::person_id.eq(sessions::person_id)))
        .filter(sessions::id.eq(session_id.to_string()))
        .filter(sessions::person_id.eq(from_id(person)))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(from_moment(now)))
        .select((Held::as_select(), sessions::expires_at))
        .load(conn))?;
    let until = rows.first().ok_or(Error::NotFound)?.1;
    let actor = actor(person, rows.into_iter().map(|(held, _)| held).collect())?;
    known::keep(session, session_id, now, until, &actor);
    Ok(actor)
}

/// The person, with what they are trusted with: nothing, once they have left.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn trusted(session: &mut Session<'_>, person: Id<Person>, now: Moment) -> Result<Actor> {
    let held = grants::person_id.eq(people::id).and(in_force(from_day(now.day())));
    let powers = delegations::person_id.eq(people::id).and(people::active.eq(true));
    let rows: Vec<Held> = ask!(session, |conn| people::table
        .left_join(grants::table.on(held.and(people::active.eq(true))))
        .left_join(nodes_table::table.on(nodes_table::id.eq(grants::node_id)))
        .left_join(delegations::table.on(powers))
        .filter(people::id.eq(from_id(person)))
        .select(Held::as_select())
        .load(conn))?;
    actor(person, rows)
}

/// A role that somebody has, and something that an expert lets them do: each of the one with each of the other. They are put
/// in order here: for the few that there are, a database takes longer to begin sorting than to find them.
#[derive(Eq, Ord, PartialEq, PartialOrd, Queryable, Selectable)]
struct Held {
    #[diesel(select_expression = grants::id.nullable())]
    grant: Option<String>,
    #[diesel(select_expression = grants::role.nullable())]
    role: Option<String>,
    #[diesel(select_expression = nodes_table::path.nullable())]
    path: Option<String>,
    #[diesel(select_expression = delegations::expert_person_id.nullable())]
    expert: Option<String>,
    #[diesel(select_expression = delegations::power.nullable())]
    power: Option<String>,
}

/// The person with all that the rows say. Only a support person acts for others: what an expert lets somebody do counts for
/// nothing while they do not have that role, and holds again once they have it again.
fn actor(person: Id<Person>, mut rows: Vec<Held>) -> Result<Actor> {
    rows.sort_unstable();
    let (mut grants, mut delegations) = (Vec::new(), Vec::new());
    for Held { role, path, expert, power, .. } in rows {
        if let Some((role, path)) = role.zip(path) {
            let grant = Grant {
                role: to_name("grants", &role)?,
                path: Path::parse(&path).ok_or_else(|| Error::corrupt("nodes", &path, "path"))?,
            };
            if !grants.contains(&grant) {
                grants.push(grant);
            }
        }
        if let Some((expert, power)) = expert.zip(power) {
            let delegation = Delegation {
                expert: to_id("delegations", &expert)?,
                power: to_name("delegations", &power)?,
            };
            if !delegations.contains(&delegation) {
                delegations.push(delegation);
            }
        }
    }
    let mut actor = Actor { identity: Identity::Person(person), grants, delegations };
    if !actor.has(Role::SupportPerson) {
        actor.delegations.clear();
    }
    Ok(actor)
}

/// The machine client with this identifier, acting with the scopes of its token that it still has.
///
/// # Errors
///
/// [`Error::NotFound`] if it is unknown or shut out, or the token was taken back.
pub fn client(
    session: &mut Session<'_>,
    id: Uuid,
    token: Uuid,
    scopes: &[ClientScope],
) -> Result<Actor> {
    let client = clients::find(session, Id::new(id))?.thing.client;
    if client.revoked.is_some() || revoked_tokens::holds(session, token)? {
        return Err(Error::NotFound);
    }
    let area = nodes::path(session, client.area)?;
    let scopes = scopes.iter().copied().filter(|scope| client.scopes.contains(scope)).collect();
    Ok(Actor {
        identity: Identity::Client { id: client.id, area, scopes },
        grants: Vec::new(),
        delegations: Vec::new(),
    })
}

/// Records that an expert lets a person act for them.
///
/// # Errors
///
/// [`Error::Exists`] if it is so already.
pub fn delegate(
    session: &mut Session<'_>,
    expert: Id<Person>,
    person: Id<Person>,
    power: Power,
) -> Result<()> {
    ask!(session, |conn| diesel::insert_into(delegations::table)
        .values((
            delegations::expert_person_id.eq(from_id(expert)),
            delegations::person_id.eq(from_id(person)),
            delegations::power.eq(from_name(&power)),
        ))
        .execute(conn))?;
    Ok(())
}

/// The experts who let a person act for them, whether or not that person is a support person at the moment.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn delegators(session: &mut Session<'_>, person: Id<Person>) -> Result<Vec<Id<Person>>> {
    let experts: Vec<String> = ask!(session, |conn| delegations::table
        .filter(delegations::person_id.eq(from_id(person)))
        .order(delegations::expert_person_id)
        .select(delegations::expert_person_id)
        .distinct()
        .load(conn))?;
    experts.iter().map(|expert| to_id("delegations", expert)).collect()
}

/// Those whom an expert lets do this for them, and who are support persons on this day.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn delegates(
    session: &mut Session<'_>,
    expert: Id<Person>,
    power: Power,
    day: Day,
) -> Result<Vec<Id<Person>>> {
    let held = grants::person_id.eq(delegations::person_id).and(in_force(from_day(day)));
    let people: Vec<String> = ask!(session, |conn| delegations::table
        .inner_join(grants::table.on(held))
        .filter(delegations::expert_person_id.eq(from_id(expert)))
        .filter(delegations::power.eq(from_name(&power)))
        .filter(grants::role.eq(from_name(&Role::SupportPerson)))
        .select(delegations::person_id)
        .distinct()
        .load(conn))?;
    people.iter().map(|person| to_id("delegations", person)).collect()
}

/// Ends all that an expert let a person do for them.
///
/// # Errors
///
/// [`Error::Database`].
pub fn end_delegations(
    session: &mut Session<'_>,
    expert: Id<Person>,
    person: Id<Person>,
) -> Result<()> {
    ask!(session, |conn| diesel::delete(
        delegations::table
            .filter(delegations::expert_person_id.eq(from_id(expert)))
            .filter(delegations::person_id.eq(from_id(person))),
    )
    .execute(conn))?;
    Ok(())
}
