//! Open calls (*avoin haku*, S3-14): a task is published to the experts of an area, who say whether it interests them.
//!
//! ```text
//!  open ─close→ closed                 expressed ─select→ selected
//!                                          └─withdraw→ withdrawn
//! ```
//!
//! It is for those who chose the area in which the unit is: they want to be found for its orders, and nobody else's
//! business is what it orders. What a national organisation orders is for everybody.
//!
//! An interest binds nobody. To select is to send an ordinary offer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    expert::{CardId, ExpertId},
    id::Id,
    node::NodeId,
    offer::OfferDescription,
    order::OrderId,
    person::PersonId,
    policy::Action::{AnswerOffer, CloseOpenCall},
    refusal::{Refusal, Rule},
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// The identifier of an open call.
pub type OpenCallId = Id<OpenCall>;

/// The identifier of an interest.
pub type InterestId = Id<Interest>;

/// A published task that experts can say they are interested in.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OpenCall {
    /// Its identifier.
    pub id: OpenCallId,
    /// The order that it belongs to.
    pub order: OrderId,
    /// The unit that ordered.
    pub node: NodeId,
    /// Whom it is for: the experts who chose the area of this node, which is the unit, or the nation if the unit is in no
    /// area. Calls of before say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<NodeId>,
    /// The organisation that brokers, if the order was handed to one.
    pub handler: Option<NodeId>,
    /// Who published it.
    pub published_by: PersonId,
    /// When it was published.
    pub published_at: Moment,
    /// Until when interest can be expressed.
    pub deadline: Moment,
    /// What is shown.
    pub description: OfferDescription,
    /// Where it stands.
    pub state: State,
}

/// Where an open call stands
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = OpenCallState)]
pub enum State {
    /// It can be answered until its deadline.
    Open,
    /// It cannot be answered any more.
    Closed {
        /// Since when.
        at: Moment,
    },
}

/// An expert's word that an open call interests them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Interest {
    /// Its identifier.
    pub id: InterestId,
    /// The call.
    pub call: OpenCallId,
    /// The unit that ordered.
    pub node: NodeId,
    /// The organisation that brokers, if the order was handed to one.
    pub handler: Option<NodeId>,
    /// The expert.
    pub expert: ExpertId,
    /// The person behind the expert.
    pub person: PersonId,
    /// The pseudonymous card by which the broker knows the expert.
    pub card: CardId,
    /// What the expert wants to say.
    pub message: Option<String>,
    /// When it was expressed.
    pub at: Moment,
    /// Where it stands.
    pub state: InterestState,
}

/// Where an interest stands
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterestState {
    /// The expert is interested.
    Expressed,
    /// The expert has been sent an offer.
    Selected,
    /// The expert is not interested any more.
    Withdrawn,
}

/// Something that happens to an interest.
#[derive(Clone, Copy, Debug)]
pub enum InterestEvent {
    /// Whoever brokers chooses the expert, who gets an offer.
    Select,
    /// The expert takes it back.
    Withdraw,
}

/// The machine of the call as data.
pub const WORKFLOW: Workflow = Workflow {
    name: "open-call",
    finnish: "avoin haku",
    states: &["open", "closed"],
    arrows: &[Arrow {
        action: "close",
        from: &["open"],
        to: &["closed"],
        may: Some(CloseOpenCall),
    }],
};

/// The machine of an interest as data.
pub const INTEREST_WORKFLOW: Workflow = Workflow {
    name: "interest",
    finnish: "kiinnostuksen ilmaisu",
    states: &["expressed", "selected", "withdrawn"],
    arrows: &[
        Arrow { action: "select", from: &["expressed"], to: &["selected"], may: None },
        Arrow {
            action: "withdraw",
            from: &["expressed"],
            to: &["withdrawn"],
            may: Some(AnswerOffer),
        },
    ],
};

impl State {
    /// The name of the state in the contract.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed { .. } => "closed",
        }
    }
}

impl InterestState {
    /// The name of the state in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expressed => "expressed",
            Self::Selected => "selected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl InterestEvent {
    /// The name of the action.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Withdraw => "withdraw",
        }
    }
}

impl OpenCall {
    /// Closes the call.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if it is closed already.
    pub fn close(self, at: Moment) -> Result<Self, Refusal> {
        match self.state {
            State::Open => Ok(Self { state: State::Closed { at }, ..self }),
            State::Closed { .. } => Err(Refusal::OutOfTurn {
                machine: WORKFLOW.name,
                state: self.state.name(),
                action: "close",
            }),
        }
    }

    /// Whether interest can be expressed at `now`.
    ///
    /// # Errors
    ///
    /// [`Rule::CallClosed`] if it is closed or its deadline has passed.
    pub fn takes_interest(&self, now: Moment) -> Result<(), Refusal> {
        if self.state == State::Open && now < self.deadline {
            return Ok(());
        }
        Err(Rule::CallClosed.into())
    }
}

impl Interest {
    /// What becomes of the interest when `event` happens.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if it was selected or withdrawn before.
    pub fn apply(self, event: InterestEvent) -> Result<Self, Refusal> {
        match (self.state, event) {
            (InterestState::Expressed, InterestEvent::Select) => {
                Ok(Self { state: InterestState::Selected, ..self })
            }
            (InterestState::Expressed, InterestEvent::Withdraw) => {
                Ok(Self { state: InterestState::Withdrawn, ..self })
            }
            (state, event) => Err(Refusal::OutOfTurn {
                machine: INTEREST_WORKFLOW.name,
                state: state.name(),
                action: event.action(),
            }),
        }
    }
}
