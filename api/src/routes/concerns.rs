//! `/v1/concerns`

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    assignment::Assignment,
    concern::{
        Concern, ConcernId, Event, Form as ConcernForm, Kind, Reader, State, WORKFLOW, one_more,
    },
    id::Id,
    node::{NodeId, Path as NodePath},
    notice::Kind as NoticeKind,
    order::Order,
    person::PersonId,
    policy::{Action, Role, Subject},
    refusal::{Fault, faultless},
    time::Moment,
};
use persistence::{
    Session, Stored, assignments, concerns, grants, nodes, notices, offers, orders, people,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{assignments::subject as assignment_subject, orders::subject as order_subject};
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    problem::{Problem, Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_concerns)
        .service(raise_concern)
        .service(get_concern)
        .service(handle_concern);
}

/// A concern
#[derive(Serialize, ToSchema)]
struct ConcernView {
    id: ConcernId,
    raised_by: PersonId,
    raised_at: Moment,
    form: ConcernForm,
    state: ConcernState,
    /// When it was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    handled_at: Option<Moment>,
    /// What was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Kiitos. Asiasta on puhuttu yksikön kanssa.",
        max_length = 4000
    )]
    answer: Option<String>,
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// The answer to a concern
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConcernAnswer {
    /// What was done about it.
    #[schema(
        example = "Kiitos. Asiasta on puhuttu yksikön kanssa.",
        min_length = 1,
        max_length = 4000
    )]
    answer: String,
}

/// Where a concern is on its way
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ConcernState {
    Received,
    Handled,
}

/// Which concerns
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ConcernFilter {
    /// Those in this state.
    #[serde(default)]
    state: Option<ConcernState>,
}

page!(ConcernPage of ConcernView);

/// List concerns
///
/// One's own, for the competence centre those about its area, and for those who run the installation those that are for them
/// and not for a centre.
#[utoipa::path(tag = "concerns", params(ConcernFilter), responses((status = OK, body = ConcernPage)))]
#[get("/v1/concerns")]
async fn list_concerns(app: Data<App>, call: Call, query: Query<ConcernFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let state = query.state.map(ConcernState::name);
        let scope = caller.scope(Action::ReadConcern);
        let found = concerns::list(session, &scope, state, query.page)?;
        Answer::page(&query, found, |concern| view(session, caller, &concern))
    })
    .await
}

/// Raise a concern
///
/// When something went against mutual respect. Anyone may, about an organisation and, if they wish, an order or an
/// assignment. The competence centre reads and answers it, so the organisation has one at or above it. A concern about the
/// centre itself can go to those who run the installation instead (`to`): the centre does not know of it then. Twenty of one
/// person can wait for an answer.
#[utoipa::path(tag = "concerns", responses((status = CREATED, body = ConcernView)))]
#[post("/v1/concerns")]
async fn raise_concern(app: Data<App>, call: Call, body: Json<ConcernForm>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let node = referred(nodes::find(session, body.node_id), "/node_id")?;
        caller.require(Action::RaiseConcern, &Subject::at(node.path.clone()))?;
        about_here(session, caller, &node.path, &body.0)?;
        let handler = beyond_centre(session, &body.0)?;
        let (role, code) = match handler {
            None => (Role::CentreManager, Fault::new("/node_id", "no_centre")),
            Some(_) => (Role::PlatformAdmin, Fault::new("/to", "no_administrator")),
        };
        let at = match handler {
            None => node.path.clone(),
            Some(root) => nodes::path(session, root)?,
        };
        let readers = grants::at(session, &at, &[role], now.day())?;
        // What nobody reads is not taken as if somebody did.
        faultless(if readers.is_empty() { vec![code] } else { vec![] })?;
        let raised_by = caller.human()?;
        people::hold(session, raised_by)?;
        one_more(concerns::count_open(session, raised_by)?)?;
        let concern = Concern {
            id: caller.new_id(),
            raised_by,
            raised_at: now,
            form: body.0.clone(),
            handler,
            state: State::Received,
        };
        let concern = concerns::add(session, concern)?;
        let location = format!("/v1/concerns/{}", concern.id);
        for reader in readers {
            let (person, id): (_, Id<_>) = (reader.terms.person_id, caller.new_id());
            notices::tell(session, person, NoticeKind::ConcernRaised, &location, id, now)?;
        }
        Answer::created(&location, &view(session, caller, &concern)?).version(&concern)
    })
    .await
}

/// Get a concern
///
/// What was told, and what was answered. It is read by whoever told it and by those who can put it right.
#[utoipa::path(tag = "concerns", responses((status = OK, body = ConcernView)))]
#[get("/v1/concerns/{concern_id}")]
async fn get_concern(app: Data<App>, call: Call, concern_id: Path<ConcernId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let concern = concerns::find(session, *concern_id)?;
        caller.require(Action::ReadConcern, &subject(session, &concern)?)?;
        Answer::ok(&view(session, caller, &concern)?).version(&concern)
    })
    .await
}

