//! Orders (*tilaus*): a unit asks for one or more experts by experience.
//!
//! ```text
//!  draft ─submit→ submitted ─take→ brokering ─accept×n→ filled ─close→ closed
//!    │              │  ↑ ask         ask ↑ │ ↑                │
//!    │              ↓  │ answer   answer │ ↓ └──step-back─────┘
//!    │            needs_information  needs_information
//!    ↑←─send-back──┘
//!    └─cancel→ cancelled ←cancel─┴─ (no acceptance yet)      unfilled ←give-up─ (all three)
//!   filled ─abandon→ cancelled: the unit cancelled the last task that was left
//! ```
//!
//! **Invariant:** an order for n experts gets exactly n acceptances (`process.md`, invariant 1): `accepted` never
//! exceeds what is wanted, and an order that is still open has room.

mod approval;
mod events;
mod form;
mod route;
mod task;
mod workflow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    approval::{Approval, OrderApprovalRule, OrderApprover, OrderField},
    events::{Addressee, Event},
    form::{CostCentre, FeeBasis, FeeOffer, OrderForm},
    route::{decision_needed, nearest},
    task::{ExperienceSought, Length, Place, PlaceKind, TaskDescription, Timing},
    workflow::WORKFLOW,
};
use crate::{id::Id, node::NodeId, person::PersonId, policy::Role, time::Moment};

/// The identifier of an order.
pub type OrderId = Id<Order>;

/// A unit's order for one or more experts.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Order {
    /// Its identifier.
    pub id: OrderId,
    /// The unit that orders.
    pub node: NodeId,
    /// The organisation that it was handed to, if it was.
    pub handler: Option<NodeId>,
    /// The liaison, or the broker of the organisation it was handed to, who has it.
    pub liaison: Option<PersonId>,
    /// The contact person of the unit (S2-05).
    pub orderer: PersonId,
    /// Who wrote it down: the orderer, or a broker on behalf of someone who called (S2-07).
    pub entered_by: PersonId,
    /// How it came in.
    pub intake: Intake,
    /// Who called, if somebody did.
    pub caller: Option<CallerContact>,
    /// In which role it was written down, if that was for a caller who has no account: the orderer stands for them then.
    #[serde(default)]
    pub written_down: Option<WrittenDown>,
    /// What it asks for.
    pub form: OrderForm,
    /// Whether its unit wants orders approved first (S4-51).
    pub approval: Approval,
    /// What its area or unit wanted an order to say when it was submitted (S4-50).
    #[serde(default)]
    pub wanted: Vec<OrderField>,
    /// How many experts have accepted.
    pub accepted: u32,
    /// The questions asked about it that have been answered.
    pub clarifications: Vec<Clarification>,
    /// The questions that nobody had answered when it was filled or came to its end.
    #[serde(default)]
    pub unanswered: Vec<UnansweredQuestion>,
    /// When what happened to it.
    pub times: Times,
    /// Where it stands.
    pub state: State,
}

impl Order {
    /// A new order of the unit at `node`, written down by its orderer.
    pub fn draft(
        id: OrderId,
        node: NodeId,
        orderer: PersonId,
        form: OrderForm,
        now: Moment,
    ) -> Self {
        Self {
            id,
            node,
            handler: None,
            liaison: None,
            orderer,
            entered_by: orderer,
            intake: Intake::Form,
            caller: None,
            written_down: None,
            form,
            approval: Approval::NotNeeded,
            wanted: Vec::new(),
            accepted: 0,
            clarifications: Vec::new(),
            unanswered: Vec::new(),
            times: Times::begun(now),
            state: State::Draft,
        }
    }
}

/// Where an order stands
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = OrderState)]
pub enum State {
    /// The orderer is still writing it.
    Draft,
    /// It waits in a liaison's or a broker's queue.
    Submitted,
    /// Experts are being looked for and asked.
    Brokering,
    /// The orderer has been asked something.
    NeedsInformation {
        /// The question.
        #[schema(max_length = 2000)]
        question: String,
        /// Who asked.
        asked_by: PersonId,
        /// When it was asked.
        asked_at: Moment,
        /// Where it goes on when the answer comes.
        resume: Resume,
    },
    /// As many experts as asked for have accepted.
    Filled,
    /// Everything that it asked for has been done.
    Closed,
    /// The orderer no longer wants it.
    Cancelled {
        /// Who cancelled it.
        by: PersonId,
        /// Why.
        #[schema(max_length = 1000)]
        reason: String,
    },
    /// Not enough experts were found.
    Unfilled {
        /// Why.
        reason: UnfilledReason,
        /// More words about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, max_length = 1000)]
        note: Option<String>,
    },
}

/// Where an order goes on after a question has been answered
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrderResume)]
pub enum Resume {
    /// Back to the queue.
    Submitted,
    /// Back to brokering.
    Brokering,
}

