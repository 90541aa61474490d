//! Telling people that something waits for them.

use domain::{
    id::Id,
    node::{NodeId, Path},
    notice::Kind,
    offer::Offer,
    order::{Order, OrderApprover},
    person::PersonId,
    policy::{self, Action, Actor, Power, Role, Subject},
    supervision::SupervisionSession,
    time::Moment,
};
use persistence::{Session, callers, nodes, notices, routing};

use crate::{clock, problem::Result, routes::orders::subject};

/// Tells a person that something waits at `reference`, once the transaction has been committed.
pub(crate) fn tell(
    session: &mut Session<'_>,
    person: PersonId,
    kind: Kind,
    reference: &str,
    now: Moment,
) -> Result<()> {
    Ok(notices::tell(session, person, kind, reference, Id::new(clock::new_id()), now)?)
}

/// Tells an expert that something waits at `reference`, and those whom they let act for them in it (S1-03): not whoever did it.
pub(crate) fn tell_expert(
    session: &mut Session<'_>,
    (expert, power): (PersonId, Power),
    by: Option<PersonId>,
    kind: Kind,
    reference: &str,
    now: Moment,
) -> Result<()> {
    if by != Some(expert) {
        tell(session, expert, kind, reference, now)?;
    }
    tell_delegates(session, (expert, power), by, kind, reference, now)
}

fn tell_delegates(
    session: &mut Session<'_>,
    (expert, power): (PersonId, Power),
    by: Option<PersonId>,
    kind: Kind,
    reference: &str,
    now: Moment,
) -> Result<()> {
    for person in callers::delegates(session, expert, power, now.day())? {
        if by != Some(person) {
            let id = Id::new(clock::new_id());
            notices::tell_for(session, (person, expert), kind, reference, id, now)?;
        }
    }
    Ok(())
}

/// Tells the expert of an offer, in the way that was chosen for it, and those who answer for them.
pub(crate) fn tell_of_offer(
    session: &mut Session<'_>,
    offer: &Offer,
    kind: Kind,
    now: Moment,
) -> Result<()> {
    let (reference, id) = (format!("/v1/offers/{}", offer.id), Id::new(clock::new_id()));
    let (person, channel) = (offer.person, offer.channel);
    notices::tell_by(session, person, channel, kind, &reference, id, now)?;
    tell_delegates(session, (person, Power::Offers), None, kind, &reference, now)
}

/// Tells whoever answers for the order at the unit that something waits there.
pub(crate) fn tell_orderers(
    session: &mut Session<'_>,
    order: &Order,
    kind: Kind,
    now: Moment,
) -> Result<()> {
    for person in orderers(session, order, now)? {
        tell(session, person, kind, &format!("/v1/orders/{}", order.id), now)?;
    }
    Ok(())
}

/// Tells whoever answers at the unit for the task that `expert` has accepted that something waits at its order.
pub(crate) fn tell_orderers_of_task(
    session: &mut Session<'_>,
    order: &Order,
    expert: PersonId,
    kind: Kind,
    now: Moment,
) -> Result<()> {
    for person in orderers_of_task(session, order, expert, now)? {
        tell(session, person, kind, &format!("/v1/orders/{}", order.id), now)?;
    }
    Ok(())
}

/// Who answers for an order at the unit: whoever ordered, while they order for it, or stand for the caller whose order they
/// wrote down; or else those who order for the unit. Where nobody does any more, those who broker see to it.
pub(crate) fn orderers(
    session: &mut Session<'_>,
    order: &Order,
    now: Moment,
) -> Result<Vec<PersonId>> {
    let about = subject(session, order)?;
    if answers_for(&callers::trusted(session, order.orderer, now)?, &about) {
        return Ok(vec![order.orderer]);
    }
    let path = nodes::path(session, order.node)?;
    let others = nearest_holders(session, Role::Orderer, &path, now)?;
    if others.is_empty() { brokers(session, order, now) } else { Ok(others) }
}

/// Who answers at the unit for the task that `expert` has accepted: see [`at_unit`]. Where nobody does any more, those who
/// broker and may know of the task see to it.
pub(crate) fn orderers_of_task(
    session: &mut Session<'_>,
    order: &Order,
    expert: PersonId,
    now: Moment,
) -> Result<Vec<PersonId>> {
    let found = at_unit(session, order, expert, now)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let about = subject(session, order)?;
    let mut instead = Vec::new();
    for broker in brokers(session, order, now)?.into_iter().filter(|broker| *broker != expert) {
        let trusted = callers::trusted(session, broker, now)?;
        if policy::allows(&trusted, Action::ReadAssignment, &about) {
            instead.push(broker);
        }
    }
    Ok(instead)
}

/// Those of the unit who answer for the task that `expert` has accepted, if there are any, whoever ordered being the first of
/// them. Whoever stands for a caller knows how to reach them, but agrees on nothing: those who order for the unit do.
pub(crate) fn at_unit(
    session: &mut Session<'_>,
    order: &Order,
    expert: PersonId,
    now: Moment,
) -> Result<Vec<PersonId>> {
    let (orderer, about) = (order.orderer, subject(session, order)?);
    let mut found = Vec::new();
    // An expert is that, and nobody of the unit, in what they do themselves.
    if orderer != expert {
        let still = callers::trusted(session, orderer, now)?;
        let may = |action| policy::allows(&still, action, &about);
        if answers_for(&still, &about) && may(Action::ReadAssignment) {
            found.push(orderer);
        }
        if may(Action::ConfirmAsOrderer) {
            return Ok(found);
        }
    }
    let path = nodes::path(session, order.node)?;
    let mut held = routing::holders(session, Role::Orderer, &path, now.day())?;
    held.retain(|(_, person)| *person != expert && *person != orderer);
    found.extend(nearest_of(&path, held));
    Ok(found)
}

