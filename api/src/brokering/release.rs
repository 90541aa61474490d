//! Experts who have left the bank, for now or for good: what they were asked waits for them no longer.

use std::collections::BTreeSet;

use domain::{
    notice::Kind, offer::WithdrawalReason, open_call::InterestEvent, person::PersonId,
    supervision::State, time::Moment,
};
use persistence::{Session, interests, offers, open_calls, orders, supervision_sessions};

use super::{expire::run_out, take_back, tell_brokers, tell_supporters};
use crate::problem::Result;

/// Ends what an expert is asked, what they said interests them, and their part in supervision that is ahead: they are gone
/// from the bank already. What they have accepted stays. Whoever brokers learns of it where the expert had been asked: who
/// waits in a row may never be.
///
/// Several may leave at once, who are asked of the same orders in different order: all hold them in the order of their making.
pub(crate) fn release(session: &mut Session<'_>, person: PersonId, now: Moment) -> Result<()> {
    let mut concerned = BTreeSet::new();
    for interest in interests::expressed_by(session, person)? {
        concerned.insert(open_calls::find(session, interest.call)?.order);
    }
    concerned.extend(offers::open_to(session, person)?.iter().map(|offer| offer.order));
    for order in concerned {
        orders::hold(session, order)?;
    }
    for interest in interests::expressed_by(session, person)? {
        let withdrawn = interest.thing.clone().apply(InterestEvent::Withdraw)?;
        interests::save(session, &interest, withdrawn)?;
    }
    for offer in offers::open_to(session, person)? {
        if offer.overdue(now) {
            let order = run_out(session, &offer, now)?;
            tell_brokers(session, &order, Kind::OfferExpired, now)?;
            continue;
        }
        let order = take_back(session, &offer, WithdrawalReason::NotAvailable, now)?;
        if offer.was_sent() {
            tell_brokers(session, &order, Kind::ExpertNotAvailable, now)?;
        }
    }
    for supervision in supervision_sessions::to_come(session, person)? {
        let Some(without) = supervision.released(person, now) else { continue };
        let had_seat = supervision.participants.contains(&person);
        let supervision = supervision_sessions::save(session, &supervision, without)?;
        let kind = match supervision.state {
            State::Cancelled { .. } => Kind::SupervisionCancelled,
            _ if had_seat => Kind::SupervisionSeatFree,
            _ => continue,
        };
        tell_supporters(session, &supervision, person, kind, now)?;
    }
    Ok(())
}
