//! `/v1/offers/{offer_id}/messages`: an expert asks about an offer before they answer it, and whoever brokers replies.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    message::{OfferMessage, OfferMessageId, Party},
    notice::Kind,
    offer::{Offer, OfferId, State, WORKFLOW},
    policy::{Action, Power},
    record,
    refusal::Refusal,
    time::Moment,
};
use persistence::{Session, Stored, offer_messages, offers, orders};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::subject;
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::{brokers, tell, tell_expert},
    call::{Call, Caller},
    problem::{Problem, Result},
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_offer_messages).service(send_offer_message);
}

page!(OfferMessagePage of OfferMessageView);

/// A message about an offer, without the name of the expert, whom the broker knows by their card
#[derive(Serialize, ToSchema)]
struct OfferMessageView {
    /// Its identifier.
    id: OfferMessageId,
    /// For which party it was written.
    party: Party,
    /// What it says.
    #[schema(max_length = 4000)]
    text: String,
    /// When it was written.
    at: Moment,
}

/// A new message about an offer
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOfferMessage {
    /// What it says.
    #[schema(example = "Onko paikalle helppo päästä bussilla?", min_length = 1, max_length = 4000)]
    text: String,
}

/// Finds the offer and as whom the caller talks about it.
fn seat(
    session: &mut Session<'_>,
    caller: &Caller,
    offer: OfferId,
) -> Result<(Stored<Offer>, Party)> {
    let offer = offers::find(session, offer)?;
    let about = subject(session, &offer)?;
    caller.require(Action::ReadOffer, &about)?;
    let party = if caller.may(Action::AnswerOffer, &about) { Party::Expert } else { Party::Broker };
    Ok((offer, party))
}

/// List messages about an offer
///
/// Between the expert who is asked and whoever brokers. The orderer sees none of them.
#[utoipa::path(tag = "offers", responses((status = OK, body = OfferMessagePage)))]
#[get("/v1/offers/{offer_id}/messages")]
async fn list_offer_messages(
    app: Data<App>,
    call: Call,
    offer_id: Path<OfferId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let (offer, _) = seat(session, caller, *offer_id)?;
        let found = offer_messages::of_offer(session, offer.thing.id, query.page)?;
        Answer::page(&query, found, |message| Ok(view(message.thing)))
    })
    .await
}

/// Ask about an offer
///
/// Or reply: while the expert has not answered yet. The expert is still a card without a name; once they have accepted, the
/// parties talk on the order. There is room for 900 messages.
#[utoipa::path(tag = "offers", responses((status = CREATED, body = OfferMessageView)))]
#[post("/v1/offers/{offer_id}/messages")]
async fn send_offer_message(
    app: Data<App>,
    call: Call,
    offer_id: Path<OfferId>,
    body: Json<NewOfferMessage>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (offer, party) = seat(session, caller, *offer_id)?;
        let state = offer.thing.clone().as_of(now).state;
        if !matches!(state, State::Sent { .. }) {
            let (machine, state) = (WORKFLOW.name, state.name());
            return Err(Problem::from(Refusal::OutOfTurn { machine, state, action: "ask" }));
        }
        record::once_more(offer_messages::count(session, offer.thing.id)?)?;
        let message = OfferMessage {
            id: caller.new_id(),
            offer: offer.thing.id,
            author: caller.human()?,
            party,
            text: body.text.clone(),
            at: now,
        };
        let message = offer_messages::add(session, message)?;
        let location = format!("/v1/offers/{}/messages", offer.id);
        let kind = Kind::MessageReceived;
        match party {
            Party::Expert => {
                let order = orders::find(session, offer.order)?;
                for person in brokers(session, &order, now)? {
                    tell(session, person, kind, &location, now)?;
                }
            }
            Party::Broker | Party::Orderer => {
                let expert = (offer.person, Power::Offers);
                tell_expert(session, expert, caller.person(), kind, &location, now)?;
            }
        }
        Answer::created(&location, &view(message.thing.clone())).version(&message)
    })
    .await
}

fn view(message: OfferMessage) -> OfferMessageView {
    let OfferMessage { id, party, text, at, .. } = message;
    OfferMessageView { id, party, text, at }
}
