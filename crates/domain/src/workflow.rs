//! State machines as data: what is published, what lists a caller's actions, and what the tests hold against the code.

use crate::{
    access_request, agreement, assignment, compilation, concern, decision, document, fee_form,
    feedback::question_set, grant, offer, open_call, order, person::standing, policy, sourcing,
    steering, supervision,
};

/// Every machine of the product, in the order of the chain: what `GET /v1/workflows` publishes (S3-12).
pub const ALL: &[&Workflow] = &[
    &access_request::WORKFLOW,
    &grant::WORKFLOW,
    &decision::WORKFLOW,
    &order::WORKFLOW,
    &open_call::WORKFLOW,
    &open_call::INTEREST_WORKFLOW,
    &sourcing::WORKFLOW,
    &offer::WORKFLOW,
    &assignment::WORKFLOW,
    &agreement::WORKFLOW,
    &document::WORKFLOW,
    &fee_form::WORKFLOW,
    &supervision::WORKFLOW,
    &question_set::WORKFLOW,
    &compilation::WORKFLOW,
    &steering::action::WORKFLOW,
    &steering::WORKFLOW,
    &concern::WORKFLOW,
    &standing::WORKFLOW,
];

/// The machine of that name, if there is one.
pub fn named(name: &str) -> Option<&'static Workflow> {
    ALL.iter().copied().find(|workflow| workflow.name == name)
}

/// A state machine. Its `apply` is code; this table says the same as data, and a test holds the two equal.
#[derive(Debug)]
pub struct Workflow {
    /// Its name, as in `GET /v1/workflows/{name}`.
    pub name: &'static str,
    /// The Finnish term.
    pub finnish: &'static str,
    /// Every state, the first one first.
    pub states: &'static [&'static str],
    /// Every arrow.
    pub arrows: &'static [Arrow],
}

/// One action from one or several states. From each of them it can lead to each of `to`: an action that keeps several states
/// as they are has an arrow for each.
#[derive(Debug)]
pub struct Arrow {
    /// The action, as in `POST …/{id}/{action}`, or the name of an event that time or another machine causes.
    pub action: &'static str,
    /// The states it starts from.
    pub from: &'static [&'static str],
    /// The states it can lead to.
    pub to: &'static [&'static str],
    /// Who may, or nothing where no caller can: time or another machine causes it.
    pub may: Option<policy::Action>,
}

impl Workflow {
    /// The arrow of `action` from `state`, if there is one.
    pub fn arrow(&self, state: &str, action: &str) -> Option<&Arrow> {
        self.arrows.iter().find(|arrow| arrow.action == action && arrow.from.contains(&state))
    }

    /// The states that nothing leads out of. Something may still be recorded in them.
    pub fn terminal(&self) -> impl Iterator<Item = &'static str> {
        let on = |state| self.arrows.iter().any(|arrow| arrow.leads_from(state));
        self.states.iter().copied().filter(move |state| !on(*state))
    }
}

impl Arrow {
    /// Whether it leads from `state` to another one.
    fn leads_from(&self, state: &str) -> bool {
        self.from.contains(&state) && self.to.iter().any(|to| *to != state)
    }
}
