//! What was recorded of a task, taken back because it was wrong.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    assignment::{Assignment, AssignmentId, Event},
    notice::Kind,
    order,
    policy::Action,
    refusal::Rule,
    time::Moment,
};
use persistence::{Session, agreements, assignments, fee_forms, orders, people};

use super::{answer, ending::tell_other, subject, view::AssignmentView};
use crate::{App, answer::Answer, call::Call, problem::Result};

/// Take back what was recorded
///
/// That the task was done, that someone did not come, or that it was cancelled once it had begun: either party takes back what
/// was recorded by mistake, and the other one is told. The task is confirmed again, and what is true of it can be recorded.
/// Refused once a fee form was begun for it: withdraw that first. What is paid stays as it is once the expert's account
/// is deactivated. A task that was cancelled before its time has given up its
/// place in the order and cannot be taken back.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/reopen")]
pub(super) async fn reopen_assignment(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let found = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &found)?;
        caller.require(Action::RecordTask, &subject)?;
        // First the order: as everywhere that both are held.
        orders::hold(session, found.order)?;
        let assignment = assignments::hold(session, *assignment_id)?;
        let agreement = agreements::in_force(session, assignment.thing.id)?;
        let since = agreement.and_then(|agreement| agreement.state.since());
        let event = Event::Reopen { since: since.unwrap_or(now) };
        let next = assignment.thing.clone().apply(event, now)?;
        if let Some(rule) = settled(session, &assignment, now)? {
            return Err(rule.into());
        }
        let assignment = assignments::save(session, &assignment, next)?;
        tell_other(session, caller, &assignment, Kind::TaskReopened)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// What has come of what was recorded, so that it cannot be taken back any more.
pub(super) fn settled(
    session: &mut Session<'_>,
    assignment: &Assignment,
    now: Moment,
) -> Result<Option<Rule>> {
    if fee_forms::is_claimed(session, assignment.id)? {
        return Ok(Some(Rule::FeeFormExists));
    }
    if agreements::in_force(session, assignment.id)?.is_none() {
        return Ok(Some(Rule::PlaceGivenUp));
    }
    // Who could still step back would have their order look for somebody else.
    let ahead = assignment.starts.is_none_or(|starts| now < starts);
    if ahead && orders::find(session, assignment.order)?.state == order::State::Closed {
        return Ok(Some(Rule::TaskAhead));
    }
    // Whoever is gone could not say that it is not so.
    if assignment.payable().is_some() && !people::find(session, assignment.person)?.is_active() {
        return Ok(Some(Rule::PersonDeactivated));
    }
    Ok(None)
}
