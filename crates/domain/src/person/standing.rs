//! Whether a person can sign in: those who leave are deactivated, and those who come back reactivated.
//!
//! ```text
//!   active ──deactivate──▶ deactivated
//!     ▲                        │
//!     └───────reactivate───────┘
//! ```
//!
//! What they did stays on record under their name. Their roles have ended, and do not come back by themselves.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Person, PersonId};
use crate::{
    policy::Action,
    record,
    refusal::{Refusal, Rule},
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// Whether a person can sign in
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PersonState)]
pub enum State {
    /// They can.
    #[default]
    Active,
    /// They have left, and cannot.
    Deactivated,
}

/// What became of somebody's standing, when and by whom
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = PersonStateEntry)]
pub struct Entry {
    /// Who did it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// What the person has been since then.
    pub state: State,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "työsuhde päättyi", max_length = 300)]
    pub reason: Option<String>,
}

/// What someone wants done to a person's standing.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    Deactivate { by: PersonId, reason: String },
    Reactivate { by: PersonId },
}

/// The machine of a person's standing.
pub const WORKFLOW: Workflow = Workflow {
    name: "person",
    finnish: "henkilö",
    states: &["active", "deactivated"],
    arrows: &[
        arrow("deactivate", &["active"], &["deactivated"]),
        arrow("reactivate", &["deactivated"], &["active"]),
    ],
};

const fn arrow(
    action: &'static str,
    from: &'static [&'static str],
    to: &'static [&'static str],
) -> Arrow {
    Arrow { action, from, to, may: Some(Action::DeactivatePerson) }
}

impl State {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
        }
    }
}

impl Person {
    /// Whether they can sign in, be given roles and be told of what waits for them.
    pub const fn is_active(&self) -> bool {
        matches!(self.state, State::Active)
    }

    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if it is so already, or people would deactivate themselves: somebody must be left who can undo it.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let (by, state, reason) = match (self.state, event) {
            (State::Active, Event::Deactivate { by, .. }) if by == self.id => {
                return Err(Rule::OwnAccount.into());
            }
            (State::Active, Event::Deactivate { by, reason }) => {
                (by, State::Deactivated, Some(reason))
            }
            (State::Deactivated, Event::Reactivate { by }) => {
                record::once_more(self.record.len())?;
                (by, State::Active, None)
            }
            (state, event) => {
                let (machine, action) = (WORKFLOW.name, event.action());
                return Err(Refusal::OutOfTurn { machine, state: state.name(), action });
            }
        };
        self.record.push(Entry { by, at, state, reason });
        Ok(Self { state, new_address: None, ..self })
    }
}

impl Event {
    /// The action that the event is.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Deactivate { .. } => "deactivate",
            Self::Reactivate { .. } => "reactivate",
        }
    }
}
