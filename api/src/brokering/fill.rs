//! What the offers of an order become when the order changes.

use chrono::TimeDelta;
use domain::{
    assignment::{Assignment, CancellationParty},
    notice::Kind,
    offer::{self, Offer, OfferId, WithdrawalReason, next_in_turn},
    order::{self, Order, State},
    sourcing,
    time::Moment,
};
use persistence::{Session, Stored, assignments, offers, open_calls, orders, sourcing_requests};

use super::{tell, tell_brokers, tell_of_offer, tell_orderers};
use crate::problem::Result;

/// Brings the offers of an order in line with it: while it is brokered, those whose turn has come are sent; once it is
/// filled or has ended, those that are still open are closed, and with them its open call and sourcing requests.
pub(crate) fn settle(session: &mut Session<'_>, order: &Order, now: Moment) -> Result<()> {
    let all = offers::of_order(session, order.id)?;
    if order.state.is_brokering() {
        let things: Vec<Offer> = all.iter().map(|offer| offer.thing.clone()).collect();
        let next = next_in_turn(&things, order.room());
        for offer in all.iter().filter(|offer| next.contains(&offer.thing.id)) {
            let expires_at = now.plus(TimeDelta::seconds(offer.turn.seconds_to_answer));
            let sent = offer.thing.clone().apply(offer::Event::Send { expires_at }, now)?;
            let sent = offers::save(session, offer, sent)?;
            tell_of_offer(session, &sent, now)?;
        }
        return Ok(());
    }
    let event = match order.state {
        State::Filled => offer::Event::Supersede,
        State::Closed | State::Cancelled { .. } | State::Unfilled { .. } => {
            offer::Event::Withdraw { reason: WithdrawalReason::OrderEnded }
        }
        _ => return Ok(()),
    };
    for offer in all.iter().filter(|offer| offer.state.is_open()) {
        let closed = offers::save(session, offer, offer.thing.clone().apply(event.clone(), now)?)?;
        if closed.was_sent() {
            let reference = format!("/v1/offers/{}", closed.id);
            tell(session, closed.person, Kind::OfferClosed, &reference, now)?;
        }
    }
    for request in sourcing_requests::open(session, order.id)? {
        let withdrawn = request.thing.clone().apply(sourcing::Event::Withdraw, now)?;
        sourcing_requests::save(session, &request, withdrawn)?;
    }
    if let Some(call) = open_calls::of_order(session, order.id)? {
        open_calls::save(session, &call, call.thing.clone().close(now)?)?;
    }
    Ok(())
}

/// Takes back an offer that is still open. Of offers in turn, the next one is sent. Gives the order.
pub(crate) fn take_back(
    session: &mut Session<'_>,
    offer: &Stored<Offer>,
    now: Moment,
) -> Result<Stored<Order>> {
    let event = offer::Event::Withdraw { reason: WithdrawalReason::TakenBack };
    let withdrawn = offer.thing.clone().as_of(now).apply(event, now)?;
    let order = orders::hold(session, offer.order)?;
    let offer = offers::save(session, offer, withdrawn)?;
    if offer.was_sent() {
        let reference = format!("/v1/offers/{}", offer.id);
        tell(session, offer.person, Kind::OfferClosed, &reference, now)?;
    }
    if offer.turn.mode == offer::Mode::InTurn {
        settle(session, &order, now)?;
    }
    Ok(order)
}

/// Takes back an acceptance: the expert steps back before the task, and the order returns to brokering by itself, unless
/// it has come to its end.
pub(crate) fn step_back(session: &mut Session<'_>, offer: OfferId, now: Moment) -> Result<()> {
    let offer = offers::find(session, offer)?;
    let order = orders::find(session, offer.order)?;
    let order = orders::save(session, &order, order.thing.clone().stepped_back(now))?;
    offers::save(session, &offer, offer.thing.clone().apply(offer::Event::StepBack, now)?)?;
    settle(session, &order, now)?;
    tell_orderers(session, &order, Kind::ExpertSteppedBack, now)?;
    tell_brokers(session, &order, Kind::ExpertSteppedBack, now)
}

/// What becomes of the order when an assignment of it is cancelled: if the expert could not come, another one is looked
/// for; if the unit cancelled the last one that was left, the order is cancelled with it.
pub(crate) fn assignment_cancelled(
    session: &mut Session<'_>,
    assignment: &Assignment,
    party: CancellationParty,
    cancelled: order::Event,
    now: Moment,
) -> Result<()> {
    if assignment.has_begun(now) {
        return Ok(());
    }
    let order = orders::find(session, assignment.order)?;
    if party == CancellationParty::Expert || order.state.is_brokering() {
        return step_back(session, assignment.offer, now);
    }
    if order.state != State::Filled || assignments::others_left(session, assignment)? {
        return Ok(());
    }
    let next = order.thing.clone().apply(cancelled, now)?;
    let order = orders::save(session, &order, next)?;
    settle(session, &order, now)?;
    tell_brokers(session, &order, Kind::OrderCancelled, now)
}
