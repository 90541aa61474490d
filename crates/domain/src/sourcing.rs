//! Sourcing (*haku suoraan järjestöstä*, S4-18): an organisation is asked whether it knows an expert who is not yet in
//! the bank.
//!
//! ```text
//!  asked ─answer→ answered
//!    └─withdraw→ withdrawn
//! ```

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    expert::ExpertId,
    id::Id,
    node::NodeId,
    offer::OfferDescription,
    order::OrderId,
    person::PersonId,
    policy::Action::{AnswerSourcing, WithdrawSourcing},
    refusal::Refusal,
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// The identifier of a sourcing request.
pub type SourcingId = Id<Sourcing>;

/// A question to an organisation: do you know anyone for this task?
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Sourcing {
    /// Its identifier.
    pub id: SourcingId,
    /// The order that it belongs to.
    pub order: OrderId,
    /// The unit that ordered.
    pub node: NodeId,
    /// The organisation that is asked.
    pub organisation: NodeId,
    /// Who asks.
    pub asked_by: PersonId,
    /// A message to the organisation.
    pub message: Option<String>,
    /// What it is shown.
    pub description: OfferDescription,
    /// When it was asked.
    pub asked_at: Moment,
    /// Where it stands.
    pub state: State,
}

/// Where a sourcing request stands
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = SourcingState)]
pub enum State {
    /// The organisation has been asked.
    Asked,
    /// The organisation has answered.
    Answered {
        /// When.
        at: Moment,
        /// Who said so.
        by: PersonId,
        /// The expert whom it proposes, if it knows one: for the organisation itself. Others are shown the card.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        candidate: Option<ExpertId>,
        /// What it says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, max_length = 1000)]
        note: Option<String>,
    },
    /// It is not needed any more.
    Withdrawn {
        /// When.
        at: Moment,
    },
}

/// Something that happens to a sourcing request.
#[derive(Clone, Debug)]
pub enum Event {
    /// The organisation answers.
    Answer {
        /// Who.
        by: PersonId,
        /// The expert whom it proposes, if it knows one.
        candidate: Option<ExpertId>,
        /// What it says.
        note: Option<String>,
    },
    /// Whoever asked takes it back.
    Withdraw,
}

/// The machine as data.
pub const WORKFLOW: Workflow = Workflow {
    name: "sourcing-request",
    finnish: "haku suoraan järjestöstä",
    states: &["asked", "answered", "withdrawn"],
    arrows: &[
        Arrow { action: "answer", from: &["asked"], to: &["answered"], may: Some(AnswerSourcing) },
        Arrow {
            action: "withdraw",
            from: &["asked"],
            to: &["withdrawn"],
            may: Some(WithdrawSourcing),
        },
    ],
};

impl State {
    /// The name of the state in the contract.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered { .. } => "answered",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Event {
    /// The name of the action.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer",
            Self::Withdraw => "withdraw",
        }
    }
}

impl Sourcing {
    /// What becomes of the request when `event` happens.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if it has been answered or withdrawn.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let action = event.action();
        match (&self.state, event) {
            (State::Asked, Event::Answer { by, candidate, note }) => {
                Ok(Self { state: State::Answered { at, by, candidate, note }, ..self })
            }
            (State::Asked, Event::Withdraw) => Ok(Self { state: State::Withdrawn { at }, ..self }),
            (state, _) => {
                Err(Refusal::OutOfTurn { machine: WORKFLOW.name, state: state.name(), action })
            }
        }
    }
}
