//! `/v1/deliveries`: the package of documents and feedback forms that goes to the expert before a task.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    assignment::{Assignment, AssignmentId, Deliverable, Event},
    delivery::{DeliveredDocument, Delivery, DeliveryId, ReadMark},
    disclosure::DisclosedField,
    document::{
        Document, DocumentId, DocumentKind, DocumentLanguage, Reader, Version, orientation,
    },
    notice::Kind,
    policy::{Action, Power},
    refusal::{Fault, Refusal},
    time::Moment,
};
use persistence::{
    Session, Stored, assignments, deliveries, disclosures, experts, library, nodes, people,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::assignments::subject;
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::tell_expert,
    call::Call,
    problem::Result,
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(deliver).service(list_deliveries).service(get_delivery).service(read_delivery);
}

page!(DeliveryPage of DeliveryView);

/// A delivery to be made
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliveryForm {
    /// The documents to deliver. Without it: the orientation material that holds for the unit and suits the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 50)]
    documents: Option<Vec<DocumentId>>,
    /// The feedback forms to deliver with them. Without it: both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 2)]
    forms: Option<Vec<DeliveredForm>>,
    /// A word with it. Nothing about health.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Lue nämä rauhassa ennen perjantaita."
    )]
    note: Option<String>,
}

/// A feedback form that is delivered before the task
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DeliveredForm {
    /// The form on which the expert gives feedback.
    ExpertFeedbackForm,
    /// The form on which the orderer gives feedback.
    OrdererFeedbackForm,
}

/// A delivery
#[derive(Serialize, ToSchema)]
struct DeliveryView {
    /// Its identifier.
    id: DeliveryId,
    /// The assignment it belongs to.
    assignment_id: AssignmentId,
    /// When it was delivered.
    at: Moment,
    /// The documents, in the versions that were delivered.
    #[schema(max_items = 50)]
    documents: Vec<DeliveredDocument>,
    /// The texts of the documents as they were delivered, in the same order, also if others hold by now. They are there where
    /// one delivery is read. What is a file is read as an attachment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    texts: Vec<Version>,
    /// What was delivered, as the assignment counts it.
    #[schema(max_items = 3)]
    deliverables: Vec<Deliverable>,
    /// A word with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    note: Option<String>,
    /// When the expert marked it as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    read: Option<ReadMark>,
}

/// Deliver orientation material and feedback forms
///
/// Each document in the language of the expert, and in easy language if the unit was told that the expert needs it, and the
/// expert still agrees to that (S4-22, S4-23, S4-30). Experts find the easy texts under `/v1/documents` in any case.
#[utoipa::path(tag = "assignments", responses((status = CREATED, body = DeliveryView)))]
#[post("/v1/assignments/{assignment_id}/deliver")]
async fn deliver(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<DeliveryForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::DeliverDocuments, &subject)?;
        let reader = reader(session, &assignment)?;
        let documents = match &body.documents {
            Some(wanted) => chosen(session, &assignment, wanted, reader)?,
            None => usual(session, &assignment, reader)?,
        };
        let mut deliverables: Vec<_> = match &body.forms {
            Some(forms) => forms.iter().map(|form| form.deliverable()).collect(),
            None => vec![Deliverable::ExpertFeedbackForm, Deliverable::OrdererFeedbackForm],
        };
        if documents.iter().any(|document| document.kind == DocumentKind::Orientation) {
            deliverables.insert(0, Deliverable::Orientation);
        }
        if deliverables.is_empty() && documents.is_empty() {
            return Err(Refusal::Invalid(vec![Fault::new("/documents", "required")]).into());
        }
        let next = assignment.thing.clone().apply(Event::Deliver(deliverables.clone()), now)?;
        let assignment = assignments::save(session, &assignment, next)?;
        let delivery = Delivery {
            id: caller.new_id(),
            assignment: assignment.thing.id,
            person: assignment.person,
            by: caller.human()?,
            at: now,
            documents,
            deliverables,
            note: body.note.clone(),
            read: None,
        };
        let delivery = deliveries::record(session, delivery)?;
        let path = format!("/v1/deliveries/{}", delivery.id);
        let kind = Kind::DocumentsDelivered;
        let expert = (assignment.person, Power::Agreements);
        tell_expert(session, expert, caller.person(), kind, &path, now)?;
        Answer::created(&path, &view(&delivery)).version(&delivery)
    })
    .await
}

/// List the deliveries of an assignment
///
/// What was delivered before the task, and whether the expert has marked it as read.
#[utoipa::path(tag = "assignments", params(NoFilter), responses((status = OK, body = DeliveryPage)))]
#[get("/v1/assignments/{assignment_id}/deliveries")]
async fn list_deliveries(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::ReadAssignment, &subject)?;
        let found = deliveries::list(session, assignment.thing.id, query.page)?;
        Answer::page(&query, found, |stored| Ok(view(&stored)))
    })
    .await
}

