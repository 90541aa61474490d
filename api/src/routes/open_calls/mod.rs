//! `/v1/open-calls`: a task is published to the experts, who say whether it interests them (S3-14).

mod interests;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    offer::OfferDescription,
    open_call::{OpenCall, OpenCallId, State, WORKFLOW},
    order::OrderId,
    policy::{Action, Subject},
    refusal::{Fault, faultless},
    time::Moment,
};
use persistence::{Session, nodes, open_calls, orders};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{offers::can_be_brokered, orders::subject as order_subject};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::{describe, touch},
    call::{ActionView, Call, Caller},
    problem::Result,
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
    /// Until when interest can be expressed.
    deadline: Moment,
}

/// What decisions about a call depend on.
fn subject(session: &mut Session<'_>, call: &OpenCall) -> Result<Subject> {
    let node = Some(nodes::path(session, call.node)?);
    let handler = call.handler.map(|handler| nodes::path(session, handler)).transpose()?;
    Ok(Subject { node, handler, ..Subject::default() })
}

/// Publish an open call
///
/// The task is shown to everybody who is signed in, until the deadline or until the order is filled. An order has one
/// open call at a time.
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
        let late = body.deadline <= now;
        faultless(if late { vec![Fault::new("/deadline", "in_the_past")] } else { vec![] })?;
        let order = touch(session, &order)?;
        let open = OpenCall {
            id: caller.new_id(),
            order: order.thing.id,
            node: order.node,
            handler: order.handler,
            published_by: caller.human()?,
            published_at: now,
            deadline: body.deadline,
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
/// Those that interest can be expressed in now.
#[utoipa::path(tag = "offers", responses((status = OK, body = OpenCallPage)))]
#[get("/v1/open-calls")]
async fn list_open_calls(app: Data<App>, call: Call, query: Query<NoFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadOpenCall);
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
    app.read(call, move |session, caller| {
        let open = open_calls::find(session, *open_call_id)?;
        caller.require(Action::ReadOpenCall, &subject(session, &open)?)?;
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
        caller.require(Action::CloseOpenCall, &subject(session, &open)?)?;
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
