//! What a form allows, and someone should still look at.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Expense, FeeForm, TaxCardGiven};
use crate::{
    expense_rates::{ExpenseKind, Rates, maximum},
    fee_schedule::{ScheduleContent, least},
    money::Money,
};

/// Something to look at
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Warning {
    /// Where in the form, as a JSON Pointer.
    pub pointer: String,
    /// What it is.
    pub kind: WarningKind,
}

/// What to look at
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FeeFormWarningKind)]
pub enum WarningKind {
    /// Without a tax card, 60 per cent is withheld.
    TaxCardMissing,
    /// An expense that is paid against a receipt has none.
    ReceiptMissing,
    /// The rate that an amount was computed by has not been read at its source.
    RateUnverified,
    /// The expenses of a kind come to more than the area compensates.
    AboveAreaCap,
    /// An allowance is there twice for one day, or a meal beside a daily allowance, which covers it.
    TwiceForOneDay,
    /// An amount is above what the rates of its day allow: they have been put right since it was computed.
    AboveRate,
    /// The day of an expense is neither that of the task nor the one before or after it: it picks the rate.
    FarFromTask,
    /// An allowance for the day that follows a full travel day has none for that day before it.
    NoDayBefore,
    /// More time is claimed than was recorded for the task.
    LongerThanPerformed,
    /// The task was recorded for another day than was agreed: the day picks the rates.
    AnotherDayThanAgreed,
    /// The amount paid is not the one approved.
    PaidOtherwise,
    /// It waits for the unit, where nobody can have it approved at present: see [`FeeForm::deciders`].
    NobodyDecides,
}

/// What to look at in `form`, by the schedule that its day picks and by the rates of its unit.
pub fn warnings(form: &FeeForm, schedule: Option<&ScheduleContent>, rates: &Rates) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut warn = |pointer: String, kind| found.push(Warning { pointer, kind });
    let priced = form.counting();
    let missing = form.tax_card.is_none_or(|card| card.given == TaxCardGiven::Missing);
    if missing && priced.sums.fees > Money::eur(0) {
        warn("/tax_card".to_owned(), WarningKind::TaxCardMissing);
    }
    // A task that was agreed to go on for days is on each of them.
    let (first, last) = form.agreed_days.unwrap_or((form.task_date, form.task_date));
    let (first, last) = (first.min(form.task_date), last.max(form.task_date));
    for (at, expense) in priced.claim.expenses.iter().enumerate() {
        if !expense.kind.computed() && expense.receipts.is_empty() {
            warn(format!("/claim/expenses/{at}/receipts"), WarningKind::ReceiptMissing);
        }
        let computed = expense.trip().and_then(|trip| maximum(rates, expense.date, trip).ok());
        if computed.is_some_and(|computed| !computed.verified) {
            warn(format!("/claim/expenses/{at}"), WarningKind::RateUnverified);
        }
        let sum = priced.sums.expenses.get(at).copied().unwrap_or_default();
        if computed.is_some_and(|computed| sum > computed.amount) {
            warn(format!("/claim/expenses/{at}/amount"), WarningKind::AboveRate);
        }
        if expense.date.later(1) < first || last.later(1) < expense.date {
            warn(format!("/claim/expenses/{at}/date"), WarningKind::FarFromTask);
        }
        let days = || priced.claim.expenses.iter().filter(|day| day.kind == ExpenseKind::PerDiem);
        let follows = expense.following_day == Some(true);
        if follows && !days().any(|day| day.date.later(1) == expense.date) {
            warn(format!("/claim/expenses/{at}/following_day"), WarningKind::NoDayBefore);
        }
    }
    if form.agreed_days.is_some_and(|(first, last)| !(first..=last).contains(&form.task_date)) {
        warn("/task_date".to_owned(), WarningKind::AnotherDayThanAgreed);
    }
    for at in form.longer_than_performed(schedule) {
        warn(format!("/claim/fee_lines/{at}/quantity_tenths"), WarningKind::LongerThanPerformed);
    }
    for (at, expense) in priced.claim.expenses.iter().enumerate() {
        if priced.claim.expenses[..at].iter().any(|other| covers_both(expense, other)) {
            warn(format!("/claim/expenses/{at}"), WarningKind::TwiceForOneDay);
        }
    }
    for cap in schedule.iter().flat_map(|schedule| &schedule.expense_caps) {
        if total(form, cap.kind) > cap.most {
            warn("/claim/expenses".to_owned(), WarningKind::AboveAreaCap);
        }
    }
    if form.paid_otherwise() {
        warn("/state/payment/amount".to_owned(), WarningKind::PaidOtherwise);
    }
    found
}

impl FeeForm {
    /// The places of the fee lines that claim more time for the task than was recorded for it (S4-37), and more than `schedule`
    /// says that a task is paid for at least.
    pub fn longer_than_performed(&self, schedule: Option<&ScheduleContent>) -> Vec<usize> {
        let Some(minutes) = self.performed_minutes.map(i64::from) else { return Vec::new() };
        let lines = self.counting().claim.fee_lines.iter().enumerate();
        let of_task = lines.filter(|(_, line)| line.unit.is_time() && !line.preparation);
        let (mut longer, mut left) = (Vec::new(), minutes);
        for (at, line) in of_task {
            let paid_anyway = schedule.and_then(|schedule| least(schedule, line));
            // What one line claims, the next one cannot claim again.
            if line.quantity_tenths > line.unit.tenths(left).max(paid_anyway.unwrap_or_default()) {
                longer.push(at);
            }
            left = (left - line.unit.minutes(line.quantity_tenths)).max(0);
        }
        longer
    }
}

/// Whether no more than one of the two is paid for, because both are allowances of one day.
fn covers_both(one: &Expense, other: &Expense) -> bool {
    use ExpenseKind::{Meal, Night, PerDiem};
    let kinds = (one.kind, other.kind);
    let exclude = matches!(kinds, (PerDiem | Meal, PerDiem | Meal) | (Night, Night));
    exclude && one.date == other.date
}

fn total(form: &FeeForm, kind: ExpenseKind) -> Money {
    let priced = form.counting();
    let expenses = priced.claim.expenses.iter().zip(&priced.sums.expenses);
    expenses.filter(|(expense, _)| expense.kind == kind).map(|(_, amount)| *amount).sum()
}
