//! `/v1/people`

mod address;
mod standing;

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    node::NodeId,
    person::{
        Facts, Person, PersonId,
        standing::{self as machine, Entry, State},
    },
    policy::{Action, Subject},
    refusal::{Rule, faultless},
};
use persistence::{Session, Stored, experts, grants, nodes, notices, people};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    patch::{self, merge_patch},
    problem::{Problem, Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_people).service(create_person).service(get_person).service(patch_person);
    address::configure(config);
    standing::configure(config);
}

/// A person who can sign in
#[derive(Serialize, ToSchema)]
pub(super) struct PersonView {
    id: PersonId,
    /// Where the person was registered.
    node_id: NodeId,
    facts: Facts,
    /// Whether they can sign in.
    state: State,
    /// When and why they were deactivated and reactivated, for those who may do so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    record: Vec<Entry>,
    /// What the caller can do.
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// A person to be registered
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonForm {
    /// Where the person belongs.
    node_id: NodeId,
    facts: Facts,
}

merge_patch! {
    /// What is to be changed of a person
    ///
    /// A merge patch (RFC 7396): what is not named stays, what is null goes. The node is changed by those who manage people
    /// there. So is the e-mail address, as long as the person has never signed in with it, and only if all of the person's
    /// roles are within their own reach; afterwards the person changes it (`POST /v1/me/address`).
    struct PersonPatch of Facts: "What is to be changed of a person: a merge patch.", with "node_id" as NodeId
}

/// Which people
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PersonFilter {
    /// Those who belong to this node or below it.
    #[serde(default)]
    node_id: Option<NodeId>,
}

page!(PersonPage of PersonView);

/// List people
///
/// Oneself, the people of the organisations that the caller manages or brokers for, and the experts whom such an organisation
/// supports now. An expert is listed for those who broker where somebody supports them, and nowhere else.
#[utoipa::path(tag = "people", params(PersonFilter), responses((status = OK, body = PersonPage)))]
#[get("/v1/people")]
async fn list_people(app: Data<App>, call: Call, query: Query<PersonFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let below = match query.node_id {
            None => None,
            Some(node) => Some(nodes::path(session, node)?),
        };
        let scope = caller.scope(Action::ReadPerson);
        let found = people::list(session, &scope, below.as_ref(), query.page)?;
        Answer::page(&query, found, |person| view(session, caller, &person))
    })
    .await
}

/// Register a person
///
/// They sign in with one-time codes to the e-mail address; what they may do comes with grants.
#[utoipa::path(tag = "people", responses((status = CREATED, body = PersonView)))]
#[post("/v1/people")]
async fn create_person(app: Data<App>, call: Call, body: Json<PersonForm>) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let node = referred(nodes::find(session, body.node_id), "/node_id")?;
        caller.require(Action::RegisterPerson, &Subject::at(node.path.clone()))?;
        node.takes_new()?;
        faultless(body.facts.faults("/facts"))?;
        free(session, &body.facts.email, None)?;
        let id = caller.new_id();
        let person = Person::new(id, body.node_id, body.facts.clone());
        let person = people::add(session, person)?;
        Answer::created(&format!("/v1/people/{id}"), &view(session, caller, &person)?)
            .version(&person)
    })
    .await
}

/// Get a person
///
/// Who someone is: their name and how to reach them. Others than they themselves see it only where their work needs it: those who
/// manage people where they belong, and those who broker for the organisation that serves them. For an expert that is the one that
/// supports them now, and none once they have left it.
#[utoipa::path(tag = "people", responses((status = OK, body = PersonView)))]
#[get("/v1/people/{person_id}")]
async fn get_person(app: Data<App>, call: Call, person_id: Path<PersonId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let person = people::find(session, *person_id)?;
        caller.require(Action::ReadPerson, &subject(session, &person)?)?;
        Answer::ok(&view(session, caller, &person)?).version(&person)
    })
    .await
}

