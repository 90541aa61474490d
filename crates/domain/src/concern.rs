//! The concern (*huolen tai epäkohdan ilmoitus*): what the rules of mutual respect mean when they are broken (S4-57).
//!
//! ```text
//! received ──handle──▶ handled
//! ```
//!
//! Anyone may raise one, about an organisation and, if they wish, an order or an assignment. The competence centre answers,
//! or, if whoever raises it wishes, those who run the installation, and the centre does not know of it then: it can be about
//! the centre itself. Nobody answers their own.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    id::Id,
    node::NodeId,
    person::PersonId,
    policy::Action,
    refusal::{Refusal, Rule},
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// The identifier of a concern.
pub type ConcernId = Id<Concern>;

/// A concern and what was answered.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Concern {
    /// Its identifier.
    pub id: ConcernId,
    /// Who raised it.
    pub raised_by: PersonId,
    /// When.
    pub raised_at: Moment,
    /// What it is.
    pub form: Form,
    /// From where those who run the installation read it, if it is for them and not for the centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<NodeId>,
    /// Where it is on its way.
    pub state: State,
}

/// A concern to be raised
///
/// What is written here can be about anyone's health, so it never prints itself.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConcernForm)]
pub struct Form {
    /// The organisation, the unit or the team that it is about.
    pub node_id: NodeId,
    /// What it is about more closely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub about: Option<About>,
    /// Who is to read and answer it; the centre if nothing is said. A concern about the centre itself is one for the
    /// administrators: the centre does not know of it then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub to: Option<Reader>,
    /// What happened, in one's own words.
    #[schema(
        example = "Minua ei tervehditty eikä minulle annettu puheenvuoroa.",
        min_length = 1,
        max_length = 4000
    )]
    pub text: String,
}

/// Who is to read a concern
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConcernReader)]
pub enum Reader {
    /// The competence centre of the organisation that it is about.
    Centre,
    /// Those who run the installation.
    Administrators,
}

/// What a concern is about more closely
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConcernAbout)]
pub struct About {
    /// Which kind of thing.
    pub kind: Kind,
    /// Its identifier.
    pub id: AboutId,
}

/// The identifier of what a concern is about.
pub type AboutId = Id<About>;

/// The kinds of things that a concern can be about
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConcernKind)]
pub enum Kind {
    /// An order.
    Order,
    /// An assignment.
    Assignment,
}

/// Where a concern is on its way.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "name", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the module's diagram documents the states")]
pub enum State {
    Received,
    Handled { by: PersonId, at: Moment, answer: String },
}

/// How many concerns of one person wait for an answer at the most.
pub const MOST_OPEN: i64 = 20;

/// Lets somebody raise one more, of whose concerns `open` wait for an answer.
///
/// # Errors
///
/// [`Rule::TooManyConcerns`] if that are as many as may.
pub fn one_more(open: i64) -> Result<(), Refusal> {
    if open < MOST_OPEN { Ok(()) } else { Err(Rule::TooManyConcerns.into()) }
}

/// What someone wants done to a concern.
#[derive(Clone, Eq, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    Handle { by: PersonId, answer: String },
}

/// The concern's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "concern",
    finnish: "huolen ilmoitus",
    states: &["received", "handled"],
    arrows: &[Arrow {
        action: "handle",
        from: &["received"],
        to: &["handled"],
        may: Some(Action::HandleConcern),
    }],
};

impl Concern {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or someone answers their own concern.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (&self.state, event) {
            (State::Received, Event::Handle { by, .. }) if by == self.raised_by => {
                return Err(Rule::OwnConcern.into());
            }

            (State::Received, Event::Handle { by, answer }) => State::Handled { by, at, answer },

            (state @ State::Handled { .. }, event) => {
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

impl State {
    /// The state's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Handled { .. } => "handled",
        }
    }
}

impl Event {
    /// The action that the event is.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Handle { .. } => "handle",
        }
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({})", self.node_id)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action())
    }
}
