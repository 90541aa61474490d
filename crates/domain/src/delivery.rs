//! Deliveries: the package of documents and feedback forms that goes to the parties before a task (S4-22, S4-23, S4-30).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    assignment::{AssignmentId, Deliverable},
    document::{DocumentId, DocumentKind, DocumentLanguage, Version},
    id::Id,
    person::PersonId,
    time::Moment,
};

/// The identifier of a delivery.
pub type DeliveryId = Id<Delivery>;

/// A package that was delivered before a task.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Delivery {
    /// Its identifier.
    pub id: DeliveryId,
    /// The assignment it belongs to.
    pub assignment: AssignmentId,
    /// Who it is for: the expert.
    pub person: PersonId,
    /// Who delivered it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// The documents, in the versions that were delivered.
    pub documents: Vec<DeliveredDocument>,
    /// What was delivered, as the assignment counts it.
    pub deliverables: Vec<Deliverable>,
    /// A word with it.
    pub note: Option<String>,
    /// When the expert marked it as read.
    pub read: Option<ReadMark>,
}

/// A document as it was delivered
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct DeliveredDocument {
    /// The document.
    pub document: DocumentId,
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// The number of the delivered version.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub number: i32,
    /// The language of the delivered version.
    pub language: DocumentLanguage,
    /// Whether it is in easy language.
    pub easy: bool,
    /// Its heading.
    #[schema(max_length = 200)]
    pub title: String,
}

/// That a delivery was read
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = DeliveryReadMark)]
pub struct ReadMark {
    /// Who marked it: the expert, or someone who acts for them.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

impl DeliveredDocument {
    /// Whether `version` of `document` is what was delivered.
    pub fn is(&self, document: DocumentId, version: &Version) -> bool {
        let delivered = (self.document, self.number, self.language, self.easy);
        delivered == (document, version.number, version.language, version.easy)
    }
}

impl Delivery {
    /// The delivery as read by `by`; the first mark stays.
    #[must_use]
    pub fn marked_read(mut self, by: PersonId, at: Moment) -> Self {
        self.read.get_or_insert(ReadMark { by, at });
        self
    }
}
