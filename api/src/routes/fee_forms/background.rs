//! What a fee form stands on: its place, its agreement and its schedule; and whom to tell of it.

use domain::{
    expense_rates::Rates,
    fee_form::{Claim, FeeForm},
    notice::Kind,
    policy::{Action, Power, Subject},
    time::Day,
};
use persistence::{Session, agreements, expense_rate_tables, fee_schedules, nodes};

use super::{view::Background, waiting::deciders};
use crate::{brokering::tell_expert, call::Caller, problem::Result};

/// What a decision about the form depends on. What was never submitted is its writer's own: for the unit it is not there.
pub(in crate::routes) fn subject(session: &mut Session<'_>, form: &FeeForm) -> Result<Subject> {
    let node = match form.was_submitted() {
        true => Some(nodes::path(session, form.node)?),
        false => None,
    };
    Ok(Subject { node, ..Subject::of(form.person) })
}

pub(super) fn background(
    session: &mut Session<'_>,
    form: &FeeForm,
    day: Day,
) -> Result<Background> {
    let claim = &form.counting().claim;
    // Of the schedule, what it says of expenses is held against the form, and the least that a task is paid for.
    let schedule = if claim.expenses.is_empty() && form.longer_than_performed(None).is_empty() {
        None
    } else {
        let path = nodes::path(session, form.node)?;
        fee_schedules::on(session, &path, form.task_date)?
    };
    let terms = match &form.agreed {
        Some(terms) => terms.clone(),
        None => agreements::find_open_part(session, form.agreement)?.thing.content.fee,
    };
    Ok(Background {
        decidable: !form.is_with_unit() || deciders(session, form, day)?.enough,
        subject: subject(session, form)?,
        terms,
        schedule: schedule.map(|found| found.content),
        rates: rates(session, form, claim)?,
    })
}

/// Whether the caller claims by the form, or could: they wrote it, or may write it now.
pub(super) fn claims(caller: &Caller, form: &FeeForm) -> bool {
    let wrote = caller.person().is_some_and(|person| form.claimants.contains(&person));
    wrote || writes(caller, form)
}

/// Whether the caller may write the form, and so sees what of it is not submitted yet.
pub(super) fn writes(caller: &Caller, form: &FeeForm) -> bool {
    caller.may(Action::WriteFeeForm, &Subject::of(form.person))
}

/// The rates by which the expenses of a claim are computed: those that hold for the unit that ordered. Fees take none.
pub(super) fn rates(session: &mut Session<'_>, form: &FeeForm, claim: &Claim) -> Result<Rates> {
    if claim.expenses.is_empty() {
        return Ok(Rates::default());
    }
    let path = nodes::path(session, form.node)?;
    Ok(expense_rate_tables::in_force(session, &path)?)
}

/// The address of the form.
pub(in crate::routes) fn form_path(form: &FeeForm) -> String {
    format!("/v1/fee-forms/{}", form.id)
}

/// Tells the person to be paid, and those who claim for them; once they have left, those alone.
pub(in crate::routes) fn tell_person(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &FeeForm,
    kind: Kind,
) -> Result<()> {
    let expert = (form.person, Power::FeeForms);
    tell_expert(session, expert, caller.person(), kind, &form_path(form), caller.now)
}
