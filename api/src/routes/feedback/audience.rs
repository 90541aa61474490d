//! What the audience said, nameless and in counts.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    assignment::AssignmentId,
    feedback::{AudienceFeedback, AudienceFeedbackId, AudienceForm, Side},
    policy::Action,
    refusal::Rule,
    time::Moment,
};
use persistence::{assignments, audience_feedback};
use serde::Serialize;
use utoipa::ToSchema;

use super::{frozen, give::asked, subject};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::Call,
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(enter_audience_feedback);
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
    /// When they were written down.
    entered_at: Moment,
}

/// Write down what the audience said
///
/// In counts, once for each assignment: who said what is not asked. The unit that ordered writes it down.
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
        let view = AudienceFeedbackView {
            id: given.thing.id,
            assignment_id: given.assignment,
            form: given.form.clone(),
            entered_at: given.entered_at,
        };
        let location = format!("/v1/assignments/{}/feedback", given.assignment);
        Answer::created(&location, &view).version(&given)
    })
    .await
}
