//! What can happen to an offer, and what comes of it.

use super::{AnswerWay, Offer, State, Version, WithdrawalReason};
use crate::{
    person::PersonId,
    policy::Action::{AnswerOffer, RecordOfferAnswer, WithdrawOffer},
    refusal::{Fault, Refusal, Rule},
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// Something that happens to an offer.
#[derive(Clone, Debug)]
pub enum Event {
    /// Its turn comes: the expert is asked.
    Send {
        /// When the time to answer runs out.
        expires_at: Moment,
    },
    /// What is offered changes while the expert is asked.
    Redescribe {
        /// What is shown from now on.
        version: Box<Version>,
    },
    /// The expert takes on the task.
    Accept {
        /// Who says so.
        by: PersonId,
        /// The digest of the description that was shown.
        digest: String,
    },
    /// The expert does not take it on.
    Decline,
    /// Whoever brokers writes down what the expert told them.
    RecordAnswer {
        /// Who.
        by: PersonId,
        /// What was told.
        answer: ToldAnswer,
        /// How.
        way: AnswerWay,
    },
    /// The time to answer has run out.
    Expire,
    /// It is taken back.
    Withdraw {
        /// Why.
        reason: WithdrawalReason,
    },
    /// As many others as needed have accepted.
    Supersede,
    /// The expert steps back after accepting.
    StepBack,
    /// Others cancel the task that the expert has accepted.
    CancelTask,
}

/// What an expert told whoever brokers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ToldAnswer {
    /// They take on the task.
    Accept {
        /// The digest of the description that they were told.
        digest: String,
    },
    /// They do not.
    Decline,
}

/// The machine as data.
pub const WORKFLOW: Workflow = Workflow {
    name: "offer",
    finnish: "välitetty pyyntö",
    states: &["waiting", "sent", "accepted", "declined", "expired", "withdrawn", "superseded"],
    arrows: &[
        Arrow { action: "send", from: &["waiting"], to: &["sent"], may: None },
        Arrow { action: "redescribe", from: &["waiting"], to: &["waiting"], may: None },
        Arrow { action: "redescribe", from: &["sent"], to: &["sent"], may: None },
        Arrow { action: "accept", from: &["sent"], to: &["accepted"], may: Some(AnswerOffer) },
        Arrow { action: "decline", from: &["sent"], to: &["declined"], may: Some(AnswerOffer) },
        Arrow {
            action: "record-answer",
            from: &["sent"],
            to: &["accepted", "declined"],
            may: Some(RecordOfferAnswer),
        },
        Arrow { action: "expire", from: &["sent"], to: &["expired"], may: None },
        Arrow {
            action: "withdraw",
            from: &["waiting", "sent"],
            to: &["withdrawn"],
            may: Some(WithdrawOffer),
        },
        Arrow { action: "supersede", from: &["waiting", "sent"], to: &["superseded"], may: None },
        Arrow { action: "step-back", from: &["accepted"], to: &["withdrawn"], may: None },
        Arrow { action: "cancel-task", from: &["accepted"], to: &["withdrawn"], may: None },
    ],
};

impl Event {
    /// The name of the action.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Send { .. } => "send",
            Self::Redescribe { .. } => "redescribe",
            Self::Accept { .. } => "accept",
            Self::Decline => "decline",
            Self::RecordAnswer { .. } => "record-answer",
            Self::Expire => "expire",
            Self::Withdraw { .. } => "withdraw",
            Self::Supersede => "supersede",
            Self::StepBack => "step-back",
            Self::CancelTask => "cancel-task",
        }
    }
}

impl Offer {
    /// What becomes of the offer when `event` happens.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if no arrow leads from here, [`Refusal::Rule`] if the time has run out, or has not yet,
    /// [`Refusal::RuleAt`] if the description that the expert names is not the one that holds now.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        use State::{Accepted, Declined, Expired, Sent, Superseded, Waiting, Withdrawn};

        let action = event.action();
        let overdue = self.overdue(at);
        match (&self.state, event) {
            (Waiting, Event::Send { expires_at }) => {
                Ok(Self { expires_at: Some(expires_at), ..self.to(Sent { at }) })
            }
            (Waiting | Sent { .. }, Event::Redescribe { version }) => {
                Ok(self.redescribed(*version))
            }
            (Sent { .. }, Event::Accept { .. } | Event::Decline | Event::RecordAnswer { .. })
                if overdue =>
            {
                Err(Rule::OfferExpired.into())
            }
            (Sent { .. }, Event::Accept { by, digest }) => {
                self.same_as_shown(&digest)?;
                Ok(self.to(Accepted { at, by }))
            }
            (Sent { .. }, Event::Decline) => Ok(self.to(Declined { at })),
            (Sent { .. }, Event::RecordAnswer { by, answer, way }) => {
                let state = match answer {
                    ToldAnswer::Accept { digest } => {
                        self.same_as_shown(&digest)?;
                        Accepted { at, by }
                    }
                    ToldAnswer::Decline => Declined { at },
                };
                Ok(Self { answered: Some(way), ..self.to(state) })
            }
            (Sent { .. }, Event::Expire) if !overdue => Err(Rule::OfferNotExpired.into()),
            (Sent { .. }, Event::Expire) => Ok(self.to(Expired { at })),
            (Waiting | Sent { .. }, Event::Withdraw { reason }) => {
                Ok(self.to(Withdrawn { at, reason }))
            }
            (Waiting | Sent { .. }, Event::Supersede) => Ok(self.to(Superseded { at })),
            (Accepted { .. }, Event::StepBack) => {
                Ok(self.to(Withdrawn { at, reason: WithdrawalReason::SteppedBack }))
            }
            (Accepted { .. }, Event::CancelTask) => {
                Ok(self.to(Withdrawn { at, reason: WithdrawalReason::TaskCancelled }))
            }
            (state, _) => {
                Err(Refusal::OutOfTurn { machine: WORKFLOW.name, state: state.name(), action })
            }
        }
    }

    fn to(self, state: State) -> Self {
        Self { state, ..self }
    }

    fn redescribed(self, version: Version) -> Self {
        if self.shown().is_some_and(|shown| shown.digest == version.digest) {
            return self;
        }
        let mut versions = self.versions;
        versions.push(version);
        Self { versions, ..self }
    }

    fn same_as_shown(&self, digest: &str) -> Result<(), Refusal> {
        let Some(now) = self.shown() else {
            return Ok(());
        };
        if now.digest == digest {
            return Ok(());
        }
        let before = self.versions.iter().find(|version| version.digest == digest);
        let changes = match before {
            Some(before) => before.description.changes(&now.description),
            None => vec!["/description_digest".to_owned()],
        };
        let faults = changes.into_iter().map(|pointer| Fault::new(pointer, "changed")).collect();
        Err(Refusal::RuleAt(Rule::DescriptionChanged, faults))
    }
}