/// Why an order was left unfilled
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnfilledReason {
    /// No expert with such experience is known.
    NoneKnown,
    /// Experts are known, but none of them could come.
    NoneAvailable,
    /// There was too little time to find anyone.
    TooLate,
    /// The terms of the task did not suit the experts.
    Terms,
    /// Another reason, told in the note.
    Other,
}

/// How an order came in
///
/// The codes of the set `intake_channels`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// The orderer filled in the form.
    #[default]
    Form,
    /// By telephone.
    Phone,
    /// By e-mail.
    Email,
    /// Face to face.
    Meeting,
    /// By letter.
    Post,
    /// In another way.
    Other,
}

/// In which role, and where, an order was written down for somebody who called: whoever did so stands for the caller for as
/// long as they have that role there, and no role elsewhere does in its place.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct WrittenDown {
    /// The role.
    pub role: Role,
    /// The unit, or the organisation that brokers.
    pub at: NodeId,
}

/// Who called about an order that somebody else wrote down (S2-05, S2-07)
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallerContact {
    /// The name.
    #[schema(example = "Tiina Tilaaja", min_length = 1, max_length = 200)]
    pub name: String,
    /// The organisation, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Rovaniemen kuntoutusosasto",
        min_length = 1,
        max_length = 200
    )]
    pub organisation: Option<String>,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "+358 40 000 0000",
        max_length = 40,
        pattern = "^[+0-9 ()-]+$"
    )]
    pub phone: Option<String>,
    /// An e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "tiina@example.fi", format = "email", max_length = 254)]
    pub email: Option<String>,
}

/// A question about an order, with its answer
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Clarification {
    /// The question.
    #[schema(example = "Onko tilassa induktiosilmukka?", max_length = 2000)]
    pub question: String,
    /// Who asked.
    pub asked_by: PersonId,
    /// When it was asked.
    pub asked_at: Moment,
    /// The answer.
    #[schema(example = "On, ja tila on esteetön.", max_length = 2000)]
    pub answer: String,
    /// Who answered.
    pub answered_by: PersonId,
    /// When it was answered.
    pub answered_at: Moment,
}

/// A question about an order that nobody had answered when it was filled or came to its end
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct UnansweredQuestion {
    /// The question.
    #[schema(example = "Onko tilassa induktiosilmukka?", max_length = 2000)]
    pub question: String,
    /// Who asked.
    pub asked_by: PersonId,
    /// When it was asked.
    pub asked_at: Moment,
}

/// When what happened to an order: the lead times of the yearly compilation are counted from these
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderTimes)]
pub struct Times {
    /// When it was begun.
    pub created_at: Moment,
    /// When it was submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub submitted_at: Option<Moment>,
    /// When brokering began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub taken_at: Option<Moment>,
    /// When it was last filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub filled_at: Option<Moment>,
    /// When it came to its end, whatever the end was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub closed_at: Option<Moment>,
}

impl Order {
    /// Whether its task has begun at `now`, by the time that it proposes.
    pub fn has_begun(&self, now: Moment) -> bool {
        self.starts().is_some_and(|starts| starts <= now)
    }

    /// Until when people are let answer who would have until `until`: nobody is left to think about a task that has begun. One whose
    /// time has passed when they are asked was moved by word of mouth.
    pub fn answered_by(&self, until: Moment, now: Moment) -> Moment {
        self.starts().filter(|starts| now < *starts).map_or(until, |starts| until.min(starts))
    }

    fn starts(&self) -> Option<Moment> {
        self.form.task.when.as_ref().and_then(|when| when.start)
    }
}

impl State {
    /// The name of the state in the contract.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Brokering => "brokering",
            Self::NeedsInformation { .. } => "needs_information",
            Self::Filled => "filled",
            Self::Closed => "closed",
            Self::Cancelled { .. } => "cancelled",
            Self::Unfilled { .. } => "unfilled",
        }
    }

    /// Whether nothing leads out of it.
    pub const fn is_terminal(&self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled { .. } | Self::Unfilled { .. })
    }

    /// Whether experts can be asked and can accept.
    pub const fn is_brokering(&self) -> bool {
        matches!(self, Self::Brokering | Self::NeedsInformation { resume: Resume::Brokering, .. })
    }
}

impl Times {
    /// The times of an order begun at `at`.
    pub const fn begun(at: Moment) -> Self {
        Self {
            created_at: at,
            submitted_at: None,
            taken_at: None,
            filled_at: None,
            closed_at: None,
        }
    }
}

impl Order {
    /// How many experts are still needed.
    pub const fn room(&self) -> u32 {
        self.form.experts_wanted.saturating_sub(self.accepted)
    }
}
