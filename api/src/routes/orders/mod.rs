//! `/v1/orders`: what a unit asks for, until it is filled.

mod act;
mod begin;
mod create;
mod edit;
mod messages;
mod submit;
mod view;

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    node::NodeId,
    order::{Order, OrderId, WrittenDown},
    policy::{Action, Named, Role, Subject},
};
use persistence::{Session, nodes, orders};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

pub(crate) use self::create::{centre_faults, payer_fault};
use self::view::{OrderView, show};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    call::{Call, Caller},
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

page!(OrderPage of OrderView);

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_orders);
    config.service(get_order);
    create::configure(config);
    begin::configure(config);
    edit::configure(config);
    submit::configure(config);
    act::configure(config);
    messages::configure(config);
}

/// What decisions about an order depend on: where it belongs, who brokers it, and who wrote it down for somebody without an
/// account: they stand for them, while they have the role in which they did so.
pub(crate) fn subject(session: &mut Session<'_>, order: &Order) -> Result<Subject> {
    let node = Some(nodes::path(session, order.node)?);
    let handler = order.handler.map(|handler| nodes::path(session, handler)).transpose()?;
    let named = match order.written_down {
        Some(WrittenDown { role, at }) => {
            Some(Named { person: order.orderer, role, node: nodes::path(session, at)? })
        }
        None => None,
    };
    Ok(Subject { node, handler, named, ..Subject::default() })
}

/// Which orders
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OrderFilter {
    /// Those in this state.
    state: Option<String>,
    /// Those of this unit, without the units below it.
    node_id: Option<NodeId>,
    /// Those that wait for the caller: the ones a liaison or broker has, and the ones that nobody has yet.
    #[param(inline)]
    queue: Option<OrderQueue>,
}

/// Whose queue
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OrderQueue {
    /// The caller's own.
    Mine,
}

/// List orders
///
/// Those of the caller's own units and the ones below them, those of the liaison's subtree, those handed to the broker's
/// organisation, and those that the caller wrote down for someone without an account, in a role that they still have there. With
/// `queue=mine`, the work that waits.
#[utoipa::path(tag = "orders", params(OrderFilter), responses((status = OK, body = OrderPage)))]
#[get("/v1/orders")]
async fn list_orders(app: Data<App>, call: Call, query: Query<OrderFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let queue = query.queue.map(|OrderQueue::Mine| queue(caller)).transpose()?;
        let filter = orders::Filter { state: query.state.clone(), node: query.node_id, queue };
        let scope = caller.scope(Action::ReadOrder);
        let found = orders::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |order| {
            let subject = subject(session, &order)?;
            show(session, caller, order.thing, &subject)
        })
    })
    .await
}

fn queue(caller: &Caller) -> Result<orders::Queue> {
    let held = |roles: &[Role]| {
        caller
            .grants
            .iter()
            .filter(|grant| roles.contains(&grant.role))
            .map(|grant| grant.path.clone())
            .collect()
    };
    Ok(orders::Queue {
        person: caller.human()?,
        below: held(&[Role::Liaison]),
        handled: held(&[Role::Liaison, Role::Broker]),
    })
}

/// Get an order
///
/// With the actions that the caller may take now, and for the rest why not and whose turn it is.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[get("/v1/orders/{order_id}")]
async fn get_order(app: Data<App>, call: Call, order_id: Path<OrderId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let order = orders::find(session, *order_id)?;
        let subject = subject(session, &order)?;
        caller.require(Action::ReadOrder, &subject)?;
        Answer::ok(&show(session, caller, order.thing.clone(), &subject)?).version(&order)
    })
    .await
}
