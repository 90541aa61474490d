//! The decision of an area, or of an organisation or a unit, to use experts by experience (*päätös hyödyntää
//! kokemustoimijoita*): without one in force, nothing can be ordered there (S4-08, S4-51).
//!
//! ```text
//! registered ──revoke──▶ revoked
//! ```
//!
//! A decision is made elsewhere, by a body that may make it, and registered here as it was made. One that was registered
//! wrong is revoked and registered again: what was once relied on stays on record.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    attachment::AttachmentId,
    id::Id,
    node::NodeId,
    person::PersonId,
    policy::Action,
    refusal::{Fault, Refusal},
    time::{Day, Moment},
    workflow::{Arrow, Workflow},
};

/// The identifier of a decision.
pub type DecisionId = Id<Decision>;

/// A decision to use experts, for a node and all below it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Decision {
    /// Its identifier.
    pub id: DecisionId,
    /// What was decided.
    pub terms: Terms,
    /// Who registered it.
    pub registered_by: PersonId,
    /// When it was registered.
    pub registered_at: Moment,
    /// Where it is on its way.
    pub state: State,
}

/// What was decided
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DecisionTerms)]
pub struct Terms {
    /// Where experts may be used: at the node and all below it.
    pub node_id: NodeId,
    /// The body or the office-holder that decided.
    #[schema(example = "Lapin hyvinvointialueen aluehallitus", min_length = 1, max_length = 200)]
    pub body: String,
    /// The day of the decision.
    pub decided_on: Day,
    /// The reference number or the section of the minutes, by which the decision is found.
    #[schema(example = "LAPHVA/123/00.01/2026, § 45", min_length = 1, max_length = 120)]
    pub reference: String,
    /// The first day on which experts may be ordered by it.
    pub from: Day,
    /// The last day, unless it holds until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<Day>,
    /// Who signed it for the management (S4-51).
    pub signatory: Signatory,
    /// What was decided, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Kokemustoimijoita hyödynnetään kaikissa palveluissa.",
        min_length = 1,
        max_length = 2000
    )]
    pub summary: Option<String>,
    /// The decision itself as an attachment, where it was filed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attachment_id: Option<AttachmentId>,
}

/// Who signed a decision
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// The name.
    #[schema(example = "Kaarina Johtaja", min_length = 1, max_length = 200)]
    pub name: String,
    /// The office.
    #[schema(example = "hyvinvointialuejohtaja", min_length = 1, max_length = 120)]
    pub title: String,
}

/// Where a decision is on its way.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "name", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the module's diagram documents the states")]
pub enum State {
    Registered,
    Revoked { by: PersonId, at: Moment, reason: String },
}

/// What someone wants done to a decision.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    Revoke { by: PersonId, reason: String },
}

/// The decision's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "decision",
    finnish: "päätös hyödyntää kokemustoimijoita",
    states: &["registered", "revoked"],
    arrows: &[Arrow {
        action: "revoke",
        from: &["registered"],
        to: &["revoked"],
        may: Some(Action::ManageDecision),
    }],
};

impl Decision {
    /// Whether experts may be ordered by it on `day`.
    pub fn in_force(&self, day: Day) -> bool {
        matches!(self.state, State::Registered)
            && self.terms.from <= day
            && self.terms.until.is_none_or(|until| day <= until)
    }

    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (&self.state, event) {
            (State::Registered, Event::Revoke { by, reason }) => State::Revoked { by, at, reason },

            (state @ State::Revoked { .. }, event) => {
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

impl Terms {
    /// What cannot be right in the terms.
    pub fn faults(&self) -> Vec<Fault> {
        let before = |until: Day| until < self.from;
        self.until
            .filter(|until| before(*until))
            .map(|_| Fault::new("/until", "before_start"))
            .into_iter()
            .collect()
    }
}

impl State {
    /// The state's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Revoked { .. } => "revoked",
        }
    }
}

impl Event {
    /// The action that the event is.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Revoke { .. } => "revoke",
        }
    }
}
