//! What payroll gets to see.

use domain::{
    agreement::{Agreement, AgreementId, Confirmations, FeeTerms, TaskTime},
    assignment::AssignmentId,
    fee_form::{
        Correction, Difference, FeeForm, FeeFormId, Package, PricedClaim, State, TaxCard, WORKFLOW,
        differences,
    },
    income_types::SuggestedIncomeType,
    money::Money,
    node::NodeId,
    order::CostCentre,
    payroll_identity::PayrollIdentity,
    person::PersonId,
    policy::Subject,
    time::{Day, Moment},
};
use persistence::{Session, Stored, agreements, fee_forms, nodes};
use serde::Serialize;
use utoipa::ToSchema;

use super::told::told;
use crate::{
    actions::ActionView,
    call::Caller,
    problem::{Problem, Result},
};

/// A payroll package in a list, without personal data
#[derive(Serialize, ToSchema)]
#[schema(as = PayrollPackageSummary)]
pub(super) struct PackageSummary {
    /// The fee form, and so the package.
    fee_form_id: FeeFormId,
    /// How many times it was approved: payroll has one revision of it only once.
    #[schema(example = 1, minimum = 1)]
    revision: i32,
    /// Where it is on its way.
    state: State,
    /// The organisation or unit that pays.
    payer_id: NodeId,
    /// When it was approved, the last time if several.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    approved_at: Option<Moment>,
    /// The day of the task.
    task_date: Day,
    /// The approved sum.
    total: Money,
    /// What payroll can do with it now, and for the rest why not and whose turn it is.
    #[schema(max_items = 3)]
    actions: Vec<ActionView>,
}

/// A payroll package
#[derive(Serialize, ToSchema)]
pub(super) struct PayrollPackage {
    /// The fee form, and so the package.
    fee_form_id: FeeFormId,
    /// How many times it was approved: payroll has one revision of it only once.
    #[schema(example = 1, minimum = 1)]
    revision: i32,
    /// Where it is on its way.
    state: State,
    /// Whom to pay.
    payee: Payee,
    /// The organisation or unit that pays.
    payer_id: NodeId,
    /// Where the costs go.
    #[schema(max_items = 20)]
    cost_centres: Vec<CostCentre>,
    /// The assignment that it is for.
    assignment_id: AssignmentId,
    /// The type of task, from the code set `task_types`.
    #[schema(example = "lecture")]
    task_type: String,
    /// The day of the task.
    task_date: Day,
    /// What was claimed.
    claimed: PricedClaim,
    /// What was approved: this is to be paid.
    approved: PricedClaim,
    /// Why another sum was approved than claimed, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    approved_reason: Option<String>,
    /// Each line of what is to be paid, with a suggested income type.
    #[schema(max_items = 100)]
    lines: Vec<PackageLine>,
    /// What was agreed.
    agreement: PackageAgreement,
    /// How what was approved differs from what was agreed.
    #[schema(max_items = 200)]
    differences: Vec<Difference>,
    /// How payroll gets the tax card. Without one, 60 per cent is withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    tax_card: Option<TaxCard>,
    /// The addresses of the tax card and the receipts.
    #[schema(max_items = 1000)]
    attachments: Vec<String>,
    /// What it corrects, if it corrects a paid package.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    corrects: Option<PackageCorrection>,
    /// Whether the amount paid is not the one approved.
    #[schema(example = false)]
    paid_otherwise: bool,
    /// What payroll can do with it now, and for the rest why not and whose turn it is.
    #[schema(max_items = 3)]
    actions: Vec<ActionView>,
}

/// Whom to pay
#[derive(Serialize, ToSchema)]
struct Payee {
    /// The person.
    person_id: PersonId,
    /// Their name.
    #[schema(example = "Aino Esimerkki", max_length = 200)]
    name: String,
    /// Their identity code, account and address, whole.
    identity: PayrollIdentity,
    /// Whether they have given another name or other details since payroll acknowledged this revision, and are not paid yet. Ask
    /// about the package then: once it is approved anew, it has the new ones.
    #[schema(example = false)]
    changed: bool,
}

/// A line of what is to be paid
#[derive(Serialize, ToSchema)]
#[schema(as = PayrollPackageLine)]
struct PackageLine {
    /// Where in the approved claim, as a JSON Pointer.
    #[schema(example = "/fee_lines/0", max_length = 200)]
    pointer: String,
    /// How much.
    amount: Money,
    /// The day on which it was earned, or the expense arose.
    earned_on: Day,
    /// The income type that it may be: a suggestion, payroll decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    suggested_income_type: Option<SuggestedIncomeType>,
}

/// What was agreed, as far as it is about money
#[derive(Serialize, ToSchema)]
#[schema(as = PayrollPackageAgreement)]
struct PackageAgreement {
    /// The agreement.
    id: AgreementId,
    /// Which of the assignment's agreements it is.
    #[schema(example = 1, minimum = 1)]
    version: i32,
    /// When the task was agreed to be.
    time: TaskTime,
    /// What was agreed to be paid.
    fee: FeeTerms,
    /// The cost centre that was agreed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40)]
    cost_centre: Option<String>,
    /// Who confirmed it, and when: the electronic signatures.
    confirmations: Confirmations,
    /// The address of the signed agreement, as far as it is about the payment.
    #[schema(
        example = "/v1/payroll/packages/019aa5d0-0000-7000-8000-000000000001/agreement",
        max_length = 200
    )]
    signed: String,
    /// The address of the same as a page to print.
    #[schema(
        example = "/v1/payroll/packages/019aa5d0-0000-7000-8000-000000000001/agreement/print",
        max_length = 200
    )]
    print: String,
}

