//! What the contract shows of a supervision session.

use domain::{
    assignment::AssignmentId,
    node::NodeId,
    person::PersonId,
    policy::{Action, Power, Subject},
    supervision::{
        SessionKind, SessionTerms, State, SupervisionSession, SupervisionSessionId, WORKFLOW,
    },
};
use persistence::Session;
use serde::Serialize;
use utoipa::ToSchema;

use super::expert;
use crate::{actions::ActionView, call::Caller, problem::Result};

/// A supervision session
#[derive(Serialize, ToSchema)]
pub(super) struct SupervisionSessionView {
    /// Its identifier.
    id: SupervisionSessionId,
    /// The organisation that offers it.
    node_id: NodeId,
    /// What kind of session it is.
    kind: SessionKind,
    /// The assignment that gave rise to it, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    assignment_id: Option<AssignmentId>,
    /// When, where and with whom, once it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    terms: Option<SessionTerms>,
    /// The experts whom it is for: for those who arrange it. An expert sees only themselves, and whoever acts for experts only
    /// those.
    #[schema(max_items = 200)]
    invited: Vec<PersonId>,
    /// Those of them who come.
    #[schema(max_items = 200)]
    participants: Vec<PersonId>,
    /// How many seats are left, once it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0)]
    seats_left: Option<i32>,
    /// Where it is on its way.
    state: State,
    /// What the caller can do now.
    #[schema(max_items = 30)]
    actions: Vec<ActionView>,
}

pub(super) fn view(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    supervision: &SupervisionSession,
) -> Result<SupervisionSessionView> {
    let arranges = caller.may(Action::ManageSupervision, subject);
    let seen = |people: &[PersonId]| -> Vec<PersonId> {
        let own =
            |one: PersonId| caller.person() == Some(one) || caller.acts_for(one, Power::Profile);
        people.iter().copied().filter(|one| arranges || own(*one)).collect()
    };
    let taken = i32::try_from(supervision.participants.len()).unwrap_or(i32::MAX);
    let state = match &supervision.state {
        State::Held { minutes, present } => {
            State::Held { minutes: *minutes, present: seen(present) }
        }
        state => state.clone(),
    };
    let mut actions = caller.actions(&WORKFLOW, supervision.state.name(), subject);
    let language = caller.meta.language;
    for (action, rule) in supervision.standing_in_the_way(subject.owner, caller.now) {
        ActionView::refuse(&mut actions, &[action], rule.code(), language);
    }
    if matches!(supervision.state, State::Offered | State::Booked)
        && let Some(one) = subject.owner
        && expert(session, one)?.is_some_and(|expert| expert.takes_part().is_err())
    {
        ActionView::refuse(&mut actions, &["book"], "left_bank", language);
    }
    Ok(SupervisionSessionView {
        id: supervision.id,
        node_id: supervision.node,
        kind: supervision.kind,
        assignment_id: supervision.assignment,
        seats_left: supervision.terms.as_ref().map(|terms| (terms.seats - taken).max(0)),
        terms: supervision.terms.clone(),
        invited: seen(&supervision.invited),
        participants: seen(&supervision.participants),
        state,
        actions,
    })
}
