//! `/v1/steering-groups`: who steers the activity in an area, and how they meet (S4-44, S3-03).

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    compilation::{CompilationId, State},
    node::{Level, NodeId},
    policy::{Action, Subject},
    refusal::{Fault, Refusal, faultless},
    steering::{GroupFacts, Member, Received, SteeringGroup, SteeringGroupId},
};
use persistence::{Session, Stored, compilations, nodes, people, steering};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::steering_meetings::tell_joined;
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
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
        .service(receive_compilation);
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
        if node.level != Level::Area {
            return Err(Refusal::Invalid(vec![Fault::new("/area_id", "not_an_area")]).into());
        }
        node.takes_new()?;
        let mut faults = body.0.facts.faults();
        faults.extend(unknown(session, &body.0.facts, &[])?);
        let faults = faults.into_iter().map(|fault| fault.within("/facts"));
        faultless(faults.collect())?;
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
/// a list replaces the whole list: all members are given, past ones too. Who becomes a member is told of the meetings ahead in their
/// term.
#[utoipa::path(tag = "steering", responses((status = OK, body = SteeringGroupView)))]
#[patch("/v1/steering-groups/{steering_group_id}")]
async fn update_steering_group(
    app: Data<App>,
    call: Call,
    steering_group_id: Path<SteeringGroupId>,
    body: Json<SteeringGroupChange>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let group = steering::groups::find(session, *steering_group_id)?;
        caller.require(Action::ManageSteering, &subject(session, &group)?)?;
        caller.unchanged(&group)?;
        let mut changed = group.thing.clone();
        changed.facts = patch::apply(&group.facts, &body.0.0, "")?;
        let before = group.facts.clone();
        let mut faults = changed.facts.faults();
        faults.extend(unknown(session, &changed.facts, &before.members)?);
        faultless(faults)?;
        let group = patch::save(session, group, changed, steering::groups::save)?;
        tell_joined(session, &group, &before, now)?;
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

/// What a decision about a group, or a meeting of it, depends on.
pub(super) fn subject(session: &mut Session<'_>, group: &Stored<SteeringGroup>) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, group.area)?))
}

/// A fault for each member, but those of `before`, whose organisation or person is nobody's identifier here.
fn unknown(session: &mut Session<'_>, facts: &GroupFacts, before: &[Member]) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut check = |found: persistence::Result<()>, pointer: String| match found {
        Err(persistence::Error::NotFound) => {
            faults.push(Fault::new(pointer, "unknown_reference"));
            Ok(())
        }
        found => found,
    };
    for (at, member) in facts.members.iter().enumerate() {
        let organisation = member.organisation;
        if !before.iter().any(|one| one.organisation == organisation) {
            let found = nodes::path(session, organisation).map(drop);
            check(found, format!("/members/{at}/organisation"))?;
        }
        if let Some(person) = member.person
            && !before.iter().any(|one| one.person == Some(person))
        {
            let found = people::find(session, person).map(drop);
            check(found, format!("/members/{at}/person"))?;
        }
    }
    Ok(faults)
}

fn view(group: &Stored<SteeringGroup>) -> SteeringGroupView {
    SteeringGroupView {
        id: group.thing.id,
        area_id: group.area,
        facts: group.facts.clone(),
        received: group.received.clone(),
    }
}
