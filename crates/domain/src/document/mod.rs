//! The library of documents: orientation material (*perehdytysmateriaali*), the operating model (*toimintamalli*),
//! ground rules (*pelisäännöt*) and instructions (S4-10, S4-22, S4-30, S4-52, S4-59, S3-13, S3-32, S3-33).
//!
//! ```text
//! draft ──publish──▶ published ──withdraw──▶ withdrawn
//!   │ ▲                │  ▲  │
//!   │ └──versions──────┘  └──┴─── publish (the versions added since)
//! ```
//!
//! A document belongs to a node and holds for everything below it. Its texts are versions: one line of versions for each
//! language and for its easy variant. What was published never changes; a new version takes its place.

mod acknowledgement;
mod choice;
mod facts;
mod version;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    acknowledgement::{Acknowledgement, AcknowledgementId},
    choice::{Reader, orientation},
    facts::{DevelopmentPhase, DocumentFacts, DocumentKind},
    version::{DocumentFileId, DocumentLanguage, Version, VersionForm},
};
use crate::{
    id::Id,
    node::NodeId,
    person::PersonId,
    policy::Action,
    record,
    refusal::{Refusal, Rule, faultless},
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// The identifier of a document.
pub type DocumentId = Id<Document>;

/// A document and where it is on its way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Document {
    /// Its identifier.
    pub id: DocumentId,
    /// Where it belongs; it holds for everything below.
    pub node: NodeId,
    /// What is known of it.
    pub facts: DocumentFacts,
    /// Who wrote it first (S4-59).
    pub author: PersonId,
    /// When it came to be.
    pub created: Moment,
    /// Who changed it last.
    pub editor: PersonId,
    /// When it was changed last.
    pub edited: Moment,
    /// Its texts, in the order in which they were added.
    pub versions: Vec<Version>,
    /// Where it is on its way.
    pub state: State,
}

/// Where a document is on its way
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = DocumentState)]
pub enum State {
    /// Nothing of it has been published.
    Draft,
    /// It holds.
    Published {
        /// When something of it was published last.
        at: Moment,
    },
    /// It holds no more.
    Withdrawn {
        /// When it was withdrawn.
        at: Moment,
    },
}

/// What happens to a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What is known of it changes, but for its kind.
    Edit(Box<DocumentFacts>),
    /// A text is added.
    AddVersion(Box<VersionForm>),
    /// The texts added since the last time are published.
    Publish,
    /// It is taken out of use.
    Withdraw,
}

/// The document's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "document",
    finnish: "asiakirja",
    states: &["draft", "published", "withdrawn"],
    arrows: &[
        arrow("edit", DRAFT, DRAFT),
        arrow("edit", PUBLISHED, PUBLISHED),
        arrow("versions", DRAFT, DRAFT),
        arrow("versions", PUBLISHED, PUBLISHED),
        arrow("publish", OPEN, PUBLISHED),
        arrow("withdraw", OPEN, &["withdrawn"]),
    ],
};

const OPEN: &[&str] = &["draft", "published"];
const DRAFT: &[&str] = &["draft"];
const PUBLISHED: &[&str] = &["published"];

const fn arrow(
    action: &'static str,
    from: &'static [&'static str],
    to: &'static [&'static str],
) -> Arrow {
    Arrow { action, from, to, may: Some(Action::ManageDocument) }
}

impl Document {
    /// A new document without a text.
    ///
    /// # Errors
    ///
    /// [`Refusal::Invalid`] with the codes that are not known.
    pub fn new(
        id: DocumentId,
        node: NodeId,
        facts: DocumentFacts,
        author: PersonId,
        at: Moment,
    ) -> Result<Self, Refusal> {
        faultless(facts.faults())?;
        Ok(Self {
            id,
            node,
            facts,
            author,
            created: at,
            editor: author,
            edited: at,
            versions: Vec::new(),
            state: State::Draft,
        })
    }

    /// Applies `event` of `by`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the arrow's guard fails.
    pub fn apply(mut self, event: Event, by: PersonId, at: Moment) -> Result<Self, Refusal> {
        let state = match (self.state.clone(), event) {
            (state @ (State::Draft | State::Published { .. }), Event::Edit(facts)) => {
                self.facts = DocumentFacts { kind: self.facts.kind, ..*facts };
                faultless(self.facts.faults())?;
                state
            }
            (state @ (State::Draft | State::Published { .. }), Event::AddVersion(form)) => {
                record::once_more(self.versions.len())?;
                let number = 1 + self.line(form.language, form.easy).count();
                self.versions.push(form.numbered(
                    i32::try_from(number).unwrap_or(i32::MAX),
                    by,
                    at,
                )?);
                state
            }
            (State::Draft | State::Published { .. }, Event::Publish) => {
                let mut fresh =
                    self.versions.iter_mut().filter(|version| version.published.is_none());
                let Some(first) = fresh.next() else {
                    return Err(Rule::NothingToPublish.into());
                };
                first.published = Some(at);
                fresh.for_each(|version| version.published = Some(at));
                State::Published { at }
            }
            (State::Draft | State::Published { .. }, Event::Withdraw) => State::Withdrawn { at },

            (state, event) => {
                return Err(Refusal::OutOfTurn {
                    machine: WORKFLOW.name,
                    state: state.name(),
                    action: event.action(),
                });
            }
        };
        Ok(Self { state, editor: by, edited: at, ..self })
    }

    /// Whether it holds.
    pub const fn published(&self) -> bool {
        matches!(self.state, State::Published { .. })
    }

    /// The texts that hold: the newest published version of each language and variant.
    pub fn current(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter().filter(|version| {
            version.published.is_some()
                && !self
                    .line(version.language, version.easy)
                    .any(|other| other.published.is_some() && other.number > version.number)
        })
    }

    fn line(&self, language: DocumentLanguage, easy: bool) -> impl Iterator<Item = &Version> {
        self.versions
            .iter()
            .filter(move |version| (version.language, version.easy) == (language, easy))
    }
}

impl State {
    /// The state's name, in the contract and in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published { .. } => "published",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Event {
    /// The action that causes it, as in `POST …/{id}/{action}`.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Edit(_) => "edit",
            Self::AddVersion(_) => "versions",
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
        }
    }
}
