//! What a compilation says.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{feedback::Side, localized::Localized, money::Money};

/// What a compilation says
///
/// A figure that is absent is hidden: it is about fewer than five people, or would let one be had that is.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = CompilationContent)]
pub struct Content {
    /// Counts, one table for each view of the year.
    #[schema(max_items = 200)]
    pub tables: Vec<Table>,
    /// What each side answered.
    #[schema(max_items = 200)]
    pub answers: Vec<AnswerTable>,
    /// Sums of money that were approved.
    #[schema(max_items = 10)]
    pub sums: Vec<SumTable>,
    /// How long the steps of the chain took (S4-45).
    #[schema(max_items = 10)]
    pub lead_times: Vec<LeadTime>,
    /// What was said to change because of the tasks, as cleared for quoting.
    #[schema(max_items = 1000)]
    pub changes: Vec<Quoted>,
    /// Other open answers, as cleared for quoting.
    #[schema(max_items = 1000)]
    pub quotes: Vec<Quoted>,
}

/// Counts
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = CountTable)]
pub struct Table {
    /// What is counted by what.
    #[schema(example = "orders_by_purpose", max_length = 60)]
    pub name: String,
    /// The rows.
    #[schema(max_items = 1000)]
    pub rows: Vec<Row>,
    /// How many there are altogether, unless hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 27, minimum = 0, maximum = 1_000_000)]
    pub total: Option<i64>,
}

/// A row of counts
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = CountRow)]
pub struct Row {
    /// The code of the row, or the identifier of the unit.
    #[schema(example = "service_development", max_length = 60)]
    pub code: String,
    /// The name of the row, where it has no code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<Localized>,
    /// How many, unless hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 12, minimum = 0, maximum = 1_000_000)]
    pub count: Option<i64>,
}

/// What one side answered to one question
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct AnswerTable {
    /// Which side.
    pub side: Side,
    /// The key of the question.
    #[schema(example = "matched_need", max_length = 60)]
    pub question: String,
    /// The question.
    pub text: Localized,
    /// How many gave each answer, and how many none.
    pub table: Table,
    /// The average of the numbers from one to five, to one decimal, unless hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 4.3, minimum = 1, maximum = 5)]
    pub average: Option<f64>,
}

/// Sums of money
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct SumTable {
    /// What is added up by what.
    #[schema(example = "expenses_by_kind", max_length = 60)]
    pub name: String,
    /// The rows.
    #[schema(max_items = 100)]
    pub rows: Vec<SumRow>,
    /// The sum of all, unless hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<Money>,
}

/// A row of sums
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct SumRow {
    /// The code of the row.
    #[schema(example = "kilometres", max_length = 60)]
    pub code: String,
    /// The sum, unless hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sum: Option<Money>,
}

/// How long a step took
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct LeadTime {
    /// From what to what.
    pub step: Step,
    /// Of how many assignments this is known: a multiple of five, which so many at least are, so that the figures of
    /// two steps cannot be subtracted from each other.
    #[schema(example = 20, minimum = 0, maximum = 1_000_000)]
    pub at_least: i64,
    /// Half of them took at most so many days. Hidden if they are about fewer than five experts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 6, minimum = 0, maximum = 100_000)]
    pub median_days: Option<i64>,
    /// Nine out of ten took at most so many days. Hidden if they are about fewer than ten experts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 15, minimum = 0, maximum = 100_000)]
    pub p90_days: Option<i64>,
}

/// A step of the chain
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LeadTimeStep)]
pub enum Step {
    /// From the order to an expert's acceptance.
    OrderToMatch,
    /// From the acceptance to an agreement in force.
    MatchToAgreement,
    /// From the agreement to the task.
    AgreementToTask,
    /// From the task to the payment.
    TaskToPayment,
    /// From the order to the payment.
    OrderToPayment,
}

/// An open answer as it may be quoted, without a name
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
pub struct Quoted {
    /// Which side said it.
    pub side: Side,
    /// The key of the question.
    #[schema(example = "change", max_length = 60)]
    pub question: String,
    /// The words.
    #[schema(example = "We will ask people before we change the form.", max_length = 4000)]
    pub text: String,
}

impl Step {
    /// Every step.
    pub const ALL: &[Self] = &[
        Self::OrderToMatch,
        Self::MatchToAgreement,
        Self::AgreementToTask,
        Self::TaskToPayment,
        Self::OrderToPayment,
    ];

    /// Its name in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OrderToMatch => "order_to_match",
            Self::MatchToAgreement => "match_to_agreement",
            Self::AgreementToTask => "agreement_to_task",
            Self::TaskToPayment => "task_to_payment",
            Self::OrderToPayment => "order_to_payment",
        }
    }
}
