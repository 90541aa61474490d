//! `/v1/documents`: orientation material, the operating model, ground rules and instructions, in versions.

mod acknowledgements;
mod view;

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    attachment::{Attached, Attachment, ThingKind},
    document::{Document, DocumentFacts, DocumentId, DocumentKind, Event, Version, VersionForm},
    id::Id,
    node::NodeId,
    policy::{Action, Subject},
};
use persistence::{Session, Stored, acknowledgements as acknowledged, deliveries, library, nodes};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use self::view::{DocumentView, answer, view};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    patch::{self, merge_patch},
    problem::{Problem, Result, referred},
    query::Query,
    routes::ServiceConfig,
    routes::attachments::{attach, may_read},
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_documents)
        .service(create_document)
        .service(get_document)
        .service(edit_document)
        .service(add_document_version)
        .service(publish_document)
        .service(withdraw_document);
    acknowledgements::configure(config);
}

page!(DocumentPage of DocumentView);

/// Which documents to list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DocumentFilter {
    /// Those that hold for this node: its own and those of everything above it.
    node: Option<NodeId>,
    /// Those of this kind.
    kind: Option<DocumentKind>,
    /// Those in this state. Without it: the published ones. Others are listed for those who look after them.
    state: Option<String>,
}

/// A new document
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DocumentForm {
    /// Where it belongs: an area, an organisation or a unit. It holds for everything below.
    node_id: NodeId,
    /// What is known of it.
    facts: DocumentFacts,
}

merge_patch! {
    /// A change of what is known of a document
    ///
    /// Of which kind it is does not change.
    struct DocumentEdit of DocumentFacts: "What is to be changed of a document: a merge patch.", without "kind"
}

/// List documents
///
/// The published ones, or for those who look after them also the others. A document holds for the node it belongs to and
/// for everything below it.
#[utoipa::path(tag = "documents", params(DocumentFilter), responses((status = OK, body = DocumentPage)))]
#[get("/v1/documents")]
async fn list_documents(
    app: Data<App>,
    call: Call,
    query: Query<DocumentFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let nodes = match query.node {
            Some(node) => Some(nodes::path(session, node)?.ids().collect()),
            None => None,
        };
        let state = query.state.clone().unwrap_or_else(|| "published".to_owned());
        let action =
            if state == "published" { Action::ReadDocument } else { Action::ManageDocument };
        let filter = library::DocumentFilter { nodes, kind: query.kind, state: Some(state) };
        let found = library::list(session, &caller.scope(action), &filter, query.page)?;
        Answer::page(&query, found, |stored| {
            let subject = subject(session, &stored)?;
            Ok(view(caller, &subject, &stored))
        })
    })
    .await
}

/// Create a document
///
/// It begins as a draft without a text.
#[utoipa::path(tag = "documents", responses((status = CREATED, body = DocumentView)))]
#[post("/v1/documents")]
async fn create_document(app: Data<App>, call: Call, body: Json<DocumentForm>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let node = referred(nodes::find(session, body.node_id), "/node_id")?;
        let subject = Subject::at(node.path.clone());
        caller.require(Action::ManageDocument, &subject)?;
        node.takes_new()?;
        let author = caller.human()?;
        let document =
            Document::new(caller.new_id(), body.node_id, body.facts.clone(), author, now)?;
        let document = library::add(session, document)?;
        let path = format!("/v1/documents/{}", document.id);
        Answer::created(&path, &view(caller, &subject, &document)).version(&document)
    })
    .await
}

/// Get a document
///
/// With its texts: the published ones, and for those who look after it also the others. Whoever has acknowledged it reads it also
/// once it is withdrawn.
#[utoipa::path(tag = "documents", responses((status = OK, body = DocumentView)))]
#[get("/v1/documents/{document_id}")]
async fn get_document(app: Data<App>, call: Call, document_id: Path<DocumentId>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let (document, subject) = find(session, caller, *document_id)?;
        answer(caller, &subject, &document)
    })
    .await
}

/// Change what is known of a document
///
/// Its texts do not change: a new text is added as a version. A merge patch (RFC 7396): what is left out stays as it is, and
/// `null` takes a value away.
#[utoipa::path(tag = "documents", responses((status = OK, body = DocumentView)))]
#[patch("/v1/documents/{document_id}")]
async fn edit_document(
    app: Data<App>,
    call: Call,
    document_id: Path<DocumentId>,
    body: Json<DocumentEdit>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (document, subject) = find(session, caller, *document_id)?;
        caller.require(Action::ManageDocument, &subject)?;
        caller.unchanged(&document)?;
        let facts: DocumentFacts = patch::apply(&document.facts, &body.0.0, "")?;
        let event = Event::Edit(Box::new(facts));
        let next = document.thing.clone().apply(event, caller.human()?, now)?;
        let document = patch::save(session, document, next, library::save)?;
        answer(caller, &subject, &document)
    })
    .await
}

