//! What is done with an order by those who broker it, and by those who ordered.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    node::{Level, NodeId},
    notice::Kind,
    order::{Addressee, Event, Order, OrderId, State, UnfilledReason},
    person::PersonId,
    policy::{Action, Role, Subject},
    refusal::{Fault, faultless},
    time::Moment,
};
use persistence::{Session, Stored, assignments, nodes, orders, routing};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    subject,
    view::{OrderView, show},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering::{brokers_at, follow, settle, tell_approvers, tell_brokers, tell_orderers},
    call::{Call, Caller},
    problem::{Result, referred},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(take_order);
    config.service(ask_orderer);
    config.service(answer_broker);
    config.service(hand_over_order);
    config.service(cancel_order);
    config.service(give_up_order);
    config.service(close_order);
}

/// Finds, requires, applies, saves: the beginning of every action.
pub(super) fn act(
    session: &mut Session<'_>,
    caller: &Caller,
    now: Moment,
    order_id: OrderId,
    action: Action,
    event: impl FnOnce(&mut Session<'_>, &Order) -> Result<Event>,
) -> Result<(Stored<Order>, Subject)> {
    let order = orders::find(session, order_id)?;
    let subject = subject(session, &order)?;
    caller.require(action, &subject)?;
    let event = event(session, &order)?;
    let order = orders::save(session, &order, order.thing.clone().apply(event, now)?)?;
    Ok((order, subject))
}

pub(super) fn shown(
    session: &mut Session<'_>,
    caller: &Caller,
    order: &Stored<Order>,
    about: &Subject,
) -> Result<Answer> {
    Answer::ok(&show(session, caller, order.thing.clone(), about)?).version(order)
}

/// Take an order
///
/// The caller starts brokering it, or takes over from another liaison or broker.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/take")]
async fn take_order(app: Data<App>, call: Call, order_id: Path<OrderId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (order, about) = act(session, caller, now, *order_id, Action::BrokerOrder, |_, _| {
            Ok(Event::Take { by: caller.human()? })
        })?;
        shown(session, caller, &order, &about)
    })
    .await
}

/// A question about an order
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderQuestion {
    /// What the orderer is asked.
    #[schema(example = "Onko tilassa induktiosilmukka?", min_length = 1, max_length = 2000)]
    question: String,
}

/// Ask the orderer
///
/// The order waits for the answer and then goes on where it was.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/ask")]
async fn ask_orderer(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<OrderQuestion>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let question = body.question.clone();
        let (order, about) = act(session, caller, now, *order_id, Action::BrokerOrder, |_, _| {
            Ok(Event::Ask { by: caller.human()?, question })
        })?;
        tell_orderers(session, &order, Kind::OrderNeedsInformation, now)?;
        shown(session, caller, &order, &about)
    })
    .await
}

/// An answer to a question about an order
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderAnswer {
    /// The answer.
    #[schema(example = "On, ja tila on esteetön.", min_length = 1, max_length = 2000)]
    answer: String,
}

/// Answer a question about an order
///
/// The question and the answer stay with the order.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/answer")]
async fn answer_broker(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<OrderAnswer>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let text = body.answer.clone();
        let (order, about) = act(session, caller, now, *order_id, Action::EditOrder, |_, _| {
            Ok(Event::Answer { by: caller.human()?, text })
        })?;
        if let (State::Submitted, Some(from)) = (&order.state, order.approval.wanted()) {
            tell_approvers(session, &order, from, now)?;
        }
        tell_brokers(session, &order, Kind::OrderAnswered, now)?;
        shown(session, caller, &order, &about)
    })
    .await
}

/// To whom an order goes: to an organisation that brokers, or to another liaison
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderHandOver {
    /// The organisation.
    #[serde(default)]
    #[schema(nullable = false)]
    organisation_id: Option<NodeId>,
    /// The liaison.
    #[serde(default)]
    #[schema(nullable = false)]
    liaison_id: Option<PersonId>,
}

