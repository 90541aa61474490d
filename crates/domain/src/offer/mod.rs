//! Offers (*välitetty pyyntö*): an expert is asked to take on a task, and answers freely.
//!
//! ```text
//!  waiting ─send→ sent ─accept→ accepted ─step-back→ withdrawn
//!     │             │              └─cancel-task→ withdrawn
//!     │             ├─decline→ declined
//!     │             ├─expire→ expired
//!     ├─withdraw────┴─withdraw→ withdrawn
//!     └─supersede───┴─supersede→ superseded
//! ```
//!
//! **Invariant:** declining needs no reason, is never shown to the orderer and counts against nobody (`process.md`,
//! invariant 10). Whoever accepts names the description that was shown: nobody is bound to words they have not seen.

mod events;
mod turn;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    events::{Event, ToldAnswer, WORKFLOW},
    turn::next_in_turn,
};
use crate::{
    expert::{CardId, ExpertId},
    id::Id,
    localized::Localized,
    node::NodeId,
    order::{OrderId, TaskDescription},
    person::{Channel, PersonId},
    time::Moment,
};

/// The identifier of an offer.
pub type OfferId = Id<Offer>;

/// A request to one expert to take on the task of one order.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Offer {
    /// Its identifier.
    pub id: OfferId,
    /// The order that it belongs to.
    pub order: OrderId,
    /// The unit that ordered.
    pub node: NodeId,
    /// The organisation that brokers, if the order was handed to one.
    pub handler: Option<NodeId>,
    /// The expert who is asked.
    pub expert: ExpertId,
    /// The person behind the expert.
    pub person: PersonId,
    /// The pseudonymous card by which the broker knows the expert.
    pub card: CardId,
    /// Who asks.
    pub sent_by: PersonId,
    /// How the expert is reached.
    pub channel: Channel,
    /// A message to the expert.
    pub message: Option<String>,
    /// What has been shown to the expert, the newest last. There is always one.
    pub versions: Vec<Version>,
    /// How it takes its turn.
    pub turn: Turn,
    /// When the time to answer runs out, once it is sent.
    pub expires_at: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
    /// How the expert answered, where they did not sign in to do so.
    #[serde(default)]
    pub answered: Option<AnswerWay>,
    /// When the expert was reminded that the time to answer runs out.
    #[serde(default)]
    pub reminded: Option<Moment>,
    /// Where it stands.
    pub state: State,
}

/// How an expert answered without signing in (S4-56)
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerWay {
    /// By the link in the message.
    Link,
    /// By telephone, written down by whoever brokers.
    Phone,
    /// By text message, written down by whoever brokers.
    Sms,
    /// By e-mail, written down by whoever brokers.
    Email,
    /// By letter, written down by whoever brokers.
    Post,
    /// Face to face, written down by whoever brokers.
    Meeting,
}

/// Where an offer stands
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = OfferState)]
pub enum State {
    /// Others are asked first. The expert does not see it yet, and never will if their turn does not come.
    Waiting,
    /// The expert has been asked.
    Sent {
        /// When.
        at: Moment,
    },
    /// The expert takes on the task.
    Accepted {
        /// When.
        at: Moment,
        /// Who said so: the expert, a support person who may, or whoever wrote down what the expert told them.
        by: PersonId,
    },
    /// The expert does not take it on.
    Declined {
        /// When.
        at: Moment,
    },
    /// The time to answer ran out.
    Expired {
        /// When.
        at: Moment,
    },
    /// It was taken back, or what was accepted came to nothing: the expert stepped back, or their task was cancelled.
    Withdrawn {
        /// When.
        at: Moment,
        /// Why.
        reason: WithdrawalReason,
    },
    /// As many others as needed accepted before.
    Superseded {
        /// When.
        at: Moment,
    },
}

/// Why an offer was withdrawn
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalReason {
    /// Whoever asked took it back.
    TakenBack,
    /// The order was cancelled or given up.
    OrderEnded,
    /// The expert accepted and stepped back later.
    SteppedBack,
    /// The expert accepted, and others cancelled the task later.
    TaskCancelled,
    /// The expert takes no tasks now, or is in the bank no more.
    NotAvailable,
    /// The task began before their turn came.
    TaskBegun,
}

