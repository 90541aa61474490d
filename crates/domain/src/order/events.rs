//! What can happen to an order, and what comes of it.

use super::{
    Approval, Clarification, Order, OrderField, OrderForm, Resume, State, UnansweredQuestion,
    UnfilledReason, WORKFLOW,
};
use crate::{
    node::NodeId,
    person::PersonId,
    record,
    refusal::{Fault, Refusal, Rule, faultless},
    time::Moment,
};

/// Something that happens to an order.
#[derive(Clone, Debug)]
pub enum Event {
    /// The orderer, or whoever brokers it, changes the form.
    Edit {
        /// The whole form anew.
        form: Box<OrderForm>,
    },
    /// The orderer sends it off.
    Submit {
        /// The liaison whose queue it comes to, if one is appointed.
        liaison: Option<PersonId>,
        /// Whether it needs an approval first.
        approval: Approval,
        /// What else its area or unit wants it to say.
        wanted: Vec<OrderField>,
    },
    /// The person in charge approves it.
    Approve {
        /// Who.
        by: PersonId,
    },
    /// The person in charge does not approve it as it is.
    SendBack {
        /// Who.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// A liaison or a broker starts on it, or takes over.
    Take {
        /// Who.
        by: PersonId,
    },
    /// Whoever brokers it asks the orderer something.
    Ask {
        /// Who.
        by: PersonId,
        /// What.
        question: String,
    },
    /// The orderer answers.
    Answer {
        /// Who.
        by: PersonId,
        /// What.
        text: String,
    },
    /// It goes to another liaison or to an organisation that brokers.
    HandOver {
        /// To whom.
        to: Addressee,
    },
    /// Whoever had it brokers it no more: they have left, or their role has ended.
    Reassign {
        /// The organisation that brokers it, if somebody there still does.
        handler: Option<NodeId>,
        /// The liaison who has it from now on; without one it waits for whoever takes it.
        to: Option<PersonId>,
    },
    /// One more expert has accepted.
    Accept,
    /// An expert who had accepted steps back, or their task is cancelled while more are looked for.
    StepBack,
    /// The orderer no longer wants it.
    Cancel {
        /// Who.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// The unit has cancelled the last task of the order that was left.
    Abandon {
        /// Who.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// Whoever brokers it has not found enough experts.
    GiveUp {
        /// Why.
        reason: UnfilledReason,
        /// More words about it.
        note: Option<String>,
    },
    /// Everything that it asked for has been done.
    Close {
        /// How many of its tasks are still to be done.
        ahead: u32,
    },
}

/// To whom an order is handed over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Addressee {
    /// An organisation, to whose brokers' queue it goes.
    Organisation(NodeId),
    /// Another liaison.
    Liaison(PersonId),
}

impl Event {
    /// The name of the action.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Edit { .. } => "edit",
            Self::Submit { .. } => "submit",
            Self::Approve { .. } => "approve",
            Self::SendBack { .. } => "send-back",
            Self::Take { .. } => "take",
            Self::Ask { .. } => "ask",
            Self::Answer { .. } => "answer",
            Self::HandOver { .. } => "hand-over",
            Self::Reassign { .. } => "reassign",
            Self::Accept => "accept",
            Self::StepBack => "step-back",
            Self::Cancel { .. } => "cancel",
            Self::Abandon { .. } => "abandon",
            Self::GiveUp { .. } => "give-up",
            Self::Close { .. } => "close",
        }
    }
}

impl Order {
    /// What becomes of the order when `event` happens.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if no arrow leads from here, [`Refusal::Rule`] if it waits for an approval, cannot be
    /// cancelled any more or has tasks that are still to be done, [`Refusal::Invalid`] if the form is not complete.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        use State::{Brokering, Closed, Draft, Filled, NeedsInformation, Submitted};

