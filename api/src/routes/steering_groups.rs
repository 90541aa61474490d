//! `/v1/steering-groups`: who steers the activity in an area, and how they meet (S4-44, S3-03).

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    compilation::{CompilationId, State},
    node::NodeId,
    notice::Kind,
    policy::{Action, Role, Subject},
    refusal::{Fault, Refusal, faultless},
    steering::{
        GroupFacts, Meeting, MeetingFacts, Received, SteeringGroup, SteeringGroupId,
        SteeringMeetingId,
    },
    time::Moment,
};
use persistence::{Session, Stored, compilations, grants, nodes, steering};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::tell,
    call::Call,
    patch::{self, merge_patch},
    problem::{Result, referred},
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_steering_groups)
        .service(create_steering_group)
        .service(get_steering_group)
        .service(update_steering_group)
        .service(receive_compilation)
        .service(list_steering_meetings)
        .service(create_steering_meeting)
        .service(get_steering_meeting)
        .service(update_steering_meeting);
}

/// A steering group
#[derive(Serialize, ToSchema)]
struct SteeringGroupView {
    /// Its identifier.
    id: SteeringGroupId,
    /// The area it steers.
    area_id: NodeId,
    /// What is known of it.
    facts: GroupFacts,
    /// The compilations it has received.
    #[schema(max_items = 1000)]
    received: Vec<Received>,
}

page!(SteeringGroupPage of SteeringGroupView);

/// A new steering group
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSteeringGroup {
    /// The area it steers.
    area_id: NodeId,
    /// What is known of it.
    facts: GroupFacts,
}

merge_patch! {
    /// Changes to a steering group
    struct SteeringGroupChange of GroupFacts: "What is to be changed of a steering group: a merge patch."
}

/// Which compilation a group receives
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CompilationReceipt {
    /// The compilation, frozen or published.
    compilation_id: CompilationId,
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
}

page!(SteeringMeetingPage of SteeringMeetingView);

merge_patch! {
    /// Changes to a meeting
    struct SteeringMeetingChange of MeetingFacts: "What is to be changed of a meeting: a merge patch."
}

/// List steering groups
///
/// The groups that steer the work in an area, the oldest first.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringGroupPage)))]
#[get("/v1/steering-groups")]
async fn list_steering_groups(
    app: Data<App>,
    call: Call,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadSteering);
        let found = steering::groups::list(session, &scope, query.page)?;
        Answer::page(&query, found, |group| Ok(view(&group)))
    })
    .await
}

/// Create a steering group
///
/// A group that steers the work of an area, with its members; experts by experience can be among them.
#[utoipa::path(tag = "steering", responses((status = CREATED, body = SteeringGroupView)))]
#[post("/v1/steering-groups")]
async fn create_steering_group(
    app: Data<App>,
    call: Call,
    body: Json<NewSteeringGroup>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let node = referred(nodes::find(session, body.0.area_id), "/area_id")?;
        let subject = Subject::at(node.path.clone());
        caller.require(Action::ManageSteering, &subject)?;
        node.takes_new()?;
        let faults = body.0.facts.faults().into_iter();
        faultless(faults.map(|fault| within("/facts", fault)).collect())?;
        let group = SteeringGroup {
            id: caller.new_id(),
            area: body.0.area_id,
            facts: body.0.facts.clone(),
            received: Vec::new(),
        };
        let group = steering::groups::add(session, group)?;
        Answer::created(&format!("/v1/steering-groups/{}", group.id), &view(&group)).version(&group)
    })
    .await
}

/// Get a steering group
///
/// What the group is for, and who its members are.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringGroupView)))]
#[get("/v1/steering-groups/{steering_group_id}")]
async fn get_steering_group(
    app: Data<App>,
    call: Call,
    steering_group_id: Path<SteeringGroupId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let group = steering::groups::find(session, *steering_group_id)?;
        caller.require(Action::ReadSteering, &subject(session, &group)?)?;
        Answer::ok(&view(&group)).version(&group)
    })
    .await
}

/// Change a steering group
///
/// Puts right its name and members. A merge patch (RFC 7396): what is left out stays as it is, `null` takes a value away, and
/// a list replaces the whole list: all members are given, past ones too.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringGroupView)))]
#[patch("/v1/steering-groups/{steering_group_id}")]
async fn update_steering_group(
    app: Data<App>,
    call: Call,
    steering_group_id: Path<SteeringGroupId>,
    body: Json<SteeringGroupChange>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let group = steering::groups::find(session, *steering_group_id)?;
        caller.require(Action::ManageSteering, &subject(session, &group)?)?;
        caller.unchanged(&group)?;
        let mut changed = group.thing.clone();
        changed.facts = patch::apply(&group.facts, &body.0.0, "")?;
        faultless(changed.facts.faults())?;
        let group = patch::save(session, group, changed, steering::groups::save)?;
        Answer::ok(&view(&group)).version(&group)
    })
    .await
}