/// Hand an order over
///
/// To an organisation where somebody brokers, whose queue it goes to, or to another liaison. Exactly one of them is named.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/hand-over")]
async fn hand_over_order(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<OrderHandOver>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let to = body.0;
        let (order, about) =
            act(session, caller, now, *order_id, Action::BrokerOrder, |session, order| {
                Ok(Event::HandOver { to: addressee(session, order, to, now)? })
            })?;
        follow(session, &order)?;
        tell_brokers(session, &order, Kind::OrderHandedOver, now)?;
        shown(session, caller, &order, &about)
    })
    .await
}

fn addressee(
    session: &mut Session<'_>,
    order: &Order,
    to: OrderHandOver,
    now: Moment,
) -> Result<Addressee> {
    match (to.organisation_id, to.liaison_id) {
        (Some(organisation), None) => {
            let node = referred(nodes::find(session, organisation), "/organisation_id")?;
            let fits = node.level == Level::Organisation;
            let fault = Fault::new("/organisation_id", "not_an_organisation");
            faultless(if fits { Vec::new() } else { vec![fault] })?;
            node.works_at(now.day(), "/organisation_id")?;
            let nobody = Fault::new("/organisation_id", "nobody_brokers");
            let awaited = brokers_at(session, organisation, now)?;
            faultless(if awaited { Vec::new() } else { vec![nobody] })?;
            Ok(Addressee::Organisation(organisation))
        }
        (None, Some(liaison)) => {
            let path = nodes::path(session, order.node)?;
            let appointed = routing::holders(session, Role::Liaison, &path, now.day())?;
            let fits = appointed.iter().any(|(_, person)| *person == liaison);
            let fault = Fault::new("/liaison_id", "not_a_liaison");
            faultless(if fits { Vec::new() } else { vec![fault] })?;
            Ok(Addressee::Liaison(liaison))
        }
        _ => Err(domain::refusal::Refusal::Invalid(vec![
            Fault::new("/organisation_id", "exactly_one"),
            Fault::new("/liaison_id", "exactly_one"),
        ])
        .into()),
    }
}

/// Why an order is cancelled
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderCancellation {
    /// Why.
    #[schema(example = "Koulutuspäivä siirtyi.", min_length = 1, max_length = 1000)]
    reason: String,
}

/// Cancel an order
///
/// As long as nobody has accepted. Later, each assignment is cancelled by itself, and the search for more is given up.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/cancel")]
async fn cancel_order(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<OrderCancellation>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let reason = body.reason.clone();
        let mut submitted = false;
        let (order, about) =
            act(session, caller, now, *order_id, Action::EditOrder, |_, order| {
                submitted = order.state != State::Draft;
                Ok(Event::Cancel { by: caller.human()?, reason })
            })?;
        settle(session, &order, now)?;
        if submitted {
            tell_brokers(session, &order, Kind::OrderCancelled, now)?;
        }
        shown(session, caller, &order, &about)
    })
    .await
}

/// Why an order is left unfilled
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderGivenUp {
    /// Why.
    reason: UnfilledReason,
    /// More words about it.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "Kaikki kysytyt olivat varattuja.",
        min_length = 1,
        max_length = 1000
    )]
    note: Option<String>,
}

/// Leave an order unfilled
///
/// Not enough experts were found. Those who have accepted keep their assignments.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/give-up")]
async fn give_up_order(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<OrderGivenUp>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let OrderGivenUp { reason, note } = body.0.clone();
        let (order, about) = act(session, caller, now, *order_id, Action::BrokerOrder, |_, _| {
            Ok(Event::GiveUp { reason, note })
        })?;
        settle(session, &order, now)?;
        tell_orderers(session, &order, Kind::OrderUnfilled, now)?;
        shown(session, caller, &order, &about)
    })
    .await
}

/// Close an order
///
/// Everything that it asked for has been done. Refused while one of its tasks is still to be done.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/close")]
async fn close_order(app: Data<App>, call: Call, order_id: Path<OrderId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (order, about) =
            act(session, caller, now, *order_id, Action::BrokerOrder, |session, order| {
                Ok(Event::Close { ahead: assignments::ahead(session, order.id)? })
            })?;
        tell_orderers(session, &order, Kind::OrderClosed, now)?;
        shown(session, caller, &order, &about)
    })
    .await
}
