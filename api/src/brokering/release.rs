//! Experts who have left the bank, for now or for good: what they were asked waits for them no longer.

use domain::{
    notice::Kind, offer::WithdrawalReason, open_call::InterestEvent, person::PersonId,
    supervision::State, time::Moment,
};
use persistence::{Session, interests, offers, supervision_sessions};

use super::{expire::run_out, take_back, tell_brokers, tell_supporters};
use crate::problem::Result;

/// Ends what an expert is asked, what they said interests them, and their part in supervision that is ahead: they are gone
/// from the bank already. What they have accepted stays.
pub(crate) fn release(session: &mut Session<'_>, person: PersonId, now: Moment) -> Result<()> {
    for interest in interests::expressed_by(session, person)? {
        let withdrawn = interest.thing.clone().apply(InterestEvent::Withdraw)?;
        interests::save(session, &interest, withdrawn)?;
    }
    for offer in offers::open_to(session, person)? {
        let (order, kind) = if offer.overdue(now) {
            (run_out(session, &offer, now)?, Kind::OfferExpired)
        } else {
            let reason = WithdrawalReason::NotAvailable;
            (take_back(session, &offer, reason, now)?, Kind::OfferAnswered)
        };
        tell_brokers(session, &order, kind, now)?;
    }
    for supervision in supervision_sessions::to_come(session, person)? {
        let Some(without) = supervision.released(person, now) else { continue };
        let supervision = supervision_sessions::save(session, &supervision, without)?;
        if matches!(supervision.state, State::Cancelled { .. }) {
            tell_supporters(session, &supervision, Kind::SupervisionCancelled, now)?;
        }
    }
    Ok(())
}
