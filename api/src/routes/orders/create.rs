//! `POST /v1/orders`: by the orderer, or on behalf of someone who phoned.

use actix_web::{post, web::Data};
use domain::{
    node::{NodeId, Path},
    order::{CallerContact, CostCentre, Intake, Order, OrderForm, WrittenDown},
    payer,
    person::PersonId,
    policy::{self, Action, Role, Subject},
    refusal::{Fault, faultless},
};
use persistence::{Error, Session, nodes, orders, routing};
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
    call::{Call, Caller},
    problem::{Result, referred},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_order);
}

/// A new order
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOrder {
    /// The unit that orders.
    node_id: NodeId,
    /// What it asks for. It may be incomplete until it is submitted.
    form: OrderForm,
    /// The contact person of the unit, if not the caller.
    #[serde(default)]
    #[schema(nullable = false)]
    orderer_id: Option<PersonId>,
    /// How it came in.
    #[serde(default)]
    intake: Intake,
    /// Who called, where it is written down for somebody else.
    #[serde(default)]
    #[schema(nullable = false)]
    caller: Option<CallerContact>,
    /// The organisation whose broker writes it down and brokers it.
    #[serde(default)]
    #[schema(nullable = false)]
    handler_id: Option<NodeId>,
}

/// Begin an order
///
/// The order is a draft until it is submitted. Orderers begin orders of their own units; a liaison or a broker writes
/// one down for somebody who phoned or wrote, and says who (S2-07).
#[utoipa::path(tag = "orders", responses((status = CREATED, body = OrderView)))]
#[post("/v1/orders")]
async fn create_order(app: Data<App>, call: Call, body: Json<NewOrder>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let new = body.0.clone();
        let unit = referred(nodes::find(session, new.node_id), "/node_id")?;
        let node = unit.path.clone();
        let handler = new.handler_id.map(|id| referred(nodes::path(session, id), "/handler_id"));
        let handler = handler.transpose()?;
        let about = Subject { node: Some(node.clone()), handler, ..Subject::default() };
        let own = new.handler_id.is_none() && caller.may(Action::CreateOrder, &about);
        let wanted = if own { Action::CreateOrder } else { Action::CreateOrderForCaller };
        caller.require(wanted, &about)?;
        unit.works_on(now.day())?;
        let me = caller.human()?;
        let mut faults = new.form.faults("/form");
        faults.extend(strangers(session, &node, &new.form)?);
        if !own && new.caller.is_none() {
            faults.push(Fault::new("/caller", "required"));
        }
        if let Some(orderer) = new.orderer_id.filter(|orderer| *orderer != me)
            && !orders_there(session, caller, orderer, &about)?
        {
            faults.push(Fault::new("/orderer_id", "not_an_orderer"));
        }
        faultless(faults)?;
        let orderer = new.orderer_id.unwrap_or(me);
        let stands_for_caller = !own && orderer == me;
        let written_down =
            if stands_for_caller { written_down(caller, wanted, &about) } else { None };
        let order = Order {
            handler: new.handler_id,
            liaison: (!own).then_some(me),
            orderer,
            written_down,
            intake: new.intake,
            caller: new.caller,
            ..Order::draft(caller.new_id(), new.node_id, me, new.form, now)
        };
        let order = orders::add(session, order)?;
        let subject = subject(session, &order)?;
        let view = show(session, caller, order.thing.clone(), &subject)?;
        Answer::created(&format!("/v1/orders/{}", order.id), &view).version(&order)
    })
    .await
}

/// In which role, and where, the caller writes an order down for somebody who has no account.
fn written_down(caller: &Caller, action: Action, about: &Subject) -> Option<WrittenDown> {
    let (role, node) = policy::role_held(caller, action, about)?;
    Some(WrittenDown { role, at: node.last()? })
}

/// The nodes named in the form that there are not, and a payer that is not of the side of the unit at `orderer`.
pub(super) fn strangers(
    session: &mut Session<'_>,
    orderer: &Path,
    form: &OrderForm,
) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    if let Some(payer) = form.payer {
        faults.extend(payer_fault(session, payer, orderer, "/form/payer")?);
    }
    for (at, unit) in form.units_involved.iter().enumerate() {
        match nodes::path(session, *unit) {
            Ok(_) => {}
            Err(Error::NotFound) => {
                faults.push(Fault::new(format!("/form/units_involved/{at}"), "unknown_reference"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    faults.extend(centre_faults(session, &form.cost_centres, orderer, "/form/cost_centres")?);
    Ok(faults)
}

/// The cost centres, listed at `root`, whose unit is not there or cannot pay for the unit at `orderer`.
pub(crate) fn centre_faults(
    session: &mut Session<'_>,
    centres: &[CostCentre],
    orderer: &Path,
    root: &str,
) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for (at, centre) in centres.iter().enumerate() {
        if let Some(node) = centre.node {
            faults.extend(payer_fault(session, node, orderer, &format!("{root}/{at}/node"))?);
        }
    }
    Ok(faults)
}

/// What is wrong with a payer, named at `pointer`, of what is done for the unit at `orderer`.
pub(crate) fn payer_fault(
    session: &mut Session<'_>,
    payer: NodeId,
    orderer: &Path,
    pointer: &str,
) -> Result<Option<Fault>> {
    match nodes::path(session, payer) {
        Ok(path) if payer::may_pay(&path, orderer) => Ok(None),
        Ok(_) => Ok(Some(Fault::new(pointer, payer::CANNOT_PAY))),
        Err(Error::NotFound) => Ok(Some(Fault::new(pointer, "unknown_reference"))),
        Err(error) => Err(error.into()),
    }
}

/// Whether `person` orders for the unit.
fn orders_there(
    session: &mut Session<'_>,
    caller: &Caller,
    person: PersonId,
    about: &Subject,
) -> Result<bool> {
    let Some(path) = &about.node else { return Ok(false) };
    let holders = routing::holders(session, Role::Orderer, path, caller.now.day())?;
    Ok(holders.iter().any(|(_, holder)| *holder == person))
}
