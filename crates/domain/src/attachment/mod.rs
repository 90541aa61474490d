//! Attachments (*liite*): receipts, tax cards, decisions, documents (issue 2 point 22; S4-34).
//!
//! A file is uploaded first and attached to something after that. Until then only the uploader knows of it; from then
//! on, whoever may read the thing may read the file.
//!
//! **Invariant:** what a file is, is told by its content, never by its name or by what the sender says.
//!
//! **Invariant:** a tax card is read by the person it is about and by HR, and by nobody else, whatever it is attached to.

mod content;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::content::{MediaType, sniff};
use crate::{
    id::Id,
    node::NodeId,
    person::PersonId,
    policy::Action,
    refusal::{Refusal, Rule},
    time::Moment,
};

/// How many files of one person can wait to be attached: more than the longest claim of costs names at once.
pub const MOST_LOOSE: usize = 100;

/// How many files can be attached to one thing, with those that others have taken the place of.
pub const MOST_ATTACHED: usize = 200;

/// The identifier of an attachment.
pub type AttachmentId = Id<Attachment>;

/// A file; its bytes are kept apart.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Attachment {
    /// The identifier.
    pub id: AttachmentId,
    /// Who uploaded it.
    pub uploader: PersonId,
    /// What it is for.
    pub purpose: Purpose,
    /// What it is called.
    pub name: String,
    /// What it is, by its content.
    pub media_type: MediaType,
    /// How many bytes it has.
    pub size: u32,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// When it was uploaded.
    pub uploaded_at: Moment,
    /// What it is attached to, once it is.
    pub attached: Option<Attached>,
}

/// What an attachment is for
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = AttachmentPurpose)]
pub enum Purpose {
    /// A receipt of a fee form's expense.
    Receipt,
    /// A tax card, encrypted at rest.
    TaxCard,
    /// A decision to use experts.
    Decision,
    /// A version of a document in an area's library.
    Document,
    /// Something that belongs to an agreement.
    Agreement,
    /// Something that belongs to feedback.
    Feedback,
}

/// What an attachment is attached to, and whom that is about: this decides who may read it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Attached {
    /// The kind of thing.
    pub kind: ThingKind,
    /// The thing.
    pub id: Uuid,
    /// The node it belongs to.
    pub node: NodeId,
    /// The organisation that handles it, if there is one.
    pub handler: Option<NodeId>,
    /// The person it is about, if it is about one.
    pub owner: Option<PersonId>,
}

/// The kind of thing that something is attached to
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ThingKind {
    /// A fee form.
    FeeForm,
    /// A decision to use experts.
    Decision,
    /// A document of an area's library.
    Document,
    /// An assignment with its agreement.
    Assignment,
    /// Feedback.
    Feedback,
}

impl Purpose {
    /// What the content can be.
    pub const fn media_types(self) -> &'static [MediaType] {
        use MediaType::{Jpeg, Pdf, Png, Text};
        match self {
            Self::Receipt | Self::TaxCard => &[Pdf, Png, Jpeg],
            Self::Decision => &[Pdf],
            Self::Document | Self::Agreement | Self::Feedback => &[Pdf, Png, Jpeg, Text],
        }
    }

    /// How many bytes there can be at most.
    pub const fn max_bytes(self) -> usize {
        const MIB: usize = 1024 * 1024;
        match self {
            Self::Receipt | Self::TaxCard | Self::Feedback => 5 * MIB,
            Self::Decision | Self::Document | Self::Agreement => 10 * MIB,
        }
    }

    /// Whether it is encrypted at rest.
    pub const fn is_sealed(self) -> bool {
        matches!(self, Self::TaxCard)
    }

    /// The kind of thing it can be attached to.
    pub const fn belongs_to(self) -> ThingKind {
        match self {
            Self::Receipt | Self::TaxCard => ThingKind::FeeForm,
            Self::Decision => ThingKind::Decision,
            Self::Document => ThingKind::Document,
            Self::Agreement => ThingKind::Assignment,
            Self::Feedback => ThingKind::Feedback,
        }
    }
}

impl Attachment {
    /// The attachment attached to a thing. Attaching it again to the same thing changes nothing.
    ///
    /// # Errors
    ///
    /// [`Rule::AttachedElsewhere`] if it is attached to another thing; [`Rule::WrongPurpose`] if it was not uploaded for
    /// a thing of that kind.
    pub fn attach(self, to: Attached) -> Result<Self, Refusal> {
        if self.purpose.belongs_to() != to.kind {
            return Err(Rule::WrongPurpose.into());
        }
        match &self.attached {
            Some(attached) if attached.id != to.id => Err(Rule::AttachedElsewhere.into()),
            _ => Ok(Self { attached: Some(to), ..self }),
        }
    }

    /// Lets whoever uploaded it take it back.
    ///
    /// # Errors
    ///
    /// [`Rule::StillAttached`] once it is attached: from then on it belongs to the thing.
    pub fn discardable(&self) -> Result<(), Refusal> {
        if self.attached.is_some() { Err(Rule::StillAttached.into()) } else { Ok(()) }
    }

    /// What a person who reads it must be allowed, once it is attached. Payroll reads what belongs to its packages.
    pub const fn read_by(&self, attached: &Attached) -> Action {
        match (self.purpose, attached.kind) {
            (Purpose::TaxCard, _) => Action::ReadPayrollIdentity,
            (_, ThingKind::FeeForm) => Action::ReadReceipt,
            (_, ThingKind::Decision) => Action::ReadDecision,
            (_, ThingKind::Document) => Action::ReadDocument,
            (_, ThingKind::Assignment) => Action::ReadAssignment,
            (_, ThingKind::Feedback) => Action::ReadFeedback,
        }
    }

    /// What lets one know that it exists, once it is attached: to read the thing itself.
    pub const fn known_by(attached: &Attached) -> Action {
        match attached.kind {
            ThingKind::FeeForm => Action::ReadFeeForm,
            ThingKind::Decision => Action::ReadDecision,
            ThingKind::Document => Action::ReadDocument,
            ThingKind::Assignment => Action::ReadAssignment,
            ThingKind::Feedback => Action::ReadFeedback,
        }
    }
}
