//! The request for access (*tunnusten hakeminen kokemuspankkiin*): anyone asks with their organisation and a reason, and
//! the manager of the area decides (S4-11).
//!
//! ```text
//! submitted ──approve──▶ approved
//!     └──────reject────▶ rejected
//! ```
//!
//! An approval names the role, the node and the last day, and gives exactly that as a grant, which can be renewed. Both
//! outcomes stay on record with who decided and when.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    codes::AREAS,
    grant::GrantId,
    id::Id,
    localized::Language,
    node::NodeId,
    person::PersonId,
    policy::{Action, Role},
    refusal::{Fault, Refusal},
    time::{Day, Moment},
    workflow::{Arrow, Workflow},
};

/// The identifier of an access request.
pub type AccessRequestId = Id<AccessRequest>;

/// A request for access and what became of it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AccessRequest {
    /// Its identifier.
    pub id: AccessRequestId,
    /// The area whose manager decides.
    pub area: NodeId,
    /// What was asked for, and by whom.
    pub form: Form,
    /// When it was asked for.
    pub submitted_at: Moment,
    /// Where it is on its way.
    pub state: State,
}

/// A request for access
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AccessRequestForm)]
pub struct Form {
    /// The area whose experience bank it is about, from the code set `areas`.
    #[schema(example = "21", min_length = 2, max_length = 2, pattern = "^[0-9]{2}$")]
    pub area_code: String,
    /// Who asks.
    #[schema(example = "Ulla Uusi", min_length = 1, max_length = 200)]
    pub name: String,
    /// The e-mail address that one-time codes would be sent to.
    #[schema(
        example = "ulla@example.fi",
        format = "email",
        min_length = 3,
        max_length = 254,
        pattern = "^[^@\\s]+@[^@\\s]+$"
    )]
    pub email: String,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "+358 40 000 0000",
        max_length = 40,
        pattern = "^[+0-9 ()-]+$"
    )]
    pub phone: Option<String>,
    /// The language to answer in.
    pub language: Language,
    /// The organisation, and the unit or the team in it, in words.
    #[schema(
        example = "Lapin hyvinvointialue, mielenterveyspalvelut",
        min_length = 1,
        max_length = 300
    )]
    pub organisation: String,
    /// The professional title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "palveluesihenkilö", min_length = 1, max_length = 120)]
    pub title: Option<String>,
    /// The role that is hoped for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub role: Option<Role>,
    /// What the access is for.
    #[schema(example = "Tilaan kokemustoimijoita yksikköömme.", min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// What an approval gives
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AccessRequestApproval)]
pub struct Approval {
    /// The role.
    pub role: Role,
    /// Where it reaches: the node and all below it.
    pub node_id: NodeId,
    /// Its last day; it can be renewed.
    pub until: Day,
}

/// Where a request is on its way.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "name", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the module's diagram documents the states")]
pub enum State {
    Submitted,
    Approved { by: PersonId, at: Moment, given: Approval, person: PersonId, grant: GrantId },
    Rejected { by: PersonId, at: Moment, reason: String },
}

/// What someone wants done to a request.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    Approve { by: PersonId, given: Approval, person: PersonId, grant: GrantId },
    Reject { by: PersonId, reason: String },
}

/// The access request's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "access-request",
    finnish: "tunnushakemus",
    states: &["submitted", "approved", "rejected"],
    arrows: &[decided("approve", &["approved"]), decided("reject", &["rejected"])],
};

const fn decided(action: &'static str, to: &'static [&'static str]) -> Arrow {
    Arrow { action, from: &["submitted"], to, may: Some(Action::DecideAccessRequest) }
}

impl AccessRequest {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the last day of the approval has passed.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (&self.state, event) {
            (State::Submitted, Event::Approve { given, .. }) if given.until < at.day() => {
                return Err(Refusal::Invalid(vec![Fault::new("/until", "in_past")]));
            }

            (State::Submitted, Event::Approve { by, given, person, grant }) => {
                State::Approved { by, at, given, person, grant }
            }
            (State::Submitted, Event::Reject { by, reason }) => State::Rejected { by, at, reason },

            (state @ (State::Approved { .. } | State::Rejected { .. }), event) => {
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

impl Form {
    /// What cannot be right in the form.
    pub fn faults(&self) -> Vec<Fault> {
        let unknown = !AREAS.has(&self.area_code);
        unknown.then(|| Fault::new("/area_code", "unknown_code")).into_iter().collect()
    }
}

impl State {
    /// The state's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
        }
    }
}

impl Event {
    /// The action that the event is.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Approve { .. } => "approve",
            Self::Reject { .. } => "reject",
        }
    }
}
