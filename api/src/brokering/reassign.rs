//! Orders that somebody had who brokers them no more: they have left, or their role has ended or run out.

use domain::{
    node::NodeId,
    notice::Kind,
    order::{Event, Order, OrderId, nearest},
    person::PersonId,
    policy::{self, Action, Role},
    time::Moment,
};
use persistence::{Page, Session, Stored, callers, nodes, orders, routing};

use super::{follow, tell_brokers, unanswered::see_to_unanswered};
use crate::{App, audit, background::each, problem::Result, routes::orders::subject};

/// Passes on the orders that the person has and may broker no more: to the liaison appointed nearest above the unit, or
/// back to the queue of the organisation that brokers it. Whoever gets one is told. Gives those orders.
pub(crate) fn reassign(
    session: &mut Session<'_>,
    person: PersonId,
    now: Moment,
) -> Result<Vec<Stored<Order>>> {
    let mut given = Vec::new();
    for order in left_behind(session, person, now)? {
        given.push(pass(session, &order, now)?);
    }
    Ok(given)
}

/// Takes an order back from an organisation whose work has ended, also one that nobody there had taken.
pub(super) fn hand_back(session: &mut Session<'_>, id: OrderId, now: Moment) -> Result<()> {
    let order = orders::find(session, id)?;
    pass(session, &order, now).map(drop)
}

fn pass(session: &mut Session<'_>, order: &Stored<Order>, now: Moment) -> Result<Stored<Order>> {
    let event = passed_on(session, order, now)?;
    let next = order.thing.clone().apply(event, now)?;
    let order = orders::save(session, order, next)?;
    follow(session, &order)?;
    tell_brokers(session, &order, Kind::OrderHandedOver, now)?;
    Ok(order)
}

/// Looks for orders that were left behind when a role ran out by itself or the work of an organisation ended, and passes them
/// on, with what else was asked of that organisation.
///
/// # Errors
///
/// If the database fails, or something stands in the way of somebody's orders: those of the others are passed on all the same.
pub(crate) fn pass_on(app: &App) -> Result<()> {
    let now = app.clock.now();
    let of_ended = app.database.read(|session| orders::left_by_ended(session, now.day()))?;
    let ended = each("pass_on_orders", of_ended, |order| {
        app.database.write(|session| {
            // Another node may have been faster.
            if !orders::left_by_ended(session, now.day())?.contains(&order) {
                return Ok(());
            }
            hand_back(session, order, now)?;
            let node = orders::find(session, order)?.node;
            audit::record_own(session, "reassign_order", node, order, now)
        })
    });
    // Whoever was faster, the next time finds what is left.
    let left = each("pass_on_orders", app.database.read(orders::keepers)?, |person| {
        let left = app.database.read(|session| left_behind(session, person, now))?;
        if left.is_empty() {
            return Ok(());
        }
        app.database.write(|session| {
            for order in reassign(session, person, now)? {
                audit::record_own(session, "reassign_order", order.node, order.thing.id, now)?;
            }
            Ok(())
        })
    });
    ended.and(left).and(see_to_unanswered(app))
}

/// How many orders are read at once: somebody may have had thousands over the years, and few of them are left behind.
const SOME: u16 = 50;

/// The orders that the person has without being allowed to broker them.
fn left_behind(
    session: &mut Session<'_>,
    person: PersonId,
    now: Moment,
) -> Result<Vec<Stored<Order>>> {
    let actor = callers::trusted(session, person, now)?;
    let mut left = Vec::new();
    let mut page = Page { after: None, limit: SOME };
    loop {
        let some = orders::kept_by(session, person, page)?;
        let last = some.last().map(|order| order.id).filter(|_| some.len() > usize::from(SOME));
        for order in some {
            let about = subject(session, &order)?;
            if !policy::allows(&actor, Action::BrokerOrder, &about) {
                left.push(order);
            }
        }
        if last.is_none() {
            return Ok(left);
        }
        page.after = last;
    }
}

/// What becomes of the order: it waits for another broker of the organisation that it was handed to, as long as there is
/// one, and goes to the nearest liaison otherwise.
fn passed_on(session: &mut Session<'_>, order: &Order, now: Moment) -> Result<Event> {
    if let Some(handler) = order.handler
        && brokers_at(session, handler, now)?
    {
        return Ok(Event::Reassign { handler: Some(handler), to: None });
    }
    let path = nodes::path(session, order.node)?;
    let appointed = routing::holders(session, Role::Liaison, &path, now.day())?;
    Ok(Event::Reassign { handler: None, to: nearest(&path, &appointed) })
}

/// Whether somebody brokers the orders that are handed to an organisation.
pub(crate) fn brokers_at(
    session: &mut Session<'_>,
    organisation: NodeId,
    now: Moment,
) -> Result<bool> {
    let path = nodes::path(session, organisation)?;
    let brokers = routing::holders(session, Role::Broker, &path, now.day())?;
    Ok(brokers.iter().any(|(node, _)| *node == organisation))
}