/// Get a delivery
///
/// What was delivered before a task, with the texts as they were then, and whether the expert has marked it as read.
#[utoipa::path(tag = "assignments", responses((status = OK, body = DeliveryView)))]
#[get("/v1/deliveries/{delivery_id}")]
async fn get_delivery(app: Data<App>, call: Call, delivery_id: Path<DeliveryId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let delivery = deliveries::find(session, *delivery_id)?;
        let assignment = assignments::find(session, delivery.assignment)?;
        caller.require(Action::ReadAssignment, &subject(session, &assignment)?)?;
        let view = DeliveryView { texts: texts(session, &delivery)?, ..view(&delivery) };
        Answer::ok(&view).version(&delivery)
    })
    .await
}

/// Mark a delivery as read
///
/// The expert, or someone who acts for them, has read what was delivered. The first mark stays.
#[utoipa::path(tag = "assignments", responses((status = OK, body = DeliveryView)))]
#[post("/v1/deliveries/{delivery_id}/read")]
async fn read_delivery(
    app: Data<App>,
    call: Call,
    delivery_id: Path<DeliveryId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let delivery = deliveries::find(session, *delivery_id)?;
        let assignment = assignments::find(session, delivery.assignment)?;
        caller.require(Action::MarkDocumentRead, &subject(session, &assignment)?)?;
        let next = delivery.thing.clone().marked_read(caller.human()?, now);
        let delivery = deliveries::save(session, &delivery, next)?;
        Answer::ok(&view(&delivery)).version(&delivery)
    })
    .await
}

impl DeliveredForm {
    const fn deliverable(self) -> Deliverable {
        match self {
            Self::ExpertFeedbackForm => Deliverable::ExpertFeedbackForm,
            Self::OrdererFeedbackForm => Deliverable::OrdererFeedbackForm,
        }
    }
}

/// How the expert reads: in the language they are written to, and in easy language if the unit was told that they need it, and
/// they still agree that this is told. What was delivered would tell it otherwise.
fn reader(session: &mut Session<'_>, assignment: &Assignment) -> Result<Reader> {
    let language = DocumentLanguage::from(people::find(session, assignment.person)?.facts.language);
    let told = disclosures::of(session, assignment.id)?;
    let told = match told.filter(|told| told.fields.contains(&DisclosedField::Adjustments)) {
        Some(told) => {
            let mut details = disclosures::details(session, told.thing.id)?;
            details.hide_withdrawn(&*experts::find(session, told.expert)?, told.at);
            details.adjustments
        }
        None => Vec::new(),
    };
    Ok(Reader { language, easy: told.iter().any(|one| one == "easy_language") })
}

/// The orientation material that holds for the unit and suits the task.
fn usual(
    session: &mut Session<'_>,
    assignment: &Assignment,
    reader: Reader,
) -> Result<Vec<DeliveredDocument>> {
    let path: Vec<_> = nodes::path(session, assignment.node)?.ids().collect();
    let holding = library::holding(session, &path, DocumentKind::Orientation)?;
    let holding: Vec<_> = holding.into_iter().map(|stored| stored.thing).collect();
    let found = orientation(&holding, &path, &assignment.task_type, reader);
    Ok(found.into_iter().map(|(document, version)| delivered(document, version)).collect())
}

/// The wanted documents, all of which must hold for the unit.
fn chosen(
    session: &mut Session<'_>,
    assignment: &Assignment,
    wanted: &[DocumentId],
    reader: Reader,
) -> Result<Vec<DeliveredDocument>> {
    let path: Vec<_> = nodes::path(session, assignment.node)?.ids().collect();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for (at, id) in wanted.iter().enumerate() {
        let document = match library::find(session, *id) {
            Ok(document) => Some(document),
            Err(persistence::Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let holding = document.as_ref().filter(|one| one.published() && path.contains(&one.node));
        match holding.and_then(|document| Some((document, document.text_for(reader)?))) {
            Some((document, version)) => found.push(delivered(document, version)),
            None => faults.push(Fault::new(format!("/documents/{at}"), "unknown_reference")),
        }
    }
    domain::refusal::faultless(faults)?;
    Ok(found)
}

fn delivered(document: &Document, version: &Version) -> DeliveredDocument {
    DeliveredDocument {
        document: document.id,
        kind: document.facts.kind,
        number: version.number,
        language: version.language,
        easy: version.easy,
        title: version.title.clone(),
    }
}

fn view(stored: &Stored<Delivery>) -> DeliveryView {
    let delivery = stored.thing.clone();
    DeliveryView {
        id: delivery.id,
        assignment_id: delivery.assignment,
        at: delivery.at,
        documents: delivery.documents,
        texts: Vec::new(),
        deliverables: delivery.deliverables,
        note: delivery.note,
        read: delivery.read,
    }
}

/// What the delivered documents say. A document keeps all its texts, so that they are there.
fn texts(session: &mut Session<'_>, delivery: &Delivery) -> Result<Vec<Version>> {
    let mut texts = Vec::new();
    for delivered in &delivery.documents {
        let document = library::find(session, delivered.document)?.thing;
        let id = document.id;
        texts.extend(document.versions.into_iter().find(|version| delivered.is(id, version)));
    }
    Ok(texts)
}
