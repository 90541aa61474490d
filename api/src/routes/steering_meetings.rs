//! `/v1/steering-meetings`: how a steering group meets (S4-44, S3-03).

use std::collections::BTreeSet;

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    notice::Kind,
    person::PersonId,
    policy::{Action, Role, Subject},
    steering::{
        GroupFacts, Meeting, MeetingEvent, MeetingFacts, MeetingState, SteeringGroup,
        SteeringGroupId, SteeringMeetingId, WORKFLOW,
    },
    time::Moment,
};
use persistence::{Session, Stored, grants, nodes, steering};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::steering_groups::subject;
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::tell,
    call::{Call, Caller},
    patch::{self, merge_patch},
    problem::Result,
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_steering_meetings)
        .service(create_steering_meeting)
        .service(get_steering_meeting)
        .service(update_steering_meeting)
        .service(cancel_steering_meeting);
}

/// A meeting of a steering group
#[derive(Serialize, ToSchema)]
struct SteeringMeetingView {
    /// Its identifier.
    id: SteeringMeetingId,
    /// Whose meeting.
    steering_group_id: SteeringGroupId,
    /// What is known of it.
    facts: MeetingFacts,
    /// Whether it is held.
    state: MeetingState,
    /// What the caller can do with it.
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

page!(SteeringMeetingPage of SteeringMeetingView);

merge_patch! {
    /// Changes to a meeting
    struct SteeringMeetingChange of MeetingFacts: "What is to be changed of a meeting: a merge patch."
}

/// Why a meeting is not held
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingCancellation {
    /// Why: the members read it.
    #[schema(example = "The compilation is not ready yet.", min_length = 1, max_length = 2000)]
    reason: String,
}

/// List the meetings of a steering group
///
/// Its meetings, the oldest first, with their agendas and what was decided.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringMeetingPage)))]
#[get("/v1/steering-groups/{steering_group_id}/meetings")]
async fn list_steering_meetings(
    app: Data<App>,
    call: Call,
    steering_group_id: Path<SteeringGroupId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let group = steering::groups::find(session, *steering_group_id)?;
        let subject = subject(session, &group)?;
        caller.require(Action::ReadSteering, &subject)?;
        let found = steering::meetings::list(session, group.thing.id, query.page)?;
        Answer::page(&query, found, |meeting| Ok(view(caller, &subject, &meeting)))
    })
    .await
}

/// Call a meeting of a steering group
///
/// A meeting with its agenda. Those who serve as members on its day and sign in here are told, unless it has been already.
#[utoipa::path(tag = "steering", responses((status = CREATED, body = SteeringMeetingView)))]
#[post("/v1/steering-groups/{steering_group_id}/meetings")]
async fn create_steering_meeting(
    app: Data<App>,
    call: Call,
    steering_group_id: Path<SteeringGroupId>,
    body: Json<MeetingFacts>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let group = steering::groups::find(session, *steering_group_id)?;
        let subject = subject(session, &group)?;
        caller.require(Action::ManageSteering, &subject)?;
        let meeting = Meeting {
            id: caller.new_id(),
            group: group.thing.id,
            facts: body.0.clone(),
            state: MeetingState::Called,
        };
        let meeting = steering::meetings::add(session, meeting)?;
        if meeting.ahead(now.day()) {
            let members = group.facts.serving(meeting.facts.on);
            tell_members(session, &group, members, Kind::MeetingCalled, &meeting, now)?;
        }
        let place = place(&meeting);
        Answer::created(&place, &view(caller, &subject, &meeting)).version(&meeting)
    })
    .await
}

/// Get a meeting of a steering group
///
/// When it is, what is on the agenda, and the minutes once there are any.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringMeetingView)))]
#[get("/v1/steering-meetings/{steering_meeting_id}")]
async fn get_steering_meeting(
    app: Data<App>,
    call: Call,
    steering_meeting_id: Path<SteeringMeetingId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let meeting = steering::meetings::find(session, *steering_meeting_id)?;
        let group = steering::groups::find(session, meeting.group)?;
        let subject = subject(session, &group)?;
        caller.require(Action::ReadSteering, &subject)?;
        Answer::ok(&view(caller, &subject, &meeting)).version(&meeting)
    })
    .await
}

