//! `/v1/question-sets`: what each side is asked after a task, in versions (S4-23, S4-50, S3-33).

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    feedback::{
        Side,
        question_set::{Event, Facts, QuestionSet, QuestionSetId, State, WORKFLOW},
    },
    node::NodeId,
    policy::{Action, Subject},
    refusal::faultless,
};
use persistence::{Session, Stored, nodes, question_sets};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    problem::{Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_question_sets)
        .service(create_question_set)
        .service(get_question_set)
        .service(publish_question_set)
        .service(retire_question_set);
}

/// A question set
#[derive(Serialize, ToSchema)]
struct QuestionSetView {
    /// Its identifier.
    id: QuestionSetId,
    /// The area whose set it is, or the nation.
    node_id: NodeId,
    /// Its number among the sets of the same node and side.
    #[schema(example = 1, minimum = 1, maximum = 100_000)]
    number: u32,
    /// What it asks.
    facts: Facts,
    /// Where it is in its life.
    state: State,
    /// What the caller can do with it.
    #[schema(max_items = 20)]
    actions: Vec<ActionView>,
}

page!(QuestionSetPage of QuestionSetView);

/// Which question sets
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct QuestionSetFilter {
    /// Only those of this node itself.
    node: Option<NodeId>,
    /// Only those for this side.
    side: Option<Side>,
    /// Only those in this state.
    state: Option<String>,
}

/// A new question set
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewQuestionSet {
    /// The area whose set it is, or the nation.
    node_id: NodeId,
    /// What it asks.
    facts: Facts,
}

/// List question sets
///
/// Everyone may know what is asked: both forms are delivered before the task. The set that holds for a task is the published
/// one of the nearest node above its unit.
#[utoipa::path(tag = "feedback", params(QuestionSetFilter), responses((status = OK, body = QuestionSetPage)))]
#[get("/v1/question-sets")]
async fn list_question_sets(
    app: Data<App>,
    call: Call,
    query: Query<QuestionSetFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = question_sets::Filter {
            node: query.node,
            side: query.side,
            state: query.state.clone(),
        };
        let found =
            question_sets::list(session, &caller.scope(Action::ReadSetting), &filter, query.page)?;
        Answer::page(&query, found, |set| {
            let subject = subject(session, &set)?;
            Ok(view(caller, &subject, &set))
        })
    })
    .await
}

/// Create a question set
///
/// It is a draft with the next number of its node and side; nobody is asked before it is published.
#[utoipa::path(tag = "feedback", responses((status = CREATED, body = QuestionSetView)))]
#[post("/v1/question-sets")]
async fn create_question_set(
    app: Data<App>,
    call: Call,
    body: Json<NewQuestionSet>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let node = referred(nodes::find(session, body.0.node_id), "/node_id")?;
        let subject = Subject::at(node.path.clone());
        caller.require(Action::ManageSetting, &subject)?;
        node.takes_new()?;
        let faults = body.0.facts.faults().into_iter().map(|mut fault| {
            fault.pointer.insert_str(0, "/facts");
            fault
        });
        faultless(faults.collect())?;
        let side = body.0.facts.side;
        let set = QuestionSet {
            id: caller.new_id(),
            node: body.0.node_id,
            number: question_sets::next_number(session, body.0.node_id, side)?,
            facts: body.0.facts.clone(),
            state: State::Draft,
        };
        let set = question_sets::add(session, set)?;
        Answer::created(&format!("/v1/question-sets/{}", set.id), &view(caller, &subject, &set))
            .version(&set)
    })
    .await
}

/// Get a question set
///
/// The questions of a side, in the version that this is. Answers always belong to one version.
#[utoipa::path(tag = "feedback", responses((status = OK, body = QuestionSetView)))]
#[get("/v1/question-sets/{question_set_id}")]
async fn get_question_set(
    app: Data<App>,
    call: Call,
    question_set_id: Path<QuestionSetId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let set = question_sets::find(session, *question_set_id)?;
        let subject = subject(session, &set)?;
        caller.require(Action::ReadSetting, &subject)?;
        Answer::ok(&view(caller, &subject, &set)).version(&set)
    })
    .await
}

/// Publish a question set
///
/// From now on it is asked, and it never changes again. The set of the same node and side that was published before is
/// retired.
#[utoipa::path(tag = "feedback", responses((status = OK, body = QuestionSetView)))]
#[post("/v1/question-sets/{question_set_id}/publish")]
async fn publish_question_set(
    app: Data<App>,
    call: Call,
    question_set_id: Path<QuestionSetId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let set = question_sets::find(session, *question_set_id)?;
        let subject = subject(session, &set)?;
        caller.require(Action::ManageSetting, &subject)?;
        let published = set.thing.clone().apply(Event::Publish, now)?;
        if let Some(before) = question_sets::published(session, set.node, set.facts.side)? {
            let retired = before.thing.clone().apply(Event::Retire, now)?;
            question_sets::save(session, &before, retired)?;
        }
        let set = question_sets::save(session, &set, published)?;
        Answer::ok(&view(caller, &subject, &set)).version(&set)
    })
    .await
}

/// Retire a question set
///
/// It is asked no more: that of the next node above holds instead.
#[utoipa::path(tag = "feedback", responses((status = OK, body = QuestionSetView)))]
#[post("/v1/question-sets/{question_set_id}/retire")]
async fn retire_question_set(
    app: Data<App>,
    call: Call,
    question_set_id: Path<QuestionSetId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let set = question_sets::find(session, *question_set_id)?;
        let subject = subject(session, &set)?;
        caller.require(Action::ManageSetting, &subject)?;
        let retired = set.thing.clone().apply(Event::Retire, now)?;
        let set = question_sets::save(session, &set, retired)?;
        Answer::ok(&view(caller, &subject, &set)).version(&set)
    })
    .await
}

fn subject(session: &mut Session<'_>, set: &Stored<QuestionSet>) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, set.node)?))
}

fn view(caller: &Caller, subject: &Subject, set: &Stored<QuestionSet>) -> QuestionSetView {
    QuestionSetView {
        id: set.thing.id,
        node_id: set.node,
        number: set.number,
        facts: set.facts.clone(),
        state: set.state,
        actions: caller.actions(&WORKFLOW, set.state.name(), subject),
    }
}