/// Receive a compilation
///
/// The steering group has got the yearly compilation of its area, as it was published, to develop the activity by.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringGroupView)))]
#[post("/v1/steering-groups/{steering_group_id}/receive-compilation")]
async fn receive_compilation(
    app: Data<App>,
    call: Call,
    steering_group_id: Path<SteeringGroupId>,
    body: Json<CompilationReceipt>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let group = steering::groups::find(session, *steering_group_id)?;
        caller.require(Action::ManageSteering, &subject(session, &group)?)?;
        let unknown = || Refusal::Invalid(vec![Fault::new("/compilation_id", "unknown_reference")]);
        let found = compilations::find(session, body.0.compilation_id);
        let compilation = match found {
            Err(persistence::Error::NotFound) => return Err(unknown().into()),
            found => found?,
        };
        if compilation.area != group.area || !matches!(compilation.state, State::Published { .. }) {
            return Err(unknown().into());
        }
        let received = group.thing.clone().receive(compilation.thing.id, now.day());
        let group = steering::groups::save(session, &group, received)?;
        Answer::ok(&view(&group)).version(&group)
    })
    .await
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
        caller.require(Action::ReadSteering, &subject(session, &group)?)?;
        let found = steering::meetings::list(session, group.thing.id, query.page)?;
        Answer::page(&query, found, |meeting| Ok(meeting_view(&meeting)))
    })
    .await
}

/// Call a meeting of a steering group
///
/// A meeting with its agenda. Those whose term goes on and who sign in here as members are told.
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
        caller.require(Action::ManageSteering, &subject(session, &group)?)?;
        let meeting = Meeting { id: caller.new_id(), group: group.thing.id, facts: body.0.clone() };
        let meeting = steering::meetings::add(session, meeting)?;
        let place = format!("/v1/steering-meetings/{}", meeting.id);
        tell_members(session, &group, Kind::MeetingCalled, &place, now)?;
        Answer::created(&place, &meeting_view(&meeting)).version(&meeting)
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
        caller.require(Action::ReadSteering, &subject(session, &group)?)?;
        Answer::ok(&meeting_view(&meeting)).version(&meeting)
    })
    .await
}

/// Change a meeting of a steering group
///
/// Decisions and minutes are written down here. A merge patch (RFC 7396): what is left out stays as it is, `null` takes a
/// value away, and the agenda is given as a whole, with what was decided. The members are told if the day or the place changes
/// while the meeting is ahead.
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
        caller.require(Action::ManageSteering, &subject(session, &group)?)?;
        caller.unchanged(&meeting)?;
        let mut changed = meeting.thing.clone();
        changed.facts = patch::apply(&meeting.facts, &body.0.0, "")?;
        let moved = changed.facts.moved(&meeting.facts, now.day());
        let meeting = patch::save(session, meeting, changed, steering::meetings::save)?;
        if moved {
            let place = format!("/v1/steering-meetings/{}", meeting.thing.id);
            tell_members(session, &group, Kind::MeetingMoved, &place, now)?;
        }
        Answer::ok(&meeting_view(&meeting)).version(&meeting)
    })
    .await
}

/// Tells the members whose term goes on, and who can look at it, something of the meeting at `place`.
fn tell_members(
    session: &mut Session<'_>,
    group: &Stored<SteeringGroup>,
    kind: Kind,
    place: &str,
    now: Moment,
) -> Result<()> {
    let path = nodes::path(session, group.area)?;
    let members = grants::at(session, &path, &[Role::SteeringMember], now.day())?;
    for person in group.facts.serving(now.day()) {
        if members.iter().any(|grant| grant.terms.person_id == person) {
            tell(session, person, kind, place, now)?;
        }
    }
    Ok(())
}

fn subject(session: &mut Session<'_>, group: &Stored<SteeringGroup>) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, group.area)?))
}

fn within(field: &str, fault: Fault) -> Fault {
    Fault::new(format!("{field}{}", fault.pointer), fault.code)
}

fn view(group: &Stored<SteeringGroup>) -> SteeringGroupView {
    SteeringGroupView {
        id: group.thing.id,
        area_id: group.area,
        facts: group.facts.clone(),
        received: group.received.clone(),
    }
}

fn meeting_view(meeting: &Stored<Meeting>) -> SteeringMeetingView {
    SteeringMeetingView {
        id: meeting.thing.id,
        steering_group_id: meeting.group,
        facts: meeting.facts.clone(),
    }
}
