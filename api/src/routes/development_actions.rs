//! `/v1/development-actions`: what is done because of what was learnt (S4-44, S4-46).

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    node::NodeId,
    policy::{Action, Subject},
    refusal::{Fault, Refusal},
    steering::{
        SteeringGroupId,
        action::{DevelopmentAction, DevelopmentActionId, Event, Facts, State, WORKFLOW},
    },
};
use persistence::{Session, Stored, compilations, nodes, steering};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    patch::{self, merge_patch},
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_development_actions)
        .service(create_development_action)
        .service(get_development_action)
        .service(update_development_action)
        .service(agree_development_action)
        .service(start_development_action)
        .service(complete_development_action)
        .service(drop_development_action);
}

/// A development action
#[derive(Serialize, ToSchema)]
struct DevelopmentActionView {
    /// Its identifier. An order can name it as the development target that it serves.
    id: DevelopmentActionId,
    /// The area.
    area_id: NodeId,
    /// The group that proposed it.
    steering_group_id: SteeringGroupId,
    /// What is known of it.
    facts: Facts,
    /// Where it is on its way.
    state: State,
    /// What the caller can do with it.
    #[schema(max_items = 20)]
    actions: Vec<ActionView>,
}

page!(DevelopmentActionPage of DevelopmentActionView);

/// Which development actions
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DevelopmentActionFilter {
    /// Only those in this state.
    state: Option<String>,
}

/// A new development action
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDevelopmentAction {
    /// The group that proposes it.
    steering_group_id: SteeringGroupId,
    /// What is known of it.
    facts: Facts,
}

merge_patch! {
    /// Changes to a development action
    ///
    /// Which compilation showed the need does not change.
    struct DevelopmentActionChange of Facts: "What is to be changed of a development action: a merge patch.", without "compilation"
}

/// What came of a development action
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DevelopmentOutcome {
    /// What changed.
    #[schema(example = "Fees are paid within two weeks.", min_length = 1, max_length = 2000)]
    outcome: String,
}

/// Why a development action is dropped
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DevelopmentDrop {
    /// Why.
    #[schema(example = "The payroll system was replaced.", min_length = 1, max_length = 2000)]
    reason: String,
}

/// List development actions
///
/// What an area does because of what was said in feedback, the oldest first: to see what is agreed, under way and done.
#[utoipa::path(tag = "steering", params(DevelopmentActionFilter), responses((status = OK, body = DevelopmentActionPage)))]
#[get("/v1/development-actions")]
async fn list_development_actions(
    app: Data<App>,
    call: Call,
    query: Query<DevelopmentActionFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadSteering);
        let found = steering::actions::list(session, &scope, query.state.as_deref(), query.page)?;
        Answer::page(&query, found, |action| {
            let subject = subject(session, &action)?;
            Ok(view(caller, &subject, &action))
        })
    })
    .await
}

/// Propose a development action
///
/// Something to be done because of feedback. It is `proposed` until those who steer the work agree on it.
#[utoipa::path(tag = "steering", responses((status = CREATED, body = DevelopmentActionView)))]
#[post("/v1/development-actions")]
async fn create_development_action(
    app: Data<App>,
    call: Call,
    body: Json<NewDevelopmentAction>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let group = steering::groups::find(session, body.0.steering_group_id)?;
        let subject = Subject::at(nodes::path(session, group.area)?);
        caller.require(Action::ManageSteering, &subject)?;
        if let Some(compilation) = body.0.facts.compilation {
            let here = match compilations::find(session, compilation) {
                Err(persistence::Error::NotFound) => false,
                found => found?.area == group.area,
            };
            if !here {
                let fault = Fault::new("/facts/compilation", "unknown_reference");
                return Err(Refusal::Invalid(vec![fault]).into());
            }
        }
        let action = DevelopmentAction {
            id: caller.new_id(),
            area: group.area,
            group: group.thing.id,
            facts: body.0.facts.clone(),
            state: State::Proposed,
        };
        let action = steering::actions::add(session, action)?;
        let location = format!("/v1/development-actions/{}", action.id);
        Answer::created(&location, &view(caller, &subject, &action)).version(&action)
    })
    .await
}

