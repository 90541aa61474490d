//! `POST /v1/orders/{order_id}/offers`.

use actix_web::{
    post,
    web::{Data, Path},
};
use chrono::TimeDelta;
use domain::{
    expert::{CardId, Expert},
    notice::Kind,
    offer::{self, Mode, Offer, State, Turn, Version},
    open_call::InterestEvent,
    order::{Order, OrderId, WORKFLOW},
    person::{Channel, PersonId},
    policy::Action,
    refusal::{Fault, Refusal, Rule, faultless},
    time::Moment,
};
use persistence::{
    Error, Session, Stored, experts, interests, node_settings, nodes, offers, orders, people,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    subject,
    view::{OfferView, show},
};
use crate::{
    App,
    answer::Answer,
    body::Json,
    brokering::{describe, settle, tell_of_offer},
    call::{Call, Caller},
    problem::{Problem, Result},
    routes::ServiceConfig,
    routes::orders as order_routes,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(send_offers);
}

/// Whom to ask, and how
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOffers {
    /// The cards of the experts. Those who are asked in turn are asked in this order.
    #[schema(min_items = 1, max_items = 50)]
    card_ids: Vec<CardId>,
    /// Whether they are asked at once or one after the other.
    #[serde(default)]
    mode: Mode,
    /// When the time to answer runs out: when the task begins, if that is sooner. Those who are asked later have as long as the
    /// first one. It can be left out where the unit or its area has set how long experts have.
    #[serde(default)]
    #[schema(nullable = false)]
    expires_at: Option<Moment>,
    /// How they are reached; the way that each of them prefers if nothing is said.
    #[serde(default)]
    #[schema(nullable = false)]
    channel: Option<Channel>,
    /// A message to them.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "Tehtävä sopisi sinulle hyvin.",
        min_length = 1,
        max_length = 2000
    )]
    message: Option<String>,
}

/// The offers that were made
#[derive(Serialize, ToSchema)]
struct OffersMade {
    /// In the order of the cards.
    #[schema(max_items = 50)]
    items: Vec<OfferView>,
}

/// Send offers
///
/// To one or several experts, at once or in turn, each with a snapshot of the task. At once: whoever accepts first takes
/// the task. In turn: as many are asked at a time as are still needed, and the next one when one has not accepted.
#[utoipa::path(tag = "offers", responses((status = CREATED, body = OffersMade)))]
#[post("/v1/orders/{order_id}/offers")]
async fn send_offers(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<NewOffers>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let order = orders::find(session, *order_id)?;
        caller.require(Action::BrokerOrder, &order_routes::subject(session, &order)?)?;
        let made = make(session, caller, &order, &body, now)?;
        let mut items = Vec::new();
        for offer in made {
            let offer = offers::find(session, offer)?;
            let subject = subject(session, &offer)?;
            items.push(show(session, caller, offer.thing, &subject)?);
        }
        let location = format!("/v1/offers?order_id={}", order.id);
        Answer::created(&location, &OffersMade { items })
    })
    .await
}

fn make(
    session: &mut Session<'_>,
    caller: &Caller,
    order: &Stored<Order>,
    new: &NewOffers,
    now: Moment,
) -> Result<Vec<domain::offer::OfferId>> {
    can_be_brokered(order, "offer")?;
    // Nobody's turn comes once it has begun.
    if new.mode == Mode::InTurn && order.has_begun(now) {
        return Err(Rule::TaskBegun.into());
    }
    let expires_at = expiry(session, order, new, now)?;
    orders::hold(session, order.thing.id)?.as_read(order)?;
    let experts = experts_of(session, order, &new.card_ids)?;
    let version = describe(session, order, now)?;
    let mut made = Vec::new();
    for (position, expert) in (0..).zip(&experts) {
        let turn = Turn {
            mode: new.mode,
            position,
            seconds_to_answer: expires_at.since(now).num_seconds(),
        };
        let channel = match new.channel {
            Some(channel) => channel,
            None => people::find(session, expert.person)?.facts.channel,
        };
        let draft = Draft { channel, message: new.message.clone(), turn, version: version.clone() };
        let expires_at = order.answered_by(expires_at, now);
        made.push(draft.offer(session, caller, order, expert, expires_at)?);
        for interest in interests::expressed(session, order.thing.id, expert.thing.id)? {
            let selected = interest.thing.clone().apply(InterestEvent::Select)?;
            interests::save(session, &interest, selected)?;
        }
    }
    settle(session, order, now)?;
    Ok(made)
}

