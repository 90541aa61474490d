//! Where a fee form is on its way.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    money::Money,
    refusal::Fault,
    time::{Day, Moment},
};

/// Where a fee form is on its way
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = FeeFormState)]
pub enum State {
    /// The expert writes it.
    Draft,
    /// It waits for the unit.
    Submitted {
        /// Since when.
        at: Moment,
    },
    /// It was compared with the agreement and waits to be approved.
    Checked {
        /// Since when.
        at: Moment,
    },
    /// It waits for payroll.
    Approved {
        /// Since when.
        at: Moment,
    },
    /// Payroll has it.
    HandedOver {
        /// Payroll's own reference.
        #[schema(max_length = 100)]
        reference: String,
        /// Since when.
        at: Moment,
    },
    /// It was paid.
    Paid {
        /// What was paid.
        payment: Payment,
        /// When that was reported.
        at: Moment,
    },
    /// It is back with the expert.
    Returned {
        /// Why.
        #[schema(max_length = 1000)]
        reason: String,
        /// Since when.
        at: Moment,
    },
    /// Payroll asked back, and it waits for the unit.
    Queried {
        /// What payroll wants to know.
        #[schema(max_length = 1000)]
        reason: String,
        /// Since when.
        at: Moment,
    },
    /// The expert no longer claims anything by it.
    Withdrawn {
        /// Since when.
        at: Moment,
    },
}

/// What payroll paid (S4-40)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The day of the payment: what a benefit may be adjusted by.
    pub date: Day,
    /// How much the person has got in all by the form, before taxes, expenses included. By a correction, that is what they have
    /// had before with what was paid now added, or with what is recovered taken away: paid as approved, it is the approved sum,
    /// and not `to_pay`.
    pub amount: Money,
    /// Payroll's reference of the payment.
    #[schema(example = "2026-12-0042", min_length = 1, max_length = 100)]
    pub reference: String,
}

impl State {
    /// The state's name, in the contract and in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted { .. } => "submitted",
            Self::Checked { .. } => "checked",
            Self::Approved { .. } => "approved",
            Self::HandedOver { .. } => "handed_over",
            Self::Paid { .. } => "paid",
            Self::Returned { .. } => "returned",
            Self::Queried { .. } => "queried",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Payment {
    /// What is wrong with it, reported at `at`, for a form that nothing is paid for before `earliest`.
    pub(super) fn faults(&self, earliest: Day, at: Moment) -> Vec<Fault> {
        // The Incomes Register takes a report at the earliest 45 days before the payment (`facts.md` B.6).
        let latest = at.plus(chrono::TimeDelta::days(45)).day();
        let code = match self.date {
            date if date > latest => "in_future",
            date if date < earliest => "before_the_claim",
            _ => return Vec::new(),
        };
        vec![Fault::new("/date", code)]
    }
}