        let accepted = self.accepted;
        let action = event.action();
        match (&self.state, event) {
            (Draft | Submitted | Brokering | NeedsInformation { .. }, Event::Edit { form }) => {
                self.edit(*form, at)
            }
            (Draft, Event::Submit { liaison, approval, wanted }) => {
                faultless(self.form.missing("/form", &wanted))?;
                let times = super::Times { submitted_at: Some(at), ..self.times };
                Ok(Self { liaison, approval, wanted, times, state: Submitted, ..self })
            }
            (Submitted, Event::Approve { by } | Event::SendBack { by, .. })
                if self.approval.wanted().is_some() && self.is_made_by(by) =>
            {
                Err(Rule::OwnOrder.into())
            }
            (Submitted, Event::Approve { by }) if self.approval.wanted().is_some() => {
                let from = self.approval.wanted().unwrap_or_default();
                Ok(Self { approval: Approval::Given { from, by, at }, ..self })
            }
            (Submitted, Event::SendBack { by, reason }) if self.approval.wanted().is_some() => {
                Ok(Self { approval: Approval::Refused { by, at, reason }, state: Draft, ..self })
            }
            (Submitted, Event::Take { .. }) if self.approval.wanted().is_some() => {
                Err(Rule::NotApproved.into())
            }
            (Submitted | Brokering, Event::Take { by }) => {
                let taken_at = self.times.taken_at.or(Some(at));
                let times = super::Times { taken_at, ..self.times };
                Ok(Self { liaison: Some(by), times, state: Brokering, ..self })
            }
            (Submitted | Brokering, Event::Ask { by, question }) => {
                record::once_more(self.clarifications.len() + self.unanswered.len())?;
                let resume =
                    if self.state == Submitted { Resume::Submitted } else { Resume::Brokering };
                let state = NeedsInformation { question, asked_by: by, asked_at: at, resume };
                Ok(Self { state, ..self })
            }
            (NeedsInformation { .. }, Event::Answer { by, text }) => {
                Ok(self.answered(by, text, at))
            }
            (Submitted | Brokering, Event::HandOver { to }) => Ok(match to {
                Addressee::Organisation(node) => {
                    Self { handler: Some(node), liaison: None, ..self }
                }
                Addressee::Liaison(person) => Self { handler: None, liaison: Some(person), ..self },
            }),
            (
                Submitted | Brokering | NeedsInformation { .. } | Filled,
                Event::Reassign { handler, to },
            ) => Ok(Self { handler, liaison: to, ..self }),
            (state, Event::Accept) if state.is_brokering() && self.room() > 0 => {
                Ok(Self { accepted: accepted + 1, ..self }.filled_if_full(at))
            }
            (Filled, Event::StepBack) if accepted > 0 => {
                let times = super::Times { filled_at: None, ..self.times };
                Ok(Self { accepted: accepted - 1, times, state: Brokering, ..self })
            }
            (state, Event::StepBack) if state.is_brokering() && accepted > 0 => {
                Ok(Self { accepted: accepted - 1, ..self })
            }
            (Draft | Submitted | Brokering | NeedsInformation { .. }, Event::Cancel { .. })
                if accepted > 0 =>
            {
                Err(Rule::AlreadyAccepted.into())
            }
            (
                Draft | Submitted | Brokering | NeedsInformation { .. },
                Event::Cancel { by, reason },
            ) => Ok(self.ended(State::Cancelled { by, reason }, at)),
            (Submitted | Brokering | NeedsInformation { .. }, Event::GiveUp { reason, note }) => {
                Ok(self.ended(State::Unfilled { reason, note }, at))
            }
            (Filled, Event::Abandon { by, reason }) => {
                Ok(self.ended(State::Cancelled { by, reason }, at))
            }
            (Filled, Event::Close { ahead: 1.. }) => Err(Rule::TasksAhead.into()),
            (Filled, Event::Close { .. }) => Ok(self.ended(Closed, at)),
            (state, _) => {
                Err(Refusal::OutOfTurn { machine: WORKFLOW.name, state: state.name(), action })
            }
        }
    }

    /// What becomes of the order when an expert who had accepted does not come after all: an order that has come to its
    /// end stays as it is.
    #[must_use]
    pub fn stepped_back(self, at: Moment) -> Self {
        self.clone().apply(Event::StepBack, at).unwrap_or(self)
    }

    /// What becomes of a filled order when the unit does without one of its tasks while others are left: it wants one expert
    /// less, so that the place is not looked for again when another one steps back.
    #[must_use]
    pub fn with_one_less(mut self) -> Self {
        if self.state == State::Filled && self.accepted > 1 {
            self.accepted -= 1;
            self.form.experts_wanted =
                self.form.experts_wanted.saturating_sub(1).max(self.accepted);
        }
        self
    }

    /// Whether `person` ordered, or wrote the order down: nobody approves what they want themselves.
    pub fn is_made_by(&self, person: PersonId) -> bool {
        self.orderer == person || self.entered_by == person
    }

    fn edit(self, form: OrderForm, at: Moment) -> Result<Self, Refusal> {
        let mut faults = form.faults("/form");
        if self.state != State::Draft {
            faults.extend(form.missing("/form", &self.wanted));
        }
        if form.experts_wanted < self.accepted.max(1) {
            faults.push(Fault::new("/form/experts_wanted", "below_accepted"));
        }
        // Whoever has accepted agrees on another time or place in the agreement, or not.
        if self.accepted > 0 {
            let (old, new) = (&self.form.task, &form.task);
            let changed = [("when", old.when != new.when), ("where", old.place != new.place)];
            let changed = changed.into_iter().filter(|(_, changed)| *changed);
            faults.extend(
                changed.map(|(field, _)| {
                    Fault::new(format!("/form/task/{field}"), "accepted_as_it_is")
                }),
            );
        }
        faultless(faults)?;
        if form == self.form {
            // What was approved is what it still says.
            return Ok(self);
        }
        let approval = match self.state {
            State::Submitted | State::NeedsInformation { resume: Resume::Submitted, .. } => {
                self.approval.after_edit()
            }
            _ => self.approval,
        };
        Ok(Self { form, approval, ..self }.filled_if_full(at))
    }

    fn answered(self, by: PersonId, text: String, at: Moment) -> Self {
        let State::NeedsInformation { question, asked_by, asked_at, resume } = self.state else {
            return self;
        };
        let mut clarifications = self.clarifications;
        clarifications.push(Clarification {
            question,
            asked_by,
            asked_at,
            answer: text,
            answered_by: by,
            answered_at: at,
        });
        let state = match resume {
            Resume::Submitted => State::Submitted,
            Resume::Brokering => State::Brokering,
        };
        Self { clarifications, state, ..self }
    }

    fn filled_if_full(self, at: Moment) -> Self {
        if self.accepted == 0 || self.room() > 0 {
            return self;
        }
        let times = super::Times { filled_at: Some(at), ..self.times };
        Self { times, state: State::Filled, ..self.without_answer() }
    }

    fn ended(self, state: State, at: Moment) -> Self {
        let times = super::Times { closed_at: Some(at), ..self.times };
        Self { times, state, ..self.without_answer() }
    }

    /// Keeps the question that the order waits with, which nobody answers any more.
    fn without_answer(mut self) -> Self {
        if let State::NeedsInformation { question, asked_by, asked_at, .. } = &self.state {
            let (asked_by, asked_at) = (*asked_by, *asked_at);
            let question = question.clone();
            self.unanswered.push(UnansweredQuestion { question, asked_by, asked_at });
        }
        self
    }
}