/// What a package corrects
#[derive(Serialize, ToSchema)]
#[schema(as = PayrollPackageCorrection)]
struct PackageCorrection {
    /// The paid form and how it is corrected.
    correction: Correction,
    /// What had been paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    paid: Option<Money>,
    /// What has been paid on what day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    paid_on: Option<Day>,
}

pub(super) fn summary(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &FeeForm,
) -> Result<PackageSummary> {
    Ok(PackageSummary {
        fee_form_id: form.id,
        revision: form.revision,
        state: form.state.clone(),
        payer_id: form.payer,
        approved_at: approved_at(form),
        task_date: form.task_date,
        total: packaged(form)?.approved.sums.total,
        actions: actions(session, caller, form)?,
    })
}

fn actions(session: &mut Session<'_>, caller: &Caller, form: &FeeForm) -> Result<Vec<ActionView>> {
    let payer = Subject::at(nodes::path(session, form.payer)?);
    let mut actions = caller.actions(&WORKFLOW, form.state.name(), &payer);
    actions.retain(|action| ["acknowledge", "query", "pay"].contains(&action.name()));
    Ok(actions)
}

pub(super) fn package(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &FeeForm,
) -> Result<PayrollPackage> {
    let actions = actions(session, caller, form)?;
    let agreement = agreements::find_open_part(session, form.agreement)?;
    let (told, changed) = told(session, form)?;
    let package = packaged(form)?;
    Ok(PayrollPackage {
        fee_form_id: form.id,
        revision: form.revision,
        state: form.state.clone(),
        lines: lines(form, &package, told.income_types),
        payee: Payee { person_id: form.person, name: told.name, identity: told.identity, changed },
        payer_id: form.payer,
        assignment_id: form.assignment,
        task_type: form.task_type.clone(),
        task_date: form.task_date,
        differences: differences(&package.approved, &agreement.content.fee, form.fee_percent),
        attachments: attachments(&package),
        agreement: agreed(agreement, form.id),
        corrects: form.corrects.map(|found| correction(session, found)).transpose()?,
        paid_otherwise: form.paid_otherwise(),
        cost_centres: package.cost_centres,
        claimed: package.claimed,
        approved: package.approved,
        approved_reason: package.approved_reason,
        tax_card: package.tax_card,
        actions,
    })
}

/// What payroll has of the form. What was never approved is no package.
pub(super) fn packaged(form: &FeeForm) -> Result<Package> {
    form.packaged().ok_or(Problem::NotFound)
}

fn lines(
    form: &FeeForm,
    Package { approved, .. }: &Package,
    income_types: Vec<Option<SuggestedIncomeType>>,
) -> Vec<PackageLine> {
    let fees = approved.sums.fee_lines.iter().enumerate();
    let fees = fees.map(|(at, amount)| (format!("/fee_lines/{at}"), *amount, form.task_date));
    let expenses = approved.claim.expenses.iter().zip(&approved.sums.expenses).enumerate();
    let expenses =
        expenses.map(|(at, (expense, amount))| (format!("/expenses/{at}"), *amount, expense.date));
    fees.chain(expenses)
        .zip(income_types)
        .map(|((pointer, amount, earned_on), suggested_income_type)| PackageLine {
            pointer,
            amount,
            earned_on,
            suggested_income_type,
        })
        .collect()
}

fn attachments(package: &Package) -> Vec<String> {
    package.files().into_iter().map(|id| format!("/v1/attachments/{id}")).collect()
}

/// Only what is about money: the points of the task, the topics and the adjustments can tell of health.
fn agreed(agreement: Stored<Agreement>, form: FeeFormId) -> PackageAgreement {
    let Agreement { id, version, content, confirmations, .. } = agreement.thing;
    let content = content.for_payroll();
    PackageAgreement {
        id,
        version,
        time: content.task.time,
        fee: content.fee,
        cost_centre: content.parties.cost_centre,
        confirmations,
        signed: format!("/v1/payroll/packages/{form}/agreement"),
        print: format!("/v1/payroll/packages/{form}/agreement/print"),
    }
}

fn correction(session: &mut Session<'_>, correction: Correction) -> Result<PackageCorrection> {
    let old = fee_forms::find(session, correction.fee_form)?.thing;
    let payment = match old.state {
        State::Paid { payment, .. } => Some(payment),
        _ => None,
    };
    let (paid, paid_on) =
        (payment.as_ref().map(|payment| payment.amount), payment.map(|payment| payment.date));
    Ok(PackageCorrection { correction, paid, paid_on })
}

/// When the form was approved last.
fn approved_at(form: &FeeForm) -> Option<Moment> {
    form.trail.iter().rev().find(|step| step.action == "approve").map(|step| step.at)
}
