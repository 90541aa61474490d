//! `/v1/access-requests`

use std::collections::BTreeSet;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use chrono::TimeDelta;
use domain::{
    access_request::{
        AccessRequest, AccessRequestId, Approval, Event, Form as AccessRequestForm, State, WORKFLOW,
    },
    grant::{Grant, GrantId, Introduction, Terms},
    node::NodeId,
    notice::Kind,
    person::{Channel, Facts, Person, PersonId},
    policy::{Action, Role, Subject},
    refusal::{Rule, faultless},
    time::Moment,
};
use persistence::{
    Session, Stored,
    access_requests::{self, Received},
    grants, nodes, notices, people,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{grants::give, people::subject as person_subject};
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    clock, delivery,
    meta::Visit,
    problem::{Problem, Result, referred},
    query::Query,
    routes::ServiceConfig,
};

/// How many requests may come from one network address, and for one e-mail address, in an hour.
const MOST: (i64, i64) = (10, 3);

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_access_requests)
        .service(create_access_request)
        .service(get_access_request)
        .service(approve_access_request)
        .service(reject_access_request);
}

/// That a request for access has come in
#[derive(Serialize, ToSchema)]
struct AccessRequestReceipt {
    /// What to name when asking about it.
    id: AccessRequestId,
    submitted_at: Moment,
}

/// A request for access
#[derive(Serialize, ToSchema)]
struct AccessRequestView {
    id: AccessRequestId,
    /// The area whose manager decides.
    area_id: NodeId,
    form: AccessRequestForm,
    submitted_at: Moment,
    state: AccessRequestState,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    decided_by: Option<PersonId>,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    decided_at: Option<Moment>,
    /// What was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    given: Option<Approval>,
    /// To whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    person_id: Option<PersonId>,
    /// As which grant, which can be renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    grant_id: Option<GrantId>,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "emme tunne organisaatiota", max_length = 1000)]
    reason: Option<String>,
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// Why access is not given
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccessRequestRejection {
    /// The reason.
    #[schema(example = "emme tunne organisaatiota", min_length = 1, max_length = 1000)]
    reason: String,
}

/// Where a request is on its way
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AccessRequestState {
    Submitted,
    Approved,
    Rejected,
}

/// Which requests
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AccessRequestFilter {
    /// Those in this state.
    #[serde(default)]
    state: Option<AccessRequestState>,
}

page!(AccessRequestPage of AccessRequestView);

/// List requests for access
///
/// Those to the areas that the caller manages.
#[utoipa::path(tag = "access requests", params(AccessRequestFilter), responses((status = OK, body = AccessRequestPage)))]
#[get("/v1/access-requests")]
async fn list_access_requests(
    app: Data<App>,
    call: Call,
    query: Query<AccessRequestFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let state = query.state.map(AccessRequestState::name);
        let scope = caller.scope(Action::DecideAccessRequest);
        let found = access_requests::list(session, &scope, state, query.page)?;
        Answer::page(&query, found, |request| view(session, caller, &request))
    })
    .await
}

/// Ask for access
///
/// Anyone may, with their organisation and a reason. The manager of the area decides.
#[utoipa::path(tag = "access requests", security(()), responses((status = CREATED, body = AccessRequestReceipt)))]
#[post("/v1/access-requests")]
async fn create_access_request(
    app: Data<App>,
    visit: Visit,
    body: Json<AccessRequestForm>,
) -> Result<Answer> {
    let address = app.pepper.digest(&["access-request", &visit.0.address]);
    app.write_open(visit, move |session, now| {
        faultless(body.faults())?;
        let hour_ago = now.plus(-TimeDelta::hours(1));
        let (from, of) = access_requests::count(session, &address, &body.email, hour_ago)?;
        if from >= MOST.0 || of >= MOST.1 {
            return Err(Problem::TooMany { policies: vec!["access-requests"], retry_after: 3600 });
        }
        let area = referred(nodes::find_area(session, &body.area_code), "/area_code")?;
        let request = AccessRequest {
            id: domain::id::Id::new(clock::new_id()),
            area: area.thing.id,
            form: body.0.clone(),
            submitted_at: now,
            state: State::Submitted,
        };
        let view = AccessRequestReceipt { id: request.id, submitted_at: now };
        let reference = format!("/v1/access-requests/{}", request.id);
        access_requests::add(session, Received::new(request, address.clone()))?;
        let mut deciding = grants::at(session, &area.path, &[Role::CentreManager], now.day())?;
        if deciding.is_empty() {
            // Where no centre has begun yet, whoever runs the installation gives the first roles.
            deciding = grants::at(session, &area.path, &[Role::PlatformAdmin], now.day())?;
        }
        for person in deciding.iter().map(|grant| grant.terms.person_id).collect::<BTreeSet<_>>() {
            let id = domain::id::Id::new(clock::new_id());
            notices::tell(session, person, Kind::AccessRequested, &reference, id, now)?;
        }
        Ok(Answer::created(&reference, &view)?.tagged())
    })
    .await
}

/// Get a request for access
///
/// Who asks, for which role and where, and what was decided. Whoever decides on it reads it before they do.
#[utoipa::path(tag = "access requests", responses((status = OK, body = AccessRequestView)))]
#[get("/v1/access-requests/{access_request_id}")]
async fn get_access_request(
    app: Data<App>,
    call: Call,
    access_request_id: Path<AccessRequestId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let request = access_requests::find_request(session, *access_request_id)?;
        caller.require(Action::DecideAccessRequest, &subject(session, &request)?)?;
        Answer::ok(&view(session, caller, &request)?).version(&request)
    })
    .await
}

