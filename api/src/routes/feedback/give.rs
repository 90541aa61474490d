//! Each side says what it has to say of an assignment, once.

use actix_web::{
    get, put,
    web::{Data, Path},
};
use domain::{
    assignment::{Assignment, AssignmentId},
    feedback::{
        AudienceForm, Feedback, Form as FeedbackForm, Lock, Side,
        question_set::{QuestionSet, QuestionSetId},
    },
    notice::Kind,
    policy::{Action, Reach, Scope},
    refusal::{Fault, Refusal, Rule},
    supervision::{SessionKind, State, SupervisionSession},
    time::Moment,
};
use persistence::{
    Page, Session, Stored, assignments, audience_feedback, experts, feedback, nodes, question_sets,
    supervision_sessions,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{FeedbackView, frozen, giving, quotes::unquote, subject, view};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering::tell_supporters,
    call::{Call, Caller},
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_assignment_feedback).service(get_feedback).service(give_feedback);
}

/// What was said of an assignment, as far as the caller may read it
#[derive(Serialize, ToSchema)]
struct AssignmentFeedbackView {
    /// The assignment.
    assignment_id: AssignmentId,
    /// The orderer's and the expert's side.
    #[schema(max_items = 2)]
    sides: Vec<SideView>,
    /// What the unit said will change because of the task: both sides may know.
    #[schema(max_items = 50, example = json!(["We ask people before we change the form."]))]
    changes: Vec<String>,
    /// What the audience said, in counts, if that was written down. Of fewer than five who answered, only the unit sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    audience: Option<AudienceForm>,
    /// Whether the audience was heard, and what it said is hidden because fewer than five answered.
    #[schema(example = false)]
    few_heard: bool,
}

/// One side
#[derive(Serialize, ToSchema)]
struct SideView {
    /// Which side.
    side: Side,
    /// The questions that are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    question_set_id: Option<QuestionSetId>,
    /// Whether it was given.
    given: bool,
    /// What was said, if the caller may read it: each side reads its own, the coordinator both.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    feedback: Option<FeedbackView>,
}

/// Get the feedback on an assignment
///
/// Which questions are asked and which side has answered; the answers themselves as far as the caller may read them. What an
/// audience of fewer than five said is shown to the unit alone, which wrote it down.
#[utoipa::path(tag = "feedback", responses((status = OK, body = AssignmentFeedbackView)))]
#[get("/v1/assignments/{assignment_id}/feedback")]
async fn get_assignment_feedback(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        if !caller.may(Action::ReadFeedback, &subject) {
            caller.require(Action::ReadAssignment, &subject)?;
        }
        let path = nodes::path(session, assignment.node)?;
        let mut sides = Vec::new();
        let mut changes = Vec::new();
        for side in [Side::Orderer, Side::Expert] {
            let given = feedback::of(session, assignment.thing.id, side)?;
            let asked = question_sets::current(session, &path, side)?;
            let reads =
                caller.may(giving(side)?, &subject) || caller.may(Action::ReadFeedback, &subject);
            // An installation may still have answers of experts to such a question: they are for their own side.
            if side == Side::Orderer {
                changes.extend(given.iter().flat_map(|given| given.changes.clone()));
            }
            sides.push(SideView {
                side,
                question_set_id: match &given {
                    Some(given) => Some(given.form.question_set),
                    None => asked.map(|set| set.thing.id),
                },
                given: given.is_some(),
                feedback: given.filter(|_| reads).map(|given| view(&given)),
            });
        }
        let audience = audience_feedback::of(session, assignment.thing.id)?;
        let unit = caller.may(Action::GiveOrdererFeedback, &subject);
        let told = audience
            .as_ref()
            .and_then(|given| if unit { Some(&given.form) } else { given.told() })
            .cloned();
        let view = AssignmentFeedbackView {
            assignment_id: assignment.thing.id,
            sides,
            changes,
            few_heard: told.is_none() && audience.is_some(),
            audience: told,
        };
        Ok(Answer::ok(&view)?.tagged())
    })
    .await
}

/// Get one side's feedback on an assignment
///
/// What one side said of the assignment. Each side reads its own; the area's coordinator and its centre read both.
#[utoipa::path(tag = "feedback", responses((status = OK, body = FeedbackView)))]
#[get("/v1/assignments/{assignment_id}/feedback/{side}")]
async fn get_feedback(
    app: Data<App>,
    call: Call,
    path: Path<(AssignmentId, Side)>,
) -> Result<Answer> {
    let (assignment_id, side) = path.into_inner();
    app.find(call, move |session, caller| {
        let assignment = assignments::find(session, assignment_id)?;
        let subject = subject(session, &assignment)?;
        if !caller.may(Action::ReadFeedback, &subject) {
            caller.require(giving(side)?, &subject)?;
        }
        let given = feedback::of(session, assignment_id, side)?.ok_or(Problem::NotFound)?;
        Answer::ok(&view(&given)).version(&given)
    })
    .await
}

