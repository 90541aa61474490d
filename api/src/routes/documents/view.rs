//! What the contract shows of a document.

use domain::{
    document::{Document, DocumentFacts, DocumentId, State, Version, WORKFLOW},
    node::NodeId,
    person::PersonId,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::Stored;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    actions::ActionView,
    answer::{Answer, Versioned},
    call::Caller,
    problem::Result,
};

/// A document
#[derive(Serialize, ToSchema)]
pub(super) struct DocumentView {
    /// Its identifier.
    id: DocumentId,
    /// Where it belongs; it holds for everything below.
    node_id: NodeId,
    /// What is known of it.
    facts: DocumentFacts,
    /// Who wrote it first.
    author: PersonId,
    /// When it came to be.
    created: Moment,
    /// Who changed it last.
    editor: PersonId,
    /// When it was changed last.
    edited: Moment,
    /// The texts that hold: one for each language and variant.
    #[schema(max_items = 20)]
    current: Vec<Version>,
    /// All texts, in the order in which they were added: for those who look after it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    versions: Vec<Version>,
    /// Where it is on its way.
    state: State,
    /// What the caller can do now.
    #[schema(max_items = 30)]
    actions: Vec<ActionView>,
}

pub(super) fn answer(
    caller: &Caller,
    subject: &Subject,
    stored: &Stored<Document>,
) -> Result<Answer> {
    Answer::ok(&view(caller, subject, stored)).version(stored)
}

pub(super) fn view(caller: &Caller, subject: &Subject, document: &Document) -> DocumentView {
    let manager = caller.may(Action::ManageDocument, subject);
    DocumentView {
        id: document.id,
        node_id: document.node,
        facts: document.facts.clone(),
        author: document.author,
        created: document.created,
        editor: document.editor,
        edited: document.edited,
        current: document.current().cloned().collect(),
        versions: if manager { document.versions.clone() } else { Vec::new() },
        state: document.state.clone(),
        actions: caller.actions(&WORKFLOW, document.state.name(), subject),
    }
}
