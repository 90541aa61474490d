//! The introduction: whoever brokers brings the expert and the unit together (S2-03).

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    assignment::{AssignmentId, Event, IntroductionForm},
    notice::Kind,
    policy::Action,
};
use persistence::assignments;

use super::{answer, ending::tell_other, subject, view::AssignmentView};
use crate::{App, answer::Answer, body::Json, call::Call, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(introduce_parties);
}

/// Introduce the parties
///
/// After the expert has accepted: when and how the broker brings the expert and the unit together, in a meeting or by a
/// call. Both are told. One that is still to come can be moved by introducing them again.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[post("/v1/assignments/{assignment_id}/introduce")]
async fn introduce_parties(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<IntroductionForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::IntroduceParties, &subject)?;
        let event = Event::Introduce { by: caller.human()?, form: body.0.clone() };
        let next = assignment.thing.clone().apply(event, now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        tell_other(session, caller, &assignment, Kind::PartiesIntroduced)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}
