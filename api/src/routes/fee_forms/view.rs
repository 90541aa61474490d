//! What is shown of a fee form.

use domain::{
    agreement::{AgreementId, FeeTerms},
    assignment::AssignmentId,
    expense_rates::Rates,
    fee_form::{
        Correction, Difference, FeeApproval, FeeForm, FeeFormId, FeeWaiver, PricedClaim, State,
        Step, TaxCard, WORKFLOW, Warning, WarningKind, differences, warnings,
    },
    fee_schedule::ScheduleContent,
    localized::Language,
    node::NodeId,
    order::{CostCentre, OrderId},
    person::PersonId,
    policy::Subject,
    time::{Day, Moment},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::background::claims;
use crate::{
    actions::ActionView,
    call::{Caller, name_of},
    locale,
};

/// A fee form
#[derive(Serialize, ToSchema)]
pub(super) struct FeeFormView {
    /// Its identifier.
    id: FeeFormId,
    /// The assignment that it is for.
    assignment_id: AssignmentId,
    /// The order that the assignment came of.
    order_id: OrderId,
    /// The person to be paid.
    person_id: PersonId,
    /// The unit that ordered, and that checks and approves.
    node_id: NodeId,
    /// The organisation or unit that pays.
    payer_id: NodeId,
    /// The agreement in force when the form was written.
    agreement_id: AgreementId,
    /// The version of the agreement.
    #[schema(example = 1, minimum = 1)]
    agreement_version: i32,
    /// The share of the agreed fee that is paid, in percent: less than 100 after a late cancellation.
    #[schema(example = 100, minimum = 0, maximum = 100)]
    fee_percent: i32,
    /// The type of task, from the code set `task_types`.
    #[schema(example = "lecture")]
    task_type: String,
    /// The day of the task.
    task_date: Day,
    /// The paid form that it corrects, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    corrects: Option<Correction>,
    /// What is claimed, and what it comes to.
    claimed: PricedClaim,
    /// What is approved, and what that comes to, once the form was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    approved: Option<PricedClaim>,
    /// Why another sum was approved than claimed, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    approved_reason: Option<String>,
    /// How payroll gets the tax card.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    tax_card: Option<TaxCard>,
    /// Whether the expert has declared that what the form says is right.
    #[schema(example = true)]
    declared: bool,
    /// Where the costs go, once it was approved.
    #[schema(max_items = 20)]
    cost_centres: Vec<CostCentre>,
    /// Where it is on its way.
    state: State,
    /// That the expert gave up the fee, if they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    waiver: Option<FeeWaiver>,
    /// What happened to it, in order.
    #[schema(max_items = 1000)]
    trail: Vec<Step>,
    /// When it came to be.
    created_at: Moment,
    /// How what counts now differs from the agreement.
    #[schema(max_items = 200)]
    differences: Vec<Difference>,
    /// What someone should look at.
    #[schema(max_items = 200)]
    warnings: Vec<FeeFormWarning>,
    /// That a fee may affect benefits, in the caller's language.
    #[schema(
        example = "A fee may affect your benefits. Ask Kela or your unemployment fund.",
        max_length = 500
    )]
    benefits_note: String,
    /// What the caller can do.
    #[schema(max_items = 20)]
    actions: Vec<ActionView>,
}

/// Something to look at in a fee form
#[derive(Serialize, ToSchema)]
pub(super) struct FeeFormWarning {
    /// Where in the form, as a JSON Pointer.
    #[schema(example = "/tax_card", max_length = 200)]
    pointer: String,
    /// What it is.
    code: WarningKind,
    /// What it is, for people.
    #[schema(example = "Without a tax card, 60 per cent is withheld.", max_length = 500)]
    detail: String,
}

/// What a view needs to know beside the form.
pub(super) struct Background {
    pub(super) subject: Subject,
    pub(super) terms: FeeTerms,
    pub(super) schedule: Option<ScheduleContent>,
    pub(super) rates: Rates,
    /// Whether somebody at the unit can have it approved, if it waits there.
    pub(super) decidable: bool,
}

pub(super) fn view(caller: &Caller, background: &Background, form: FeeForm) -> FeeFormView {
    let Background { subject, terms, .. } = background;
    let language = caller.meta.language;
    let mut actions = caller.actions(&WORKFLOW, form.state.name(), subject);
    if claims(caller, &form) {
        ActionView::refuse(&mut actions, &["check", "approve", "return"], "own_claim", language);
    }
    let checked = form.approval == FeeApproval::TwoPeople && form.checked_by().is_some();
    if checked && caller.person() == form.checked_by() {
        ActionView::refuse(&mut actions, &["approve"], "same_approver", language);
    }
    FeeFormView {
        differences: differences(form.counting(), terms, form.fee_percent),
        warnings: warnings_in(language, &form, background),
        benefits_note: locale::text(language, "fee-may-affect-benefits"),
        actions,
        id: form.id,
        assignment_id: form.assignment,
        order_id: form.order,
        person_id: form.person,
        node_id: form.node,
        payer_id: form.payer,
        agreement_id: form.agreement,
        agreement_version: form.agreement_version,
        fee_percent: form.fee_percent,
        task_type: form.task_type,
        task_date: form.task_date,
        corrects: form.corrects,
        claimed: form.claimed,
        approved: form.approved,
        approved_reason: form.approved_reason,
        tax_card: form.tax_card,
        declared: form.declared,
        cost_centres: form.cost_centres,
        state: form.state,
        waiver: form.waiver,
        trail: form.trail,
        created_at: form.created,
    }
}

fn warnings_in(language: Language, form: &FeeForm, background: &Background) -> Vec<FeeFormWarning> {
    let show = |kind: WarningKind| {
        let key = format!("warning-{}", locale::key(&name_of(&kind)));
        locale::text(language, &key)
    };
    let nobody = (!background.decidable)
        .then(|| Warning { pointer: "/state".to_owned(), kind: WarningKind::NobodyDecides });
    warnings(form, background.schedule.as_ref(), &background.rates)
        .into_iter()
        .chain(nobody)
        .map(|found| FeeFormWarning {
            detail: show(found.kind),
            pointer: found.pointer,
            code: found.kind,
        })
        .collect()
}
