//! The feedback of an area, what of it may be quoted, and what is missing.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    assignment::{Assignment, AssignmentId},
    feedback::{FeedbackId, Quote, Side},
    node::NodeId,
    policy::{Action, Scope, Subject},
    time::Day,
};
use persistence::{Page, Session, Stored, feedback, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{FeedbackView, Frozen, quotes::reword, view};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::Call,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_feedback).service(list_missing_feedback).service(clear_quote);
}

page!(FeedbackPage of FeedbackView);

/// Which feedback
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeedbackFilter {
    /// Only that of this side.
    side: Option<Side>,
    /// Only that which says what will change because of the task, or only that which does not.
    changes: Option<bool>,
}

/// An assignment whose feedback is missing
#[derive(Serialize, ToSchema)]
struct MissingFeedbackView {
    /// The assignment.
    assignment_id: AssignmentId,
    /// The unit that ordered.
    node_id: NodeId,
    /// The day of the task.
    day: Day,
    /// The sides that have not answered.
    #[schema(max_items = 2)]
    sides: Vec<Side>,
}

page!(MissingFeedbackPage of MissingFeedbackView);

/// Whose feedback
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MissingFilter {
    /// Only where the feedback of this side is missing.
    side: Option<Side>,
}

/// List feedback
///
/// For those who read an area's feedback. With `changes=true`: what was said to change because of the tasks.
#[utoipa::path(tag = "feedback", params(FeedbackFilter), responses((status = OK, body = FeedbackPage)))]
#[get("/v1/feedback")]
async fn list_feedback(app: Data<App>, call: Call, query: Query<FeedbackFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadFeedback);
        let filter = feedback::Filter { side: query.side, promises: query.changes };
        let found = feedback::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |given| Ok(view(&given)))
    })
    .await
}

/// List assignments whose feedback is missing
///
/// Of the assignments that the caller may read, those whose task was done and of which a side has said nothing: an expert
/// finds their own, a unit its own, a liaison those of the subtree; and those whose feedback the caller reads. Once the year's
/// compilation is frozen nothing more is said of its tasks, and they are not listed.
#[utoipa::path(tag = "feedback", params(MissingFilter), responses((status = OK, body = MissingFeedbackPage)))]
#[get("/v1/feedback/missing")]
async fn list_missing_feedback(
    app: Data<App>,
    call: Call,
    query: Query<MissingFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let Scope(mut reaches) = caller.scope(Action::ReadAssignment);
        reaches.extend(caller.scope(Action::ReadFeedback).0);
        let scope = Scope(reaches);
        let found = wanted(session, &scope, query.side, query.page)?;
        Answer::page(&query, found, |assignment| {
            let mut sides = Vec::new();
            for side in [Side::Orderer, Side::Expert] {
                if feedback::of(session, assignment.thing.id, side)?.is_none() {
                    sides.push(side);
                }
            }
            Ok(MissingFeedbackView {
                assignment_id: assignment.thing.id,
                node_id: assignment.node,
                day: domain::compilation::day_of(&assignment),
                sides,
            })
        })
    })
    .await
}

/// A page of the assignments of which something is missing that can still be said.
fn wanted(
    session: &mut Session<'_>,
    scope: &Scope,
    side: Option<Side>,
    mut page: Page,
) -> Result<Vec<Stored<Assignment>>> {
    let most = usize::from(page.limit) + 1;
    let (mut wanted, mut frozen) = (Vec::new(), Frozen::default());
    loop {
        let some = feedback::missing(session, scope, side, page)?;
        let last = some.last().map(|one| one.id).filter(|_| some.len() == most);
        for assignment in some {
            if !frozen.holds(session, &assignment)? {
                wanted.push(assignment);
            }
        }
        if last.is_none() || wanted.len() >= most {
            wanted.truncate(most);
            return Ok(wanted);
        }
        page.after = last;
    }
}

/// Clear an open answer for quoting
///
/// In the words given: what would identify someone is edited out. Only if the giver permitted quoting. What is cleared anew takes
/// the place of what was cleared before, also in drafts of the year's compilation; what is frozen loses the words of before and
/// gets no new ones, and what is published stays.
#[utoipa::path(tag = "feedback", responses((status = OK, body = FeedbackView)))]
#[post("/v1/feedback/{feedback_id}/clear-quote")]
async fn clear_quote(
    app: Data<App>,
    call: Call,
    feedback_id: Path<FeedbackId>,
    body: Json<Quote>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let given = feedback::find(session, *feedback_id)?;
        let subject = Subject::at(nodes::path(session, given.node)?);
        caller.require(Action::ClearQuotes, &subject)?;
        let cleared = given.thing.clone().clear(body.0.clone())?;
        reword(session, &given, &body)?;
        let given = feedback::save(session, &given, cleared)?;
        Answer::ok(&view(&given)).version(&given)
    })
    .await
}
