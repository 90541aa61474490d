//! Orders.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{
    node::{NodeId, Path},
    order::{Order, OrderId},
    person::PersonId,
    policy::Scope,
    time::Day,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_day, from_id, from_moment, from_name, to_id},
    connection::ask,
    documents::{all_of, documents, hold, page_of},
    nodes,
    schema::{endings, orders},
    scope::in_scope,
    way::{Way, way},
};

documents! {
    orders of Order as order at node_id {
        node_id: String = from_id(order.node),
        handler_id: Option<String> = order.handler.map(from_id),
        liaison_id: Option<String> = order.liaison.map(from_id),
        orderer_id: String = from_id(order.orderer),
        written_as: Option<String> = order.written_down.map(|written| from_name(&written.role)),
        written_at_id: Option<String> = order.written_down.map(|written| from_id(written.at)),
        state: String = order.state.name().to_owned(),
        task_type: Option<String> = order.form.task.task_type.clone(),
        purpose: Option<String> = order.form.task.purpose.clone(),
        created_at: NaiveDateTime = from_moment(order.times.created_at),
        submitted_at: Option<NaiveDateTime> = order.times.submitted_at.map(from_moment),
        filled_at: Option<NaiveDateTime> = order.times.filled_at.map(from_moment),
        closed_at: Option<NaiveDateTime> = order.times.closed_at.map(from_moment),
    }
}

hold! {
    /// Finds the order as [`find`] does, and lets nobody change it until the transaction ends: for what is added to it, and must
    /// neither miss its end nor stay behind when it is handed over.
    orders of Order
}

/// Which orders a listing is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those in this state.
    pub state: Option<String>,
    /// Those of this unit, not of those below it.
    pub node: Option<NodeId>,
    /// Those that wait for this person.
    pub queue: Option<Queue>,
}

/// Whose turn it is to broker an order: that of the liaison who has it, or if nobody has it, of all who could take it.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The liaison or broker.
    pub person: PersonId,
    /// Where the person is a liaison.
    pub below: Vec<Path>,
    /// The organisations whose orders the person brokers.
    pub handled: Vec<Path>,
}

/// Orders in the order of their making.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<Order>>> {
    let way = if filter.node.is_some() || filter.queue.is_some() {
        Way::Asked
    } else {
        way!(session, orders, scope, {
            below: orders::node_id,
            handled: orders::handler_id,
            named: (orders::orderer_id, orders::written_as, orders::written_at_id),
        })
    };
    let mut query = in_scope!(orders, orders::table.into_boxed(), scope, {
        below: orders::node_id,
        handled: orders::handler_id,
        named: (orders::orderer_id, orders::written_as, orders::written_at_id),
    });
    if let Some(state) = &filter.state {
        query = query.filter(orders::state.eq(state.clone()));
    }
    if let Some(node) = filter.node {
        query = query.filter(orders::node_id.eq(from_id(node)));
    }
    if let Some(queue) = &filter.queue {
        let mut nodes_at = |paths: &[Path]| -> Result<Vec<String>> {
            let each = paths.iter().map(|path| nodes::below(session, path));
            Ok(each.collect::<Result<Vec<_>>>()?.concat())
        };
        let (below, handled) = (nodes_at(&queue.below)?, nodes_at(&queue.handled)?);
        let handled = handled.into_iter().map(Some).collect::<Vec<_>>();
        let taken = orders::liaison_id.eq(from_id(queue.person));
        let free = orders::liaison_id.is_null();
        let here = orders::handler_id.is_null().and(orders::node_id.eq_any(below));
        query = query
            .filter(orders::state.eq_any(["submitted", "brokering", "needs_information"]))
            .filter(taken.or(free.and(here.or(orders::handler_id.eq_any(handled)))));
    }
    page_of!(session, orders, page, query, way)
}

/// The states in which somebody brokers an order, or could.
const GOES_ON: [&str; 4] = ["submitted", "brokering", "needs_information", "filled"];

/// The orders that a liaison or broker has and that have not come to their end.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn kept_by(
    session: &mut Session<'_>,
    person: PersonId,
    page: Page,
) -> Result<Vec<Stored<Order>>> {
    all_of!(
        session,
        orders::table
            .filter(orders::liaison_id.eq(from_id(person)))
            .filter(among(orders::state, GOES_ON))
            .filter(orders::id.gt(page.floor()))
            .order(orders::id)
            .limit(page.rows())
    )
}

/// The orders that have not come to their end, of organisations whose work had on `day`.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn left_by_ended(session: &mut Session<'_>, day: Day) -> Result<Vec<OrderId>> {
    let ended = endings::table
        .filter(endings::last_day.lt(from_day(day)))
        .select(endings::node_id.nullable());
    let found: Vec<String> = ask!(session, |conn| orders::table
        .filter(orders::handler_id.eq_any(ended))
        .filter(among(orders::state, GOES_ON))
        .order(orders::id)
        .select(orders::id)
        .load(conn))?;
    found.iter().map(|order| to_id("orders", order)).collect()
}

/// The liaisons and brokers who have orders that have not come to their end.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn keepers(session: &mut Session<'_>) -> Result<Vec<PersonId>> {
    let found: Vec<Option<String>> = ask!(session, |conn| orders::table
        .filter(orders::liaison_id.is_not_null())
        .filter(among(orders::state, GOES_ON))
        .order(orders::liaison_id)
        .select(orders::liaison_id)
        .distinct()
        .load(conn))?;
    found.into_iter().flatten().map(|person| to_id("orders", &person)).collect()
}