/// Approve a request for access
///
/// Registers the person, if the e-mail address is not known yet, and gives the role at the node until its last day. They
/// are told by e-mail. If the address is that of somebody whom the caller may not know, such as of another area, the role is
/// shown with the name and the details of the request, and tells nothing of that account.
#[utoipa::path(tag = "access requests", responses((status = OK, body = AccessRequestView)))]
#[post("/v1/access-requests/{access_request_id}/approve")]
async fn approve_access_request(
    app: Data<App>,
    call: Call,
    access_request_id: Path<AccessRequestId>,
    body: Json<Approval>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let received = access_requests::find_request(session, *access_request_id)?;
        caller.require(Action::DecideAccessRequest, &subject(session, &received)?)?;
        let given = body.0.clone();
        let node = referred(nodes::find(session, given.node_id), "/node_id")?;
        caller.require(given.role.given_by(), &Subject::at(node.path.clone()))?;
        let by = caller.human()?;
        let form = &received.request.form;
        let found = people::find_by_email(session, &form.email)?;
        // The address is all that its owner has in common with whoever asks: what the centre may not know, this does not tell it.
        let introduction = match &found {
            Some(person) if !caller.may(Action::ReadPerson, &person_subject(session, person)?) => {
                Some(introduction(form))
            }
            Some(_) | None => None,
        };
        let known = found.map(|person| person.thing.id);
        let (person, grant) = (known.unwrap_or_else(|| caller.new_id()), caller.new_id());
        let event = Event::Approve { by, given: given.clone(), person, grant };
        let request = received.request.clone().apply(event, now)?;
        if known.is_none() {
            people::add(session, Person::new(person, given.node_id, facts(form)))?;
        }
        let terms = Terms {
            person_id: person,
            role: given.role,
            node_id: given.node_id,
            from: now.day(),
            until: Some(given.until),
            deputy_for: None,
            responsibility: None,
            phases: Vec::new(),
        };
        if terms.own_power(by) {
            return Err(Rule::OwnRole.into());
        }
        let grant = Grant { introduction, ..Grant::give(grant, terms, Some(by), now) };
        grant.begins(&node, now.day())?;
        give(session, caller, grant)?;
        answer(session, caller, &received, request)
    })
    .await
}

/// Reject a request for access
///
/// The one who asked is told the reason by e-mail, in their language. Nobody gets a role by it, and they may ask again.
#[utoipa::path(tag = "access requests", responses((status = OK, body = AccessRequestView)))]
#[post("/v1/access-requests/{access_request_id}/reject")]
async fn reject_access_request(
    app: Data<App>,
    call: Call,
    access_request_id: Path<AccessRequestId>,
    body: Json<AccessRequestRejection>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let received = access_requests::find_request(session, *access_request_id)?;
        caller.require(Action::DecideAccessRequest, &subject(session, &received)?)?;
        let event = Event::Reject { by: caller.human()?, reason: body.reason.clone() };
        let request = received.request.clone().apply(event, now)?;
        let (form, reason) = (&request.form, [("reason", body.reason.as_str())]);
        delivery::write(session, &form.email, form.language, "access-rejected", &reason, now)?;
        answer(session, caller, &received, request)
    })
    .await
}

/// Saves what became of a request and answers with it.
fn answer(
    session: &mut Session<'_>,
    caller: &Caller,
    received: &Stored<Received>,
    request: AccessRequest,
) -> Result<Answer> {
    let changed = Received { request, ..received.thing.clone() };
    let received = access_requests::save(session, received, changed)?;
    Answer::ok(&view(session, caller, &received)?).version(&received)
}

fn introduction(form: &AccessRequestForm) -> Introduction {
    Introduction {
        name: form.name.clone(),
        email: form.email.clone(),
        phone: form.phone.clone(),
        title: form.title.clone(),
    }
}

fn facts(form: &AccessRequestForm) -> Facts {
    Facts {
        name: form.name.clone(),
        email: form.email.clone(),
        phone: form.phone.clone(),
        address: None,
        language: form.language,
        channel: Channel::Email,
        title: form.title.clone(),
    }
}

fn subject(session: &mut Session<'_>, received: &Received) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, received.request.area)?))
}

fn view(
    session: &mut Session<'_>,
    caller: &Caller,
    received: &Stored<Received>,
) -> Result<AccessRequestView> {
    let subject = subject(session, received)?;
    let AccessRequest { id, area, form, submitted_at, state } = received.thing.request.clone();
    let name = AccessRequestState::of(&state);
    let mut view = AccessRequestView {
        id,
        area_id: area,
        form,
        submitted_at,
        state: name,
        decided_by: None,
        decided_at: None,
        given: None,
        person_id: None,
        grant_id: None,
        reason: None,
        actions: caller.actions(&WORKFLOW, name.name(), &subject),
    };
    match state {
        State::Submitted => {}
        State::Approved { by, at, given, person, grant } => {
            (view.decided_by, view.decided_at) = (Some(by), Some(at));
            (view.given, view.person_id, view.grant_id) = (Some(given), Some(person), Some(grant));
        }
        State::Rejected { by, at, reason } => {
            (view.decided_by, view.decided_at, view.reason) = (Some(by), Some(at), Some(reason));
        }
    }
    Ok(view)
}

impl AccessRequestState {
    const fn of(state: &State) -> Self {
        match state {
            State::Submitted => Self::Submitted,
            State::Approved { .. } => Self::Approved,
            State::Rejected { .. } => Self::Rejected,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}
