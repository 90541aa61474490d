//! `/v1/bank`: the experience bank (*kokemuspankki*), searched for an order by those who broker it (S4-12, S4-17).
//!
//! **Invariant:** cards are pseudonyms; each search and each look is on record for the expert to see.

mod candidates;
mod cards;
mod public;

use chrono::TimeDelta;
use domain::{
    expert::{Expert, Search},
    lookup::{Lookup, LookupKind},
    order::{Order, OrderId, State},
    policy::{Action, Subject},
};
use persistence::{Session, Stored, lookups, nodes, orders};

use crate::{call::Caller, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    candidates::configure(config);
    cards::configure(config);
    public::configure(config);
}

/// For how long an accepted task counts when whose turn it is is found out.
const RECENT: TimeDelta = TimeDelta::days(365);

/// The order that the caller brokers and looks for experts for, with the area it is in.
fn ground(
    session: &mut Session<'_>,
    caller: &Caller,
    order_id: OrderId,
) -> Result<(Stored<Order>, Option<String>)> {
    let order = orders::find(session, order_id)?;
    let path = nodes::path(session, order.node)?;
    let handler = order.handler.map(|node| nodes::path(session, node)).transpose()?;
    let area = path.area();
    let about = Subject { node: Some(path), handler, ..Subject::default() };
    caller.require(Action::BrokerOrder, &about)?;
    let code = match area {
        Some(area) => nodes::find(session, area)?.facts.area_code.clone(),
        None => None,
    };
    Ok((order, code))
}

/// Whether there is a ground to look at anybody's card for an order: only while it waits for experts.
fn is_open(order: &Order) -> bool {
    order.state == State::Submitted || order.state.is_brokering()
}

/// The search, kept within the area of its order: experts chose the areas whose orders they are found for. There is none if
/// only other areas are asked for.
fn within(area: Option<&str>, mut search: Search) -> Option<Search> {
    let Some(area) = area else { return Some(search) };
    let asked = &mut search.required.areas;
    if !asked.is_empty() && !asked.iter().any(|asked| asked == area) {
        return None;
    }
    *asked = vec![area.to_owned()];
    Some(search)
}

/// Puts on record that the caller saw an expert's card.
fn record(
    session: &mut Session<'_>,
    caller: &Caller,
    expert: &Expert,
    order: &Order,
    kind: LookupKind,
) -> Result<()> {
    let lookup = Lookup {
        id: caller.new_id(),
        expert: expert.id,
        order: order.id,
        order_node: order.node,
        by: caller.human()?,
        kind,
        at: caller.now,
    };
    lookups::add(session, lookup)?;
    Ok(())
}

/// An identifier of something seen by its pseudonym, for the cursors of a listing.
fn pseudonym(expert: Stored<Expert>) -> Stored<Expert> {
    Stored { id: expert.card.raw(), ..expert }
}
