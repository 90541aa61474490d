//! The assignment (*toimeksianto*): what one expert does for one unit, from the acceptance of an offer to the task done.
//!
//! ```text
//! preparing ──confirm──▶ confirmed ──perform──▶ performed ──close──▶ closed
//!     │                     │
//!     │                     ├──no-show──▶ no_show
//!     ├───────cancel────────┼──▶ cancelled
//!     └──────step-back──────┴──▶ stepped_back      (the order returns to brokering)
//! ```
//!
//! It is confirmed when its agreement comes into force (see [`crate::agreement`]). It can be performed only after the
//! orientation material and both feedback forms were delivered, or with a recorded reason why they were not (S4-22,
//! S4-23, S4-30), and not before the agreed day.
//!
//! What either party has recorded, and was wrong, either takes back: a task that is performed, that someone is said not to have
//! come to, or that was cancelled once it had begun, is confirmed again (`reopen`). A fee form that was begun settles it.
//!
//! Until then its time is the one that the order proposes: only a confirmed task begins.

mod events;
mod payable;
mod prepare;
mod record;
mod reminders;
mod workflow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    events::Event,
    payable::Payable,
    record::{
        CancellationParty, ContactChannel, ContactForm, ContactRecord, Deliverable, DeliveryWaiver,
        HandedOver, Introduction, IntroductionForm, OralFeedback, OralFeedbackForm, Performance,
        PerformanceForm, Visit,
    },
    reminders::{Reminder, Reminders},
    workflow::WORKFLOW,
};
use crate::{
    expert::ExpertId,
    id::Id,
    node::NodeId,
    offer::OfferId,
    order::OrderId,
    person::PersonId,
    refusal::Rule,
    time::{Day, Moment},
};

/// The identifier of an assignment.
pub type AssignmentId = Id<Assignment>;

/// An assignment and where it is on its way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Assignment {
    /// Its identifier.
    pub id: AssignmentId,
    /// The order it fulfils.
    pub order: OrderId,
    /// The accepted offer it grew from.
    pub offer: OfferId,
    /// The expert's profile.
    pub expert: ExpertId,
    /// The expert.
    pub person: PersonId,
    /// The unit that ordered.
    pub node: NodeId,
    /// The organisation that brokers the order, if it was handed to one.
    pub handler: Option<NodeId>,
    /// The person who ordered.
    pub orderer: PersonId,
    /// What the task is called.
    pub title: String,
    /// The kind of task, from the code set `task_types`.
    pub task_type: String,
    /// When the task begins, once it is known: what the order proposes, and from the confirmation on what was agreed.
    pub starts: Option<Moment>,
    /// When the task ends, once it is known.
    pub ends: Option<Moment>,
    /// When it came to be.
    pub created: Moment,
    /// Where it is on its way.
    pub state: State,
    /// The day by which the orderer should have contacted the expert (S4-24).
    pub contact_due: Day,
    /// The contacts made (S4-24).
    pub contacts: Vec<ContactRecord>,
    /// When the orderer was reminded of the first contact, if that was needed.
    #[serde(default)]
    pub reminded: Option<Moment>,
    /// When people are reminded of what is left to do after the task (S4-35), as its unit had set it.
    #[serde(default)]
    pub reminders: Reminders,
    /// What was handed over before the task (S4-22, S4-23, S4-30).
    pub handed_over: HandedOver,
    /// Why the task may be done without that, if it may.
    pub delivery_waiver: Option<DeliveryWaiver>,
    /// How the broker brought the expert and the unit together (S2-03).
    #[serde(default)]
    pub introduction: Option<Introduction>,
    /// The visit at which the expert got to know the place (S3-26).
    pub visit: Option<Visit>,
    /// That oral feedback was given (S4-32).
    pub oral_feedback: Option<OralFeedback>,
}