/// How experts are asked
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OfferMode)]
pub enum Mode {
    /// All at once: whoever accepts first takes the task.
    #[default]
    Parallel,
    /// One after the other: the next is asked when the one before has not accepted.
    InTurn,
}

/// How an offer takes its turn
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Turn {
    /// Whether the experts are asked at once or one after the other.
    pub mode: Mode,
    /// The place in the row.
    pub position: u32,
    /// How many seconds the expert has to answer once asked.
    pub seconds_to_answer: i64,
}

/// What an expert is shown: a snapshot of the task
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferDescription {
    /// The unit that orders, and what it belongs to, the nearest first.
    #[schema(max_items = 10)]
    pub ordered_by: Vec<Localized>,
    /// The task.
    pub task: TaskDescription,
}

/// A description that has been shown, with its digest.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Version {
    /// SHA-256 of the description in hexadecimal: the expert names it to accept.
    pub digest: String,
    /// The description.
    pub description: OfferDescription,
    /// Since when it is shown.
    pub since: Moment,
}

impl State {
    /// The name of the state in the contract.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent { .. } => "sent",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Expired { .. } => "expired",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Superseded { .. } => "superseded",
        }
    }

    /// Whether the expert can still be asked or answer.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sent { .. })
    }
}

impl OfferDescription {
    /// Pointers to what differs in `after`, below `/description`.
    pub fn changes(&self, after: &Self) -> Vec<String> {
        let ordered_by =
            (self.ordered_by != after.ordered_by).then(|| "/description/ordered_by".to_owned());
        let task = self
            .task
            .changes(&after.task)
            .into_iter()
            .map(|field| format!("/description/task/{field}"));
        ordered_by.into_iter().chain(task).collect()
    }
}

/// How far off the end of the time to answer may be, of an offer as of an open call: two years. Tasks are ordered a season
/// ahead, or for the next academic year; what is further off is a slip of the pen, and the offers in turn behind it would never
/// come.
pub const LONGEST_TO_ANSWER: TimeDelta = TimeDelta::days(2 * 366);

/// Why people cannot be let answer until a moment, from the catalogue of field errors.
pub fn wrong_end(until: Moment, now: Moment) -> Option<&'static str> {
    if until <= now {
        return Some("in_the_past");
    }
    (until > now.plus(LONGEST_TO_ANSWER)).then_some("too_far_off")
}

/// How long before the time to answer runs out the expert is reminded, who had more than twice as long: a day.
pub const REMINDED_BEFORE: TimeDelta = TimeDelta::days(1);

impl Offer {
    /// The offer, of which the expert is reminded at `now`: nothing, unless the time to answer runs out within a day, they had more
    /// than two, and they have not been reminded yet. Whoever is asked by letter is not: it would come too late.
    pub fn remind(self, now: Moment) -> Option<Self> {
        let State::Sent { at } = self.state else { return None };
        let open = self.reminded.is_none() && self.channel != Channel::Post;
        let ends = self.expires_at.filter(|_| open)?;
        let soon = now < ends && ends <= now.plus(REMINDED_BEFORE);
        let long = at.plus(REMINDED_BEFORE * 2) < ends;
        (soon && long).then_some(Self { reminded: Some(now), ..self })
    }

    /// Whether the expert has been asked. Whoever waits for their turn does not know of it, and if it never comes, never does.
    pub const fn was_sent(&self) -> bool {
        self.expires_at.is_some()
    }

    /// What the expert is shown now.
    pub fn shown(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// The offer as it stands at `now`: one whose time has run out is expired, also before that has been written down.
    #[must_use]
    pub fn as_of(self, now: Moment) -> Self {
        if self.overdue(now) { Self { state: State::Expired { at: now }, ..self } } else { self }
    }

    /// Whether it is sent and its time to answer has run out at `now`.
    pub fn overdue(&self, now: Moment) -> bool {
        matches!(self.state, State::Sent { .. })
            && self.expires_at.is_some_and(|expires| expires <= now)
    }
}
