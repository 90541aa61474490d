//! What happens to a fee form, and what is kept of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Claim, FeeApproval, Payment, TaxCard};
use crate::{expense_rates::Rates, order::CostCentre, person::PersonId, time::Moment};

/// One thing that happened to a form
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = FeeFormStep)]
pub struct Step {
    /// What happened.
    #[schema(example = "submit", max_length = 40)]
    pub action: String,
    /// Who did it. Payroll is a machine and has no name here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<PersonId>,
    /// When.
    pub at: Moment,
    /// Why, where a reason was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub reason: Option<String>,
}

/// A change of a fee form that is being written: what is given takes the place of the old, what is not stays as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeeFormEdit {
    /// What is claimed.
    pub claim: Option<Claim>,
    /// How payroll gets the tax card, or that it is no longer said.
    pub tax_card: Option<Option<TaxCard>>,
    /// The expert's declaration that what the form says is right. If it is left out while the claim or the tax card changes, it
    /// no longer holds.
    pub declared: Option<bool>,
}

/// What someone wants done to a fee form.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The expert, or someone who acts for them, changes it.
    Edit {
        /// Who.
        by: PersonId,
        /// The change.
        edit: Box<FeeFormEdit>,
        /// The rates by which it is computed.
        rates: Rates,
    },
    /// They send it to the unit.
    Submit {
        /// Who.
        by: PersonId,
        /// Whether payroll will know whom to pay and where to.
        payee_known: bool,
        /// The rates by which it is computed, as they are now.
        rates: Rates,
        /// How many it takes to approve it in its unit, as it is now.
        approval: FeeApproval,
    },
    /// The unit has compared it with the agreement.
    Check {
        /// Who.
        by: PersonId,
        /// What should be approved, if not what was claimed.
        approved: Option<Box<Claim>>,
        /// Why it should be that.
        reason: Option<String>,
        /// The rates by which it is computed.
        rates: Rates,
    },
    /// The unit approves what was checked.
    Approve {
        /// Who.
        by: PersonId,
        /// Where the costs go.
        cost_centres: Vec<CostCentre>,
    },
    /// The unit sends it back to the expert.
    Return {
        /// Who.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// The expert takes it back for good.
    Withdraw {
        /// Who.
        by: PersonId,
    },
    /// Payroll has stored it.
    Acknowledge {
        /// Payroll's own reference.
        reference: String,
        /// The revision that payroll has stored, if it says so.
        revision: Option<i32>,
        /// Whether it is told now what it says that it has stored, if it says so.
        as_told: bool,
    },
    /// Payroll asks back.
    Query {
        /// What it wants to know.
        reason: String,
    },
    /// Payroll has paid.
    Pay(Payment),
}

impl Event {
    /// The action that causes it, as in `POST …/{id}/{action}`.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Edit { .. } => "edit",
            Self::Submit { .. } => "submit",
            Self::Check { .. } => "check",
            Self::Approve { .. } => "approve",
            Self::Return { .. } => "return",
            Self::Withdraw { .. } => "withdraw",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Query { .. } => "query",
            Self::Pay(_) => "pay",
        }
    }

    /// What the trail keeps of it. Edits are not kept: a draft is the expert's own.
    pub(super) fn step(&self, at: Moment) -> Option<Step> {
        let (by, reason) = match self {
            Self::Edit { .. } => return None,
            Self::Submit { by, .. } | Self::Approve { by, .. } | Self::Withdraw { by } => {
                (Some(*by), None)
            }
            Self::Check { by, reason, .. } => (Some(*by), reason.clone()),
            Self::Return { by, reason } => (Some(*by), Some(reason.clone())),
            Self::Query { reason } => (None, Some(reason.clone())),
            Self::Acknowledge { .. } | Self::Pay(_) => (None, None),
        };
        Some(Step { action: self.action().to_owned(), by, at, reason })
    }
}
