//! The task that does not happen: cancelled, nobody there, or the expert stepped back.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    agreement,
    assignment::{Assignment, AssignmentId, CancellationParty, Event, Side},
    notice::Kind,
    policy::{Action, Power},
    refusal::{Fault, faultless},
    time::Moment,
};
use persistence::{Session, Stored, agreements, assignments, notices, orders};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{answer, subject, view::AssignmentView};
use crate::{
    App,
    answer::Answer,
    body::Json,
    brokering,
    call::{Call, Caller},
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(cancel_assignment).service(record_no_show).service(step_back);
}

/// A cancellation
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CancellationForm {
    /// Whose decision or what it is.
    party: CancellationParty,
    /// Why.
    #[schema(min_length = 1, max_length = 1000, example = "Koulutuspäivä siirtyy keväälle.")]
    reason: String,
    /// The share of the agreed fee to pay all the same, in percent. Without it: what was agreed on. Never less than that
    /// when the unit or the broker cancels, and nothing before an agreement is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100, example = 50)]
    pay_percent: Option<i32>,
}

/// That someone did not come
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoShowForm {
    /// Who did not come.
    absent: Side,
}

/// Cancel an assignment
///
/// Late cancellations by the unit are paid as agreed (S4-55). Before the agreed beginning: if it was the expert who could not
/// come, or others are still looked for, somebody else is looked for; if the unit cancels the last task that the order asked
/// for, the order is cancelled with it.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/cancel")]
async fn cancel_assignment(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<CancellationForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RunAssignment, &subject)?;
        let owed = match body.party {
            CancellationParty::Orderer | CancellationParty::Broker => {
                owed(session, &assignment, now)?
            }
            CancellationParty::Expert | CancellationParty::Circumstances => 0,
        };
        let pay_percent = body.pay_percent.unwrap_or(owed);
        let wrong = if pay_percent < owed {
            Some("below_agreed")
        } else if pay_percent > 0 && agreements::in_force(session, assignment.thing.id)?.is_none() {
            // A share of nothing: no fee form could ever be written for it.
            Some("nothing_agreed")
        } else {
            None
        };
        faultless(wrong.map(|code| Fault::new("/pay_percent", code)).into_iter().collect())?;
        let event = Event::Cancel {
            party: body.party,
            by: caller.human()?,
            reason: body.reason.clone(),
            pay_percent,
        };
        let next = assignment.thing.clone().apply(event, now)?;
        let begun = assignment.has_begun(now);
        if !begun {
            orders::hold(session, assignment.order)?;
        }
        let assignment = assignments::save(session, &assignment, next)?;
        lapse(session, &assignment, now)?;
        if !begun {
            let (by, reason) = (caller.human()?, body.reason.clone());
            brokering::assignment_cancelled(session, &assignment, body.party, by, reason, now)?;
        }
        tell_other(session, caller, &assignment, Kind::AssignmentCancelled)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// Record that someone did not come
///
/// Either party does, once the agreed time has come. If it was the unit, the expert is paid as for the latest possible
/// cancellation.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/no-show")]
async fn record_no_show(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<NoShowForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RecordTask, &subject)?;
        let pay_percent = match body.absent {
            Side::Orderer => owed(session, &assignment, now)?,
            Side::Expert => 0,
        };
        let event = Event::NoShow { by: caller.human()?, absent: body.absent, pay_percent };
        let next = assignment.thing.clone().apply(event, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        lapse(session, &assignment, now)?;
        tell_other(session, caller, &assignment, Kind::AssignmentCancelled)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// Step back
///
/// The expert gives the task up before its agreed beginning, without giving a reason. The order returns to brokering by itself.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/step-back")]
async fn step_back(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::StepBack, &subject)?;
        let assignment = give_up(session, &assignment, now)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// Gives a task back before it begins, and its order to those who broker it.
pub(in crate::routes) fn give_up(
    session: &mut Session<'_>,
    assignment: &Stored<Assignment>,
    now: Moment,
) -> Result<Stored<Assignment>> {
    let next = assignment.thing.clone().apply(Event::StepBack, now)?;
    orders::hold(session, assignment.order)?;
    let assignment = assignments::save(session, assignment, next)?;
    lapse(session, &assignment, now)?;
    brokering::step_back(session, assignment.offer, now)?;
    Ok(assignment)
}

/// The share of the fee, in percent, that the agreement in force promises if the unit cancels now.
fn owed(session: &mut Session<'_>, assignment: &Assignment, now: Moment) -> Result<i32> {
    let agreement = agreements::in_force(session, assignment.id)?;
    Ok(agreement.map_or(0, |one| one.content.fee.cancellation.owed(assignment.starts, now)))
}

/// Ends the agreement or the amendment that was being filled in, if one was.
pub(super) fn lapse(session: &mut Session<'_>, assignment: &Assignment, now: Moment) -> Result<()> {
    if let Some(draft) = agreements::drafting(session, assignment.id)? {
        let next = draft.thing.clone().apply(agreement::Event::Lapse, now)?;
        agreements::save(session, &draft, next)?;
    }
    Ok(())
}

/// Tells the party that did not do it themselves.
pub(super) fn tell_other(
    session: &mut Session<'_>,
    caller: &Caller,
    assignment: &Stored<Assignment>,
    kind: Kind,
) -> Result<()> {
    let reference = format!("/v1/assignments/{}", assignment.thing.id);
    let order = orders::find(session, assignment.order)?;
    let unit = brokering::orderers_of_task(session, &order, assignment.person, caller.now)?;
    let expert = (assignment.person, Power::Agreements);
    brokering::tell_expert(session, expert, caller.person(), kind, &reference, caller.now)?;
    for person in unit {
        if caller.person() != Some(person) {
            notices::tell(session, person, kind, &reference, caller.new_id(), caller.now)?;
        }
    }
    Ok(())
}
