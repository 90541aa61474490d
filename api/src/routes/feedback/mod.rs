//! `/v1/feedback` and what hangs on an assignment: what each side said of a task (S4-36, S4-41, S4-54).

mod audience;
mod give;
mod list;
mod quotes;

use std::collections::HashMap;

use domain::{
    assignment::{Assignment, AssignmentId},
    feedback::{Feedback, FeedbackId, Form, Lock, Quote, Side},
    node::NodeId,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Session, Stored, compilations, nodes};
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use self::quotes::unquote_all;
use crate::problem::{Problem, Result};
use crate::routes::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    give::configure(config);
    audience::configure(config);
    list::configure(config);
}

/// One side's feedback on an assignment
#[derive(Serialize, ToSchema)]
struct FeedbackView {
    /// Its identifier.
    id: FeedbackId,
    /// The assignment.
    assignment_id: AssignmentId,
    /// The unit that ordered.
    node_id: NodeId,
    /// Which side answered.
    side: Side,
    /// The answers. That an expert wants to talk the task through is not among them: it has become a request.
    form: Form,
    /// What was said to change because of the task.
    #[schema(max_items = 50, example = json!(["We ask people before we change the form."]))]
    changes: Vec<String>,
    /// The open answers that were cleared for quoting.
    #[schema(max_items = 50)]
    quotes: Vec<Quote>,
    /// When it was given.
    given_at: Moment,
    /// When it was last changed.
    changed_at: Moment,
}

fn view(feedback: &Stored<Feedback>) -> FeedbackView {
    FeedbackView {
        id: feedback.thing.id,
        assignment_id: feedback.assignment,
        node_id: feedback.node,
        side: feedback.side,
        form: feedback.form.clone(),
        changes: feedback.changes.clone(),
        quotes: feedback.quotes.clone(),
        given_at: feedback.given_at,
        changed_at: feedback.changed_at,
    }
}

/// What a decision about an assignment depends on.
fn subject(session: &mut Session<'_>, assignment: &Assignment) -> Result<Subject> {
    let handler = assignment.handler.map(|handler| nodes::path(session, handler)).transpose()?;
    Ok(Subject {
        node: Some(nodes::path(session, assignment.node)?),
        handler,
        owner: Some(assignment.person),
        ..Subject::default()
    })
}

/// Who gives the feedback of a side. The audience gives its own in counts.
const fn giving(side: Side) -> Result<Action> {
    match side {
        Side::Orderer => Ok(Action::GiveOrdererFeedback),
        Side::Expert => Ok(Action::GiveExpertFeedback),
        Side::Audience => Err(Problem::NotFound),
    }
}

/// Whether the compilation of the task's year is frozen, and with it what it was made from.
pub(crate) fn frozen(session: &mut Session<'_>, assignment: &Assignment) -> Result<Option<Lock>> {
    Ok(Frozen::default().holds(session, assignment)?.then_some(Lock::Frozen))
}

/// The years whose compilation is frozen, so that each is asked for once.
#[derive(Default)]
struct Frozen(HashMap<(NodeId, i32), bool>);

impl Frozen {
    /// Whether the task is of such a year.
    fn holds(&mut self, session: &mut Session<'_>, assignment: &Assignment) -> Result<bool> {
        let Some(area) = nodes::path(session, assignment.node)?.area() else { return Ok(false) };
        let year = domain::compilation::day_of(assignment).year();
        if let Some(frozen) = self.0.get(&(area, year)) {
            return Ok(*frozen);
        }
        let frozen = compilations::is_any(session, area, year, &["frozen", "published"])?;
        self.0.insert((area, year), frozen);
        Ok(frozen)
    }
}
