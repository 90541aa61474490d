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
//! S4-23, S4-30).

mod prepare;
mod record;
mod reminders;
mod workflow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
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
    refusal::{Fault, Refusal, Rule, faultless},
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
    /// When the task begins, once it is known.
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

/// What happens to an assignment.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The orderer or the expert was in contact.
    RecordContact {
        /// Who recorded it.
        by: PersonId,
        /// What was recorded.
        form: ContactForm,
    },
    /// The day by which the orderer should have contacted the expert has passed.
    Remind,
    /// An agreement came into force, the first one or an amendment.
    Confirm {
        /// When the task begins.
        starts: Moment,
        /// When it ends.
        ends: Moment,
    },
    /// Something was delivered before the task.
    Deliver(Vec<Deliverable>),
    /// The task may be done without the deliveries.
    WaiveDelivery {
        /// Who says so.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// The broker brings the parties together.
    Introduce {
        /// Who.
        by: PersonId,
        /// When and how.
        form: IntroductionForm,
    },
    /// The expert got to know the place.
    RecordVisit {
        /// Who recorded it.
        by: PersonId,
        /// The day of the visit.
        date: Day,
    },
    /// The task was done.
    Perform {
        /// Who recorded it.
        by: PersonId,
        /// How it went.
        form: PerformanceForm,
    },
    /// Oral feedback was given.
    RecordOralFeedback {
        /// Who recorded it.
        by: PersonId,
        /// What was recorded.
        form: OralFeedbackForm,
    },
    /// The task is cancelled.
    Cancel {
        /// Whose decision or what it is.
        party: CancellationParty,
        /// Who records it.
        by: PersonId,
        /// Why.
        reason: String,
        /// The share of the fee that is paid all the same.
        pay_percent: i32,
    },
    /// Someone did not come.
    NoShow {
        /// Who recorded it.
        by: PersonId,
        /// Who did not come.
        absent: Side,
        /// The share of the fee that is paid all the same.
        pay_percent: i32,
    },
    /// The expert steps back.
    StepBack,
    /// Everything is done.
    Close,
}

impl Assignment {
    /// How many days the orderer has to contact the expert; a courtesy of the service, not a rule of any law.
    pub const CONTACT_DAYS: i64 = 7;

    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the arrow's guard fails.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        use State::{Closed, Confirmed, NoShow, Performed, Preparing, SteppedBack};
        let state = match (self.state.clone(), event) {
            (Confirmed { .. }, Event::Perform { .. }) if !self.may_begin() => {
                return Err(Rule::NotDelivered.into());
            }
            (Preparing | Confirmed { .. }, Event::StepBack) if self.has_begun(at) => {
                return Err(Rule::TaskBegun.into());
            }
            (Confirmed { .. }, Event::NoShow { .. }) if !self.has_begun(at) => {
                return Err(Rule::TaskAhead.into());
            }

            (state @ (Preparing | Confirmed { .. }), Event::RecordContact { by, form }) => {
                self.contacts.push(form.recorded(by, at)?);
                state
            }
            (state @ (Preparing | Confirmed { .. }), Event::Remind) => {
                self.reminded.get_or_insert(at);
                state
            }
            (state @ (Preparing | Confirmed { .. }), Event::Confirm { starts, ends }) => {
                (self.starts, self.ends) = (Some(starts), Some(ends));
                match state {
                    Confirmed { since } => Confirmed { since },
                    _ => Confirmed { since: at },
                }
            }
            (state @ (Preparing | Confirmed { .. }), Event::Deliver(what)) => {
                self.handed_over.mark(&what, at);
                state
            }
            (state @ (Preparing | Confirmed { .. }), Event::WaiveDelivery { by, reason }) => {
                self.delivery_waiver = Some(DeliveryWaiver { reason, by, at });
                state
            }
            (state @ (Preparing | Confirmed { .. }), Event::Introduce { by, form }) => {
                self.introduction = Some(form.recorded(by));
                state
            }
            (state @ (Preparing | Confirmed { .. }), Event::RecordVisit { by, date }) => {
                not_ahead(date, at)?;
                self.visit = Some(Visit { date, by });
                state
            }
            (Confirmed { .. }, Event::Perform { by, form }) => {
                not_ahead(form.date, at)?;
                Performed { performance: form.recorded(by, at) }
            }
            (
                state @ (Performed { .. } | Closed { .. }),
                Event::RecordOralFeedback { by, form },
            ) => {
                not_ahead(form.date, at)?;
                self.oral_feedback = Some(form.recorded(by));
                state
            }
            (Preparing | Confirmed { .. }, Event::Cancel { party, by, reason, pay_percent }) => {
                State::Cancelled { party, by, reason, pay_percent, at }
            }
            (Confirmed { .. }, Event::NoShow { by, absent, pay_percent }) => {
                NoShow { by, absent, pay_percent, at }
            }
            (Preparing | Confirmed { .. }, Event::StepBack) => SteppedBack { at },
            (Performed { performance }, Event::Close) => Closed { performance, at },

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

    /// Whether the task may begin: everything was delivered, or there is a reason why not.
    pub const fn may_begin(&self) -> bool {
        self.handed_over.complete() || self.delivery_waiver.is_some()
    }

    /// Whether the agreed beginning of the task has passed.
    pub fn has_begun(&self, at: Moment) -> bool {
        self.starts.is_some_and(|starts| starts <= at)
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

/// Refuses a day that is still to come.
fn not_ahead(date: Day, at: Moment) -> Result<(), Refusal> {
    faultless(if date > at.day() { vec![Fault::new("/date", "in_future")] } else { Vec::new() })
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

impl Event {
    /// The action that causes it, as in `POST …/{id}/{action}`.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::RecordContact { .. } => "record-contact",
            Self::Remind => "remind",
            Self::Confirm { .. } => "confirm",
            Self::Deliver(_) => "deliver",
            Self::WaiveDelivery { .. } => "waive-delivery",
            Self::Introduce { .. } => "introduce",
            Self::RecordVisit { .. } => "record-visit",
            Self::Perform { .. } => "perform",
            Self::RecordOralFeedback { .. } => "record-oral-feedback",
            Self::Cancel { .. } => "cancel",
            Self::NoShow { .. } => "no-show",
            Self::StepBack => "step-back",
            Self::Close => "close",
        }
    }
}
