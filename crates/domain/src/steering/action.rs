//! Development actions (*kehittämistoimi*): what is done because of what was learnt (S4-44, S4-46).
//!
//! ```text
//! proposed ──agree──▶ agreed ──start──▶ in_progress ──complete──▶ done
//!    │                  │                    │
//!    └──────────────────┴───────drop─────────┴──────────────────▶ dropped
//! ```
//!
//! Until it is done or dropped, what it says can be put right (`edit`). An order may name the action that it serves: experts then work on a known challenge, not beside it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SteeringGroupId;
use crate::{
    compilation::CompilationId,
    id::Id,
    node::NodeId,
    policy::Action,
    refusal::Refusal,
    time::{Day, Moment},
    workflow::{Arrow, Workflow},
};

/// The identifier of a development action.
pub type DevelopmentActionId = Id<DevelopmentAction>;

/// A development action and where it is on its way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct DevelopmentAction {
    /// Its identifier.
    pub id: DevelopmentActionId,
    /// The area.
    pub area: NodeId,
    /// The group that proposed it.
    pub group: SteeringGroupId,
    /// What is known of it.
    pub facts: Facts,
    /// Where it is on its way.
    pub state: State,
}

/// What is known of a development action
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DevelopmentActionFacts)]
pub struct Facts {
    /// The challenge or the target.
    #[schema(example = "Experts wait too long for their fee", min_length = 1, max_length = 300)]
    pub title: String,
    /// What is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Approvals are reminded of after three days.",
        min_length = 1,
        max_length = 4000
    )]
    pub description: Option<String>,
    /// Who sees to it.
    #[schema(example = "Lapland wellbeing services county, HR", min_length = 1, max_length = 200)]
    pub owner: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub due: Option<Day>,
    /// The compilation that showed the need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub compilation: Option<CompilationId>,
}

/// Where a development action is on its way
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = DevelopmentActionState)]
#[expect(missing_docs, reason = "the module's diagram documents the states")]
pub enum State {
    Proposed,
    Agreed {
        at: Moment,
    },
    InProgress {
        since: Moment,
    },
    Done {
        at: Moment,
        /// What came of it.
        #[schema(max_length = 2000)]
        outcome: String,
    },
    Dropped {
        at: Moment,
        /// Why it is not done.
        #[schema(max_length = 2000)]
        reason: String,
    },
}

/// What can happen to a development action.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    /// What is known of it changes.
    Edit(Box<Facts>),
    Agree,
    Start,
    Complete {
        outcome: String,
    },
    Drop {
        reason: String,
    },
}

/// The machine as data.
pub const WORKFLOW: Workflow = Workflow {
    name: "development-action",
    finnish: "kehittämistoimi",
    states: &["proposed", "agreed", "in_progress", "done", "dropped"],
    arrows: &[
        edit(&["proposed"]),
        edit(&["agreed"]),
        edit(&["in_progress"]),
        Arrow {
            action: "agree",
            from: &["proposed"],
            to: &["agreed"],
            may: Some(Action::ManageSteering),
        },
        Arrow {
            action: "start",
            from: &["agreed"],
            to: &["in_progress"],
            may: Some(Action::ManageSteering),
        },
        Arrow {
            action: "complete",
            from: &["in_progress"],
            to: &["done"],
            may: Some(Action::ManageSteering),
        },
        Arrow {
            action: "drop",
            from: &["proposed", "agreed", "in_progress"],
            to: &["dropped"],
            may: Some(Action::ManageSteering),
        },
    ],
};

const fn edit(state: &'static [&'static str]) -> Arrow {
    Arrow { action: "edit", from: state, to: state, may: Some(Action::ManageSteering) }
}

impl DevelopmentAction {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if there is no such arrow in the diagram.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (&self.state, event) {
            (
                State::Proposed | State::Agreed { .. } | State::InProgress { .. },
                Event::Edit(facts),
            ) => return Ok(Self { facts: *facts, ..self }),
            (State::Proposed, Event::Agree) => State::Agreed { at },
            (State::Agreed { .. }, Event::Start) => State::InProgress { since: at },
            (State::InProgress { .. }, Event::Complete { outcome }) => State::Done { at, outcome },
            (
                State::Proposed | State::Agreed { .. } | State::InProgress { .. },
                Event::Drop { reason },
            ) => State::Dropped { at, reason },
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

impl State {
    /// Its name, in the API and in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Agreed { .. } => "agreed",
            Self::InProgress { .. } => "in_progress",
            Self::Done { .. } => "done",
            Self::Dropped { .. } => "dropped",
        }
    }
}

impl Event {
    /// The action, as in the URL.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Edit(_) => "edit",
            Self::Agree => "agree",
            Self::Start => "start",
            Self::Complete { .. } => "complete",
            Self::Drop { .. } => "drop",
        }
    }
}
