//! Meetings of a steering group.
//!
//! ```text
//! called ──cancel──▶ cancelled
//! ```
//!
//! As long as it is not cancelled, what is known of it is put right, and its decisions and minutes are written down (`edit`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SteeringGroupId;
use crate::{
    id::Id,
    policy::Action,
    refusal::Refusal,
    time::{Day, Moment},
    workflow::{Arrow, Workflow},
};

/// The identifier of a meeting.
pub type SteeringMeetingId = Id<Meeting>;

/// A meeting.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Meeting {
    /// Its identifier.
    pub id: SteeringMeetingId,
    /// Whose meeting.
    pub group: SteeringGroupId,
    /// What is known of it.
    pub facts: MeetingFacts,
    /// Whether it is held.
    #[serde(default)]
    pub state: MeetingState,
}

/// What is known of a meeting
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SteeringMeetingFacts)]
pub struct MeetingFacts {
    /// The day.
    pub on: Day,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Rovaniemi, Hallituskatu 1", max_length = 300)]
    pub place: Option<String>,
    /// What is handled, in order.
    #[schema(min_items = 1, max_items = 100)]
    pub agenda: Vec<AgendaItem>,
    /// What was said, once written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "The meeting was opened at 9.00.", max_length = 20000)]
    pub minutes: Option<String>,
}

/// A matter on an agenda
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// The matter.
    #[schema(example = "Compilation of 2026", min_length = 1, max_length = 300)]
    pub title: String,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Orientation of orderers is developed.",
        min_length = 1,
        max_length = 4000
    )]
    pub decision: Option<String>,
}

/// Whether a meeting is held
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = SteeringMeetingState)]
pub enum MeetingState {
    /// It has been called.
    #[default]
    Called,
    /// It is not held.
    Cancelled {
        /// When it was cancelled.
        at: Moment,
        /// Why it is not held.
        #[schema(max_length = 2000)]
        reason: String,
    },
}

/// What can happen to a meeting.
#[derive(Clone, Debug, PartialEq)]
pub enum MeetingEvent {
    /// What is known of it changes.
    Edit(Box<MeetingFacts>),
    /// It is not held.
    Cancel {
        /// Why.
        reason: String,
    },
}

/// The machine as data.
pub const WORKFLOW: Workflow = Workflow {
    name: "steering-meeting",
    finnish: "ohjausryhmän kokous",
    states: &["called", "cancelled"],
    arrows: &[arrow("edit", &["called"]), arrow("cancel", &["cancelled"])],
};

const fn arrow(action: &'static str, to: &'static [&'static str]) -> Arrow {
    Arrow { action, from: &["called"], to, may: Some(Action::ManageSteering) }
}

impl Meeting {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if there is no such arrow in the diagram.
    pub fn apply(self, event: MeetingEvent, at: Moment) -> Result<Self, Refusal> {
        match (&self.state, event) {
            (MeetingState::Called, MeetingEvent::Edit(facts)) => Ok(Self { facts: *facts, ..self }),
            (MeetingState::Called, MeetingEvent::Cancel { reason }) => {
                Ok(Self { state: MeetingState::Cancelled { at, reason }, ..self })
            }
            (state, event) => Err(Refusal::OutOfTurn {
                machine: WORKFLOW.name,
                state: state.name(),
                action: event.action(),
            }),
        }
    }

    /// Whether somebody may still reckon with it at `today`: it is not cancelled, and not over.
    pub fn ahead(&self, today: Day) -> bool {
        self.state == MeetingState::Called && self.facts.on >= today
    }
}

impl MeetingFacts {
    /// Whether it is on another day or elsewhere than `before`, and at `today` either of them is still ahead: whoever reckons
    /// with the one has to know of the other.
    pub fn moved(&self, before: &Self, today: Day) -> bool {
        let same = (self.on, &self.place) == (before.on, &before.place);
        !same && self.on.max(before.on) >= today
    }
}

impl MeetingState {
    /// Its name, in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}

impl MeetingEvent {
    /// The action, as in the URL.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Edit(_) => "edit",
            Self::Cancel { .. } => "cancel",
        }
    }
}
