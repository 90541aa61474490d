//! `/v1/supervision-sessions`: supervision, debriefing and recreation for experts (S2-14).

mod act;
mod view;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    assignment::AssignmentId,
    expert::Expert,
    node::NodeId,
    notice::Kind,
    person::PersonId,
    policy::{Action, Power, Subject},
    refusal::{Fault, Refusal, Rule, faultless},
    supervision::{SessionKind, SessionTerms, State, SupervisionSession, SupervisionSessionId},
};
use persistence::{
    Page, Session, Stored,
    assignments::{self, AssignmentFilter},
    experts, nodes, notices, people, supervision_sessions,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use self::view::{SupervisionSessionView, view};
use super::{experts::subject as expert_subject, people::subject as person_subject};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::{tell_supporters, theirs},
    call::{Call, Caller},
    problem::{Problem, Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_supervision_sessions)
        .service(create_supervision_session)
        .service(request_supervision_session)
        .service(get_supervision_session);
    act::configure(config);
}

page!(SupervisionSessionPage of SupervisionSessionView);

/// Which sessions to list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SupervisionFilter {
    /// Those in this state.
    state: Option<String>,
}

/// A session to be offered
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SupervisionForm {
    /// The organisation that offers it.
    node_id: NodeId,
    /// What kind of session it is.
    kind: SessionKind,
    /// The experts whom it is offered to.
    #[schema(min_items = 1, max_items = 200)]
    invited: Vec<PersonId>,
    /// When, where and with whom.
    terms: SessionTerms,
}

/// A wish for a session
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SupervisionRequest {
    /// For whom, where a support person acts; the caller themself if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    person_id: Option<PersonId>,
    /// What kind of session is wished for.
    kind: SessionKind,
    /// The organisation that is asked for it.
    node_id: NodeId,
    /// The assignment to talk over, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    assignment_id: Option<AssignmentId>,
}

/// List supervision sessions
///
/// Those offered to the caller or to an expert whose profile they look after, and those that the caller arranges.
#[utoipa::path(tag = "support", params(SupervisionFilter), responses((status = OK, body = SupervisionSessionPage)))]
#[get("/v1/supervision-sessions")]
async fn list_supervision_sessions(
    app: Data<App>,
    call: Call,
    query: Query<SupervisionFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadSupervision);
        let state = query.state.as_deref();
        let found = supervision_sessions::list(session, &scope, state, query.page)?;
        Answer::page(&query, found, |stored| {
            let subject = subject(session, caller, &stored)?;
            view(session, caller, &subject, &stored)
        })
    })
    .await
}

/// Offer a supervision session
///
/// To the experts it is for: those whom the caller may know by name, from their organisation, their area or a task. They are told,
/// unless it has begun already: then it is only to be recorded as held.
#[utoipa::path(tag = "support", responses((status = CREATED, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions")]
async fn create_supervision_session(
    app: Data<App>,
    call: Call,
    body: Json<SupervisionForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let node = referred(nodes::find(session, body.node_id), "/node_id")?;
        let place = Subject::at(node.path.clone());
        caller.require(Action::ManageSupervision, &place)?;
        node.takes_new()?;
        known_experts(session, caller, &body.invited)?;
        let mut invited = body.invited.clone();
        invited.sort();
        invited.dedup();
        let created = SupervisionSession {
            id: caller.new_id(),
            node: body.node_id,
            owner: caller.human()?,
            kind: body.kind,
            assignment: None,
            invited,
            participants: Vec::new(),
            terms: Some(body.terms.clone()),
            state: State::Offered,
        };
        let stored = supervision_sessions::invite(session, created)?;
        // What has been is only recorded.
        if !stored.has_begun(caller.now) {
            tell(session, caller, &stored, Kind::SupervisionOffered)?;
        }
        answer_created(session, caller, &stored)
    })
    .await
}

/// Ask for a supervision session
///
/// An expert, or whoever looks after their profile, asks their organisation for supervision or for a debriefing
/// (*jälkipuinti*). No reason is asked for. Those who arrange it there are told: its brokers, or else the liaisons or the
/// centre above it.
///
/// Theirs is the organisation that supports them, or where none does the one at which they enrolled, with what hangs under it and
/// what is above it. If another one supports them later, what was not offered yet is asked of that. Whoever has left the bank asks
/// for nothing.
///
/// They are asked once: while a request of the same kind, after the same task or none, waits, another one is refused.
#[utoipa::path(tag = "support", responses((status = CREATED, body = SupervisionSessionView)))]
#[post("/v1/supervision-requests")]
async fn request_supervision_session(
    app: Data<App>,
    call: Call,
    body: Json<SupervisionRequest>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let person = body.person_id.map_or_else(|| caller.human(), Ok)?;
        let about = Subject::of(person);
        let Some(expert) =
            expert(session, person)?.filter(|_| caller.may(Action::AskForSupervision, &about))
        else {
            return Err(Problem::Forbidden);
        };
        caller.require(Action::AskForSupervision, &about)?;
        expert.takes_part()?;
        let node = referred(nodes::find(session, body.node_id), "/node_id")?;
        if !theirs(session, &expert, body.node_id)? {
            return Err(Refusal::Invalid(vec![Fault::new("/node_id", "not_theirs")]).into());
        }
        node.takes_new()?;
        if let Some(id) = body.assignment_id {
            let assignment = assignments::find(session, id)?;
            if assignment.person != person {
                return Err(Problem::NotFound);
            }
        }
        // Whoever asks twice at once asks one after the other.
        people::hold(session, person)?;
        let waits = |asked: &Stored<SupervisionSession>| {
            matches!(asked.state, State::Requested)
                && (asked.owner, asked.kind, asked.assignment)
                    == (person, body.kind, body.assignment_id)
        };
        if supervision_sessions::to_come(session, person)?.iter().any(waits) {
            return Err(Rule::AskedForAlready.into());
        }
        let requested = SupervisionSession {
            id: caller.new_id(),
            node: body.node_id,
            owner: person,
            kind: body.kind,
            assignment: body.assignment_id,
            invited: vec![person],
            participants: Vec::new(),
            terms: None,
            state: State::Requested,
        };
        let stored = supervision_sessions::invite(session, requested)?;
        tell_supporters(session, &stored, stored.owner, Kind::SupervisionWanted, now)?;
        answer_created(session, caller, &stored)
    })
    .await
}

