//! What the contract shows of an agreement.

use domain::{
    agreement::{Agreement, AgreementContent, AgreementId, Change, Confirmations, State, WORKFLOW},
    assignment::{Assignment, AssignmentId, Side},
    fee_schedule::Deviation,
    money::Money,
    policy::{Action, Subject},
    refusal::Rule,
    time::Moment,
};
use persistence::{Session, Stored, agreements};
use serde::Serialize;
use utoipa::ToSchema;

use super::{deviations_of, side};
use crate::{
    actions::ActionView,
    answer::{Answer, Versioned},
    call::Caller,
    problem::Result,
};

/// An agreement
#[derive(Serialize, ToSchema)]
pub(super) struct AgreementView {
    /// Its identifier.
    id: AgreementId,
    /// The assignment it is about.
    assignment_id: AssignmentId,
    /// The agreement that it amends, if it is an amendment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    amends: Option<AgreementId>,
    /// Which of the assignment's agreements it is: the first is 1, its amendment 2, and so on.
    #[schema(minimum = 1)]
    number: i32,
    /// The revision, which a confirmation has to name.
    #[schema(minimum = 1)]
    revision: i32,
    /// What is agreed on.
    content: AgreementContent,
    /// What the fee lines come to.
    fee_sum: Money,
    /// How the fee differs from what the area has set; it takes a reason (S4-25).
    #[schema(max_items = 100)]
    deviations: Vec<Deviation>,
    /// Pointers into `content` to what is missing before a party can confirm.
    #[schema(max_items = 100, example = json!(["/task/place"]))]
    missing: Vec<String>,
    /// Who has confirmed which revision.
    confirmations: Confirmations,
    /// Who changed what, the first change first.
    #[schema(max_items = 1000)]
    changes: Vec<Change>,
    /// When it came to be.
    created: Moment,
    /// Where it is on its way.
    state: State,
    /// Whose confirmation it waits for.
    #[schema(max_items = 2)]
    waits_for: Vec<Side>,
    /// What the caller can do now.
    #[schema(max_items = 30)]
    actions: Vec<ActionView>,
}

/// Answers with an agreement.
pub(super) fn answer(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    assignment: &Assignment,
    stored: &Stored<Agreement>,
) -> Result<Answer> {
    Answer::ok(&view(session, caller, subject, assignment, stored)?).version(stored)
}

/// Answers with a new amendment.
pub(super) fn created(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    assignment: &Assignment,
    stored: &Stored<Agreement>,
) -> Result<Answer> {
    let view = view(session, caller, subject, assignment, stored)?;
    Answer::created(&format!("/v1/agreements/{}", stored.id), &view).version(stored)
}

fn view(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    assignment: &Assignment,
    agreement: &Agreement,
) -> Result<AgreementView> {
    let deviations = deviations_of(session, assignment, agreement)?;
    let drafting = matches!(agreement.state, State::Drafting) && assignment.open();
    let missing = if drafting { agreement.content.missing(&deviations) } else { Vec::new() };
    let confirmations = &agreement.confirmations;
    let waiting = [
        (Side::Expert, drafting && confirmations.expert.is_none()),
        (Side::Orderer, drafting && confirmations.orderer.is_none()),
    ];
    Ok(AgreementView {
        id: agreement.id,
        assignment_id: agreement.assignment,
        amends: agreement.amends,
        number: agreement.version,
        revision: agreement.revision,
        fee_sum: agreement.content.fee.sum(),
        content: content(caller, subject, agreement),
        deviations,
        missing: missing.into_iter().map(|fault| fault.pointer).collect(),
        confirmations: agreement.confirmations.clone(),
        changes: agreement.changes.clone(),
        created: agreement.created,
        state: agreement.state.clone(),
        waits_for: waiting.into_iter().filter(|(_, waits)| *waits).map(|(side, _)| side).collect(),
        actions: actions(session, caller, subject, assignment, agreement)?,
    })
}

/// What the caller can do with the agreement: nothing more is agreed on once the task is over.
fn actions(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    assignment: &Assignment,
    agreement: &Agreement,
) -> Result<Vec<ActionView>> {
    let mut actions = caller.actions(&WORKFLOW, agreement.state.name(), subject);
    let mut refuse = |names: &[&str], rule: Rule| {
        ActionView::refuse(&mut actions, names, rule.code(), caller.meta.language);
    };
    if !assignment.open() {
        refuse(&["edit", "confirm", "amend", "discard"], Rule::AssignmentEnded);
        return Ok(actions);
    }
    if agreement.amends.is_none() {
        refuse(&["discard"], Rule::FirstAgreement);
    }
    if let Ok(side) = side(caller, subject)
        && let Some(rule) = agreement.confirmations.standing_in_the_way(side, caller.person())
    {
        refuse(&["confirm"], rule);
        let other = match side {
            Side::Expert => Action::ConfirmAsOrderer,
            Side::Orderer => Action::ConfirmAsExpert,
        };
        ActionView::await_those_who(&mut actions, &["confirm"], other);
    }
    let amends = agreement.in_force() && caller.may(Action::EditAgreement, subject);
    if amends && agreements::drafting(session, assignment.id)?.is_some() {
        let (names, rule) = (["amend"], Rule::AmendmentOpen);
        ActionView::refuse(&mut actions, &names, rule.code(), caller.meta.language);
    }
    Ok(actions)
}

/// The content as the caller may see it: those who broker or look after the area need the frame of the task, not what
/// the parties confide to each other.
pub(super) fn content(
    caller: &Caller,
    subject: &Subject,
    agreement: &Agreement,
) -> AgreementContent {
    let mut content = agreement.content.clone();
    let confided = caller.may(Action::EditAgreement, subject);
    if !confided {
        content.closed_topics.clear();
    }
    // What lapses says nothing of them any more; what lapsed before that was so still does.
    if !confided || matches!(agreement.state, State::Lapsed { .. }) {
        content.support.adjustments.clear();
    }
    content
}
