//! Assignments.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use domain::{
    assignment::{Assignment, AssignmentId},
    node::NodeId,
    order::OrderId,
    person::PersonId,
    policy::Scope,
    time::{Day, Moment},
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_day, from_id, from_moment, to_id},
    connection::ask,
    documents::{all_of, documents, hold, page_of},
    schema::assignments,
    scope::in_scope,
    way::{Way, way},
};

documents! {
    assignments of Assignment as assignment at node_id {
        order_id: String = from_id(assignment.order),
        offer_id: String = from_id(assignment.offer),
        person_id: String = from_id(assignment.person),
        node_id: String = from_id(assignment.node),
        handler_id: Option<String> = assignment.handler.map(from_id),
        state: String = assignment.state.name().to_owned(),
        starts_at: Option<NaiveDateTime> = assignment.starts.map(from_moment),
        ends_at: Option<NaiveDateTime> = assignment.ends.map(from_moment),
        remind_after: Option<NaiveDate> = assignment.deadlines().first().map(from_day),
        performed_on: Option<NaiveDate> = assignment.performance().map(|done| from_day(done.date)),
    }
}

hold! {
    /// Finds the assignment as [`find`] does, and lets nobody change it until the transaction ends: for a fee form, which must not
    /// be begun while what it is for is taken back.
    assignments of Assignment
}

/// Which assignments a listing is about.
#[derive(Clone, Debug, Default)]
pub struct AssignmentFilter {
    /// Those in this state.
    pub state: Option<String>,
    /// Those of this order.
    pub order: Option<OrderId>,
    /// Those of this unit.
    pub node: Option<NodeId>,
    /// Those of this expert.
    pub person: Option<PersonId>,
    /// Those that begin at this moment or later.
    pub from: Option<Moment>,
    /// Those that begin before this moment.
    pub until: Option<Moment>,
}

/// Lists assignments.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &AssignmentFilter,
    page: Page,
) -> Result<Vec<Stored<Assignment>>> {
    let way = if filter.order.is_some() || filter.node.is_some() || filter.person.is_some() {
        Way::Asked
    } else {
        way!(session, assignments, scope, {
            below: assignments::node_id,
            handled: assignments::handler_id,
            own: assignments::person_id,
        })
    };
    let query = assignments::table.into_boxed();
    let mut query = in_scope!(assignments, query, scope, {
        below: assignments::node_id,
        handled: assignments::handler_id,
        own: assignments::person_id,
    });
    if let Some(state) = &filter.state {
        query = query.filter(assignments::state.eq(state.clone()));
    }
    if let Some(order) = filter.order {
        query = query.filter(assignments::order_id.eq(from_id(order)));
    }
    if let Some(node) = filter.node {
        query = query.filter(assignments::node_id.eq(from_id(node)));
    }
    if let Some(person) = filter.person {
        query = query.filter(assignments::person_id.eq(from_id(person)));
    }
    if let Some(from) = filter.from {
        query = query.filter(assignments::starts_at.ge(from_moment(from)));
    }
    if let Some(until) = filter.until {
        query = query.filter(assignments::starts_at.lt(from_moment(until)));
    }
    let asked = filter.state.is_some() || filter.from.is_some() || filter.until.is_some();
    page_of!(session, assignments, page, query, way.unless(asked))
}

/// The assignments of an order.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_order(session: &mut Session<'_>, order: OrderId) -> Result<Vec<Stored<Assignment>>> {
    let of_order = assignments::order_id.eq(from_id(order));
    all_of!(session, assignments::table.filter(of_order).order(assignments::id))
}

/// The tasks that an expert is to do.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn to_do(session: &mut Session<'_>, person: PersonId) -> Result<Vec<Stored<Assignment>>> {
    all_of!(
        session,
        assignments::table
            .filter(assignments::person_id.eq(from_id(person)))
            .filter(among(assignments::state, ["preparing", "confirmed"]))
            .order(assignments::id)
    )
}

/// The tasks that an expert is to do in a stretch of time that has a moment in common with the one from `starts` to `ends`: as
/// many as `most`, those that end first.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn during(
    session: &mut Session<'_>,
    person: PersonId,
    (starts, ends): (Moment, Moment),
    most: u8,
) -> Result<Vec<Stored<Assignment>>> {
    all_of!(
        session,
        assignments::table
            .filter(assignments::person_id.eq(from_id(person)))
            .filter(among(assignments::state, ["preparing", "confirmed"]))
            .filter(assignments::starts_at.lt(from_moment(ends)))
            .filter(assignments::ends_at.gt(from_moment(starts)))
            .order(assignments::ends_at)
            .limit(i64::from(most))
    )
}

/// The assignments whose orderer should have contacted the expert before `today`, and has not been reminded. Only which they
/// are: one that cannot be read keeps none of the others from being found.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn to_remind(session: &mut Session<'_>, today: Day) -> Result<Vec<AssignmentId>> {
    let found: Vec<String> = ask!(session, |conn| assignments::table
        .filter(assignments::remind_after.lt(from_day(today)))
        .order((assignments::remind_after, assignments::id))
        .select(assignments::id)
        .load(conn))?;
    found.iter().map(|assignment| to_id("assignments", assignment)).collect()
}

/// How many tasks of an order are still to be done.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn ahead(session: &mut Session<'_>, order: OrderId) -> Result<u32> {
    let ahead: i64 = ask!(session, |conn| assignments::table
        .filter(assignments::order_id.eq(from_id(order)))
        .filter(among(assignments::state, ["preparing", "confirmed"]))
        .count()
        .get_result(conn))?;
    Ok(u32::try_from(ahead).unwrap_or(u32::MAX))
}

/// Whether the order of this assignment has another one that is still to come or was done.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn others_left(session: &mut Session<'_>, assignment: &Assignment) -> Result<bool> {
    let left: i64 = ask!(session, |conn| assignments::table
        .filter(assignments::order_id.eq(from_id(assignment.order)))
        .filter(assignments::id.ne(from_id(assignment.id)))
        .filter(among(assignments::state, ["preparing", "confirmed", "performed", "closed"]))
        .count()
        .get_result(conn))?;
    Ok(left > 0)
}