/// Whether whoever ordered still answers for the order: they order for its unit, or stand for the caller whose order they
/// wrote down.
fn answers_for(orderer: &Actor, order: &Subject) -> bool {
    policy::allows(orderer, Action::CreateOrder, order)
        || order.named.as_ref().is_some_and(|named| named.counts_for(orderer))
}

/// Tells whoever brokers the order that something waits there.
pub(crate) fn tell_brokers(
    session: &mut Session<'_>,
    order: &Order,
    kind: Kind,
    now: Moment,
) -> Result<()> {
    for person in brokers(session, order, now)? {
        tell(session, person, kind, &format!("/v1/orders/{}", order.id), now)?;
    }
    Ok(())
}

/// Who brokers the order: the liaison or broker who has it, or else, also once that one may not any more, those who could
/// take it.
pub(crate) fn brokers(
    session: &mut Session<'_>,
    order: &Order,
    now: Moment,
) -> Result<Vec<PersonId>> {
    if let Some(liaison) = order.liaison
        && may_broker(session, liaison, order, now)?
    {
        return Ok(vec![liaison]);
    }
    takers(session, order, now)
}

/// Whether the person may broker the order now.
fn may_broker(
    session: &mut Session<'_>,
    person: PersonId,
    order: &Order,
    now: Moment,
) -> Result<bool> {
    let about = subject(session, order)?;
    Ok(policy::allows(&callers::trusted(session, person, now)?, Action::BrokerOrder, &about))
}

/// Who could take an order that nobody has: the brokers of the organisation that it was handed to, or else the liaisons
/// nearest above it. Where there is none, the centre, which can appoint one.
fn takers(session: &mut Session<'_>, order: &Order, now: Moment) -> Result<Vec<PersonId>> {
    if let Some(handler) = order.handler {
        let path = nodes::path(session, handler)?;
        let mut brokers = routing::holders(session, Role::Broker, &path, now.day())?;
        brokers.retain(|(node, _)| *node == handler);
        if !brokers.is_empty() {
            return Ok(brokers.into_iter().map(|(_, person)| person).collect());
        }
    }
    let path = nodes::path(session, order.node)?;
    let liaisons = nearest_holders(session, Role::Liaison, &path, now)?;
    if liaisons.is_empty() {
        nearest_holders(session, Role::CentreManager, &path, now)
    } else {
        Ok(liaisons)
    }
}

/// Those who hold the role at the nearest node at or above this one where anybody does.
pub(crate) fn nearest_holders(
    session: &mut Session<'_>,
    role: Role,
    path: &Path,
    now: Moment,
) -> Result<Vec<PersonId>> {
    Ok(nearest_of(path, routing::holders(session, role, path, now.day())?))
}

/// Those of the holders of a role who hold it nearest to the node at `path`.
fn nearest_of(path: &Path, held: Vec<(NodeId, PersonId)>) -> Vec<PersonId> {
    let near = path.ids().rev().find(|node| held.iter().any(|(at, _)| at == node));
    let nearest = held.into_iter().filter(|(at, _)| Some(*at) == near);
    nearest.map(|(_, person)| person).collect()
}

/// Tells those whose approval the order waits for: those who hold the role nearest above it. Where nobody else of a unit
/// could approve, the centre is asked.
pub(crate) fn tell_approvers(
    session: &mut Session<'_>,
    order: &Order,
    from: OrderApprover,
    now: Moment,
) -> Result<()> {
    let path = nodes::path(session, order.node)?;
    let roles: &[Role] = match from {
        OrderApprover::Centre => &[Role::CentreManager],
        OrderApprover::Unit => &[Role::Orderer, Role::CentreManager],
    };
    for role in roles {
        let mut holders = routing::holders(session, *role, &path, now.day())?;
        holders.retain(|(_, person)| !order.is_made_by(*person));
        let nearest = nearest_of(&path, holders);
        if nearest.is_empty() {
            continue;
        }
        for person in nearest {
            let reference = format!("/v1/orders/{}", order.id);
            tell(session, person, Kind::OrderNeedsApproval, &reference, now)?;
        }
        return Ok(());
    }
    Ok(())
}

/// Tells those who arrange supervision what `expert` asks for, or does about it: the brokers of the organisation, or else the
/// liaisons nearest above it, or else the centre; never the expert.
pub(crate) fn tell_supporters(
    session: &mut Session<'_>,
    asked: &SupervisionSession,
    expert: PersonId,
    kind: Kind,
    now: Moment,
) -> Result<()> {
    let path = nodes::path(session, asked.node)?;
    for role in [Role::Broker, Role::Liaison, Role::CentreManager] {
        let supporters = nearest_holders(session, role, &path, now)?;
        let others: Vec<_> = supporters.into_iter().filter(|one| *one != expert).collect();
        for person in &others {
            let reference = format!("/v1/supervision-sessions/{}", asked.id);
            tell(session, *person, kind, &reference, now)?;
        }
        if !others.is_empty() {
            return Ok(());
        }
    }
    Ok(())
}
