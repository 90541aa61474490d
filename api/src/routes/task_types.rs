//! `/v1/task-types`: what kinds of tasks mean in each area (S3-16).

use actix_web::{
    get, post, put,
    web::{Data, Path},
};
use domain::{
    node::NodeId,
    policy::{Action, Subject},
    refusal::{Fault, faultless},
    task_type::{Facts, TaskType, TaskTypeId},
    time::Moment,
};
use persistence::{Error, nodes, task_types};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::Call,
    problem::{Problem, Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_task_types)
        .service(describe_task_type)
        .service(get_task_type)
        .service(change_task_type);
}

page!(TaskTypePage of TaskTypeView);

/// Which descriptions to list
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TaskTypeFilter {
    /// Those that hold at this node: its own and those of the nodes above it.
    node: Option<NodeId>,
    /// Those of one kind of task, from the code set `task_types`.
    #[param(max_length = 60, pattern = "^[a-z0-9_]+$", example = "lecture")]
    code: Option<String>,
}

/// What a kind of task means in an area
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskTypeForm {
    /// Where it holds: there and below.
    node_id: NodeId,
    /// What it means.
    facts: Facts,
}

/// What a kind of task means in an area
#[derive(Serialize, ToSchema)]
struct TaskTypeView {
    /// The description.
    id: TaskTypeId,
    /// Where it holds: there and below, unless a node below has its own.
    node_id: NodeId,
    /// What it means.
    facts: Facts,
    /// When it was last changed.
    changed_at: Moment,
}

/// List what kinds of tasks mean
///
/// The catalogue of tasks: what each one is, what it asks, how long it takes, and what its fee is counted by.
#[utoipa::path(tag = "task types", params(TaskTypeFilter), responses((status = OK, body = TaskTypePage)))]
#[get("/v1/task-types")]
async fn list_task_types(
    app: Data<App>,
    call: Call,
    query: Query<TaskTypeFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let node = query.node.map(|node| nodes::path(session, node)).transpose();
        let node = match node {
            Err(Error::NotFound) => {
                let fault = Fault::new("node", "unknown_reference");
                return Err(Problem::InvalidParameters(vec![fault]));
            }
            found => found?,
        };
        let filter = task_types::Filter { node, code: query.code.clone() };
        let scope = caller.scope(Action::ReadSetting);
        let found = task_types::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |described| Ok(view(&described)))
    })
    .await
}

/// Describe a kind of task
///
/// Each node describes each kind of task at most once; the description holds there and below.
#[utoipa::path(tag = "task types", responses((status = CREATED, body = TaskTypeView)))]
#[post("/v1/task-types")]
async fn describe_task_type(
    app: Data<App>,
    call: Call,
    body: Json<TaskTypeForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let path = referred(nodes::path(session, body.node_id), "/node_id")?;
        caller.require(Action::ManageSetting, &Subject::at(path))?;
        faultless(body.facts.faults("/facts"))?;
        let described = TaskType {
            id: caller.new_id(),
            node: body.node_id,
            facts: body.facts.clone(),
            changed_at: now,
        };
        let described = task_types::add(session, described)?;
        let place = format!("/v1/task-types/{}", described.id);
        Answer::created(&place, &view(&described)).version(&described)
    })
    .await
}

/// Get what a kind of task means
///
/// One description of the catalogue: what the task means in that area, and what it takes. Whoever orders reads it first.
#[utoipa::path(tag = "task types", responses((status = OK, body = TaskTypeView)))]
#[get("/v1/task-types/{task_type_id}")]
async fn get_task_type(
    app: Data<App>,
    call: Call,
    task_type_id: Path<TaskTypeId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let described = task_types::find(session, *task_type_id)?;
        let about = Subject::at(nodes::path(session, described.node)?);
        caller.require(Action::ReadSetting, &about)?;
        Answer::ok(&view(&described)).version(&described)
    })
    .await
}

/// Change what a kind of task means
///
/// The whole description is replaced. Its kind stays: another kind is another description.
#[utoipa::path(tag = "task types", responses((status = OK, body = TaskTypeView)))]
#[put("/v1/task-types/{task_type_id}")]
async fn change_task_type(
    app: Data<App>,
    call: Call,
    task_type_id: Path<TaskTypeId>,
    body: Json<Facts>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let described = task_types::find(session, *task_type_id)?;
        let about = Subject::at(nodes::path(session, described.node)?);
        caller.require(Action::ManageSetting, &about)?;
        caller.unchanged(&described)?;
        let mut faults = body.faults("");
        if faults.is_empty() && body.code != described.facts.code {
            faults.push(Fault::new("/code", "cannot_change"));
        }
        faultless(faults)?;
        let changed =
            TaskType { facts: body.0.clone(), changed_at: now, ..described.thing.clone() };
        let described = task_types::save(session, &described, changed)?;
        Answer::ok(&view(&described)).version(&described)
    })
    .await
}

fn view(described: &TaskType) -> TaskTypeView {
    TaskTypeView {
        id: described.id,
        node_id: described.node,
        facts: described.facts.clone(),
        changed_at: described.changed_at,
    }
}
