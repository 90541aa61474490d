//! What happens between the acceptance and the task: contacts, deliveries, a visit.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    assignment::{AssignmentId, ContactForm, Event},
    policy::Action,
    time::Day,
};
use persistence::assignments;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{answer, subject, view::AssignmentView};
use crate::{App, answer::Answer, body::Json, call::Call, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(record_contact).service(record_visit).service(waive_delivery);
}

/// A reason to go on without the deliveries
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliveryWaiverForm {
    /// Why the task can be done without orientation material or feedback forms.
    #[schema(
        min_length = 1,
        max_length = 1000,
        example = "Sama tehtävä samassa yksikössä kuin viime viikolla."
    )]
    reason: String,
}

/// A visit to the place of the task, as told
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VisitForm {
    /// The day of the visit.
    date: Day,
}

/// Record a contact
///
/// The unit contacts the expert soon after the acceptance (S4-24). Either party records it.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/record-contact")]
async fn record_contact(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<ContactForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RecordTask, &subject)?;
        let event = Event::RecordContact { by: caller.human()?, form: body.0.clone() };
        let next = assignment.thing.clone().apply(event, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// Record a visit
///
/// That the unit showed the expert the place before the task (S3-26).
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/record-visit")]
async fn record_visit(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<VisitForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RunAssignment, &subject)?;
        let event = Event::RecordVisit { by: caller.human()?, date: body.date };
        let next = assignment.thing.clone().apply(event, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// Go on without the deliveries
///
/// A task is done only after orientation material and both feedback forms were delivered (S4-22, S4-23, S4-30), or with
/// a reason that stays on record. Either party gives it: an expert who got nothing is not kept from recording what they did.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/waive-delivery")]
async fn waive_delivery(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<DeliveryWaiverForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::RecordTask, &subject)?;
        let event = Event::WaiveDelivery { by: caller.human()?, reason: body.reason.clone() };
        let next = assignment.thing.clone().apply(event, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}
