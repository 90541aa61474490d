//! `/v1/orders/{order_id}/messages`: the three parties fit the need and the task together (S2-19).

use std::collections::BTreeSet;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    message::{Message, MessageId, Party},
    notice::Kind,
    offer::{Offer, OfferId, State},
    order::{Order, OrderId},
    person::PersonId,
    policy::{Action, Subject},
    record,
    refusal::{Fault, faultless},
    time::Moment,
};
use persistence::{Session, Stored, messages, offers, orders, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::subject;
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::{brokers, orderers, orderers_of_task, tell},
    call::{Call, Caller},
    problem::Result,
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_messages);
    config.service(send_message);
}

page!(MessagePage of MessageView);

/// A message on an order
#[derive(Serialize, ToSchema)]
struct MessageView {
    /// Its identifier.
    id: MessageId,
    /// The offer whose expert takes part in the conversation; without it, it is between the orderer and the broker.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    offer_id: Option<OfferId>,
    /// Who wrote it.
    author_id: PersonId,
    /// The author's name.
    #[schema(max_length = 200)]
    author: String,
    /// For which party.
    party: Party,
    /// What it says.
    #[schema(max_length = 4000)]
    text: String,
    /// When it was written.
    at: Moment,
}

/// A new message
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMessage {
    /// What it says.
    #[schema(
        example = "Sopisiko alkamisajaksi kello kymmenen?",
        min_length = 1,
        max_length = 4000
    )]
    text: String,
    /// The accepted offer whose expert takes part. Experts always name their own.
    #[serde(default)]
    #[schema(nullable = false)]
    offer_id: Option<OfferId>,
}

/// As whom the caller takes part, and in which conversations.
struct Seat {
    /// The party beside their own conversations, in which an expert is that and nothing else.
    party: Party,
    /// The accepted offers whose conversations the caller takes part in.
    offers: Vec<Stored<Offer>>,
    /// Those of them that are the caller's own.
    own: Vec<OfferId>,
}

/// Finds the caller's seat at the order, if they have one.
fn seat(session: &mut Session<'_>, caller: &Caller, order: &Order) -> Result<Seat> {
    let accepted: Vec<Stored<Offer>> = offers::of_order(session, order.id)?
        .into_iter()
        .filter(|offer| matches!(offer.state, State::Accepted { .. }))
        .collect();
    let about = subject(session, order)?;
    let theirs =
        |offer: &Stored<Offer>| caller.may(Action::ConverseAsExpert, &Subject::of(offer.person));
    let own: Vec<OfferId> =
        accepted.iter().filter(|offer| theirs(offer)).map(|offer| offer.thing.id).collect();
    if !caller.may(Action::Converse, &about) && !own.is_empty() {
        let offers = accepted.into_iter().filter(theirs).collect();
        return Ok(Seat { party: Party::Expert, offers, own });
    }
    caller.require(Action::Converse, &about)?;
    let brokers = caller.may(Action::BrokerOrder, &about);
    let party = if brokers { Party::Broker } else { Party::Orderer };
    Ok(Seat { party, offers: accepted, own })
}

/// List messages on an order
///
/// Those who order and those who broker see all of them, an expert who has accepted the conversation about themself.
#[utoipa::path(tag = "orders", responses((status = OK, body = MessagePage)))]
#[get("/v1/orders/{order_id}/messages")]
async fn list_messages(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let order = orders::find(session, *order_id)?;
        let seat = seat(session, caller, &order)?;
        let part = match seat.party {
            Party::Expert => messages::Part::Offers(seat.own),
            Party::Orderer | Party::Broker => messages::Part::All,
        };
        let found = messages::of_order(session, *order_id, &part, query.page)?;
        Answer::page(&query, found, |message| show(session, message.thing))
    })
    .await
}

/// Send a message on an order
///
/// To the other parties: the orderer, whoever brokers, and the expert whose offer it names. Whoever has accepted writes as the
/// expert, about their own task, also if they order for the unit.
/// They are told of it, unless they have been told within a day of others here that they have not read. There is room for 900
/// messages on an order.
#[utoipa::path(tag = "orders", responses((status = CREATED, body = MessageView)))]
#[post("/v1/orders/{order_id}/messages")]
async fn send_message(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<NewMessage>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let order = orders::hold(session, *order_id)?;
        let seat = seat(session, caller, &order)?;
        let about = body.offer_id.or_else(|| seat.own.first().copied());
        let offer = seat.offers.iter().find(|offer| Some(offer.thing.id) == about);
        let own = offer.is_some_and(|offer| seat.own.contains(&offer.thing.id));
        let stray = body.offer_id.is_some() && offer.is_none();
        faultless(if stray { vec![Fault::new("/offer_id", "unknown_reference")] } else { vec![] })?;
        record::once_more(messages::count(session, order.thing.id)?)?;
        let message = Message {
            id: caller.new_id(),
            order: order.thing.id,
            node: order.node,
            offer: offer.map(|offer| offer.thing.id),
            author: caller.human()?,
            party: if own { Party::Expert } else { seat.party },
            text: body.text.clone(),
            at: now,
        };
        let message = messages::add(session, message)?;
        pass_on(session, &order, offer.map(|offer| offer.person), &message, now)?;
        let view = show(session, message.thing.clone())?;
        let location = format!("/v1/orders/{}/messages", order.id);
        Answer::created(&location, &view).version(&message)
    })
    .await
}

/// Tells the other parties.
fn pass_on(
    session: &mut Session<'_>,
    order: &Order,
    expert: Option<PersonId>,
    message: &Message,
    now: Moment,
) -> Result<()> {
    let reference = format!("/v1/orders/{}/messages", order.id);
    let mut others = Vec::new();
    if message.party != Party::Orderer {
        others.extend(match expert {
            Some(expert) => orderers_of_task(session, order, expert, now)?,
            None => orderers(session, order, now)?,
        });
    }
    others.extend(expert.filter(|_| message.party != Party::Expert));
    if message.party != Party::Broker {
        others.extend(brokers(session, order, now)?);
    }
    // Whoever wrote an order down may stand for the unit and broker it, too.
    let others: BTreeSet<PersonId> = others.into_iter().collect();
    for person in others.into_iter().filter(|to| *to != message.author) {
        tell(session, person, Kind::MessageReceived, &reference, now)?;
    }
    Ok(())
}

fn show(session: &mut Session<'_>, message: Message) -> Result<MessageView> {
    Ok(MessageView {
        id: message.id,
        offer_id: message.offer,
        author_id: message.author,
        author: people::find(session, message.author)?.thing.facts.name,
        party: message.party,
        text: message.text,
        at: message.at,
    })
}
