//! Telling people that something waits for them.

use domain::{
    id::Id,
    notice::Kind,
    offer::Offer,
    order::{Order, OrderApprover},
    person::PersonId,
    policy::Role,
    time::Moment,
};
use persistence::{Session, nodes, notices, routing};

use crate::{clock, problem::Result};

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

/// Tells the expert that they are asked, in the way that was chosen for the offer.
pub(crate) fn tell_of_offer(session: &mut Session<'_>, offer: &Offer, now: Moment) -> Result<()> {
    let (reference, id) = (format!("/v1/offers/{}", offer.id), Id::new(clock::new_id()));
    let (person, channel) = (offer.person, offer.channel);
    Ok(notices::tell_by(session, person, channel, Kind::OfferReceived, &reference, id, now)?)
}

/// Tells whoever brokers the order: the liaison or broker who has it, or if nobody has it, the brokers of the organisation
/// that it was handed to.
pub(crate) fn tell_brokers(
    session: &mut Session<'_>,
    order: &Order,
    kind: Kind,
    now: Moment,
) -> Result<()> {
    let people = match (order.liaison, order.handler) {
        (Some(liaison), _) => vec![liaison],
        (None, Some(handler)) => {
            let path = nodes::path(session, handler)?;
            let holders = routing::holders(session, Role::Broker, &path, now.day())?;
            holders
                .into_iter()
                .filter(|(node, _)| *node == handler)
                .map(|(_, person)| person)
                .collect()
        }
        (None, None) => Vec::new(),
    };
    for person in people {
        tell(session, person, kind, &format!("/v1/orders/{}", order.id), now)?;
    }
    Ok(())
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
        let Some(nearest) =
            path.ids().rev().find(|node| holders.iter().any(|(held, _)| held == node))
        else {
            continue;
        };
        for (_, person) in holders.into_iter().filter(|(node, _)| *node == nearest) {
            let reference = format!("/v1/orders/{}", order.id);
            tell(session, person, Kind::OrderNeedsApproval, &reference, now)?;
        }
        return Ok(());
    }
    Ok(())
}
