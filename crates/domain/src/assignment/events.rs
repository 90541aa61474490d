//! What happens to an assignment, and what it makes of it.

use super::{
    Assignment, CancellationParty, ContactForm, Deliverable, DeliveryWaiver, IntroductionForm,
    OralFeedbackForm, PerformanceForm, Side, State, Visit, WORKFLOW, prepare::contact_due,
};
use crate::{
    person::PersonId,
    record,
    refusal::{Fault, Refusal, faultless},
    time::{Day, Moment},
};

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
    /// What was recorded last is wrong: that the task was done, that someone did not come, or that it was cancelled although it
    /// had begun.
    Reopen {
        /// Since when the agreement is in force.
        since: Moment,
    },
    /// The expert steps back.
    StepBack,
    /// Everything is done.
    Close,
}

impl Assignment {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the arrow's guard fails.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        use State::{Cancelled, Closed, Confirmed, NoShow, Performed, Preparing, SteppedBack};
        let mut rules = self.standing_in_the_way(at).into_iter();
        if let Some((_, rule)) = rules.find(|(action, _)| *action == event.action()) {
            return Err(rule.into());
        }
        let state = match (self.state.clone(), event) {
            (state @ (Preparing | Confirmed { .. }), Event::RecordContact { by, form }) => {
                record::once_more(self.contacts.len())?;
                self.contacts.push(form.recorded(by, at)?);
                state
            }
            (state @ (Preparing | Confirmed { .. }), Event::Remind) => {
                self.reminded.get_or_insert(at);
                state
            }
            (state @ (Preparing | Confirmed { .. }), Event::Confirm { starts, ends }) => {
                if self.ends != Some(ends) {
                    self.reminders = self.reminders.moved();
                }
                (self.starts, self.ends) = (Some(starts), Some(ends));
                if let Some(days) = self.reminders.contact_days {
                    self.contact_due = contact_due(self.created, days, self.starts);
                }
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
                faultless(match form.date < self.earliest() {
                    true => vec![Fault::new("/date", "before_agreed")],
                    false => Vec::new(),
                })?;
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
                Cancelled { party, by, reason, pay_percent, at }
            }
            (Confirmed { .. }, Event::NoShow { by, absent, pay_percent }) => {
                NoShow { by, absent, pay_percent, at }
            }
            (Performed { .. } | NoShow { .. } | Cancelled { .. }, Event::Reopen { since }) => {
                self.reminders = self.reminders.anew(at);
                // Nobody is asked for a first contact any more.
                self.reminded.get_or_insert(at);
                Confirmed { since }
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
}

/// Refuses a day that is still to come.
fn not_ahead(date: Day, at: Moment) -> Result<(), Refusal> {
    faultless(if date > at.day() { vec![Fault::new("/date", "in_future")] } else { Vec::new() })
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
            Self::Reopen { .. } => "reopen",
            Self::StepBack => "step-back",
            Self::Close => "close",
        }
    }
}
