//! The agreement (*toimeksiantosopimus*): what an expert and a unit have agreed on for one assignment (S4-28, S2-18).
//!
//! ```text
//! drafting ──confirm by one──▶ drafting ──confirm by the other──▶ in_force ──supersede──▶ amended
//!    │  ▲                         │
//!    │  └──────edit, forget───────┘   (what changes the content takes back both confirmations)
//!    └──lapse, discard──▶ lapsed   (an amendment alone is discarded)
//! ```
//!
//! What the expert takes back of their needs is forgotten as long as it is not agreed on, and so is what they told of them for
//! an agreement that lapses.
//!
//! Both parties fill it in together (S4-29). Each edit makes a new revision, and each party confirms one revision by
//! its number. It is in force once both have confirmed the same revision.
//!
//! A change is an amendment: an agreement of its own that names the one it amends, which stays in force until both
//! parties have confirmed the amendment. Until then either party discards it.
//!
//! **Invariant:** the content of an agreement that has been in force never changes.

mod complete;
mod content;
mod draft;
mod payroll;
mod terms;
mod workflow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    content::{
        AgreedConsent, AgreementContent, AgreementPoints, AgreementSection, ConfidentialityTerms,
        PartyTerms, PublicityTerms, SupportTerms, TaskTime,
    },
    draft::withdrawn_adjustments,
    terms::{AgreedExpense, CancellationTerms, FeeTerms},
    workflow::WORKFLOW,
};
use crate::{
    assignment::{self, Assignment, AssignmentId, Side},
    fee_schedule::Deviation,
    id::Id,
    person::PersonId,
    record,
    refusal::{Refusal, Rule, faultless},
    time::Moment,
};

/// The identifier of an agreement.
pub type AgreementId = Id<Agreement>;

/// An agreement and where it is on its way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Agreement {
    /// Its identifier.
    pub id: AgreementId,
    /// The assignment it is about.
    pub assignment: AssignmentId,
    /// The agreement that it amends, if it is an amendment.
    pub amends: Option<AgreementId>,
    /// Which of the assignment's agreements it is: the first is 1, its amendment 2, and so on.
    pub version: i32,
    /// How many times it has been written: 1 when it came to be, one more for each edit.
    pub revision: i32,
    /// What is agreed on.
    pub content: AgreementContent,
    /// Who has confirmed it.
    pub confirmations: Confirmations,
    /// Who changed what.
    pub changes: Vec<Change>,
    /// When it came to be.
    pub created: Moment,
    /// Where it is on its way.
    pub state: State,
}

/// Who has confirmed an agreement
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Confirmations {
    /// The expert, or someone who acts for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub expert: Option<Confirmation>,
    /// The unit that ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub orderer: Option<Confirmation>,
}

/// That a party confirmed a revision: the electronic signature of S4-28
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Confirmation {
    /// The confirmed revision.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub revision: i32,
    /// Who confirmed it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// SHA-256 of the content that was confirmed, in hexadecimal: both parties confirm the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub digest: Option<String>,
}

/// That someone changed an agreement
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = AgreementChange)]
pub struct Change {
    /// The revision that came of it.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub revision: i32,
    /// Who made the change.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// The sections that differ from the revision before.
    #[schema(max_items = 20)]
    pub sections: Vec<AgreementSection>,
}

/// Where an agreement is on its way
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = AgreementState)]
pub enum State {
    /// The parties fill it in.
    Drafting,
    /// Both parties have confirmed the same revision.
    InForce {
        /// Since when.
        since: Moment,
    },
    /// An amendment took its place.
    Amended {
        /// Since when it was in force.
        since: Moment,
        /// The amendment.
        by: AgreementId,
        /// When.
        at: Moment,
    },
    /// The assignment ended before it came into force.
    Lapsed {
        /// When.
        at: Moment,
    },
}

/// What happens to an agreement.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A party changes the content.
    Edit {
        /// Who.
        by: PersonId,
        /// What it says from now on.
        content: Box<AgreementContent>,
    },
    /// The expert takes back what they need.
    Forget {
        /// Who says so.
        by: PersonId,
        /// The adjustments as they were written down.
        adjustments: Vec<String>,
    },
    /// A party confirms a revision.
    Confirm {
        /// For which party.
        side: Side,
        /// Which revision.
        revision: i32,
        /// Who.
        by: PersonId,
        /// How the agreed fee differs from what the area has set (S4-25).
        deviations: Vec<Deviation>,
        /// SHA-256 of the content, in hexadecimal.
        digest: String,
    },
    /// An amendment takes its place.
    Supersede {
        /// The amendment.
        by: AgreementId,
    },
    /// A party gives an amendment up: what it was to amend stays in force.
    Discard,
    /// The assignment ended.
    Lapse,
}

