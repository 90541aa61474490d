//! What the audience said, nameless and in counts.

use actix_web::{
    get, post, put,
    web::{Data, Path},
};
use domain::{
    assignment::AssignmentId,
    feedback::{AudienceFeedback, AudienceFeedbackId, AudienceForm, Side},
    policy::Action,
    refusal::Rule,
    time::Moment,
};
use persistence::{Stored, assignments, audience_feedback};
use serde::Serialize;
use utoipa::ToSchema;

use super::{frozen, give::asked, subject};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::Call,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(enter_audience_feedback)
        .service(get_audience_feedback)
        .service(correct_audience_feedback);
}

/// What an audience said
#[derive(Serialize, ToSchema)]
struct AudienceFeedbackView {
    /// Its identifier.
    id: AudienceFeedbackId,
    /// The assignment.
    assignment_id: AssignmentId,
    /// The counts.
    form: AudienceForm,
    /// When they were written down, or put right the last time.
    entered_at: Moment,
}

fn view(given: &Stored<AudienceFeedback>) -> AudienceFeedbackView {
    AudienceFeedbackView {
        id: given.thing.id,
        assignment_id: given.assignment,
        form: given.form.clone(),
        entered_at: given.entered_at,
    }
}

/// Write down what the audience said
///
/// In counts, once for each assignment: who said what is not asked. The unit that ordered writes it down, and can put it right
/// later. Others are told of it from five who answered on.
#[utoipa::path(tag = "feedback", responses((status = CREATED, body = AudienceFeedbackView)))]
#[post("/v1/assignments/{assignment_id}/audience-feedback")]
async fn enter_audience_feedback(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<AudienceForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        caller.require(Action::GiveOrdererFeedback, &subject(session, &assignment)?)?;
        if frozen(session, &assignment)?.is_some() {
            return Err(Rule::CompilationFrozen.into());
        }
        let set = asked(session, &assignment, body.0.question_set, Side::Audience)?;
        let (id, by) = (caller.new_id(), caller.human()?);
        let given = AudienceFeedback::enter(id, &assignment, by, body.0.clone(), &set, now)?;
        let given = audience_feedback::add(session, given)?;
        let location = format!("/v1/assignments/{}/audience-feedback", given.assignment);
        Answer::created(&location, &view(&given)).version(&given)
    })
    .await
}

/// Get what the audience said
///
/// As the unit that ordered wrote it down, for the unit: the others find it with the rest of the feedback, from five who
/// answered on.
#[utoipa::path(tag = "feedback", responses((status = OK, body = AudienceFeedbackView)))]
#[get("/v1/assignments/{assignment_id}/audience-feedback")]
async fn get_audience_feedback(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let assignment = assignments::find(session, *assignment_id)?;
        caller.require(Action::GiveOrdererFeedback, &subject(session, &assignment)?)?;
        let given = audience_feedback::of(session, *assignment_id)?.ok_or(Problem::NotFound)?;
        Answer::ok(&view(&given)).version(&given)
    })
    .await
}

/// Put right what the audience said
///
/// The unit that ordered corrects its counts, with `If-Match`, until the year's compilation is frozen.
#[utoipa::path(tag = "feedback", responses((status = OK, body = AudienceFeedbackView)))]
#[put("/v1/assignments/{assignment_id}/audience-feedback")]
async fn correct_audience_feedback(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<AudienceForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        caller.require(Action::GiveOrdererFeedback, &subject(session, &assignment)?)?;
        let given = audience_feedback::of(session, *assignment_id)?.ok_or(Problem::NotFound)?;
        caller.unchanged(&given)?;
        let set = asked(session, &assignment, body.0.question_set, Side::Audience)?;
        let (lock, by) = (frozen(session, &assignment)?, caller.human()?);
        let right = given.thing.clone().correct(by, body.0.clone(), &set, lock, now)?;
        let given = audience_feedback::save(session, &given, right)?;
        Answer::ok(&view(&given)).version(&given)
    })
    .await
}