/// When the time to answer runs out: as whoever asks says, or else as the unit or its area has set it.
fn expiry(
    session: &mut Session<'_>,
    order: &Order,
    new: &NewOffers,
    now: Moment,
) -> Result<Moment> {
    let path = nodes::path(session, order.node)?;
    let set = node_settings::in_force(session, &path)?.offer_hours;
    let set = set.map(|hours| now.plus(TimeDelta::hours(hours.into())));
    let fault = |code| Problem::Invalid(vec![Fault::new("/expires_at", code)]);
    let expires_at = new.expires_at.or(set).ok_or_else(|| fault("required"))?;
    offer::wrong_end(expires_at, now).map_or(Ok(expires_at), |code| Err(fault(code)))
}

/// Experts can be asked while the order is being brokered.
///
/// # Errors
///
/// [`Refusal::OutOfTurn`] otherwise.
pub(crate) fn can_be_brokered(order: &Order, action: &'static str) -> Result<()> {
    if order.state.is_brokering() {
        return Ok(());
    }
    Err(Refusal::OutOfTurn { machine: WORKFLOW.name, state: order.state.name(), action }.into())
}

/// The experts behind the cards: each is in the bank now, and none has been asked already.
fn experts_of(
    session: &mut Session<'_>,
    order: &Order,
    cards: &[CardId],
) -> Result<Vec<Stored<Expert>>> {
    let asked = offers::of_order(session, order.id)?;
    let busy = |expert: &Expert| {
        asked.iter().any(|offer| {
            offer.expert == expert.id
                && (offer.state.is_open() || matches!(offer.state, State::Accepted { .. }))
        })
    };
    let (mut found, mut faults, mut twice) = (Vec::<Stored<Expert>>::new(), vec![], vec![]);
    for (at, card) in cards.iter().enumerate() {
        let pointer = format!("/card_ids/{at}");
        match experts::find_by_card(session, *card).and_then(shown) {
            Ok(expert) if found.iter().any(|other| other.thing.id == expert.thing.id) => {
                faults.push(Fault::new(pointer, "repeated"));
            }
            Ok(expert) if busy(&expert) => twice.push(Fault::new(pointer, "already_asked")),
            Ok(expert) => found.push(expert),
            // A card that is hidden is as one that never was: not even that it is there is told.
            Err(Error::NotFound) => faults.push(Fault::new(pointer, "not_available")),
            Err(error) => return Err(error.into()),
        }
    }
    faultless(faults)?;
    if twice.is_empty() {
        Ok(found)
    } else {
        Err(Refusal::RuleAt(Rule::AlreadyAsked, twice).into())
    }
}

/// The expert, unless the bank shows nothing of them now.
fn shown(expert: Stored<Expert>) -> persistence::Result<Stored<Expert>> {
    if expert.is_findable() { Ok(expert) } else { Err(Error::NotFound) }
}

/// What an offer is made from.
struct Draft {
    channel: Channel,
    message: Option<String>,
    turn: Turn,
    version: Version,
}

impl Draft {
    fn offer(
        self,
        session: &mut Session<'_>,
        caller: &Caller,
        order: &Order,
        expert: &Expert,
        expires_at: Moment,
    ) -> Result<domain::offer::OfferId> {
        let now = caller.now;
        let at_once = self.turn.mode == Mode::Parallel;
        let sent_by: PersonId = caller.human()?;
        let offer = Offer {
            id: caller.new_id(),
            order: order.id,
            node: order.node,
            handler: order.handler,
            expert: expert.id,
            person: expert.person,
            card: expert.card,
            sent_by,
            channel: self.channel,
            message: self.message,
            versions: vec![self.version],
            turn: self.turn,
            expires_at: at_once.then_some(expires_at),
            created_at: now,
            answered: None,
            reminded: None,
            state: if at_once { State::Sent { at: now } } else { State::Waiting },
        };
        let offer = offers::add(session, offer)?;
        if at_once {
            tell_of_offer(session, &offer, Kind::OfferReceived, now)?;
        }
        Ok(offer.thing.id)
    }
}
