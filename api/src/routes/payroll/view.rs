//! What payroll gets to see.

use domain::{
    agreement::{Agreement, AgreementId, Confirmations, FeeTerms, TaskTime},
    assignment::AssignmentId,
    fee_form::{
        Correction, Difference, FeeForm, FeeFormId, Package, PricedClaim, State, TaxCard, Told,
        WORKFLOW, differences,
    },
    income_types::SuggestedIncomeType,
    money::{Money, SignedMoney},
    node::NodeId,
    order::CostCentre,
    payroll_identity::PayrollIdentity,
    person::PersonId,
    policy::Subject,
    time::{Day, Moment},
};
use persistence::{Session, Stored, agreements, fee_forms, nodes, people};
use serde::Serialize;
use utoipa::ToSchema;

use super::told::{mark, told};
use crate::{
    actions::ActionView,
    call::Caller,
    problem::{Problem, Result},
    secret::Pepper,
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
    /// The approved sum. For a correction, it is of the whole, and not of what is paid now.
    total: Money,
    /// What is to be paid by this package: of a correction, the approved sum less what was paid before. Below nought, that much
    /// is to be recovered. Nothing once it was given up (`withdrawn`).
    to_pay: SignedMoney,
    /// What it corrects, if it corrects a paid package.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    corrects: Option<PackageCorrection>,
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
    /// What was approved. For a correction, it is the whole that takes the place of what was approved before: `to_pay` says what is
    /// to be paid.
    approved: PricedClaim,
    /// Why another sum was approved than claimed, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    approved_reason: Option<String>,
    /// Each line of what was approved, with a suggested income type.
    #[schema(max_items = 100)]
    lines: Vec<PackageLine>,
    /// What is to be paid by this package: the approved sum, or for a correction what is left of it when what was paid before is
    /// taken away. Below nought, that much is to be recovered. Nothing once it was given up (`withdrawn`).
    to_pay: SignedMoney,
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
    /// The package that corrects this one, once that is approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    corrected_by: Option<FeeFormId>,
    /// An opaque mark of whom this package says to pay and of its income types. Name it when you acknowledge the package: if it
    /// says something else by then, that is answered 409 (`package_changed`).
    #[schema(
        example = "q4b8eN3J1m0yqk0m3n7wTtQJ7nq1d2lB6rYVb0bXc3s",
        min_length = 43,
        max_length = 43,
        pattern = "^[A-Za-z0-9_-]{43}$"
    )]
    told: String,
    /// Whether the amount that the person has got in all is not the one approved.
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
    /// Whether they are with us still. Of somebody who has left or has died, nothing can be asked: ask the unit.
    #[schema(example = true)]
    active: bool,
    /// Whether they have given another name or other details since payroll acknowledged this revision, and are not paid yet. Ask
    /// about the package then: once it is approved anew, it has the new ones.
    #[schema(example = false)]
    changed: bool,
}

/// A line of what was approved
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
    /// What the person has got in all by that form, and by what it corrected itself.
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
    let corrects = form.corrects.map(|found| correction(session, found)).transpose()?;
    let total = packaged(form)?.approved.sums.total;
    Ok(PackageSummary {
        fee_form_id: form.id,
        revision: form.revision,
        state: form.state.clone(),
        payer_id: form.payer,
        approved_at: approved_at(form),
        task_date: form.task_date,
        to_pay: form.to_pay(total, paid_before(corrects.as_ref())),
        total,
        corrects,
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
    pepper: &Pepper,
    form: &FeeForm,
) -> Result<PayrollPackage> {
    let actions = actions(session, caller, form)?;
    let agreement = agreements::find_open_part(session, form.agreement)?;
    let (told, changed) = told(session, form)?;
    let package = packaged(form)?;
    let corrects = form.corrects.map(|found| correction(session, found)).transpose()?;
    let mark = mark(pepper, form, &told);
    let Told { name, identity, income_types, .. } = told;
    let active = people::find(session, form.person)?.is_active();
    Ok(PayrollPackage {
        fee_form_id: form.id,
        revision: form.revision,
        state: form.state.clone(),
        lines: lines(form, &package, income_types),
        payee: Payee { person_id: form.person, name, identity, active, changed },
        payer_id: form.payer,
        assignment_id: form.assignment,
        task_type: form.task_type.clone(),
        task_date: form.task_date,
        differences: differences(&package.approved, &agreement.content.fee, form.fee_percent),
        attachments: attachments(&package),
        agreement: agreed(agreement, form.id),
        to_pay: form.to_pay(package.approved.sums.total, paid_before(corrects.as_ref())),
        corrects,
        corrected_by: corrected_by(session, form)?,
        told: mark,
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

/// What was paid by what it corrects, if it corrects anything.
fn paid_before(corrects: Option<&PackageCorrection>) -> Money {
    corrects.and_then(|found| found.paid).unwrap_or_default()
}

/// The package that corrects the form, if there is one that was not given up: only what was paid is corrected.
fn corrected_by(session: &mut Session<'_>, form: &FeeForm) -> Result<Option<FeeFormId>> {
    if form.paid_on().is_none() {
        return Ok(None);
    }
    let names = |other: &FeeForm| other.corrects.is_some_and(|found| found.fee_form == form.id);
    let forms = fee_forms::of_assignment(session, form.assignment)?;
    let goes_on = |other: &FeeForm| !matches!(other.state, State::Withdrawn { .. });
    let mut corrections =
        forms.iter().filter(|other| names(other) && goes_on(other) && other.packaged().is_some());
    Ok(corrections.next().map(|other| other.thing.id))
}

/// When the form was approved last.
fn approved_at(form: &FeeForm) -> Option<Moment> {
    form.trail.iter().rev().find(|step| step.action == "approve").map(|step| step.at)
}
