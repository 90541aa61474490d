//! Who has read and accepted a document: the operating model and the ground rules (S4-10, S4-52).

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    document::{Acknowledgement, AcknowledgementId, DocumentId},
    person::{Person, PersonId},
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{
    Session, Stored,
    acknowledgements::{self, Whose},
    experts, grants, nodes, people,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::find;
use crate::{
    App,
    answer::{Answer, Versioned, page},
    call::Call,
    problem::Result,
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(acknowledge_document).service(list_acknowledgements);
}

page!(AcknowledgementPage of AcknowledgementView);

/// That someone has read a document and accepts it
#[derive(Serialize, ToSchema)]
struct AcknowledgementView {
    /// Its identifier.
    id: AcknowledgementId,
    /// The document.
    document_id: DocumentId,
    /// Who has read it.
    person_id: PersonId,
    /// Their name.
    #[schema(example = "Aino Esimerkki", max_length = 200)]
    name: String,
    /// Whether they belong to where the document holds, are supported there, or have a role there now.
    within: bool,
    /// When what they read was published.
    published: Moment,
    /// When they said so.
    at: Moment,
}

/// Acknowledge a document
///
/// That the caller has read what is published now, and accepts it. A later publication asks for it again; doing it twice
/// changes nothing. Those who look after the document see who has accepted it, by name.
#[utoipa::path(tag = "documents", responses((status = CREATED, body = AcknowledgementView)))]
#[post("/v1/documents/{document_id}/acknowledgements")]
async fn acknowledge_document(
    app: Data<App>,
    call: Call,
    document_id: Path<DocumentId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (document, subject) = find(session, caller, *document_id)?;
        let wanted = document.acknowledged(caller.new_id(), caller.human()?, now)?;
        let stored = match acknowledgements::same(session, &wanted)? {
            Some(stored) => stored,
            None => acknowledgements::add(session, wanted)?,
        };
        let path = format!("/v1/documents/{}/acknowledgements", document.id);
        Answer::created(&path, &view(session, &subject, &stored, now)?).version(&stored)
    })
    .await
}

/// List the acknowledgements of a document
///
/// Who has accepted it, for those who look after it; for anybody else when they accepted it themselves.
#[utoipa::path(tag = "documents", params(NoFilter), responses((status = OK, body = AcknowledgementPage)))]
#[get("/v1/documents/{document_id}/acknowledgements")]
async fn list_acknowledgements(
    app: Data<App>,
    call: Call,
    document_id: Path<DocumentId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let (document, subject) = find(session, caller, *document_id)?;
        let whose = match caller.person() {
            Some(person) if !caller.may(Action::ManageDocument, &subject) => Whose::Of(person),
            _ => {
                caller.require(Action::ManageDocument, &subject)?;
                Whose::Everybodys
            }
        };
        let found = acknowledgements::list(session, document.thing.id, whose, query.page)?;
        let now = caller.now;
        Answer::page(&query, found, |stored| view(session, &subject, &stored, now))
    })
    .await
}

fn view(
    session: &mut Session<'_>,
    document: &Subject,
    stored: &Stored<Acknowledgement>,
    now: Moment,
) -> Result<AcknowledgementView> {
    let person = people::find(session, stored.person)?;
    Ok(AcknowledgementView {
        id: stored.thing.id,
        document_id: stored.document,
        person_id: stored.person,
        within: within(session, document, &person, now)?,
        name: person.thing.facts.name,
        published: stored.published,
        at: stored.at,
    })
}

/// Whether the person has to do with where the document holds: they belong there, the organisation that supports them does, or they
/// have a role there.
fn within(
    session: &mut Session<'_>,
    document: &Subject,
    person: &Person,
    now: Moment,
) -> Result<bool> {
    let mut nodes = vec![person.node];
    nodes.extend(experts::supporter(session, person.id)?.flatten());
    let (grants, day) = (grants::from_day_on(session, person.id, now.day())?, now.day());
    let held = grants.iter().filter(|grant| grant.terms.from <= day);
    nodes.extend(held.map(|grant| grant.terms.node_id));
    for node in nodes {
        let path = nodes::path(session, node)?;
        if document.node.as_ref().is_some_and(|place| place.covers(&path)) {
            return Ok(true);
        }
    }
    Ok(false)
}
