//! `/v1/grants`

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    grant::{Entry, Event, Grant, GrantId, Introduction, Terms, WORKFLOW},
    node::NodeId,
    notice::Kind,
    person::{Facts, PersonId},
    policy::{Action, Role, Subject},
    refusal::{Fault, Rule, faultless},
    time::Day,
};
use persistence::{Session, Stored, grants, nodes, notices, people};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::people::subject as person_subject;
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering,
    call::{Call, Caller},
    problem::{Problem, Result, referred},
    query::Query,
    routes::{
        ServiceConfig,
        fee_forms::{role_given, role_lost},
    },
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_grants)
        .service(create_grant)
        .service(get_grant)
        .service(end_grant)
        .service(renew_grant);
}

/// A role that a person holds at a node
#[derive(Serialize, ToSchema)]
pub(super) struct GrantView {
    id: GrantId,
    terms: Terms,
    /// The person's name. Of somebody who asked for the role, and whom the caller may not know otherwise, it is the one that they
    /// asked by.
    #[schema(example = "Aino Esimerkki", max_length = 200)]
    person_name: String,
    /// The node's name in the caller's language.
    #[schema(example = "Mielenterveyspalvelut", max_length = 500)]
    node_name: String,
    /// `given` or `ended`.
    #[schema(example = "given", max_length = 60)]
    state: &'static str,
    /// Whether the role is held today.
    in_force: bool,
    /// Who gave, renewed and ended it, and when.
    #[schema(max_items = 1000)]
    record: Vec<Entry>,
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// Which grants
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct GrantFilter {
    /// Those of this person.
    #[serde(default)]
    person_id: Option<PersonId>,
    /// Those given at this node.
    #[serde(default)]
    node_id: Option<NodeId>,
    /// Those of this role.
    #[serde(default)]
    role: Option<Role>,
    /// Those in force on this day.
    #[serde(default)]
    on: Option<Day>,
}

/// Until when a role goes on
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Renewal {
    /// The new last day.
    until: Day,
}

/// Why a role ends before its time
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GrantEnding {
    /// The reason.
    #[schema(example = "siirtyi toisiin tehtäviin", min_length = 1, max_length = 300)]
    reason: String,
}

page!(GrantPage of GrantView);

/// List grants
///
/// One's own, and those at the nodes that the caller manages.
#[utoipa::path(tag = "grants", params(GrantFilter), responses((status = OK, body = GrantPage)))]
#[get("/v1/grants")]
async fn list_grants(app: Data<App>, call: Call, query: Query<GrantFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = grants::Filter {
            person: query.person_id,
            node: query.node_id,
            role: query.role,
            on: query.on,
        };
        let found = grants::list(session, &caller.scope(Action::ReadGrant), &filter, query.page)?;
        Answer::page(&query, found, |grant| view(caller, session, &grant))
    })
    .await
}

/// Give a person a role at a node
///
/// The role reaches the node and all below it. Nobody gives a role outside of their own reach. Those who run the installation give
/// every role. A centre gives all but theirs in its area, also that of a centre, so that nothing depends on one person. Nobody
/// gives a role to themselves by which they could give others. Whoever orders from now on is told if something waits for them.
/// Where the work has a last day, no role is given beyond it, but that of orderers, who finish what was ordered there.
#[utoipa::path(tag = "grants", responses((status = CREATED, body = GrantView)))]
#[post("/v1/grants")]
async fn create_grant(app: Data<App>, call: Call, body: Json<Terms>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let terms = body.0.clone();
        let node = referred(nodes::find(session, terms.node_id), "/node_id")?;
        caller.require(terms.role.given_by(), &Subject::at(node.path.clone()))?;
        faultless(terms.faults())?;
        if terms.own_power(caller.human()?) {
            return Err(Rule::OwnRole.into());
        }
        known(session, caller, terms.person_id, "/person_id")?;
        if let Some(deputised) = terms.deputy_for {
            known(session, caller, deputised, "/deputy_for")?;
        }
        let grant = Grant::give(caller.new_id(), terms, Some(caller.human()?), now);
        grant.begins(&node, now.day())?;
        let grant = give(session, caller, grant)?;
        Answer::created(&format!("/v1/grants/{}", grant.id), &view(caller, session, &grant)?)
            .version(&grant)
    })
    .await
}

/// Get a grant
///
/// What someone is trusted with: the role, the node and the days between which it holds.
#[utoipa::path(tag = "grants", responses((status = OK, body = GrantView)))]
#[get("/v1/grants/{grant_id}")]
async fn get_grant(app: Data<App>, call: Call, grant_id: Path<GrantId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let grant = grants::find(session, *grant_id)?;
        caller.require(Action::ReadGrant, &subject(session, &grant)?)?;
        Answer::ok(&view(caller, session, &grant)?).version(&grant)
    })
    .await
}

/// End a grant before its time
///
/// From this moment the person may do no more than their other grants allow, also with tokens that they have already.
/// Orders that they may broker no more go to the liaison who is nearest then, or back to the queue, and whoever gets one
/// is told. The centre is told of units where fee forms wait that nobody who is left can have approved.
#[utoipa::path(tag = "grants", responses((status = OK, body = GrantView)))]
#[post("/v1/grants/{grant_id}/end")]
async fn end_grant(
    app: Data<App>,
    call: Call,
    grant_id: Path<GrantId>,
    body: Json<GrantEnding>,
) -> Result<Answer> {
    change(app, call, *grant_id, move |by| Event::End { by, reason: body.reason.clone() }).await
}

