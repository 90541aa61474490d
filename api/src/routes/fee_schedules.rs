//! `/v1/fee-schedules`: what an area pays, in dated versions.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    codes,
    fee_schedule::{self, FeeSchedule, FeeScheduleId, ScheduleContent, Suggestion, suggest},
    node::{Level, NodeId},
    policy::{Action, Subject},
    refusal::{Fault, faultless},
    time::Day,
};
use persistence::{Stored, fee_schedules, nodes};
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
        .service(list_fee_schedules)
        .service(add_fee_schedule)
        .service(get_fee_schedule)
        .service(suggest_fees);
}

/// A new version of an area's fee schedule
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFeeSchedule {
    /// The area that decided it.
    node_id: NodeId,
    /// What it says.
    content: ScheduleContent,
}

/// A version of an area's fee schedule
#[derive(Serialize, ToSchema)]
struct FeeScheduleView {
    /// Its identifier.
    id: FeeScheduleId,
    /// The area that decided it.
    node_id: NodeId,
    /// What it says.
    content: ScheduleContent,
}

/// Which fee schedules
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeeScheduleFilter {
    /// Those of this area.
    node_id: Option<NodeId>,
    /// Only the version of the area that a task of this day is paid by. It goes with `node_id`.
    on: Option<Day>,
}

/// What a task is like
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TaskQuery {
    /// The type of task, from the code set `task_types`.
    #[param(example = "lecture", min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$")]
    task_type: String,
    /// How long it takes, in minutes.
    #[param(example = 90, minimum = 1, maximum = 30_000)]
    minutes: i64,
}

/// The fee lines that a schedule suggests
#[derive(Serialize, ToSchema)]
struct FeeSuggestionsView {
    /// The version that they are from.
    fee_schedule_id: FeeScheduleId,
    /// The first is the one to start from, the others are its alternatives.
    #[schema(max_items = 100)]
    suggestions: Vec<Suggestion>,
}

page!(FeeSchedulePage of FeeScheduleView);

/// List fee schedules
///
/// Every version of every area is public within the service: what a fee may be is no secret.
#[utoipa::path(tag = "fee schedules", params(FeeScheduleFilter), responses((status = OK, body = FeeSchedulePage)))]
#[get("/v1/fee-schedules")]
async fn list_fee_schedules(
    app: Data<App>,
    call: Call,
    query: Query<FeeScheduleFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        if let Some(day) = query.on {
            let Some(node) = query.node_id else {
                return Err(Problem::InvalidParameters(vec![Fault::new("node_id", "required")]));
            };
            caller.require(Action::ReadSetting, &Subject::at(nodes::path(session, node)?))?;
            let versions = fee_schedules::of_area(session, node)?;
            let picked = fee_schedule::pick(&versions, day).map(|found| found.id);
            let picked = picked.map(|id| fee_schedules::find(session, id)).transpose()?;
            return Answer::page(&query, picked.into_iter().collect(), |one| Ok(view(&one)));
        }
        let filter = fee_schedules::Filter { node: query.node_id };
        let scope = caller.scope(Action::ReadSetting);
        let found = fee_schedules::list(session, &scope, filter, query.page)?;
        Answer::page(&query, found, |stored| Ok(view(&stored)))
    })
    .await
}

/// Add a fee schedule
///
/// A new version of what an area pays, with who decided it. It is for tasks from its first day on, and changes nothing
/// for tasks before that. A version is never changed: another one that begins later takes its place, and of two that begin on
/// the same day the one that was added last counts, so that a slip can be put right.
#[utoipa::path(tag = "fee schedules", responses((status = CREATED, body = FeeScheduleView)))]
#[post("/v1/fee-schedules")]
async fn add_fee_schedule(
    app: Data<App>,
    call: Call,
    body: Json<NewFeeSchedule>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let NewFeeSchedule { node_id, content } = body.0.clone();
        let node = referred(nodes::find(session, node_id), "/node_id")?;
        caller.require(Action::ManageSetting, &Subject::at(node.path.clone()))?;
        faultless(faults(&content, node.level))?;
        let schedule = FeeSchedule { id: caller.new_id(), node: node_id, content };
        let stored = fee_schedules::add(session, schedule)?;
        Answer::created(&format!("/v1/fee-schedules/{}", stored.id), &view(&stored))
            .version(&stored)
    })
    .await
}

/// Get a fee schedule
///
/// One version of what an area pays, with the day from which it holds.
#[utoipa::path(tag = "fee schedules", responses((status = OK, body = FeeScheduleView)))]
#[get("/v1/fee-schedules/{fee_schedule_id}")]
async fn get_fee_schedule(
    app: Data<App>,
    call: Call,
    fee_schedule_id: Path<FeeScheduleId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let stored = fee_schedules::find(session, *fee_schedule_id)?;
        let path = nodes::path(session, stored.node)?;
        caller.require(Action::ReadSetting, &Subject::at(path))?;
        Answer::ok(&view(&stored)).version(&stored)
    })
    .await
}

/// Suggest fees
///
/// The fee lines that the schedule suggests for a task. Time is rounded in favour of whoever gives it: hours up to the
/// next tenth, half hours up to the next whole one.
#[utoipa::path(tag = "fee schedules", params(TaskQuery), responses((status = OK, body = FeeSuggestionsView)))]
#[get("/v1/fee-schedules/{fee_schedule_id}/suggestions")]
async fn suggest_fees(
    app: Data<App>,
    call: Call,
    fee_schedule_id: Path<FeeScheduleId>,
    query: Query<TaskQuery>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let stored = fee_schedules::find(session, *fee_schedule_id)?;
        let path = nodes::path(session, stored.node)?;
        caller.require(Action::ReadSetting, &Subject::at(path))?;
        if !codes::TASK_TYPES.has(&query.task_type) {
            let fault = Fault::new("task_type", "unknown_code");
            return Err(Problem::InvalidParameters(vec![fault]));
        }
        let suggestions = suggest(&stored.content, &query.task_type, query.minutes);
        let view = FeeSuggestionsView { fee_schedule_id: *fee_schedule_id, suggestions };
        Ok(Answer::ok(&view)?.tagged())
    })
    .await
}

fn faults(content: &ScheduleContent, level: Level) -> Vec<Fault> {
    let mut faults = Vec::new();
    if level != Level::Area {
        faults.push(Fault::new("/node_id", "not_an_area"));
    }
    for fault in fee_schedule::faults(content) {
        faults.push(Fault::new(format!("/content{}", fault.pointer), fault.code));
    }
    faults
}

fn view(stored: &Stored<FeeSchedule>) -> FeeScheduleView {
    let FeeSchedule { id, node, content } = stored.thing.clone();
    FeeScheduleView { id, node_id: node, content }
}