/// Answer a concern
///
/// The one who raised it is told. Nobody answers their own.
#[utoipa::path(tag = "concerns", responses((status = OK, body = ConcernView)))]
#[post("/v1/concerns/{concern_id}/handle")]
async fn handle_concern(
    app: Data<App>,
    call: Call,
    concern_id: Path<ConcernId>,
    body: Json<ConcernAnswer>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let concern = concerns::find(session, *concern_id)?;
        caller.require(Action::HandleConcern, &subject(session, &concern)?)?;
        let event = Event::Handle { by: caller.human()?, answer: body.answer.clone() };
        let handled = concern.thing.clone().apply(event, now)?;
        let concern = concerns::save(session, &concern, handled)?;
        let reference = format!("/v1/concerns/{}", concern.id);
        let (person, id) = (concern.raised_by, caller.new_id());
        notices::tell(session, person, NoticeKind::ConcernAnswered, &reference, id, now)?;
        Answer::ok(&view(session, caller, &concern)?).version(&concern)
    })
    .await
}

/// Refuses unless what the concern is about more closely is there, in the area of the organisation that it names, and the
/// caller may know of it.
fn about_here(
    session: &mut Session<'_>,
    caller: &Caller,
    path: &NodePath,
    form: &ConcernForm,
) -> Result<()> {
    let Some(about) = form.about else { return Ok(()) };
    let node = match about.kind {
        Kind::Order => order(session, caller, about.id.cast()),
        Kind::Assignment => assignment(session, caller, about.id.cast()),
    };
    let here = match node {
        Err(Problem::NotFound) => false,
        node => nodes::path(session, node?)?.area() == path.area(),
    };
    let fault = || Problem::Invalid(vec![Fault::new("/about/id", "unknown_reference")]);
    if here { Ok(()) } else { Err(fault()) }
}

/// Where an order is that the caller may read, or has been asked about.
fn order(session: &mut Session<'_>, caller: &Caller, id: Id<Order>) -> Result<NodeId> {
    let order = orders::find(session, id)?;
    let about = order_subject(session, &order)?;
    let mut asked = offers::of_order(session, id)?.into_iter().filter(|offer| offer.was_sent());
    let known = caller.may(Action::ReadOrder, &about)
        || asked.any(|offer| {
            let about = Subject { owner: Some(offer.person), ..about.clone() };
            caller.may(Action::ReadOffer, &about)
        });
    if known { Ok(order.node) } else { Err(Problem::NotFound) }
}

/// Where an assignment is that the caller may read.
fn assignment(session: &mut Session<'_>, caller: &Caller, id: Id<Assignment>) -> Result<NodeId> {
    let assignment = assignments::find(session, id)?;
    let known = caller.may(Action::ReadAssignment, &assignment_subject(session, &assignment)?);
    if known { Ok(assignment.node) } else { Err(Problem::NotFound) }
}

/// From where a concern is read that is not for the centre: the top of the tree, which is that of those who run the
/// installation, and of no centre that it could be about.
fn beyond_centre(session: &mut Session<'_>, form: &ConcernForm) -> Result<Option<NodeId>> {
    match form.to {
        None | Some(Reader::Centre) => Ok(None),
        Some(Reader::Administrators) => Ok(nodes::root(session)?.map(|root| root.thing.id)),
    }
}

fn subject(session: &mut Session<'_>, concern: &Concern) -> Result<Subject> {
    let owner = Some(concern.raised_by);
    if let Some(handler) = concern.handler {
        let handler = Some(nodes::path(session, handler)?);
        return Ok(Subject { owner, handler, ..Subject::default() });
    }
    Ok(Subject { owner, ..Subject::at(nodes::path(session, concern.form.node_id)?) })
}

fn view(
    session: &mut Session<'_>,
    caller: &Caller,
    concern: &Stored<Concern>,
) -> Result<ConcernView> {
    let subject = subject(session, concern)?;
    let Concern { id, raised_by, raised_at, form, state, .. } = concern.thing.clone();
    let (state, handled_at, answer) = match state {
        State::Received => (ConcernState::Received, None, None),
        State::Handled { at, answer, .. } => (ConcernState::Handled, Some(at), Some(answer)),
    };
    let actions = caller.actions(&WORKFLOW, state.name(), &subject);
    Ok(ConcernView { id, raised_by, raised_at, form, state, handled_at, answer, actions })
}

impl ConcernState {
    const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Handled => "handled",
        }
    }
}
