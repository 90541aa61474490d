//! An order on its way to those who broker it: submitted, and approved where that is wanted.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    notice::Kind,
    order::{Event, OrderApprovalRule, OrderId, decision_needed, nearest},
    policy::{Action, Role},
    refusal::Rule,
};
use persistence::{Session, decisions, node_settings, nodes, orders, routing};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    act::{act, shown},
    view::OrderView,
};
use crate::{
    App,
    answer::Answer,
    body::Json,
    brokering::{tell_approvers, tell_brokers, tell_orderers},
    call::Call,
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(submit_order);
    config.service(approve_order);
    config.service(send_back_order);
}

/// Submit an order
///
/// It goes to the queue of the liaison appointed nearest above the unit, or stays with the liaison or broker who wrote it
/// down. A welfare area's unit needs a decision in force to use experts; companies, schools and NGOs do not. After the last
/// day of its work a unit orders nothing.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/submit")]
async fn submit_order(app: Data<App>, call: Call, order_id: Path<OrderId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (order, about) =
            act(session, caller, now, *order_id, Action::EditOrder, |session, order| {
                let unit = nodes::find(session, order.node)?;
                unit.works_on(now.day())?;
                let path = unit.thing.path;
                let organisation = nodes::organisation(session, &path)?;
                let kind = organisation.and_then(|node| node.facts.kind);
                if decision_needed(kind.as_deref())
                    && !decisions::in_force(session, &path, now.day())?
                {
                    return Err(Rule::NoDecision.into());
                }
                let appointed = routing::holders(session, Role::Liaison, &path, now.day())?;
                let liaison = order.liaison.or_else(|| nearest(&path, &appointed));
                let settings = node_settings::in_force(session, &path)?;
                let approval = settings.order_approval.map(OrderApprovalRule::approval);
                let (approval, wanted) =
                    (approval.unwrap_or_default(), settings.order_fields.unwrap_or_default());
                Ok(Event::Submit { liaison, approval, wanted })
            })?;
        match order.approval.wanted() {
            Some(from) => tell_approvers(session, &order, from, now)?,
            None => tell_brokers(session, &order, Kind::OrderReceived, now)?,
        }
        shown(session, caller, &order, &about)
    })
    .await
}

/// Approve an order
///
/// Where an area or a unit wants its orders approved first, that is done before they are brokered (S4-51): by the person
/// in charge at the centre, or by somebody else of the unit, as its settings say. Nobody approves an order of their own.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/approve")]
async fn approve_order(app: Data<App>, call: Call, order_id: Path<OrderId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let action = approving(session, *order_id)?;
        let (order, about) = act(session, caller, now, *order_id, action, |_, _| {
            Ok(Event::Approve { by: caller.human()? })
        })?;
        tell_orderers(session, &order, Kind::OrderApproved, now)?;
        tell_brokers(session, &order, Kind::OrderReceived, now)?;
        shown(session, caller, &order, &about)
    })
    .await
}

/// Why an order is sent back
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderSentBack {
    /// Why.
    #[schema(example = "Tämän vuoden määräraha on käytetty.", min_length = 1, max_length = 1000)]
    reason: String,
}

/// Send an order back
///
/// Whoever could approve it does not approve it as it is. It is a draft again: the orderer changes it and submits it
/// anew, or cancels it.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[post("/v1/orders/{order_id}/send-back")]
async fn send_back_order(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<OrderSentBack>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let reason = body.reason.clone();
        let action = approving(session, *order_id)?;
        let (order, about) = act(session, caller, now, *order_id, action, |_, _| {
            Ok(Event::SendBack { by: caller.human()?, reason })
        })?;
        tell_orderers(session, &order, Kind::OrderSentBack, now)?;
        shown(session, caller, &order, &about)
    })
    .await
}

/// What it takes to approve the order, or to send it back.
fn approving(session: &mut Session<'_>, order: OrderId) -> Result<Action> {
    let from = orders::find(session, order)?.approval.wanted();
    Ok(from.unwrap_or_default().action())
}
