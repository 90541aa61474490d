//! What payroll is told beside a fee form, because it is kept elsewhere: whom to pay, and the income types.
//!
//! **Invariant:** what a revision was acknowledged with stays with it, whatever becomes of the person's details and the fee
//! schedule.

use domain::{
    fee_form::{FeeForm, PricedClaim, State, Told},
    fee_schedule::ScheduleContent,
    income_types::{Compensation, SuggestedIncomeType, of_expense, of_fee},
    order::FeeBasis,
    payroll_identity::PayrollIdentity,
};
use persistence::{
    Session, agreements, fee_forms, fee_schedules, nodes, payroll_identities, people,
};

use super::view::packaged;
use crate::{problem::Result, secret::Pepper};

/// What payroll is told beside the form: once it has acknowledged the revision, what it was told then, and whether the person
/// has given something else since.
pub(super) fn told(session: &mut Session<'_>, form: &FeeForm) -> Result<(Told, bool)> {
    let kept = fee_forms::told(session, form.id)?.filter(|kept| kept.revision == form.revision);
    let paid = matches!(form.state, State::Paid { .. });
    match kept {
        Some(kept) if paid => Ok((kept, false)),
        Some(kept) => {
            let now = payee(session, form)?;
            let changed = now != (kept.name.clone(), kept.identity.clone());
            Ok((kept, changed))
        }
        None => Ok((told_now(session, form)?, false)),
    }
}

/// What payroll is told beside the form today.
pub(super) fn told_now(session: &mut Session<'_>, form: &FeeForm) -> Result<Told> {
    let path = nodes::path(session, form.node)?;
    let schedule = fee_schedules::on(session, &path, form.task_date)?.map(|found| found.content);
    let (name, identity) = payee(session, form)?;
    let compensation = compensation(session, form)?;
    let approved = packaged(form)?.approved;
    let income_types = income_types(form, &approved, schedule.as_ref(), compensation);
    Ok(Told { revision: form.revision, name, identity, income_types })
}

/// By what it is known again what was told of a form. Nobody who has only that finds out by trying what it was.
pub(super) fn mark(pepper: &Pepper, form: &FeeForm, told: &Told) -> String {
    let content =
        serde_json::to_string(told).expect("what is told holds nothing that JSON cannot say");
    pepper.digest(&["told to payroll", &form.id.to_string(), &content])
}

fn payee(session: &mut Session<'_>, form: &FeeForm) -> Result<(String, PayrollIdentity)> {
    let name = people::find(session, form.person)?.thing.facts.name;
    Ok((name, payroll_identities::find(session, form.person)?.thing))
}

/// As what the payer compensates the expenses of the form.
fn compensation(session: &mut Session<'_>, form: &FeeForm) -> Result<Compensation> {
    let terms = match &form.agreed {
        Some(terms) => terms.basis,
        None => agreements::find_open_part(session, form.agreement)?.thing.content.fee.basis,
    };
    let payer = nodes::path(session, form.payer)?;
    let payer = nodes::along(session, &payer)?;
    let ngo = payer.iter().any(|node| node.facts.kind.as_deref() == Some("ngo"));
    Ok(match terms {
        Some(FeeBasis::Volunteer) if ngo => Compensation::OfVolunteer,
        _ => Compensation::Usual,
    })
}

fn income_types(
    form: &FeeForm,
    approved: &PricedClaim,
    schedule: Option<&ScheduleContent>,
    compensation: Compensation,
) -> Vec<Option<SuggestedIncomeType>> {
    let fees = approved.claim.fee_lines.iter();
    let fees = fees.map(|line| of_fee(schedule, &line.task_type, form.task_date));
    let expenses = approved.claim.expenses.iter();
    let expenses =
        expenses.map(|expense| of_expense(schedule, expense.kind, expense.date, compensation));
    fees.chain(expenses).collect()
}