/// Give one side's feedback on an assignment
///
/// Once for each side, with `If-None-Match: *`; changed with `If-Match` until the assignment is closed or the year's
/// compilation is frozen. After that, too, whoever sends the same answers with `may_quote: false` takes back that they may be
/// quoted: what was cleared for quoting is taken out of the year's compilations, except of what is published already. A `yes`
/// to the question whether the expert wants to talk the task through becomes a request for a debrief to the organisation that
/// supports them now; it is not kept among the answers.
#[utoipa::path(tag = "feedback", responses((status = OK, body = FeedbackView), (status = CREATED, body = FeedbackView)))]
#[put("/v1/assignments/{assignment_id}/feedback/{side}")]
async fn give_feedback(
    app: Data<App>,
    call: Call,
    path: Path<(AssignmentId, Side)>,
    body: Json<FeedbackForm>,
) -> Result<Answer> {
    let (assignment_id, side) = path.into_inner();
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(giving(side)?, &subject)?;
        let earlier = feedback::of(session, assignment_id, side)?;
        match &earlier {
            Some(earlier) => caller.unchanged(earlier)?,
            None => caller.creates()?,
        }
        let set = asked(session, &assignment, body.0.question_set, side)?;
        let lock = frozen(session, &assignment)?;
        let form = body.0.clone();
        let (given, feedback) = match earlier {
            None if lock.is_some() => return Err(Rule::CompilationFrozen.into()),
            None => {
                let (id, by) = (caller.new_id(), caller.human()?);
                let given = Feedback::give(id, &assignment, by, form, &set, now)?;
                (given.debrief, feedback::add(session, given.feedback)?)
            }
            Some(earlier) => {
                let lock = match assignment.state.name() {
                    "closed" => Some(Lock::Closed),
                    "performed" => lock,
                    _ => Some(Lock::NotDone),
                };
                let given = earlier.thing.clone().change(form, &set, lock, now)?;
                unquote(session, &assignment, &earlier)?;
                (given.debrief, feedback::save(session, &earlier, given.feedback)?)
            }
        };
        if given {
            ask_for_debrief(session, caller, &assignment, now)?;
        }
        let answer = if feedback.version == 1 {
            let location = format!("/v1/assignments/{assignment_id}/feedback/{}", side.name());
            Answer::created(&location, &view(&feedback))
        } else {
            Answer::ok(&view(&feedback))
        };
        answer.version(&feedback)
    })
    .await
}

/// The question set, if it may be answered by this side for this assignment.
pub(super) fn asked(
    session: &mut Session<'_>,
    assignment: &Assignment,
    id: QuestionSetId,
    side: Side,
) -> Result<Stored<QuestionSet>> {
    let wrong = |code| Problem::from(Refusal::Invalid(vec![Fault::new("/question_set", code)]));
    let set = match question_sets::find(session, id) {
        Err(persistence::Error::NotFound) => return Err(wrong("unknown_reference")),
        found => found?,
    };
    if !nodes::path(session, assignment.node)?.ids().any(|node| node == set.node) {
        return Err(wrong("unknown_reference"));
    }
    if set.facts.side != side {
        return Err(wrong("wrong_side"));
    }
    Ok(set)
}

/// Asks for a debrief (*jälkipuinti*), unless one is waiting already: of the organisation that supports the expert now, or
/// else of the one that brokered the task, or else of the one where the expert was enrolled.
fn ask_for_debrief(
    session: &mut Session<'_>,
    caller: &Caller,
    assignment: &Assignment,
    now: Moment,
) -> Result<()> {
    let own = Scope(vec![Reach::Own(assignment.person)]);
    let page = Page { after: None, limit: 500 };
    let waiting = supervision_sessions::list(session, &own, Some("requested"), page)?;
    if waiting.iter().any(|one| one.assignment == Some(assignment.id)) {
        return Ok(());
    }
    let expert = experts::find(session, assignment.expert)?;
    let node = expert.handler().or(assignment.handler).unwrap_or(expert.node);
    let request = SupervisionSession {
        id: caller.new_id(),
        node,
        owner: assignment.person,
        kind: SessionKind::Debrief,
        assignment: Some(assignment.id),
        invited: vec![assignment.person],
        participants: Vec::new(),
        terms: None,
        state: State::Requested,
    };
    let request = supervision_sessions::invite(session, request)?;
    tell_supporters(session, &request, request.owner, Kind::SupervisionWanted, now)
}
