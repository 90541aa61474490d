//! `/v1/open-calls`: a task is published to the experts, who say whether it interests them (S3-14).

mod interests;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    node::{Level, NodeId},
    offer::{self, OfferDescription},
    open_call::{OpenCall, OpenCallId, State, WORKFLOW},
    order::OrderId,
    policy::{Action, Power, Subject},
    refusal::{Fault, faultless},
    time::Moment,
};
use persistence::{Error, Session, experts, nodes, open_calls, orders};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{offers::can_be_brokered, orders::subject as order_subject};
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::describe,
    call::{Call, Caller},
    problem::{Problem, Result},
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(publish_open_call);
    config.service(list_open_calls);
    config.service(get_open_call);
    config.service(close_open_call);
    interests::configure(config);
}

page!(OpenCallPage of OpenCallView);

/// A published task
#[derive(Serialize, ToSchema)]
struct OpenCallView {
    /// Its identifier.
    id: OpenCallId,
    /// The order that it belongs to, for those who broker it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    order_id: Option<OrderId>,
    /// The task.
    description: OfferDescription,
    /// When it was published.
    published_at: Moment,
    /// Until when interest can be expressed.
    deadline: Moment,
    /// Where it stands.
    state: State,
    /// What can be done with it.
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// A new open call
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOpenCall {
    /// Until when interest can be expressed. If the task begins before that: until then.
    deadline: Moment,
}

/// What decisions of those who broker depend on.
fn subject(session: &mut Session<'_>, call: &OpenCall) -> Result<Subject> {
    let node = Some(nodes::path(session, call.node)?);
    let handler = call.handler.map(|handler| nodes::path(session, handler)).transpose()?;
    Ok(Subject { node, handler, ..Subject::default() })
}

/// On what it depends who may know of the call.
fn shown_to(session: &mut Session<'_>, call: &OpenCall) -> Result<Subject> {
    let audience = nodes::path(session, call.audience.unwrap_or(call.node))?;
    Ok(Subject { node: Some(audience), ..subject(session, call)? })
}

/// The caller, knowing what experts are shown: those of the areas that they have chosen, or that somebody has whom they
/// act for.
fn reader(session: &mut Session<'_>, caller: &Caller) -> Result<Caller> {
    let people = caller.person().into_iter().chain(caller.delegators(Power::Offers));
    let mut codes = Vec::new();
    for person in people.collect::<Vec<_>>() {
        match experts::find_by_person(session, person) {
            Ok(expert) if expert.left_at.is_none() => {
                codes.extend(expert.profile.areas.iter().cloned());
            }
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(caller.as_expert_of(nodes::areas(session, &codes)?))
}

/// Answers 404 unless the caller may know of the call.
fn known_to(session: &mut Session<'_>, caller: &Caller, call: &OpenCall) -> Result<()> {
    let about = shown_to(session, call)?;
    reader(session, caller)?.require(Action::ReadOpenCall, &about)
}

/// Whom the call of an order of this node is for: its area, or the nation if it is in none.
fn audience(session: &mut Session<'_>, node: NodeId) -> Result<NodeId> {
    let path = nodes::path(session, node)?;
    let in_area = match path.area() {
        Some(area) => nodes::find(session, area)?.level == Level::Area,
        None => false,
    };
    Ok(if in_area { node } else { path.ids().next().unwrap_or(node) })
}

/// Publish an open call
///
/// The task is shown to the experts who have chosen the area, and to those who act for them, until the deadline or until
/// the order is filled, and no longer than until the task begins; what a national organisation orders is shown to all experts. An
/// order has one open call at a time.
#[utoipa::path(tag = "offers", responses((status = CREATED, body = OpenCallView)))]
#[post("/v1/orders/{order_id}/open-call")]
async fn publish_open_call(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<NewOpenCall>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let order = orders::find(session, *order_id)?;
        caller.require(Action::BrokerOrder, &order_subject(session, &order)?)?;
        can_be_brokered(&order, "publish")?;
        let wrong = offer::wrong_end(body.deadline, now);
        faultless(wrong.map(|code| Fault::new("/deadline", code)).into_iter().collect())?;
        orders::hold(session, order.thing.id)?.as_read(&order)?;
        let open = OpenCall {
            id: caller.new_id(),
            order: order.thing.id,
            node: order.node,
            audience: Some(audience(session, order.node)?),
            handler: order.handler,
            published_by: caller.human()?,
            published_at: now,
            deadline: order.answered_by(body.deadline, now),
            description: describe(session, &order, now)?.description,
            state: State::Open,
        };
        let open = open_calls::add(session, open)?;
        let view = show(session, caller, open.thing.clone())?;
        Answer::created(&format!("/v1/open-calls/{}", open.id), &view).version(&open)
    })
    .await
}

/// List open calls
///
/// Those that interest can be expressed in now: for an expert those of the areas that they have chosen, for whoever orders or
/// brokers those of their own orders, and for all of them those of national organisations.
#[utoipa::path(tag = "offers", responses((status = OK, body = OpenCallPage)))]
#[get("/v1/open-calls")]
async fn list_open_calls(app: Data<App>, call: Call, query: Query<NoFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = reader(session, caller)?.scope(Action::ReadOpenCall);
        let found = open_calls::open(session, &scope, caller.now, query.page)?;
        Answer::page(&query, found, |open| show(session, caller, open.thing))
    })
    .await
}

/// Get an open call
///
/// Also after it has been closed.
#[utoipa::path(tag = "offers", responses((status = OK, body = OpenCallView)))]
#[get("/v1/open-calls/{open_call_id}")]
async fn get_open_call(
    app: Data<App>,
    call: Call,
    open_call_id: Path<OpenCallId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let open = open_calls::find(session, *open_call_id)?;
        known_to(session, caller, &open)?;
        Answer::ok(&show(session, caller, open.thing.clone())?).version(&open)
    })
    .await
}

/// Close an open call
///
/// Before its deadline.
#[utoipa::path(tag = "offers", responses((status = OK, body = OpenCallView)))]
#[post("/v1/open-calls/{open_call_id}/close")]
async fn close_open_call(
    app: Data<App>,
    call: Call,
    open_call_id: Path<OpenCallId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let open = open_calls::find(session, *open_call_id)?;
        known_to(session, caller, &open)?;
        let about = subject(session, &open)?;
        if !caller.may(Action::CloseOpenCall, &about) {
            return Err(Problem::Forbidden);
        }
        caller.require(Action::CloseOpenCall, &about)?;
        let open = open_calls::save(session, &open, open.thing.clone().close(now)?)?;
        Answer::ok(&show(session, caller, open.thing.clone())?).version(&open)
    })
    .await
}

fn show(session: &mut Session<'_>, caller: &Caller, call: OpenCall) -> Result<OpenCallView> {
    let subject = subject(session, &call)?;
    let brokers = caller.may(Action::CloseOpenCall, &subject);
    Ok(OpenCallView {
        id: call.id,
        order_id: brokers.then_some(call.order),
        description: call.description,
        published_at: call.published_at,
        deadline: call.deadline,
        actions: caller.actions(&WORKFLOW, call.state.name(), &subject),
        state: call.state,
    })
}
