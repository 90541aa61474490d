//! `/v1/sourcing-requests`: candidates from outside the bank, through an organisation (S4-18).

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    expert::{CardId, ExpertId},
    node::NodeId,
    notice::Kind,
    offer::OfferDescription,
    order::OrderId,
    person::PersonId,
    policy::{Action, Role, Subject},
    refusal::{Fault, faultless},
    sourcing::{Event, Sourcing, SourcingId, State, WORKFLOW},
    time::Moment,
};
use persistence::{Session, experts, nodes, orders, routing, sourcing_requests};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    experts::subject as expert_subject, offers::can_be_brokered, orders::subject as order_subject,
};
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::{brokers, brokers_at, describe, tell},
    call::{Call, Caller},
    problem::{Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_sourcing_request);
    config.service(list_sourcing_requests);
    config.service(get_sourcing_request);
    config.service(answer_sourcing_request);
    config.service(withdraw_sourcing_request);
}

page!(SourcingPage of SourcingView);

/// A question to an organisation, whether it knows an expert for a task
#[derive(Serialize, ToSchema)]
struct SourcingView {
    /// Its identifier.
    id: SourcingId,
    /// The order that it belongs to.
    order_id: OrderId,
    /// The organisation that is asked.
    organisation_id: NodeId,
    /// Who asks.
    asked_by_id: PersonId,
    /// When it was asked.
    asked_at: Moment,
    /// A message to the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000)]
    message: Option<String>,
    /// The task.
    description: OfferDescription,
    /// The card of the expert whom the organisation proposes: an offer is sent to it like to any other.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    candidate_card_id: Option<CardId>,
    /// Where it stands.
    state: State,
    /// What can be done with it.
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// A new question to an organisation
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSourcing {
    /// The organisation that is asked.
    organisation_id: NodeId,
    /// A message to it.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "Tunnetteko ketään sopivaa?",
        min_length = 1,
        max_length = 2000
    )]
    message: Option<String>,
}

/// What an organisation answers
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SourcingAnswer {
    /// The expert whom it proposes, enrolled before; none if it knows nobody.
    #[serde(default)]
    #[schema(nullable = false)]
    candidate_id: Option<ExpertId>,
    /// What it wants to say.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "Hän on käytettävissä tammikuussa.",
        min_length = 1,
        max_length = 1000
    )]
    note: Option<String>,
}

/// Which sourcing requests
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SourcingFilter {
    /// Those of this order.
    order_id: Option<OrderId>,
}

/// Those who broker the order by now, and those who are asked.
fn subject(session: &mut Session<'_>, request: &Sourcing) -> Result<Subject> {
    let handler = orders::find(session, request.order)?.handler;
    Ok(Subject {
        node: Some(nodes::path(session, request.node)?),
        handler: handler.map(|handler| nodes::path(session, handler)).transpose()?,
        asked: Some(nodes::path(session, request.organisation)?),
        ..Subject::default()
    })
}

/// Ask an organisation for a candidate
///
/// Whoever brokers an order asks an organisation whether it knows an expert who is not in the bank yet. The organisation
/// sees the task, and nothing that is private to the orderer. Somebody brokers there.
#[utoipa::path(tag = "offers", responses((status = CREATED, body = SourcingView)))]
#[post("/v1/orders/{order_id}/sourcing-requests")]
async fn create_sourcing_request(
    app: Data<App>,
    call: Call,
    order_id: Path<OrderId>,
    body: Json<NewSourcing>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        // What is asked for an order ends with it.
        let order = orders::hold(session, *order_id)?;
        caller.require(Action::BrokerOrder, &order_subject(session, &order)?)?;
        can_be_brokered(&order, "source")?;
        let asked = referred(nodes::find(session, body.organisation_id), "/organisation_id")?;
        asked.works_at(now.day(), "/organisation_id")?;
        let path = asked.path.clone();
        let nobody = Fault::new("/organisation_id", "nobody_brokers");
        let awaited = brokers_at(session, body.organisation_id, now)?;
        faultless(if awaited { Vec::new() } else { vec![nobody] })?;
        let request = Sourcing {
            id: caller.new_id(),
            order: order.thing.id,
            node: order.node,
            organisation: body.organisation_id,
            asked_by: caller.human()?,
            message: body.message.clone(),
            description: describe(session, &order, now)?.description,
            asked_at: now,
            state: State::Asked,
        };
        let request = sourcing_requests::add(session, request)?;
        let location = format!("/v1/sourcing-requests/{}", request.id);
        for (node, broker) in routing::holders(session, Role::Broker, &path, now.day())? {
            if node == body.organisation_id {
                tell(session, broker, Kind::SourcingAsked, &location, now)?;
            }
        }
        let view = show(session, caller, request.thing.clone())?;
        Answer::created(&location, &view).version(&request)
    })
    .await
}

