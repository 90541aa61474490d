//! `/v1/workflows`: every state machine as data (S3-12). The same tables drive the code and the caller's actions.

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    codes::{self, CodeSet},
    localized::Localized,
    policy::Who,
    workflow::{self, Workflow},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    App,
    answer::Answer,
    call::{Call, name_of},
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_workflows).service(get_workflow);
}

/// Every state machine
#[derive(Serialize, ToSchema)]
struct WorkflowList {
    /// The machines, in the order of the chain.
    #[schema(max_items = 100)]
    items: Vec<WorkflowView>,
}

/// A state machine
#[derive(Serialize, ToSchema)]
struct WorkflowView {
    /// Its name.
    #[schema(example = "order", max_length = 60)]
    name: &'static str,
    /// What people call it.
    label: Localized,
    /// Its states, the first one first.
    #[schema(max_items = 50)]
    states: Vec<WorkflowState>,
    /// Its arrows: which action leads from where to where, and who may take it.
    #[schema(max_items = 200)]
    arrows: Vec<ArrowView>,
}

/// A state of a machine
#[derive(Serialize, ToSchema)]
struct WorkflowState {
    /// Its name.
    #[schema(example = "submitted", max_length = 60)]
    name: &'static str,
    /// What people call it.
    label: Localized,
    /// What it means, in easy Finnish.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Tämä on lähetetty. Joku käsittelee sen.",
        max_length = 500
    )]
    easy_fi: Option<&'static str>,
    /// Whether nothing leads out of it.
    terminal: bool,
}

/// An action of a machine
#[derive(Serialize, ToSchema)]
struct ArrowView {
    /// The action, as in the path.
    #[schema(example = "submit", max_length = 60)]
    action: &'static str,
    /// What people call it.
    label: Localized,
    /// The states it starts from.
    #[schema(max_items = 50, example = json!(["draft"]))]
    from: Vec<&'static str>,
    /// The states it can lead to.
    #[schema(max_items = 50, example = json!(["submitted"]))]
    to: Vec<&'static str>,
    /// Who may take it; nobody if time or another machine causes it.
    #[schema(max_items = 50)]
    may: Vec<MayView>,
}

/// Someone who may take an action
#[derive(Serialize, ToSchema)]
struct MayView {
    /// How they relate to the thing: `anyone`, `below` for a role at the thing's node or above it, `handler` for a role at
    /// the organisation that handles it, `asked` for a role at the one that is asked about it, `member` for a role above or below it, `own` for the person it is about, `delegate`
    /// for whoever acts for that person, `party` for persons named in it, as long as they have the role if it says one,
    /// `client` for a machine.
    #[schema(example = "below", max_length = 20)]
    relation: &'static str,
    /// The role, the power that was delegated, or the scope of the machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "orderer", max_length = 60)]
    role: Option<String>,
}

/// List workflows
///
/// Every state machine with its states, its arrows and who may take them, named in Finnish, Swedish and English.
#[utoipa::path(tag = "workflows", responses((status = OK, body = WorkflowList)))]
#[get("/v1/workflows")]
async fn list_workflows(app: Data<App>, call: Call) -> Result<Answer> {
    app.read(call, |_, _| {
        let items = workflow::ALL.iter().map(|workflow| view(workflow)).collect();
        Ok(Answer::ok(&WorkflowList { items })?.tagged())
    })
    .await
}

/// Get a workflow
///
/// One state machine with its states, its arrows and who may take them: to draw it, or to know what can follow.
#[utoipa::path(
    tag = "workflows",
    params(("workflow_name" = String, Path, description = "The name of the machine.", example = "order", min_length = 1, max_length = 60, pattern = "^[a-z_]+$")),
    responses((status = OK, body = WorkflowView)),
)]
#[get("/v1/workflows/{workflow_name}")]
async fn get_workflow(app: Data<App>, call: Call, workflow_name: Path<String>) -> Result<Answer> {
    app.read(call, move |_, _| {
        let workflow = workflow::named(&workflow_name).ok_or(Problem::NotFound)?;
        Ok(Answer::ok(&view(workflow))?.tagged())
    })
    .await
}

fn view(workflow: &'static Workflow) -> WorkflowView {
    let terminal: Vec<&str> = workflow.terminal().collect();
    let states = workflow.states.iter().map(|name| WorkflowState {
        name,
        label: label(&codes::STATES, name),
        easy_fi: codes::STATES.find(name).and_then(|code| code.easy_fi),
        terminal: terminal.contains(name),
    });
    let arrows = workflow.arrows.iter().map(|arrow| ArrowView {
        action: arrow.action,
        label: label(&codes::ACTIONS, arrow.action),
        from: arrow.from.to_vec(),
        to: arrow.to.to_vec(),
        may: arrow.may.map(|action| action.doers().iter().map(may).collect()).unwrap_or_default(),
    });
    WorkflowView {
        name: workflow.name,
        label: label(&codes::WORKFLOWS, workflow.name),
        states: states.collect(),
        arrows: arrows.collect(),
    }
}

fn may(who: &Who) -> MayView {
    let (relation, role) = match who {
        Who::Anyone => ("anyone", None),
        Who::Asked(role) => ("asked", Some(name_of(role))),
        Who::Below(role) => ("below", Some(name_of(role))),
        Who::Client(scope) => ("client", Some(name_of(scope))),
        Who::Delegate(power) => ("delegate", Some(name_of(power))),
        Who::Handler(role) => ("handler", Some(name_of(role))),
        Who::Member(role) => ("member", Some(name_of(role))),
        Who::Named(role) => ("party", Some(name_of(role))),
        Who::Own => ("own", None),
        Who::Party => ("party", None),
    };
    MayView { relation, role }
}

/// What people call something with a code. Tests see to it that every code of the product has a label.
pub(super) fn label(set: &CodeSet, code: &str) -> Localized {
    set.find(code)
        .map_or_else(|| Localized::fi(code), |found| Localized::of(found.fi, found.sv, found.en))
}