/// Get a development action
///
/// What is to be done, by whom and by when, and how far it is.
#[utoipa::path(tag = "steering", responses((status = OK, body = DevelopmentActionView)))]
#[get("/v1/development-actions/{development_action_id}")]
async fn get_development_action(
    app: Data<App>,
    call: Call,
    development_action_id: Path<DevelopmentActionId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let action = steering::actions::find(session, *development_action_id)?;
        let subject = subject(session, &action)?;
        caller.require(Action::ReadSteering, &subject)?;
        Answer::ok(&view(caller, &subject, &action)).version(&action)
    })
    .await
}

/// Change a development action
///
/// Puts right what it says while it is not done or dropped yet. A merge patch (RFC 7396): what is left out stays as it is, and
/// `null` takes a value away.
#[utoipa::path(tag = "steering", responses((status = OK, body = DevelopmentActionView)))]
#[patch("/v1/development-actions/{development_action_id}")]
async fn update_development_action(
    app: Data<App>,
    call: Call,
    development_action_id: Path<DevelopmentActionId>,
    body: Json<DevelopmentActionChange>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let action = steering::actions::find(session, *development_action_id)?;
        let subject = subject(session, &action)?;
        caller.require(Action::ManageSteering, &subject)?;
        caller.unchanged(&action)?;
        let facts: Facts = patch::apply(&action.facts, &body.0.0, "")?;
        let changed = action.thing.clone().apply(Event::Edit(Box::new(facts)), now)?;
        let action = patch::save(session, action, changed, steering::actions::save)?;
        Answer::ok(&view(caller, &subject, &action)).version(&action)
    })
    .await
}

/// Agree on a development action
///
/// Those who steer the work take it on; from now on somebody answers for it.
#[utoipa::path(tag = "steering", responses((status = OK, body = DevelopmentActionView)))]
#[post("/v1/development-actions/{development_action_id}/agree")]
async fn agree_development_action(
    app: Data<App>,
    call: Call,
    development_action_id: Path<DevelopmentActionId>,
) -> Result<Answer> {
    act(app, call, *development_action_id, Event::Agree).await
}

/// Start a development action
///
/// The one who answers for it has begun.
#[utoipa::path(tag = "steering", responses((status = OK, body = DevelopmentActionView)))]
#[post("/v1/development-actions/{development_action_id}/start")]
async fn start_development_action(
    app: Data<App>,
    call: Call,
    development_action_id: Path<DevelopmentActionId>,
) -> Result<Answer> {
    act(app, call, *development_action_id, Event::Start).await
}

/// Complete a development action
///
/// It is done, with what came of it, in words that can be passed on to those who gave the feedback.
#[utoipa::path(tag = "steering", responses((status = OK, body = DevelopmentActionView)))]
#[post("/v1/development-actions/{development_action_id}/complete")]
async fn complete_development_action(
    app: Data<App>,
    call: Call,
    development_action_id: Path<DevelopmentActionId>,
    body: Json<DevelopmentOutcome>,
) -> Result<Answer> {
    act(app, call, *development_action_id, Event::Complete { outcome: body.0.outcome }).await
}

/// Drop a development action
///
/// It is not done after all, with the reason.
#[utoipa::path(tag = "steering", responses((status = OK, body = DevelopmentActionView)))]
#[post("/v1/development-actions/{development_action_id}/drop")]
async fn drop_development_action(
    app: Data<App>,
    call: Call,
    development_action_id: Path<DevelopmentActionId>,
    body: Json<DevelopmentDrop>,
) -> Result<Answer> {
    act(app, call, *development_action_id, Event::Drop { reason: body.0.reason }).await
}

async fn act(app: Data<App>, call: Call, id: DevelopmentActionId, event: Event) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let action = steering::actions::find(session, id)?;
        let subject = subject(session, &action)?;
        caller.require(Action::ManageSteering, &subject)?;
        let changed = action.thing.clone().apply(event.clone(), now)?;
        let action = steering::actions::save(session, &action, changed)?;
        Answer::ok(&view(caller, &subject, &action)).version(&action)
    })
    .await
}

fn subject(session: &mut Session<'_>, action: &Stored<DevelopmentAction>) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, action.area)?))
}

fn view(
    caller: &Caller,
    subject: &Subject,
    action: &Stored<DevelopmentAction>,
) -> DevelopmentActionView {
    DevelopmentActionView {
        id: action.thing.id,
        area_id: action.area,
        steering_group_id: action.group,
        facts: action.facts.clone(),
        state: action.state.clone(),
        actions: caller.actions(&WORKFLOW, action.state.name(), subject),
    }
}
