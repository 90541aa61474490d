//! How an order begins with few steps (S4-55): the form as the unit's settings have it, and an earlier order again.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    node::NodeId,
    order::{CostCentre, FeeBasis, Order, OrderApprovalRule, OrderForm, OrderId},
    policy::{Action, Subject},
};
use persistence::{Session, node_settings, nodes, orders};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    subject,
    view::{OrderView, show},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    call::Call,
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_order_form);
    config.service(copy_order);
}

/// What an order of a unit begins with
#[derive(Serialize, ToSchema)]
struct OrderFormStart {
    /// The unit.
    node_id: NodeId,
    /// Pointers to what an order of the unit must say before it is submitted.
    #[schema(max_items = 50, example = json!(["/form/task/where", "/form/task/purpose"]))]
    required: Vec<String>,
    /// Whether it is approved before it is brokered, and by whom.
    approval: OrderApprovalRule,
    /// The fee basis to begin with.
    fee_basis: FeeBasis,
    /// The cost centre to begin with: that of the unit, or of the nearest above it that has one.
    #[schema(max_items = 1)]
    cost_centres: Vec<CostCentre>,
}

/// Get what an order of a unit begins with
///
/// What the unit and its area have set: what must be filled in, who approves, and what can be filled in beforehand.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderFormStart)))]
#[get("/v1/nodes/{node_id}/order-form")]
async fn get_order_form(app: Data<App>, call: Call, node_id: Path<NodeId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let path = nodes::path(session, *node_id)?;
        caller.require(Action::ReadSetting, &Subject::at(path.clone()))?;
        let settings = node_settings::in_force(session, &path)?;
        let here = settings.order_fields.unwrap_or_default();
        let pointers =
            OrderForm::NEEDED.into_iter().chain(here.iter().map(|field| field.pointer()));
        let start = OrderFormStart {
            node_id: *node_id,
            required: pointers.map(|pointer| format!("/form{pointer}")).collect(),
            approval: settings.order_approval.unwrap_or(OrderApprovalRule::NotNeeded),
            fee_basis: settings.fee_basis.unwrap_or_default(),
            cost_centres: cost_centre(session, &path)?.into_iter().collect(),
        };
        Ok(Answer::ok(&start)?.tagged())
    })
    .await
}

/// Where the costs of a unit go, if it or a node above it says so.
fn cost_centre(session: &mut Session<'_>, path: &domain::node::Path) -> Result<Option<CostCentre>> {
    let above = nodes::along(session, path)?;
    let nearest = above.into_iter().rev().find_map(|node| node.facts.cost_centre);
    Ok(nearest.map(|cost_centre| CostCentre { node: None, cost_centre, share: 100 }))
}

/// Order again
///
/// A new draft with the form of an earlier order of the unit, whatever became of that one. When it takes place is left to
/// be filled in.
#[utoipa::path(tag = "orders", responses((status = CREATED, body = OrderView)))]
#[post("/v1/orders/{order_id}/copy")]
async fn copy_order(app: Data<App>, call: Call, order_id: Path<OrderId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let earlier = orders::find(session, *order_id)?;
        let about = subject(session, &earlier)?;
        caller.require(Action::ReadOrder, &about)?;
        caller.require(Action::CreateOrder, &about)?;
        nodes::find(session, earlier.node)?.works_on(now.day())?;
        let me = caller.human()?;
        let mut form = earlier.form.clone();
        form.task.when = None;
        let order = Order::draft(caller.new_id(), earlier.node, me, form, now);
        let order = orders::add(session, order)?;
        let about = subject(session, &order)?;
        let view = show(session, caller, order.thing.clone(), &about)?;
        Answer::created(&format!("/v1/orders/{}", order.id), &view).version(&order)
    })
    .await
}