/// Renew a grant
///
/// It goes on until a new last day; also one that has expired, but not one that was ended. It goes on no longer than the work of
/// its node, but for orderers, who finish what was ordered there. Whoever gives roles has their own renewed by somebody else.
#[utoipa::path(tag = "grants", responses((status = OK, body = GrantView)))]
#[post("/v1/grants/{grant_id}/renew")]
async fn renew_grant(
    app: Data<App>,
    call: Call,
    grant_id: Path<GrantId>,
    body: Json<Renewal>,
) -> Result<Answer> {
    change(app, call, *grant_id, move |by| Event::Renew { by, until: body.until }).await
}

async fn change(
    app: Data<App>,
    call: Call,
    id: GrantId,
    event: impl Fn(PersonId) -> Event + Send + 'static,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let grant = grants::find(session, id)?;
        let subject = subject(session, &grant)?;
        caller.require(Action::ManageGrant, &subject)?;
        caller.require(grant.terms.role.given_by(), &subject)?;
        let event = event(caller.human()?);
        if let Event::Renew { until, .. } = event {
            still_here(session, grant.terms.person_id)?;
            let node = nodes::find(session, grant.terms.node_id)?;
            grant.goes_on(&node, until)?;
        }
        let held = grant.in_force(now.day());
        let changed = grant.thing.clone().apply(event, now)?;
        let grant = grants::save(session, &grant, changed)?;
        brokering::reassign(session, grant.terms.person_id, now)?;
        match held {
            true if !grant.in_force(now.day()) => role_lost(session, &grant.terms, now)?,
            true => {}
            false => role_given(session, &grant, now)?,
        }
        Answer::ok(&view(caller, session, &grant)?).version(&grant)
    })
    .await
}

/// Adds a grant and tells the person of it, unless they hold the role there already.
pub(super) fn give(
    session: &mut Session<'_>,
    caller: &Caller,
    grant: Grant,
) -> Result<Stored<Grant>> {
    let terms = &grant.terms;
    still_here(session, terms.person_id)?;
    if grants::is_held(session, terms.person_id, terms.role, terms.node_id, terms.from)? {
        return Err(Rule::RoleHeld.into());
    }
    let (person, reference) = (terms.person_id, format!("/v1/grants/{}", grant.id));
    let grant = grants::add(session, grant)?;
    notices::tell(session, person, Kind::AccessGiven, &reference, caller.new_id(), caller.now)?;
    role_given(session, &grant, caller.now)?;
    Ok(grant)
}

/// Refuses roles for somebody who has left. Nobody deactivates them until the role is given, which ends with the others then.
fn still_here(session: &mut Session<'_>, person: PersonId) -> Result<()> {
    let active = people::hold(session, person)?.is_active();
    if active { Ok(()) } else { Err(Rule::PersonDeactivated.into()) }
}

/// Refuses unless there is such a person and the caller may know of them.
fn known(
    session: &mut Session<'_>,
    caller: &Caller,
    person: PersonId,
    pointer: &str,
) -> Result<()> {
    let unknown = || Problem::Invalid(vec![Fault::new(pointer, "unknown_reference")]);
    let person = match people::find(session, person) {
        Err(persistence::Error::NotFound) => return Err(unknown()),
        found => found?,
    };
    let subject = person_subject(session, &person)?;
    if caller.may(Action::ReadPerson, &subject) { Ok(()) } else { Err(unknown()) }
}

/// What the policy needs to know of a grant.
fn subject(session: &mut Session<'_>, grant: &Grant) -> Result<Subject> {
    let node = nodes::path(session, grant.terms.node_id)?;
    Ok(Subject { owner: Some(grant.terms.person_id), ..Subject::at(node) })
}

/// What the caller may know of whoever holds the role. One who asked for it is as they introduced themselves to those who may
/// not know the account with their address.
pub(super) fn holder(
    session: &mut Session<'_>,
    caller: &Caller,
    grant: &Grant,
) -> Result<Introduction> {
    let person = people::find(session, grant.terms.person_id)?;
    if let Some(introduction) = &grant.introduction
        && !caller.may(Action::ReadPerson, &person_subject(session, &person)?)
    {
        return Ok(introduction.clone());
    }
    let Facts { name, email, phone, title, .. } = person.thing.facts;
    Ok(Introduction { name, email, phone, title })
}

pub(super) fn view(
    caller: &Caller,
    session: &mut Session<'_>,
    grant: &Stored<Grant>,
) -> Result<GrantView> {
    let subject = subject(session, grant)?;
    let person = holder(session, caller, grant)?;
    let node = nodes::find(session, grant.terms.node_id)?;
    let grant = grant.thing.clone();
    let state = grant.state_name();
    let mut actions = caller.actions(&WORKFLOW, state, &subject);
    if caller.person().is_some_and(|person| grant.terms.own_power(person)) {
        ActionView::refuse(&mut actions, &["renew"], "own_role", caller.meta.language);
    }
    Ok(GrantView {
        id: grant.id,
        in_force: grant.counts(&node, caller.now.day()),
        person_name: person.name,
        node_name: node.facts.name.text(caller.meta.language).to_owned(),
        state,
        actions,
        record: grant.record,
        terms: grant.terms,
    })
}