/// Get a supervision session
///
/// When and where it is, and what the caller can do.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[get("/v1/supervision-sessions/{supervision_session_id}")]
async fn get_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let stored = supervision_sessions::find(session, *supervision_session_id)?;
        let subject = subject(session, caller, &stored)?;
        caller.require(Action::ReadSupervision, &subject)?;
        Answer::ok(&view(session, caller, &subject, &stored)?).version(&stored)
    })
    .await
}

/// Does not send an invitation any more that has not been sent yet: the session is cancelled.
fn drop_invitations(
    session: &mut Session<'_>,
    caller: &Caller,
    stored: &Stored<SupervisionSession>,
) -> Result<()> {
    let reference = format!("/v1/supervision-sessions/{}", stored.id);
    for person in &stored.invited {
        for kind in [Kind::SupervisionOffered, Kind::SupervisionMoved] {
            notices::drop_waiting(session, *person, kind, &reference, caller.now)?;
        }
    }
    Ok(())
}

/// Tells those invited what has become of the session.
fn tell(
    session: &mut Session<'_>,
    caller: &Caller,
    stored: &Stored<SupervisionSession>,
    kind: Kind,
) -> Result<()> {
    let reference = format!("/v1/supervision-sessions/{}", stored.id);
    for person in &stored.invited {
        let id = caller.new_id();
        notices::tell(session, *person, kind, &reference, id, caller.now)?;
    }
    Ok(())
}

/// Refuses those who are not experts whom the caller may know by name. Whether they are somebody else's experts, or nobody
/// at all, is not told.
fn known_experts(session: &mut Session<'_>, caller: &Caller, invited: &[PersonId]) -> Result<()> {
    let mut faults = Vec::new();
    for (at, person) in invited.iter().enumerate() {
        let known = match expert(session, *person)? {
            Some(expert) => knows(session, caller, &expert)?,
            None => false,
        };
        if !known {
            faults.push(Fault::new(format!("/invited/{at}"), "unknown_reference"));
        }
    }
    Ok(faultless(faults)?)
}

/// Whether the caller may know the expert by name: as an expert, as a person, or from a task of theirs.
fn knows(session: &mut Session<'_>, caller: &Caller, expert: &Expert) -> Result<bool> {
    if caller.may(Action::ReadExpert, &expert_subject(session, expert)?) {
        return Ok(true);
    }
    let person = people::find(session, expert.person)?;
    if caller.may(Action::ReadPerson, &person_subject(session, &person)?) {
        return Ok(true);
    }
    let theirs = AssignmentFilter { person: Some(expert.person), ..AssignmentFilter::default() };
    let scope = caller.scope(Action::ReadAssignment);
    let one = Page { after: None, limit: 1 };
    Ok(!assignments::list(session, &scope, &theirs, one)?.is_empty())
}

fn expert(session: &mut Session<'_>, person: PersonId) -> Result<Option<Stored<Expert>>> {
    match experts::find_by_person(session, person) {
        Ok(expert) => Ok(Some(expert)),
        Err(persistence::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What a decision about a session depends on. It is about each of those invited, so about the one of them who is the caller
/// or whose profile the caller looks after.
fn subject(
    session: &mut Session<'_>,
    caller: &Caller,
    supervision: &SupervisionSession,
) -> Result<Subject> {
    let theirs = |person: &PersonId| caller.acts_for(*person, Power::Profile);
    let themself = supervision.invited.iter().find(|one| caller.person() == Some(**one));
    let owner = themself.or_else(|| supervision.invited.iter().find(|one| theirs(one))).copied();
    subject_of(session, supervision, owner)
}

/// What a decision about the part of one of those invited depends on.
fn subject_of(
    session: &mut Session<'_>,
    supervision: &SupervisionSession,
    owner: Option<PersonId>,
) -> Result<Subject> {
    Ok(Subject { owner, ..Subject::at(nodes::path(session, supervision.node)?) })
}

fn answer_created(
    session: &mut Session<'_>,
    caller: &Caller,
    stored: &Stored<SupervisionSession>,
) -> Result<Answer> {
    let subject = subject(session, caller, stored)?;
    let path = format!("/v1/supervision-sessions/{}", stored.id);
    Answer::created(&path, &view(session, caller, &subject, stored)?).version(stored)
}
