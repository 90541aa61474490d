//! `/v1/decisions`

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    attachment::{Attached, ThingKind},
    decision::{Decision, DecisionId, Event, State, Terms, WORKFLOW},
    node::NodeId,
    policy::{Action, Subject},
    refusal::faultless,
    time::{Day, Moment},
};
use persistence::{Session, Stored, decisions, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::attachments::attach;
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    problem::{Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_decisions)
        .service(create_decision)
        .service(get_decision)
        .service(revoke_decision);
}

/// A decision to use experts
#[derive(Serialize, ToSchema)]
struct DecisionView {
    id: DecisionId,
    terms: Terms,
    registered_at: Moment,
    /// `registered` or `revoked`.
    #[schema(example = "registered", max_length = 60)]
    state: &'static str,
    /// Whether experts may be ordered by it today.
    in_force: bool,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    revoked_at: Option<Moment>,
    /// Why it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "kirjattu väärin", max_length = 1000)]
    revocation_reason: Option<String>,
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// Which decisions
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DecisionFilter {
    /// Those that hold at this node: registered there or above it.
    #[serde(default)]
    node_id: Option<NodeId>,
    /// Those in force on this day.
    #[serde(default)]
    on: Option<Day>,
}

/// Why a decision is revoked
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Revocation {
    /// The reason.
    #[schema(example = "kirjattu väärin", min_length = 1, max_length = 1000)]
    reason: String,
}

page!(DecisionPage of DecisionView);

/// List the decisions to use experts
///
/// They are public among those who are signed in: whoever orders may see by which decision.
#[utoipa::path(tag = "decisions", params(DecisionFilter), responses((status = OK, body = DecisionPage)))]
#[get("/v1/decisions")]
async fn list_decisions(
    app: Data<App>,
    call: Call,
    query: Query<DecisionFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let holding_at = match query.node_id {
            None => None,
            Some(node) => Some(nodes::path(session, node)?),
        };
        let filter = decisions::Filter { holding_at, on: query.on };
        let scope = caller.scope(Action::ReadDecision);
        let found = decisions::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |decision| view(session, caller, &decision))
    })
    .await
}

/// Register a decision to use experts
///
/// Without a decision in force at the node or above it, nothing can be ordered there.
#[utoipa::path(tag = "decisions", responses((status = CREATED, body = DecisionView)))]
#[post("/v1/decisions")]
async fn create_decision(app: Data<App>, call: Call, body: Json<Terms>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let node = referred(nodes::find(session, body.node_id), "/node_id")?;
        caller.require(Action::ManageDecision, &Subject::at(node.path.clone()))?;
        faultless(body.faults())?;
        node.works_at(now.day(), "/node_id")?;
        let id: DecisionId = caller.new_id();
        if let Some(file) = body.attachment_id {
            let to = Attached {
                kind: ThingKind::Decision,
                id: id.raw(),
                node: body.node_id,
                handler: None,
                owner: None,
            };
            attach(session, caller, "/attachment_id", file, to)?;
        }
        let decision = Decision {
            id,
            terms: body.0.clone(),
            registered_by: caller.human()?,
            registered_at: now,
            state: State::Registered,
        };
        let decision = decisions::add(session, decision)?;
        let location = format!("/v1/decisions/{}", decision.id);
        Answer::created(&location, &view(session, caller, &decision)?).version(&decision)
    })
    .await
}

/// Get a decision
///
/// The area's decision to use experts by experience: which body took it, when, and for how long it holds.
#[utoipa::path(tag = "decisions", responses((status = OK, body = DecisionView)))]
#[get("/v1/decisions/{decision_id}")]
async fn get_decision(app: Data<App>, call: Call, decision_id: Path<DecisionId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let decision = decisions::find(session, *decision_id)?;
        caller.require(Action::ReadDecision, &subject(session, &decision)?)?;
        Answer::ok(&view(session, caller, &decision)?).version(&decision)
    })
    .await
}

/// Revoke a decision
///
/// From then on nothing can be ordered by it; what was ordered stays.
#[utoipa::path(tag = "decisions", responses((status = OK, body = DecisionView)))]
#[post("/v1/decisions/{decision_id}/revoke")]
async fn revoke_decision(
    app: Data<App>,
    call: Call,
    decision_id: Path<DecisionId>,
    body: Json<Revocation>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let decision = decisions::find(session, *decision_id)?;
        caller.require(Action::ManageDecision, &subject(session, &decision)?)?;
        let event = Event::Revoke { by: caller.human()?, reason: body.reason.clone() };
        let revoked = decision.thing.clone().apply(event, now)?;
        let decision = decisions::save(session, &decision, revoked)?;
        Answer::ok(&view(session, caller, &decision)?).version(&decision)
    })
    .await
}

fn subject(session: &mut Session<'_>, decision: &Decision) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, decision.terms.node_id)?))
}

fn view(
    session: &mut Session<'_>,
    caller: &Caller,
    decision: &Stored<Decision>,
) -> Result<DecisionView> {
    let subject = subject(session, decision)?;
    let decision = decision.thing.clone();
    let state = decision.state.name();
    let in_force = decision.in_force(caller.now.day());
    let (revoked_at, revocation_reason) = match decision.state {
        State::Registered => (None, None),
        State::Revoked { at, reason, .. } => (Some(at), Some(reason)),
    };
    let actions = caller.actions(&WORKFLOW, state, &subject);
    Ok(DecisionView {
        id: decision.id,
        terms: decision.terms,
        registered_at: decision.registered_at,
        state,
        in_force,
        revoked_at,
        revocation_reason,
        actions,
    })
}