/// Change what is known of a person
///
/// People change their own contact details, language and channel themselves. What is not named stays as it is; `null`
/// takes a value away. What they have not been told of yet goes the way that leads to them from then on. The address that somebody has signed in with is not changed here: see `POST /v1/me/address` and
/// `POST /v1/people/{person_id}/replace-address`.
#[utoipa::path(tag = "people", responses((status = OK, body = PersonView)))]
#[patch("/v1/people/{person_id}")]
async fn patch_person(
    app: Data<App>,
    call: Call,
    person_id: Path<PersonId>,
    body: Json<PersonPatch>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let person = people::find(session, *person_id)?;
        let subject = subject(session, &person)?;
        caller.require(Action::EditPerson, &subject)?;
        let mut changes = body.0.0.clone();
        let node = changes.shift_remove("node_id");
        let readdressed = changes.contains_key("email");
        if readdressed || node.is_some() {
            caller.require(Action::ManagePerson, &subject)?;
        }
        caller.unchanged(&person)?;
        let mut changed = person.thing.clone();
        let email = changed.facts.email.clone();
        changed.facts = patch::apply(&person.facts, &changes, "")?;
        // What was kept before this was asked for stays as it is until it is changed.
        if changed.facts.reached_otherwise(&person.facts) {
            faultless(changed.facts.faults(""))?;
        }
        if readdressed {
            within_reach(session, caller, *person_id)?;
            free(session, &changed.facts.email, Some(*person_id))?;
            let new = std::mem::replace(&mut changed.facts.email, email);
            changed = changed.correct_address(new)?;
        }
        if let Some(node) = node {
            changed.node = serde_json::from_value(node).map_err(Problem::internal)?;
            let node = referred(nodes::find(session, changed.node), "/node_id")?;
            caller.require(Action::RegisterPerson, &Subject::at(node.path.clone()))?;
            node.takes_new()?;
        }
        let before = person.facts.clone();
        let person = patch::save(session, person, changed, people::save)?;
        notices::redirect(session, &person, &before, now)?;
        Answer::ok(&view(session, caller, &person)?).version(&person)
    })
    .await
}

/// What the policy needs to know of a person: also which organisation serves them. That is the one that supports them now if
/// they are an expert, and none once they have left it; for anybody else it is the one that they belong to.
pub(super) fn subject(session: &mut Session<'_>, person: &Person) -> Result<Subject> {
    let server = experts::supporter(session, person.id)?.unwrap_or(Some(person.node));
    let handler = server.map(|node| nodes::path(session, node)).transpose()?;
    Ok(Subject { handler, ..belonging(session, person)? })
}

/// The person and where they belong: all that those who manage people go by.
fn belonging(session: &mut Session<'_>, person: &Person) -> Result<Subject> {
    let node = nodes::path(session, person.node)?;
    Ok(Subject { owner: Some(person.id), ..Subject::at(node) })
}

/// Refuses unless the caller could have given the person every role that they hold or will hold: whoever sets the address that codes
/// go to could sign in as them.
fn within_reach(session: &mut Session<'_>, caller: &Caller, person: PersonId) -> Result<()> {
    for grant in grants::from_day_on(session, person, caller.now.day())? {
        let node = nodes::path(session, grant.terms.node_id)?;
        caller.require(grant.terms.role.given_by(), &Subject::at(node))?;
    }
    Ok(())
}

/// Refuses if someone else than `owner` has the e-mail address.
fn free(session: &mut Session<'_>, email: &str, owner: Option<PersonId>) -> Result<()> {
    match people::find_by_email(session, email)? {
        Some(other) if owner != Some(other.thing.id) => Err(Rule::EmailTaken.into()),
        Some(_) | None => Ok(()),
    }
}

fn view(session: &mut Session<'_>, caller: &Caller, person: &Stored<Person>) -> Result<PersonView> {
    let subject = belonging(session, person)?;
    let manages = caller.may(Action::DeactivatePerson, &subject);
    let name = person.state.name();
    let mut actions = caller.actions(&machine::WORKFLOW, name, &subject);
    if caller.person() == Some(person.thing.id) {
        ActionView::refuse(&mut actions, &["deactivate"], "own_account", caller.meta.language);
    }
    let Person { id, node, facts, state, record, .. } = person.thing.clone();
    let record = if manages { record } else { Vec::new() };
    Ok(PersonView { id, node_id: node, facts, state, record, actions })
}