/// Where an assignment is on its way
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = AssignmentState)]
pub enum State {
    /// The parties fill in the agreement.
    Preparing,
    /// The agreement is in force.
    Confirmed {
        /// Since when.
        since: Moment,
    },
    /// The task is done.
    Performed {
        /// How it went.
        performance: Performance,
    },
    /// Everything that belonged to the task is done.
    Closed {
        /// How it went.
        performance: Performance,
        /// When it was closed.
        at: Moment,
    },
    /// The task was cancelled.
    Cancelled {
        /// Whose decision or what it was.
        party: CancellationParty,
        /// Who recorded it.
        by: PersonId,
        /// Why.
        #[schema(min_length = 1, max_length = 1000)]
        reason: String,
        /// The share of the agreed fee that is paid all the same, in percent.
        #[schema(minimum = 0, maximum = 100)]
        pay_percent: i32,
        /// When.
        at: Moment,
    },
    /// Someone did not come.
    NoShow {
        /// Who recorded it.
        by: PersonId,
        /// Who did not come.
        absent: Side,
        /// The share of the agreed fee that is paid all the same, in percent.
        #[schema(minimum = 0, maximum = 100)]
        pay_percent: i32,
        /// When it was recorded.
        at: Moment,
    },
    /// The expert stepped back before the task.
    SteppedBack {
        /// When.
        at: Moment,
    },
}

/// A party of an assignment
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The expert, or someone who acts for them.
    Expert,
    /// The unit that ordered.
    Orderer,
}

impl Assignment {
    /// How many days the orderer has to contact the expert; a courtesy of the service, not a rule of any law.
    pub const CONTACT_DAYS: u32 = 7;

    /// Whether the task may begin: everything was delivered, or there is a reason why not.
    pub const fn may_begin(&self) -> bool {
        self.handed_over.complete() || self.delivery_waiver.is_some()
    }

    /// Whether the agreed beginning of the task has passed. What was never agreed on does not begin.
    pub fn has_begun(&self, at: Moment) -> bool {
        let agreed = self.starts.filter(|_| matches!(self.state, State::Confirmed { .. }));
        agreed.is_some_and(|starts| starts <= at)
    }

    /// Whether the day on which the task begins is still to come.
    pub fn is_ahead(&self, at: Moment) -> bool {
        self.starts.is_some_and(|starts| at.day() < starts.day())
    }

    /// The first day on which it can have been done: people do it on another day than they wrote down, and write down
    /// what they have agreed on after the day, but nobody does what there was no word of.
    fn earliest(&self) -> Day {
        let created = self.created.day();
        self.starts.map_or(created, |starts| created.min(starts.day()))
    }

    /// Why an action that the state has an arrow for is refused at `at` all the same, whatever is said with it.
    pub fn standing_in_the_way(&self, at: Moment) -> Vec<(&'static str, Rule)> {
        let confirmed = matches!(self.state, State::Confirmed { .. });
        let mut rules = Vec::new();
        if self.has_begun(at) {
            rules.push(("step-back", Rule::TaskBegun));
        } else if confirmed {
            rules.push(("no-show", Rule::TaskAhead));
        }
        if confirmed && !self.may_begin() {
            rules.push(("perform", Rule::NotDelivered));
        } else if confirmed && self.is_ahead(at) {
            rules.push(("perform", Rule::TaskAhead));
        }
        if let State::Cancelled { at, .. } = self.state
            && self.starts.is_none_or(|starts| at < starts)
        {
            rules.push(("reopen", Rule::PlaceGivenUp));
        }
        rules
    }

    /// How the task went, once it is done.
    pub const fn performance(&self) -> Option<&Performance> {
        match &self.state {
            State::Performed { performance } | State::Closed { performance, .. } => {
                Some(performance)
            }
            _ => None,
        }
    }

    /// Whether the agreement can still change.
    pub const fn open(&self) -> bool {
        matches!(self.state, State::Preparing | State::Confirmed { .. })
    }
}

impl State {
    /// The state's name, in the contract and in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Confirmed { .. } => "confirmed",
            Self::Performed { .. } => "performed",
            Self::Closed { .. } => "closed",
            Self::Cancelled { .. } => "cancelled",
            Self::NoShow { .. } => "no_show",
            Self::SteppedBack { .. } => "stepped_back",
        }
    }
}
