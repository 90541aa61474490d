//! What is paid, for what, and what happens if the task is cancelled.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    expense_rates::ExpenseKind, fee_schedule::FeeLine, money::Money, order::FeeBasis, time::Moment,
};

/// What is paid
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeTerms {
    /// Whether there is a fee at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub basis: Option<FeeBasis>,
    /// The fee, line by line (S4-26).
    #[serde(default)]
    #[schema(max_items = 20)]
    pub lines: Vec<FeeLine>,
    /// The expenses that are compensated (S4-27).
    #[serde(default)]
    #[schema(max_items = 20)]
    pub expenses: Vec<AgreedExpense>,
    /// Why the fee differs from what the area has set, if it does (S4-25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 1000)]
    pub deviation_reason: Option<String>,
    /// What is paid if the unit cancels late.
    #[serde(default)]
    pub cancellation: CancellationTerms,
}

/// An expense that is compensated (S4-27)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedExpense {
    /// The kind of expense.
    pub kind: ExpenseKind,
    /// From where, how, with which proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 500,
        example = "Oma auto Kemistä Rovaniemelle ja takaisin"
    )]
    pub note: Option<String>,
    /// At most how much, if a limit was agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub at_most: Option<Money>,
}

/// What is paid if the unit cancels late (S4-55)
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancellationTerms {
    /// How many hours before the task a cancellation is late.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10_000, example = 48)]
    pub notice_hours: i32,
    /// The share of the fee that is paid after a late cancellation, in percent.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100, example = 50)]
    pub pay_percent: i32,
}

impl CancellationTerms {
    /// The share of the fee, in percent, that is owed when the unit cancels at `at` a task that begins at `starts`.
    pub fn owed(&self, starts: Option<Moment>, at: Moment) -> i32 {
        let Some(starts) = starts else { return 0 };
        let late = starts.since(at) < TimeDelta::hours(self.notice_hours.into());
        if late { self.pay_percent } else { 0 }
    }
}

impl FeeTerms {
    /// What the agreed fee comes to.
    pub fn sum(&self) -> Money {
        self.lines.iter().map(FeeLine::sum).sum()
    }
}
