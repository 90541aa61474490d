//! What the offers of an order become when the order changes.

use chrono::TimeDelta;
use domain::{
    assignment::{Assignment, CancellationParty},
    notice::Kind,
    offer::{self, Offer, OfferId, WithdrawalReason, next_in_turn},
    order::{self, Order, State},
    person::PersonId,
    policy::Power,
    sourcing,
    time::Moment,
};
use persistence::{
    Session, Stored, assignments, experts, offers, open_calls, orders, sourcing_requests,
};

use super::{brokers, tell, tell_brokers, tell_expert, tell_of_offer, tell_orderers_of_task};
use crate::problem::Result;

/// Brings the offers of an order in line with it: while it is brokered, those whose turn has come are sent; once it is
/// filled or has ended, those that are still open are closed, and with them its open call and sourcing requests.
pub(crate) fn settle(session: &mut Session<'_>, order: &Order, now: Moment) -> Result<()> {
    let all = offers::of_order(session, order.id)?;
    if order.state.is_brokering() {
        return ask_next(session, order, all, now);
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
            let expert = (closed.person, Power::Offers);
            tell_expert(session, expert, None, Kind::OfferClosed, &reference, now)?;
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

/// Sends the offers whose turn has come, as long as the task has not begun: once it has, nobody's turn comes any more. Whoever
/// takes no tasks any more by then is not asked, and the next one is.
fn ask_next(
    session: &mut Session<'_>,
    order: &Order,
    mut all: Vec<Stored<Offer>>,
    now: Moment,
) -> Result<()> {
    if order.has_begun(now) {
        for offer in all.iter().filter(|offer| offer.state == offer::State::Waiting) {
            let event = offer::Event::Withdraw { reason: WithdrawalReason::TaskBegun };
            offers::save(session, offer, offer.thing.clone().apply(event, now)?)?;
        }
        return Ok(());
    }
    loop {
        let things: Vec<Offer> = all.iter().map(|offer| offer.thing.clone()).collect();
        let next = next_in_turn(&things, order.room());
        if next.is_empty() {
            return Ok(());
        }
        for offer in all.iter_mut().filter(|offer| next.contains(&offer.thing.id)) {
            *offer = ask(session, order, offer, now)?;
        }
    }
}

fn ask(
    session: &mut Session<'_>,
    order: &Order,
    offer: &Stored<Offer>,
    now: Moment,
) -> Result<Stored<Offer>> {
    if !experts::find(session, offer.expert)?.is_findable() {
        let event = offer::Event::Withdraw { reason: WithdrawalReason::NotAvailable };
        return Ok(offers::save(session, offer, offer.thing.clone().apply(event, now)?)?);
    }
    let in_time = now.plus(TimeDelta::seconds(offer.turn.seconds_to_answer));
    let expires_at = order.answered_by(in_time, now);
    let sent = offer.thing.clone().apply(offer::Event::Send { expires_at }, now)?;
    let sent = offers::save(session, offer, sent)?;
    tell_of_offer(session, &sent, Kind::OfferReceived, now)?;
    Ok(sent)
}

/// Takes back an offer that is still open. Of offers in turn, the next one is sent. Gives the order.
pub(crate) fn take_back(
    session: &mut Session<'_>,
    offer: &Stored<Offer>,
    reason: WithdrawalReason,
    now: Moment,
) -> Result<Stored<Order>> {
    let event = offer::Event::Withdraw { reason };
    let withdrawn = offer.thing.clone().as_of(now).apply(event, now)?;
    let order = orders::hold(session, offer.order)?;
    let offer = offers::save(session, offer, withdrawn)?;
    if offer.was_sent() {
        let reference = format!("/v1/offers/{}", offer.id);
        let expert = (offer.person, Power::Offers);
        tell_expert(session, expert, None, Kind::OfferClosed, &reference, now)?;
    }
    if offer.turn.mode == offer::Mode::InTurn {
        settle(session, &order, now)?;
    }
    Ok(order)
}

/// Takes back an acceptance: the expert steps back before the task, and the order returns to brokering by itself, unless
/// it has come to its end.
pub(crate) fn step_back(session: &mut Session<'_>, offer: OfferId, now: Moment) -> Result<()> {
    let expert = offers::find(session, offer)?.person;
    let order = look_again(session, offer, offer::Event::StepBack, now)?;
    tell_orderers_of_task(session, &order, expert, Kind::ExpertSteppedBack, now)?;
    tell_brokers(session, &order, Kind::ExpertSteppedBack, now)
}

/// Ends an accepted offer by `event`: the order looks for somebody else, unless it has come to its end. Gives the order.
fn look_again(
    session: &mut Session<'_>,
    offer: OfferId,
    event: offer::Event,
    now: Moment,
) -> Result<Stored<Order>> {
    let offer = offers::find(session, offer)?;
    let order = orders::find(session, offer.order)?;
    let order = orders::save(session, &order, order.thing.clone().stepped_back(now))?;
    offers::save(session, &offer, offer.thing.clone().apply(event, now)?)?;
    settle(session, &order, now)?;
    Ok(order)
}

/// What becomes of the order when an assignment of it is cancelled before its agreed beginning: if the expert could not come,
/// or more experts are looked for anyway, another one is looked for; if the unit cancelled the last one that was left, the
/// order is cancelled with it, and if others are left, it wants one expert less. Whoever brokers is told, unless it was they who
/// cancelled it.
pub(crate) fn assignment_cancelled(
    session: &mut Session<'_>,
    assignment: &Assignment,
    party: CancellationParty,
    by: PersonId,
    reason: String,
    now: Moment,
) -> Result<()> {
    if party == CancellationParty::Expert {
        return step_back(session, assignment.offer, now);
    }
    let mut order = orders::find(session, assignment.order)?;
    if order.state.is_brokering() {
        order = look_again(session, assignment.offer, offer::Event::CancelTask, now)?;
    } else if order.state == State::Filled {
        if !assignments::others_left(session, assignment)? {
            let next = order.thing.clone().apply(order::Event::Abandon { by, reason }, now)?;
            let order = orders::save(session, &order, next)?;
            settle(session, &order, now)?;
            return tell_brokers(session, &order, Kind::OrderCancelled, now);
        }
        order = orders::save(session, &order, order.thing.clone().with_one_less())?;
        let offer = offers::find(session, assignment.offer)?;
        offers::save(session, &offer, offer.thing.clone().apply(offer::Event::CancelTask, now)?)?;
    }
    // Of those who could take an order, not all may read its tasks.
    let reference = format!("/v1/orders/{}", order.id);
    for broker in brokers(session, &order, now)?.into_iter().filter(|broker| *broker != by) {
        tell(session, broker, Kind::AssignmentCancelled, &reference, now)?;
    }
    Ok(())
}