/// List sourcing requests
///
/// Those that the caller's organisation has been asked, and those of the orders that the caller brokers.
#[utoipa::path(tag = "offers", params(SourcingFilter), responses((status = OK, body = SourcingPage)))]
#[get("/v1/sourcing-requests")]
async fn list_sourcing_requests(
    app: Data<App>,
    call: Call,
    query: Query<SourcingFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadSourcing);
        let found = sourcing_requests::list(session, &scope, query.order_id, query.page)?;
        Answer::page(&query, found, |request| show(session, caller, request.thing))
    })
    .await
}

/// Get a sourcing request
///
/// With the card of the candidate, if the organisation has proposed one.
#[utoipa::path(tag = "offers", responses((status = OK, body = SourcingView)))]
#[get("/v1/sourcing-requests/{sourcing_id}")]
async fn get_sourcing_request(
    app: Data<App>,
    call: Call,
    sourcing_id: Path<SourcingId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let request = sourcing_requests::find(session, *sourcing_id)?;
        caller.require(Action::ReadSourcing, &subject(session, &request)?)?;
        Answer::ok(&show(session, caller, request.thing.clone())?).version(&request)
    })
    .await
}

/// Answer a sourcing request
///
/// With an expert whom the organisation supports, and so knows by name, or with nobody. The expert is then sent an ordinary offer.
#[utoipa::path(tag = "offers", responses((status = OK, body = SourcingView)))]
#[post("/v1/sourcing-requests/{sourcing_id}/answer")]
async fn answer_sourcing_request(
    app: Data<App>,
    call: Call,
    sourcing_id: Path<SourcingId>,
    body: Json<SourcingAnswer>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let request = sourcing_requests::find(session, *sourcing_id)?;
        caller.require(Action::AnswerSourcing, &subject(session, &request)?)?;
        if let Some(candidate) = body.candidate_id {
            let expert = referred(experts::find(session, candidate), "/candidate_id")?;
            let about = expert_subject(session, &expert)?;
            if !caller.may(Action::ReadExpert, &about) {
                return referred(Err(persistence::Error::NotFound), "/candidate_id");
            }
        }
        let by = caller.human()?;
        let event = Event::Answer { by, candidate: body.candidate_id, note: body.note.clone() };
        let next = request.thing.clone().apply(event, now)?;
        let request = sourcing_requests::save(session, &request, next)?;
        let reference = format!("/v1/sourcing-requests/{}", request.id);
        let order = orders::find(session, request.order)?;
        for broker in brokers(session, &order, now)? {
            tell(session, broker, Kind::SourcingAnswered, &reference, now)?;
        }
        Answer::ok(&show(session, caller, request.thing.clone())?).version(&request)
    })
    .await
}

/// Withdraw a sourcing request
///
/// It is not needed any more.
#[utoipa::path(tag = "offers", responses((status = OK, body = SourcingView)))]
#[post("/v1/sourcing-requests/{sourcing_id}/withdraw")]
async fn withdraw_sourcing_request(
    app: Data<App>,
    call: Call,
    sourcing_id: Path<SourcingId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let request = sourcing_requests::find(session, *sourcing_id)?;
        caller.require(Action::WithdrawSourcing, &subject(session, &request)?)?;
        let next = request.thing.clone().apply(Event::Withdraw, now)?;
        let request = sourcing_requests::save(session, &request, next)?;
        Answer::ok(&show(session, caller, request.thing.clone())?).version(&request)
    })
    .await
}

fn show(session: &mut Session<'_>, caller: &Caller, mut request: Sourcing) -> Result<SourcingView> {
    let subject = subject(session, &request)?;
    let mut candidate_card_id = None;
    if let State::Answered { candidate, .. } = &mut request.state {
        if let Some(expert) = *candidate {
            candidate_card_id = Some(experts::find(session, expert)?.card);
        }
        // Whoever asked gets a card, as from a search: an expert is a pseudonym until they accept.
        if !caller.may(Action::AnswerSourcing, &subject) {
            *candidate = None;
        }
    }
    Ok(SourcingView {
        id: request.id,
        order_id: request.order,
        organisation_id: request.organisation,
        asked_by_id: request.asked_by,
        asked_at: request.asked_at,
        message: request.message,
        description: request.description,
        candidate_card_id,
        actions: caller.actions(&WORKFLOW, request.state.name(), &subject),
        state: request.state,
    })
}
