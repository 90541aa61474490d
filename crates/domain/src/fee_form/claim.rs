//! What is claimed: fee lines and expenses, and how payroll gets the tax card.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    attachment::AttachmentId,
    expense_rates::{ExpenseKind, Vehicle},
    fee_schedule::FeeLine,
    money::Money,
    refusal::Fault,
    time::Day,
};

/// What is claimed, or approved
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The fee, line by line.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub fee_lines: Vec<FeeLine>,
    /// The expenses. A waived fee can still have them.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub expenses: Vec<Expense>,
    /// Whether the expert wants no fee, although one was agreed (S2-15).
    #[serde(default)]
    pub waived_fee: bool,
}

/// An expense
///
/// The amounts of kilometres, daily allowances, meals and nights are computed from the rates of their day, and may be
/// given only if less than that is claimed. The other amounts are those of the receipts.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClaimedExpense)]
pub struct Expense {
    /// The kind of expense.
    pub kind: ExpenseKind,
    /// The day of the trip or the purchase: it picks the rate.
    pub date: Day,
    /// From where to where, or what was bought. Nothing about health.
    #[schema(example = "Kemi–Rovaniemi–Kemi", min_length = 1, max_length = 500)]
    pub description: String,
    /// How many kilometres, in tenths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 2340, minimum = 1, maximum = 100_000)]
    pub kilometres_tenths: Option<i64>,
    /// With which vehicle the kilometres were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub vehicle: Option<Vehicle>,
    /// How many others travelled along in the car.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 1, minimum = 0, maximum = 8)]
    pub passengers: Option<i64>,
    /// How long the travel day lasted, in tenths of an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 115, minimum = 1, maximum = 240)]
    pub hours_tenths: Option<i64>,
    /// Whether the travel day follows a full one of the same trip, and is its last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = false)]
    pub following_day: Option<bool>,
    /// How many free meals the travel day had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 0, minimum = 0, maximum = 4)]
    pub free_meals: Option<i64>,
    /// How many meals were eaten on a trip without a daily allowance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 1, minimum = 1, maximum = 2)]
    pub meals: Option<i64>,
    /// How much. For what is computed, only if less is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub amount: Option<Money>,
    /// The receipts.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub receipts: Vec<AttachmentId>,
}

/// How payroll gets the tax card (*verokortti*, S4-34)
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxCard {
    /// In which way.
    pub given: TaxCardGiven,
    /// The tax card itself, if it is attached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attachment: Option<AttachmentId>,
}

/// In which way payroll gets a tax card
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaxCardGiven {
    /// It is attached to the form.
    Attached,
    /// Payroll fetches it from the Tax Administration.
    HrFetches,
    /// Payroll has it already.
    OnFile,
    /// It is missing, and 60 per cent is withheld.
    Missing,
}

impl Claim {
    /// Whether nothing is claimed.
    pub const fn is_empty(&self) -> bool {
        self.fee_lines.is_empty() && self.expenses.is_empty()
    }

    /// Every attachment that the claim names.
    pub fn receipts(&self) -> impl Iterator<Item = AttachmentId> {
        self.expenses.iter().flat_map(|expense| expense.receipts.iter().copied())
    }
}

impl TaxCard {
    /// What is wrong with it, with pointers that begin with `root`.
    pub fn faults(self, root: &str) -> Option<Fault> {
        let pointer = || format!("{root}/attachment");
        match (self.given, self.attachment) {
            (TaxCardGiven::Attached, None) => Some(Fault::new(pointer(), "required")),
            (TaxCardGiven::Attached, Some(_)) | (_, None) => None,
            (_, Some(_)) => Some(Fault::new(pointer(), "not_for_kind")),
        }
    }
}
