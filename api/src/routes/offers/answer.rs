//! The expert's answer. **Invariant:** an order for n experts gets exactly n acceptances (`process.md`, invariant 1).

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    disclosure::DisclosedField,
    notice::Kind,
    offer::{Event, Mode, Offer, OfferId},
    order::{self, State},
    policy::Action,
    refusal::faultless,
    time::Moment,
};
use persistence::{Session, Stored, offers, orders};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    subject,
    view::{OfferView, show},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering::{settle, tell_brokers, tell_orderers_of_task},
    call::Call,
    problem::Result,
    routes::ServiceConfig,
    routes::assignments::prepare::prepare,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(accept_offer);
    config.service(decline_offer);
}

/// The acceptance of an offer
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfferAcceptance {
    /// The digest of the description that was shown.
    #[schema(
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        min_length = 64,
        max_length = 64,
        pattern = "^[0-9a-f]{64}$"
    )]
    pub(super) description_digest: String,
    /// What the orderer is told of the expert: the name, since the agreement is made under it, and what else the expert
    /// chooses. Without it: the name, the telephone number, the e-mail address and the adjustments to arrange.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 6)]
    pub(super) disclose: Option<Vec<DisclosedField>>,
}

/// Accept an offer
///
/// The expert takes on the task, names the description that was shown, and says which details go to the orderer. If as
/// many experts as needed have accepted before, or the description has changed, the answer says so and nothing happens.
#[utoipa::path(tag = "offers", responses((status = OK, body = OfferView)))]
#[post("/v1/offers/{offer_id}/accept")]
async fn accept_offer(
    app: Data<App>,
    call: Call,
    offer_id: Path<OfferId>,
    body: Json<OfferAcceptance>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let offer = offers::find(session, *offer_id)?;
        let subject = subject(session, &offer)?;
        caller.require(Action::AnswerOffer, &subject)?;
        let by = caller.human()?;
        let event = Event::Accept { by, digest: body.description_digest.clone() };
        let next = offer.thing.clone().as_of(now).apply(event, now)?;
        let agreed = body.disclose.as_deref().unwrap_or(DisclosedField::USUAL);
        let offer = accepted(session, now, &offer, next, agreed)?;
        Answer::ok(&show(session, caller, offer.thing.clone(), &subject)?).version(&offer)
    })
    .await
}

/// Decline an offer
///
/// Without a reason. The orderer is not told, and it counts against nobody.
#[utoipa::path(tag = "offers", responses((status = OK, body = OfferView)))]
#[post("/v1/offers/{offer_id}/decline")]
async fn decline_offer(app: Data<App>, call: Call, offer_id: Path<OfferId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let offer = offers::find(session, *offer_id)?;
        let subject = subject(session, &offer)?;
        caller.require(Action::AnswerOffer, &subject)?;
        let next = offer.thing.clone().as_of(now).apply(Event::Decline, now)?;
        let offer = declined(session, now, &offer, next)?;
        Answer::ok(&show(session, caller, offer.thing.clone(), &subject)?).version(&offer)
    })
    .await
}

/// Saves that an offer was accepted, with all that follows: the order counts one more, those who are not needed any more
/// are told, the assignment is prepared, and the unit is told of the expert what they `agreed` to.
pub(super) fn accepted(
    session: &mut Session<'_>,
    now: Moment,
    offer: &Stored<Offer>,
    next: Offer,
    agreed: &[DisclosedField],
) -> Result<Stored<Offer>> {
    faultless(DisclosedField::faults(agreed))?;
    // The order first: its version is the lock that makes the number of acceptances exact.
    let order = orders::find(session, offer.order)?;
    let filled = order.thing.clone().apply(order::Event::Accept, now)?;
    let order = orders::save(session, &order, filled)?;
    let offer = offers::save(session, offer, next)?;
    settle(session, &order, now)?;
    prepare(session, now, &order, &offer, agreed)?;
    let kind = match order.state {
        State::Filled => Kind::OrderFilled,
        _ => Kind::OfferAccepted,
    };
    tell_orderers_of_task(session, &order, offer.person, kind, now)?;
    tell_brokers(session, &order, kind, now)?;
    Ok(offer)
}

/// Saves that an offer was declined, and asks the next one in turn.
pub(super) fn declined(
    session: &mut Session<'_>,
    now: Moment,
    offer: &Stored<Offer>,
    next: Offer,
) -> Result<Stored<Offer>> {
    let order = orders::hold(session, offer.order)?;
    let offer = offers::save(session, offer, next)?;
    if offer.turn.mode == Mode::InTurn {
        settle(session, &order, now)?;
    }
    tell_brokers(session, &order, Kind::OfferAnswered, now)?;
    Ok(offer)
}
