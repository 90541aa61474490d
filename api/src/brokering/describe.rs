//! What experts are shown of an order.

use domain::{
    node::{Level, Node, NodeId},
    notice::Kind,
    offer::{Event, OfferDescription, State, Version},
    order::Order,
    policy::Power,
    time::Moment,
};
use persistence::{Session, nodes, offers, open_calls};

use super::tell_expert;
use crate::{
    problem::{Problem, Result},
    secret::sha256,
};

/// A node and those above it up to its organisation, the nearest first.
fn lineage(session: &mut Session<'_>, node: NodeId) -> Result<Vec<Node>> {
    let path = nodes::path(session, node)?;
    let mut found = nodes::along(session, &path)?;
    found.reverse();
    let enough =
        |node: &Node| matches!(node.level, Level::Organisation | Level::Area | Level::Nation);
    if let Some(last) = found.iter().position(enough) {
        found.truncate(last + 1);
    }
    Ok(found)
}

/// What experts are shown of the order now.
pub(crate) fn describe(session: &mut Session<'_>, order: &Order, now: Moment) -> Result<Version> {
    let units = lineage(session, order.node)?;
    let ordered_by = units.into_iter().map(|unit| unit.facts.name).collect();
    let description = OfferDescription { ordered_by, task: order.form.task.clone() };
    let bytes = serde_json::to_vec(&description).map_err(Problem::internal)?;
    Ok(Version { digest: sha256(&bytes), description, since: now })
}

/// Shows the experts who are being asked what the order has become.
pub(crate) fn redescribe(session: &mut Session<'_>, order: &Order, now: Moment) -> Result<()> {
    let version = describe(session, order, now)?;
    for offer in offers::of_order(session, order.id)? {
        let same = offer.shown().is_some_and(|shown| shown.digest == version.digest);
        if same || !offer.state.is_open() {
            continue;
        }
        let event = Event::Redescribe { version: Box::new(version.clone()) };
        let changed = offer.thing.clone().apply(event, now)?;
        let offer = offers::save(session, &offer, changed)?;
        if matches!(offer.state, State::Sent { .. }) {
            let (expert, reference) =
                ((offer.person, Power::Offers), format!("/v1/offers/{}", offer.id));
            tell_expert(session, expert, None, Kind::OfferChanged, &reference, now)?;
        }
    }
    if let Some(call) = open_calls::of_order(session, order.id)? {
        let changed =
            domain::open_call::OpenCall { description: version.description, ..call.thing.clone() };
        open_calls::save(session, &call, changed)?;
    }
    Ok(())
}