/// Add a text to a document
///
/// In one of its languages, plain or easy. It takes the place of the text before it once it is published.
#[utoipa::path(tag = "documents", responses((status = CREATED, body = DocumentView)))]
#[post("/v1/documents/{document_id}/versions")]
async fn add_document_version(
    app: Data<App>,
    call: Call,
    document_id: Path<DocumentId>,
    body: Json<VersionForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (document, subject) = find(session, caller, *document_id)?;
        caller.require(Action::ManageDocument, &subject)?;
        if let Some(file) = body.attachment {
            let to = Attached {
                kind: ThingKind::Document,
                id: document.thing.id.raw(),
                node: document.node,
                handler: None,
                owner: None,
            };
            attach(session, caller, "/attachment", Id::new(file.raw()), to)?;
        }
        let event = Event::AddVersion(Box::new(body.0.clone()));
        let next = document.thing.clone().apply(event, caller.human()?, now)?;
        let document = library::save(session, &document, next)?;
        let path = format!("/v1/documents/{}", document.id);
        Answer::created(&path, &view(caller, &subject, &document)).version(&document)
    })
    .await
}

/// Publish a document
///
/// The texts added since the last time hold from now on.
#[utoipa::path(tag = "documents", responses((status = OK, body = DocumentView)))]
#[post("/v1/documents/{document_id}/publish")]
async fn publish_document(
    app: Data<App>,
    call: Call,
    document_id: Path<DocumentId>,
) -> Result<Answer> {
    change(app, call, *document_id, Event::Publish).await
}

/// Withdraw a document
///
/// It holds no more. What was delivered stays on record.
#[utoipa::path(tag = "documents", responses((status = OK, body = DocumentView)))]
#[post("/v1/documents/{document_id}/withdraw")]
async fn withdraw_document(
    app: Data<App>,
    call: Call,
    document_id: Path<DocumentId>,
) -> Result<Answer> {
    change(app, call, *document_id, Event::Withdraw).await
}

/// Applies an event that needs no more words.
async fn change(app: Data<App>, call: Call, id: DocumentId, event: Event) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (document, subject) = find(session, caller, id)?;
        caller.require(Action::ManageDocument, &subject)?;
        let next = document.thing.clone().apply(event.clone(), caller.human()?, now)?;
        let document = library::save(session, &document, next)?;
        answer(caller, &subject, &document)
    })
    .await
}

/// A document that the caller may know of: what was published, or what they look after or have acknowledged.
fn find(
    session: &mut Session<'_>,
    caller: &Caller,
    id: DocumentId,
) -> Result<(Stored<Document>, Subject)> {
    let document = library::find(session, id)?;
    let subject = subject(session, &document)?;
    caller.require(Action::ReadDocument, &subject)?;
    if document.published() || caller.may(Action::ManageDocument, &subject) {
        return Ok((document, subject));
    }
    match caller.person() {
        // What somebody has accepted stays readable to them.
        Some(person) if acknowledged::has(session, document.thing.id, person)? => {
            Ok((document, subject))
        }
        _ => Err(persistence::Error::NotFound.into()),
    }
}

/// Answers 403 or 404 unless the caller may read this file of a document: everyone reads the texts that hold, those who may know
/// of a task what was delivered for it, and those who look after the document all of them.
pub(super) fn readable(
    session: &mut Session<'_>,
    caller: &Caller,
    file: &Attachment,
    attached: &Attached,
) -> Result<()> {
    let document = library::find(session, Id::new(attached.id))?;
    let subject = subject(session, &document)?;
    let holds = |text: &Version| text.attachment.map(Id::raw) == Some(file.id.raw());
    let live = document.published() && document.current().any(holds);
    if live
        || caller.may(Action::ManageDocument, &subject)
        || delivered(session, caller, &document, holds)?
    {
        return may_read(caller, file, attached, &subject);
    }
    Err(Problem::NotFound)
}

/// Whether a text like this was delivered for a task that the caller may know of: whoever reads the delivery reads its files.
fn delivered(
    session: &mut Session<'_>,
    caller: &Caller,
    document: &Document,
    wanted: impl Fn(&Version) -> bool,
) -> Result<bool> {
    let scope = caller.scope(Action::ReadAssignment);
    let found = deliveries::of_document(session, document.id, &scope)?;
    let texts: Vec<_> = document.versions.iter().filter(|text| wanted(text)).collect();
    let mut parts = found.iter().flat_map(|delivery| &delivery.documents);
    Ok(parts.any(|part| texts.iter().any(|text| part.is(document.id, text))))
}

fn subject(session: &mut Session<'_>, document: &Document) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, document.node)?))
}
