//! `/v1/people` and `/v1/me`

use crate::routes::ServiceConfig;
use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    localized::Language,
    node::NodeId,
    person::{Channel, Facts, Person, PersonId},
    policy::{Action, Subject},
    refusal::Rule,
};
use persistence::{Session, Stored, grants, nodes, people};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::nodes::referred;
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    problem::Result,
    query::Query,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_people).service(create_person).service(get_person).service(patch_person);
}

/// A person who can sign in
#[derive(Serialize, ToSchema)]
pub(super) struct PersonView {
    id: PersonId,
    /// Where the person was registered.
    node_id: NodeId,
    facts: Facts,
}

/// A person to be registered
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonForm {
    /// Where the person belongs.
    node_id: NodeId,
    facts: Facts,
}

/// What is to be changed of a person
///
/// What is left out stays as it is. The e-mail address, with which the person signs in, and the node are changed by those
/// who manage people there, the address only if all of the person's roles are within their own reach.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonPatch {
    /// The name that others see.
    #[serde(default)]
    #[schema(nullable = false, example = "Aino Esimerkki", min_length = 1, max_length = 200)]
    name: Option<String>,
    /// The e-mail address that one-time codes are sent to.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "aino@example.fi",
        format = "email",
        min_length = 3,
        max_length = 254,
        pattern = "^[^@\\s]+@[^@\\s]+$"
    )]
    email: Option<String>,
    /// A telephone number.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "+358 40 000 0000",
        max_length = 40,
        pattern = "^[+0-9 ()-]+$"
    )]
    phone: Option<String>,
    /// A postal address.
    #[serde(default)]
    #[schema(nullable = false, example = "Kotikatu 2 A 3, 96100 Rovaniemi", max_length = 300)]
    address: Option<String>,
    /// The language to write to them in.
    #[serde(default)]
    #[schema(nullable = false)]
    language: Option<Language>,
    /// How they wish to hear of what waits for them.
    #[serde(default)]
    #[schema(nullable = false)]
    channel: Option<Channel>,
    /// The professional title, for staff.
    #[serde(default)]
    #[schema(nullable = false, example = "palveluesihenkilö", max_length = 120)]
    title: Option<String>,
    /// Where the person belongs.
    #[serde(default)]
    #[schema(nullable = false)]
    node_id: Option<NodeId>,
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
/// Oneself, and the people of the organisations that the caller manages or brokers for.
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
        Answer::page(&query, found, |person| Ok(view(&person)))
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
        let node = referred(session, body.node_id, "/node_id")?;
        caller.require(Action::RegisterPerson, &Subject::at(node.path.clone()))?;
        if node.history.ended.is_some() {
            return Err(Rule::NodeEnded.into());
        }
        free(session, &body.facts.email, None)?;
        let id = caller.new_id();
        let person = Person { id, node: body.node_id, facts: body.facts.clone() };
        let person = people::add(session, person)?;
        Answer::created(&format!("/v1/people/{id}"), &view(&person)).version(&person)
    })
    .await
}

/// Get a person
///
/// Who someone is: their name and how to reach them. Others than they themselves see it only where their work needs it.
#[utoipa::path(tag = "people", responses((status = OK, body = PersonView)))]
#[get("/v1/people/{person_id}")]
async fn get_person(app: Data<App>, call: Call, person_id: Path<PersonId>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let person = people::find(session, *person_id)?;
        caller.require(Action::ReadPerson, &subject(session, &person)?)?;
        Answer::ok(&view(&person)).version(&person)
    })
    .await
}

/// Change what is known of a person
///
/// People change their own contact details, language and channel themselves.
#[utoipa::path(tag = "people", responses((status = OK, body = PersonView)))]
#[patch("/v1/people/{person_id}")]
async fn patch_person(
    app: Data<App>,
    call: Call,
    person_id: Path<PersonId>,
    body: Json<PersonPatch>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let person = people::find(session, *person_id)?;
        let subject = subject(session, &person)?;
        caller.require(Action::EditPerson, &subject)?;
        if body.email.is_some() || body.node_id.is_some() {
            caller.require(Action::ManagePerson, &subject)?;
        }
        caller.unchanged(&person)?;
        if let Some(email) = &body.email {
            within_reach(session, caller, *person_id)?;
            free(session, email, Some(*person_id))?;
        }
        if let Some(node) = body.node_id {
            let node = referred(session, node, "/node_id")?;
            caller.require(Action::RegisterPerson, &Subject::at(node.path.clone()))?;
        }
        let person = people::save(session, &person, body.0.clone().apply(person.thing.clone()))?;
        Answer::ok(&view(&person)).version(&person)
    })
    .await
}

/// What the policy needs to know of a person.
pub(super) fn subject(session: &mut Session<'_>, person: &Person) -> Result<Subject> {
    let node = nodes::path(session, person.node)?;
    Ok(Subject { owner: Some(person.id), ..Subject::at(node) })
}

/// Refuses unless the caller could have given the person every role that they hold: whoever sets the address that codes
/// go to could sign in as them.
fn within_reach(session: &mut Session<'_>, caller: &Caller, person: PersonId) -> Result<()> {
    for grant in grants::of(session, person, caller.now.day())? {
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

pub(super) fn view(person: &Stored<Person>) -> PersonView {
    let Person { id, node, facts } = person.thing.clone();
    PersonView { id, node_id: node, facts }
}

impl PersonPatch {
    fn apply(self, person: Person) -> Person {
        let Person { id, node, facts } = person;
        let facts = Facts {
            name: self.name.unwrap_or(facts.name),
            email: self.email.unwrap_or(facts.email),
            phone: self.phone.or(facts.phone),
            address: self.address.or(facts.address),
            language: self.language.unwrap_or(facts.language),
            channel: self.channel.unwrap_or(facts.channel),
            title: self.title.or(facts.title),
        };
        Person { id, node: self.node_id.unwrap_or(node), facts }
    }
}
