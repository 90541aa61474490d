//! Telling people that something waits for them.

use domain::{id::Id, notice::Kind, order::Order, person::PersonId, policy::Role, time::Moment};
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
