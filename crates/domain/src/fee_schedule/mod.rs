//! The fee schedule (*palkkiotaulukko*): what an area pays for which task, in dated versions (S4-25, S4-26, S3-09).
//!
//! An area decides its own figures, and says who decided them. The day of the task picks the version (`process.md`,
//! invariant 7), so a new decision never changes what was agreed for a task before it.

mod line;
mod rules;
mod suggest;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use self::suggest::least;
pub use self::{
    line::{FeeLine, FeeUnit},
    rules::{faults, line_faults},
    suggest::{Deviation, DeviationKind, Suggestion, at_least, deviations, suggest},
};
use crate::{expense_rates::ExpenseKind, id::Id, money::Money, node::NodeId, time::Day};

/// The identifier of a fee schedule.
pub type FeeScheduleId = Id<FeeSchedule>;

/// One dated version of what an area pays.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FeeSchedule {
    /// Its identifier.
    pub id: FeeScheduleId,
    /// The area that decided it.
    pub node: NodeId,
    /// What it says.
    pub content: ScheduleContent,
}

/// What a fee schedule says
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeeScheduleContent)]
pub struct ScheduleContent {
    /// The first day of tasks that it is for.
    pub valid_from: Day,
    /// The last day of tasks that it is for. Without one it holds until a later version begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_until: Option<Day>,
    /// Who decided it, when, and where the decision can be read.
    #[schema(
        example = "Aluehallitus 12.12.2025 § 214, asianumero 1234/2025",
        min_length = 3,
        max_length = 500
    )]
    pub source: String,
    /// What is paid for what. For a task, the items that name its type come before those for any type.
    #[schema(min_items = 1, max_items = 100)]
    pub items: Vec<ScheduleItem>,
    /// The most that is compensated of each kind of expense for one assignment. A kind that is not here has no limit of
    /// the area's own.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub expense_caps: Vec<ExpenseCap>,
    /// The area's own choice of income types, before those that the service suggests.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub income_types: Vec<IncomeTypeChoice>,
}

/// What is paid for one type of task
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeeScheduleItem)]
pub struct ScheduleItem {
    /// The type of task, from the code set `task_types`. Without one it is for any type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "lecture",
        min_length = 1,
        max_length = 60,
        pattern = "^[a-z0-9_]+$"
    )]
    pub task_type: Option<String>,
    /// What the rate is the price of.
    pub unit: FeeUnit,
    /// The lowest price of a unit that may be agreed. Without one it is the rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub min_rate: Option<Money>,
    /// The price of a unit that is suggested.
    pub rate: Money,
    /// The highest price of a unit that may be agreed. Without one it is the rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub max_rate: Option<Money>,
    /// The least that is paid for when the task takes place, in tenths of a unit: 10 is a whole unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 10, minimum = 1, maximum = 10_000)]
    pub least_tenths: Option<i64>,
    /// Whether the price covers the preparation. If it does not, preparation is a line of its own.
    pub preparation_included: bool,
}

/// The most that is compensated of a kind of expense
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpenseCap {
    /// The kind of expense.
    pub kind: ExpenseKind,
    /// The most for one assignment.
    pub most: Money,
}

/// An income type that the area has chosen for a line of its payroll packages
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncomeTypeChoice {
    /// The type of task whose fee it is for. Either this or `expense_kind` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "lecture",
        min_length = 1,
        max_length = 60,
        pattern = "^[a-z0-9_]+$"
    )]
    pub task_type: Option<String>,
    /// The kind of expense that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub expense_kind: Option<ExpenseKind>,
    /// The code of the Incomes Register.
    #[schema(example = "214", min_length = 3, max_length = 3, pattern = "^[0-9]{3}$")]
    pub code: String,
}

impl ScheduleContent {
    /// Whether it is for tasks of `day`, unless a later version is.
    pub fn covers(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|last| day <= last)
    }
}

impl ScheduleItem {
    /// The lowest and the highest price of a unit that may be agreed without a reason.
    pub fn range(&self) -> (Money, Money) {
        (self.min_rate.unwrap_or(self.rate), self.max_rate.unwrap_or(self.rate))
    }
}

/// The version that a task of `day` is paid by: of those that cover the day, the one that began last; and of those that began
/// on the same day the one that was added last, which puts the others right. Identifiers grow with time.
///
/// All of `schedules` are of one area. The order of the list does not matter.
pub fn pick(schedules: &[FeeSchedule], day: Day) -> Option<&FeeSchedule> {
    schedules
        .iter()
        .filter(|schedule| schedule.content.covers(day))
        .max_by_key(|schedule| (schedule.content.valid_from, schedule.id))
}
