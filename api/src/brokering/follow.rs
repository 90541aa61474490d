//! What hangs on an order goes along when somebody else brokers it.
//!
//! **Invariant:** whoever brokers an order brokers all that hangs on it, and nobody else does: an organisation that has handed
//! it on answers for no expert any more, and the next one sees who is being asked.

use domain::{
    assignment::Assignment,
    offer::Offer,
    open_call::{Interest, OpenCall},
    order::Order,
};
use persistence::{Session, assignments, interests, offers, open_calls};

use crate::problem::Result;

/// Leaves the offers of the order, its tasks and its open call, with those whom that interests, to whoever brokers the
/// order now.
pub(crate) fn follow(session: &mut Session<'_>, order: &Order) -> Result<()> {
    let handler = order.handler;
    for offer in offers::of_order(session, order.id)? {
        if offer.handler != handler {
            offers::save(session, &offer, Offer { handler, ..offer.thing.clone() })?;
        }
    }
    for assignment in assignments::of_order(session, order.id)? {
        if assignment.handler != handler {
            let next = Assignment { handler, ..assignment.thing.clone() };
            assignments::save(session, &assignment, next)?;
        }
    }
    let Some(call) = open_calls::of_order(session, order.id)? else { return Ok(()) };
    for interest in interests::of_call(session, call.thing.id)? {
        if interest.handler != handler {
            let next = Interest { handler, ..interest.thing.clone() };
            interests::save(session, &interest, next)?;
        }
    }
    if call.handler != handler {
        open_calls::save(session, &call, OpenCall { handler, ..call.thing.clone() })?;
    }
    Ok(())
}