impl Agreement {
    /// The first agreement of an assignment.
    pub fn new(
        id: AgreementId,
        assignment: AssignmentId,
        content: AgreementContent,
        at: Moment,
    ) -> Self {
        Self {
            id,
            assignment,
            amends: None,
            version: 1,
            revision: 1,
            content,
            confirmations: Confirmations::default(),
            changes: Vec::new(),
            created: at,
            state: State::Drafting,
        }
    }

    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the arrow's guard fails; [`Refusal::Invalid`] with a
    /// pointer to each point that is wrong, or missing from what should be confirmed.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (self.state.clone(), event) {
            (State::Drafting, Event::Edit { by, content }) => {
                let before = std::mem::replace(&mut self.content, *content);
                faultless(self.content.faults())?;
                let sections = self.content.differs(&before);
                if !sections.is_empty() {
                    record::once_more(self.changes.len())?;
                    self.revision += 1;
                    self.changes.push(Change { revision: self.revision, by, at, sections });
                    self.confirmations = Confirmations::default();
                }
                State::Drafting
            }
            (State::Drafting, Event::Forget { by, adjustments }) => {
                self.forget(&adjustments, by, at);
                State::Drafting
            }
            (State::Drafting, Event::Confirm { side, revision, by, deviations, digest }) => {
                if revision != self.revision {
                    return Err(Rule::RevisionChanged.into());
                }
                let missing = self.content.missing(&deviations);
                faultless([self.content.faults(), missing].concat())?;
                let digest = Some(digest);
                self.confirmations.add(side, Confirmation { revision, by, at, digest })?;
                if self.confirmations.agree() {
                    State::InForce { since: at }
                } else {
                    State::Drafting
                }
            }
            (State::InForce { since }, Event::Supersede { by }) => State::Amended { since, by, at },
            (State::Drafting, Event::Discard) if self.amends.is_none() => {
                return Err(Rule::FirstAgreement.into());
            }
            (State::Drafting, Event::Discard | Event::Lapse) => {
                self.content.support.adjustments.clear();
                State::Lapsed { at }
            }

            (state, event) => {
                return Err(Refusal::OutOfTurn {
                    machine: WORKFLOW.name,
                    state: state.name(),
                    action: event.action(),
                });
            }
        };
        Ok(Self { state, ..self })
    }

    /// Leaves out what the expert takes back. The record has room for that: it cannot be refused.
    fn forget(&mut self, adjustments: &[String], by: PersonId, at: Moment) {
        let written = &mut self.content.support.adjustments;
        let before = written.len();
        written.retain(|adjustment| !adjustments.contains(adjustment));
        if written.len() < before {
            self.revision += 1;
            let sections = vec![AgreementSection::Support];
            self.changes.push(Change { revision: self.revision, by, at, sections });
            self.confirmations = Confirmations::default();
        }
    }

    /// An amendment of this agreement, with the same content to begin with. `newest` is the number of the last one that there was
    /// of the assignment: an amendment that was given up keeps its own.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] unless this agreement is in force.
    pub fn amend(&self, id: AgreementId, newest: i32, at: Moment) -> Result<Self, Refusal> {
        let State::InForce { .. } = self.state else {
            return Err(Refusal::OutOfTurn {
                machine: WORKFLOW.name,
                state: self.state.name(),
                action: "amend",
            });
        };
        Ok(Self {
            amends: Some(self.id),
            version: newest + 1,
            ..Self::new(id, self.assignment, self.content.clone(), at)
        })
    }

    /// Whether it is in force.
    pub const fn in_force(&self) -> bool {
        matches!(self.state, State::InForce { .. })
    }

    /// What follows for the assignment from this agreement: once in force, the assignment is confirmed and takes over
    /// the agreed time.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the assignment has ended.
    pub fn settle(&self, assignment: Assignment, at: Moment) -> Result<Assignment, Refusal> {
        let TaskTime { starts: Some(starts), ends: Some(ends), .. } = self.content.task.time else {
            return Ok(assignment);
        };
        if !self.in_force() {
            return Ok(assignment);
        }
        assignment.apply(assignment::Event::Confirm { starts, ends }, at)
    }
}

impl Confirmations {
    /// Whether both parties have confirmed, and the same revision.
    pub fn agree(&self) -> bool {
        match (&self.expert, &self.orderer) {
            (Some(expert), Some(orderer)) => expert.revision == orderer.revision,
            _ => false,
        }
    }

    fn add(&mut self, side: Side, confirmation: Confirmation) -> Result<(), Refusal> {
        if let Some(rule) = self.standing_in_the_way(side, Some(confirmation.by)) {
            return Err(rule.into());
        }
        *match side {
            Side::Expert => &mut self.expert,
            Side::Orderer => &mut self.orderer,
        } = Some(confirmation);
        Ok(())
    }

    /// Why the one of this side, who is `by`, cannot confirm the present revision.
    pub fn standing_in_the_way(&self, side: Side, by: Option<PersonId>) -> Option<Rule> {
        let (own, other) = match side {
            Side::Expert => (&self.expert, &self.orderer),
            Side::Orderer => (&self.orderer, &self.expert),
        };
        if own.is_some() {
            return Some(Rule::AlreadyConfirmed);
        }
        let confirmed = other.as_ref().map(|other| other.by);
        (confirmed.is_some() && confirmed == by).then_some(Rule::BothSides)
    }
}

impl State {
    /// The state's name, in the contract and in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::InForce { .. } => "in_force",
            Self::Amended { .. } => "amended",
            Self::Lapsed { .. } => "lapsed",
        }
    }

    /// Since when it has been, or was, in force.
    pub const fn since(&self) -> Option<Moment> {
        match self {
            Self::InForce { since } | Self::Amended { since, .. } => Some(*since),
            Self::Drafting | Self::Lapsed { .. } => None,
        }
    }
}

impl Event {
    /// The action that causes it, as in `POST …/{id}/{action}`.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Edit { .. } => "edit",
            Self::Forget { .. } => "forget",
            Self::Confirm { .. } => "confirm",
            Self::Supersede { .. } => "supersede",
            Self::Discard => "discard",
            Self::Lapse => "lapse",
        }
    }
}