/// Change a meeting of a steering group
///
/// Decisions and minutes are written down here, unless it was cancelled. A merge patch (RFC 7396): what is left out stays as it
/// is, `null` takes a value away, and the agenda is given as a whole, with what was decided. The members are told if the day or
/// the place changes while the meeting is ahead: those who serve on either day.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringMeetingView)))]
#[patch("/v1/steering-meetings/{steering_meeting_id}")]
async fn update_steering_meeting(
    app: Data<App>,
    call: Call,
    steering_meeting_id: Path<SteeringMeetingId>,
    body: Json<SteeringMeetingChange>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let meeting = steering::meetings::find(session, *steering_meeting_id)?;
        let group = steering::groups::find(session, meeting.group)?;
        let subject = subject(session, &group)?;
        caller.require(Action::ManageSteering, &subject)?;
        caller.unchanged(&meeting)?;
        let facts: MeetingFacts = patch::apply(&meeting.facts, &body.0.0, "")?;
        let changed = meeting.thing.clone().apply(MeetingEvent::Edit(Box::new(facts)), now)?;
        let moved = changed.facts.moved(&meeting.facts, now.day());
        let before = group.facts.serving(meeting.facts.on);
        let meeting = patch::save(session, meeting, changed, steering::meetings::save)?;
        if moved {
            let members = &before | &group.facts.serving(meeting.facts.on);
            tell_members(session, &group, members, Kind::MeetingMoved, &meeting, now)?;
        }
        Answer::ok(&view(caller, &subject, &meeting)).version(&meeting)
    })
    .await
}

/// Cancel a meeting of a steering group
///
/// It is not held, with the reason. The members are told, unless its day has passed.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringMeetingView)))]
#[post("/v1/steering-meetings/{steering_meeting_id}/cancel")]
async fn cancel_steering_meeting(
    app: Data<App>,
    call: Call,
    steering_meeting_id: Path<SteeringMeetingId>,
    body: Json<MeetingCancellation>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let meeting = steering::meetings::find(session, *steering_meeting_id)?;
        let group = steering::groups::find(session, meeting.group)?;
        let subject = subject(session, &group)?;
        caller.require(Action::ManageSteering, &subject)?;
        let ahead = meeting.ahead(now.day());
        let event = MeetingEvent::Cancel { reason: body.reason.clone() };
        let next = meeting.thing.clone().apply(event, now)?;
        let meeting = steering::meetings::save(session, &meeting, next)?;
        if ahead {
            let members = group.facts.serving(meeting.facts.on);
            tell_members(session, &group, members, Kind::MeetingCancelled, &meeting, now)?;
        }
        Answer::ok(&view(caller, &subject, &meeting)).version(&meeting)
    })
    .await
}

/// Tells those who have become members of the meetings ahead in their term, which the others know of already.
pub(super) fn tell_joined(
    session: &mut Session<'_>,
    group: &Stored<SteeringGroup>,
    before: &GroupFacts,
    now: Moment,
) -> Result<()> {
    for meeting in steering::meetings::of(session, group.thing.id)? {
        if meeting.ahead(now.day()) {
            let members = group.joined(before, meeting.facts.on);
            tell_members(session, group, members, Kind::MeetingCalled, &meeting, now)?;
        }
    }
    Ok(())
}

/// Tells those of the members who can look at it something of a meeting.
fn tell_members(
    session: &mut Session<'_>,
    group: &Stored<SteeringGroup>,
    members: BTreeSet<PersonId>,
    kind: Kind,
    meeting: &Stored<Meeting>,
    now: Moment,
) -> Result<()> {
    let path = nodes::path(session, group.area)?;
    let readers = grants::at(session, &path, &[Role::SteeringMember], now.day())?;
    for person in members {
        if readers.iter().any(|grant| grant.terms.person_id == person) {
            tell(session, person, kind, &place(meeting), now)?;
        }
    }
    Ok(())
}

fn place(meeting: &Stored<Meeting>) -> String {
    format!("/v1/steering-meetings/{}", meeting.thing.id)
}

fn view(caller: &Caller, subject: &Subject, meeting: &Stored<Meeting>) -> SteeringMeetingView {
    SteeringMeetingView {
        id: meeting.thing.id,
        steering_group_id: meeting.group,
        facts: meeting.facts.clone(),
        state: meeting.state.clone(),
        actions: caller.actions(&WORKFLOW, meeting.state.name(), subject),
    }
}
