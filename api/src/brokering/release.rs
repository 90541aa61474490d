//! Experts who have left the bank, for now or for good: what they were asked waits for them no longer.

use domain::{
    notice::Kind, offer::WithdrawalReason, open_call::InterestEvent, person::PersonId, time::Moment,
};
use persistence::{Session, interests, offers};

use super::{expire::run_out, take_back, tell_brokers};
use crate::problem::Result;

/// Ends what an expert is asked and what they said interests them: they are gone from the bank already. What they have
/// accepted stays.
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
    Ok(())
}
