//! Who has read and accepted a document: the operating model and the ground rules (S4-10, S4-52).

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    document::{Acknowledgement, AcknowledgementId, DocumentId},
    person::PersonId,
    policy::Action,
    time::Moment,
};
use persistence::{Stored, acknowledgements};
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
    /// When what they read was published.
    published: Moment,
    /// When they said so.
    at: Moment,
}

/// Acknowledge a document
///
/// That the caller has read what is published now, and accepts it. A later publication asks for it again; doing it twice
/// changes nothing.
#[utoipa::path(tag = "documents", responses((status = CREATED, body = AcknowledgementView)))]
#[post("/v1/documents/{document_id}/acknowledgements")]
async fn acknowledge_document(
    app: Data<App>,
    call: Call,
    document_id: Path<DocumentId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (document, _) = find(session, caller, *document_id)?;
        let wanted = document.acknowledged(caller.new_id(), caller.human()?, now)?;
        let stored = match acknowledgements::same(session, &wanted)? {
            Some(stored) => stored,
            None => acknowledgements::add(session, wanted)?,
        };
        let path = format!("/v1/documents/{}/acknowledgements", document.id);
        Answer::created(&path, &view(&stored)).version(&stored)
    })
    .await
}

/// List the acknowledgements of a document
///
/// For those who look after it.
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
        caller.require(Action::ManageDocument, &subject)?;
        let found = acknowledgements::list(session, document.thing.id, query.page)?;
        Answer::page(&query, found, |stored| Ok(view(&stored)))
    })
    .await
}

fn view(stored: &Stored<Acknowledgement>) -> AcknowledgementView {
    AcknowledgementView {
        id: stored.thing.id,
        document_id: stored.document,
        person_id: stored.person,
        published: stored.published,
        at: stored.at,
    }
}
