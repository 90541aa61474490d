//! `PATCH /v1/orders/{order_id}`.

use actix_web::{
    patch,
    web::{Data, Path},
};
use domain::{
    order::{Event, OrderForm, OrderId, State},
    policy::Action,
    refusal::faultless,
};
use persistence::{nodes, orders};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    create::strangers,
    subject,
    view::{OrderView, show},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering::{redescribe, settle, tell_approvers},
    call::Call,
    patch::{self, merge_patch},
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(update_order);
}

/// What of an order can be changed
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is there for its schema")]
struct ChangeableOrder {
    /// Its form.
    form: OrderForm,
}

merge_patch! {
    /// What of an order changes
    ///
    /// A merge patch (RFC 7396): what is not named stays, what is null goes.
    struct OrderPatch of ChangeableOrder: "What of an order changes: a merge patch."
}

/// Change an order
///
/// Before the order is filled, its form can be changed. Experts who are being asked are shown the change, and accept
/// the new words or none.
#[utoipa::path(tag = "orders", responses((status = OK, body = OrderView)))]
#[patch("/v1/orders/{order_id}")]
async fn update_order(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<OrderPatch>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let order = orders::find(session, *order_id)?;
        let subject = subject(session, &order)?;
        caller.require(Action::EditOrder, &subject)?;
        caller.unchanged(&order)?;
        let form: OrderForm = match body.0.0.get("form") {
            Some(Value::Object(form)) => patch::apply(&order.form, form, "/form")?,
            _ => order.form.clone(),
        };
        let next = order.thing.clone().apply(Event::Edit { form: Box::new(form) }, now)?;
        let unit = nodes::path(session, order.node)?;
        faultless(strangers(session, &unit, &next.form)?)?;
        if next == order.thing {
            return Answer::ok(&show(session, caller, next, &subject)?).version(&order);
        }
        let was_wanted = order.approval.wanted().is_some();
        let order = orders::save(session, &order, next)?;
        // What was approved was another order. Who is asked a question answers it first.
        if let (State::Submitted, Some(from), false) =
            (&order.state, order.approval.wanted(), was_wanted)
        {
            tell_approvers(session, &order, from, now)?;
        }
        redescribe(session, &order, now)?;
        settle(session, &order, now)?;
        Answer::ok(&show(session, caller, order.thing.clone(), &subject)?).version(&order)
    })
    .await
}
