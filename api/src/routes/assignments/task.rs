//! The task done, and what follows it.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    assignment::{AssignmentId, Event, OralFeedbackForm, PerformanceForm},
    notice::Kind,
    policy::Action,
};
use persistence::assignments;

use super::{
    answer,
    ending::{lapse, tell_other},
    subject,
    view::AssignmentView,
};
use crate::{App, answer::Answer, body::Json, call::Call, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(perform_assignment).service(record_oral_feedback).service(close_assignment);
}

/// Record the task as done
///
/// Either party does (S4-31), from the agreed day on. Refused until orientation material and both feedback forms were
/// delivered, unless there is a recorded reason. An amendment that was still being filled in lapses.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/perform")]
async fn perform_assignment(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<PerformanceForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RecordTask, &subject)?;
        let event = Event::Perform { by: caller.human()?, form: body.0.clone() };
        let next = assignment.thing.clone().apply(event, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        lapse(session, &assignment, now)?;
        tell_other(session, caller, &assignment, Kind::TaskPerformed)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// Record oral feedback
///
/// That it was given after the task, when and by whom (S4-32).
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/record-oral-feedback")]
async fn record_oral_feedback(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<OralFeedbackForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RecordTask, &subject)?;
        let event = Event::RecordOralFeedback { by: caller.human()?, form: body.0.clone() };
        let next = assignment.thing.clone().apply(event, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// Close an assignment
///
/// Everything that belonged to the task is done.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/close")]
async fn close_assignment(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RunAssignment, &subject)?;
        let next = assignment.thing.clone().apply(Event::Close, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}
