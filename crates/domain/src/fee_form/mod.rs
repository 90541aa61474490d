//! The fee form (*palkkiolomake*): what an expert asks to be paid for one assignment (S4-33).
//!
//! ```text
//! draft ──submit──▶ submitted ──check──▶ checked ──approve──▶ approved ──acknowledge──▶ handed_over ──pay──▶ paid
//!   │                 │   ▲                │ ▲                    │                        │
//!   │               return│submit        return│check             └─────────query──────────┤
//!   │                 ▼   │                │ │                                             ▼
//!   └──withdraw──┐  returned ◀─────────────┘ └──────────check, approve, return────────── queried
//!                ▼    │
//!            withdrawn┘   (from draft, submitted and returned)
//! ```
//!
//! The expert writes and submits. The unit that ordered checks it against the agreement and approves. Payroll acknowledges
//! what was approved, may ask back, and reports what was paid.
//!
//! **Invariants:** whoever claims never handles that claim, by any combination of roles. What was claimed does not change
//! while the form is on its way; what was approved is kept beside it. Nothing changes after payment: a correction is a
//! new form that names the old one.

mod claim;
mod differences;
mod price;
mod warnings;
mod workflow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    claim::{Claim, Expense, TaxCard, TaxCardGiven},
    differences::{Difference, DifferenceKind, agreed_lines, differences},
    price::{ClaimSums, PricedClaim},
    warnings::{Warning, WarningKind, warnings},
    workflow::WORKFLOW,
};
use crate::{
    agreement::AgreementId,
    assignment::AssignmentId,
    expense_rates::Rates,
    expert::ExpertId,
    id::Id,
    money::Money,
    node::NodeId,
    order::{CostCentre, OrderId},
    person::PersonId,
    refusal::{Fault, Refusal, Rule, faultless},
    time::{Day, Moment},
};

/// The identifier of a fee form.
pub type FeeFormId = Id<FeeForm>;

/// A fee form and where it is on its way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FeeForm {
    /// Its identifier.
    pub id: FeeFormId,
    /// The assignment that it is for.
    pub assignment: AssignmentId,
    /// The order that the assignment came of: without an order there is no fee (S1-44).
    pub order: OrderId,
    /// The expert's profile.
    pub expert: ExpertId,
    /// The person to be paid.
    pub person: PersonId,
    /// The unit that ordered, and that checks and approves.
    pub node: NodeId,
    /// The organisation or unit that pays.
    pub payer: NodeId,
    /// The agreement in force when it was written.
    pub agreement: AgreementId,
    /// The version of the agreement.
    pub agreement_version: i32,
    /// The share of the agreed fee that is paid, in percent: less than 100 after a late cancellation.
    pub fee_percent: i32,
    /// The type of task.
    pub task_type: String,
    /// The day of the task: it picks the rates.
    pub task_date: Day,
    /// The paid form that it corrects, if it does.
    pub corrects: Option<Correction>,
    /// What is claimed.
    pub claimed: PricedClaim,
    /// What is approved, once it was checked.
    pub approved: Option<PricedClaim>,
    /// Why less or more was approved than claimed, if so.
    pub approved_reason: Option<String>,
    /// How payroll gets the tax card, once that was said.
    pub tax_card: Option<TaxCard>,
    /// Whether the expert has declared that what the form says is right.
    pub declared: bool,
    /// Where the costs go, once it was approved.
    pub cost_centres: Vec<CostCentre>,
    /// That the expert gave up the fee, if they did (S2-15).
    #[serde(default)]
    pub waiver: Option<FeeWaiver>,
    /// Everyone who wrote or submitted it, the person to be paid first: none of them ever handles it.
    pub claimants: Vec<PersonId>,
    /// How many people it takes to check and approve it.
    #[serde(default)]
    pub approval: FeeApproval,
    /// How many times it was approved: more than once if payroll asked back.
    pub revision: i32,
    /// What happened to it, in order.
    pub trail: Vec<Step>,
    /// When it came to be.
    pub created: Moment,
    /// Where it is on its way.
    pub state: State,
}

/// That a form corrects one that was paid
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeeFormCorrection)]
pub struct Correction {
    /// The paid form.
    pub fee_form: FeeFormId,
    /// How it is corrected.
    pub mode: CorrectionMode,
}

/// How a paid form is corrected
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FeeFormCorrectionMode)]
pub enum CorrectionMode {
    /// This form takes its place as a whole.
    Replace,
    /// Nothing should have been paid.
    Void,
}

/// How many people it takes to check and approve a fee form (S4-50)
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeApproval {
    /// Whoever checks may also approve.
    #[default]
    OnePerson,
    /// Whoever checked last does not approve.
    TwoPeople,
}

/// That an expert gave up the fee of a task, of their own will (S2-15)
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct FeeWaiver {
    /// Who: the expert.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

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
    /// How much was paid before taxes, expenses included. For a correction: how much the person has got in all.
    pub amount: Money,
    /// Payroll's reference of the payment.
    #[schema(example = "2026-12-0042", min_length = 1, max_length = 100)]
    pub reference: String,
}

/// A change of a fee form that is being written
///
/// What is given takes the place of the old as a whole; what is left out stays as it was.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeFormEdit {
    /// What is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub claim: Option<Claim>,
    /// How payroll gets the tax card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tax_card: Option<TaxCard>,
    /// The expert's declaration that what the form says is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = true)]
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
    },
    /// Payroll asks back.
    Query {
        /// What it wants to know.
        reason: String,
    },
    /// Payroll has paid.
    Pay(Payment),
}

impl FeeForm {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the arrow's guard fails.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        use State::{Approved, Checked, Draft, HandedOver, Paid, Queried, Returned, Submitted};
        let step = event.step(at);
        let state = match (self.state.clone(), event) {
            (
                Submitted { .. } | Checked { .. } | Queried { .. },
                Event::Check { by, .. } | Event::Approve { by, .. } | Event::Return { by, .. },
            ) if self.claimants.contains(&by) => return Err(Rule::OwnClaim.into()),
            (Approved { .. }, Event::Acknowledge { revision: Some(revision), .. })
                if revision != self.revision =>
            {
                return Err(Rule::PackageChanged.into());
            }

            (state @ (Draft | Returned { .. }), Event::Edit { by, edit, rates }) => {
                self.edit(*edit, by, &rates, at)?;
                self.claim_by(by);
                state
            }
            (Draft | Returned { .. }, Event::Submit { by, payee_known }) => {
                self.ready(payee_known)?;
                self.claim_by(by);
                (self.approved, self.approved_reason) = (None, None);
                Submitted { at }
            }
            (
                Submitted { .. } | Checked { .. } | Queried { .. },
                Event::Check { approved, reason, rates, .. },
            ) => {
                self.check(approved.map(|claim| *claim), reason, &rates)?;
                Checked { at }
            }
            (Checked { .. } | Queried { .. }, Event::Approve { by, .. })
                if self.approval == FeeApproval::TwoPeople && self.checked_by() == Some(by) =>
            {
                return Err(Rule::SameApprover.into());
            }
            (Checked { .. } | Queried { .. }, Event::Approve { cost_centres, .. }) => {
                faultless(centre_faults(&cost_centres))?;
                self.cost_centres = cost_centres;
                self.revision += 1;
                Approved { at }
            }
            (Submitted { .. } | Checked { .. } | Queried { .. }, Event::Return { reason, .. }) => {
                self.declared = false;
                Returned { reason, at }
            }
            (Draft | Submitted { .. } | Returned { .. }, Event::Withdraw { .. }) => {
                State::Withdrawn { at }
            }
            (Approved { .. }, Event::Acknowledge { reference, .. }) => HandedOver { reference, at },
            (Approved { .. } | HandedOver { .. }, Event::Query { reason }) => {
                Queried { reason, at }
            }
            (HandedOver { .. }, Event::Pay(payment)) => {
                // What was claimed late may have been paid before, but not before the task.
                faultless(payment.faults(self.created.day().min(self.task_date), at))?;
                Paid { payment, at }
            }

            (state, event) => {
                return Err(Refusal::OutOfTurn {
                    machine: WORKFLOW.name,
                    state: state.name(),
                    action: event.action(),
                });
            }
        };
        self.trail.extend(step);
        Ok(Self { state, ..self })
    }

    fn edit(
        &mut self,
        edit: FeeFormEdit,
        by: PersonId,
        rates: &Rates,
        at: Moment,
    ) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        if let Some(tax_card) = edit.tax_card {
            faults.extend(tax_card.faults("/tax_card"));
            self.tax_card = Some(tax_card);
        }
        if let Some(claim) = edit.claim {
            let (before, after) = (self.claimed.claim.waived_fee, claim.waived_fee);
            if after && !before && by != self.person {
                return Err(Rule::WaivedByOther.into());
            }
            if after != before {
                self.waiver = after.then_some(FeeWaiver { by, at });
            }
            for (index, expense) in claim.expenses.iter().enumerate() {
                if expense.date > at.day() {
                    faults.push(Fault::new(format!("/claim/expenses/{index}/date"), "in_future"));
                }
            }
            if self.voids() && !claim.is_empty() {
                faults.push(Fault::new("/claim", "not_with_void"));
            }
            match claim.priced("/claim", rates) {
                Ok(priced) => self.claimed = priced,
                Err(wrong) => faults.extend(wrong),
            }
        }
        self.declared = edit.declared.unwrap_or(self.declared);
        faultless(faults)
    }

    /// Refuses to be submitted while something is missing that payroll cannot do without.
    fn ready(&self, payee_known: bool) -> Result<(), Refusal> {
        if !self.voids() && self.claimed.sums.total == Money::eur(0) {
            return Err(Rule::NothingClaimed.into());
        }
        if !payee_known {
            return Err(Rule::NoPayrollIdentity.into());
        }
        if self.tax_card.is_none() && self.claimed.sums.fees > Money::eur(0) {
            return Err(Rule::NoTaxCard.into());
        }
        if !self.declared {
            return Err(Rule::NotDeclared.into());
        }
        Ok(())
    }

    fn check(
        &mut self,
        approved: Option<Claim>,
        reason: Option<String>,
        rates: &Rates,
    ) -> Result<(), Refusal> {
        let approved = match approved {
            Some(claim) => claim.priced("/approved", rates).map_err(Refusal::Invalid)?,
            None => self.claimed.clone(),
        };
        if approved.claim.waived_fee && !self.claimed.claim.waived_fee {
            let fault = Fault::new("/approved/waived_fee", "not_claimed");
            return Err(Refusal::Invalid(vec![fault]));
        }
        if self.claimed.claim.waived_fee && !approved.claim.fee_lines.is_empty() {
            let fault = Fault::new("/approved/fee_lines", "not_with_waived_fee");
            return Err(Refusal::Invalid(vec![fault]));
        }
        if self.voids() && !approved.claim.is_empty() {
            return Err(Refusal::Invalid(vec![Fault::new("/approved", "not_with_void")]));
        }
        let known: Vec<_> = self.claimed.claim.receipts().collect();
        if approved.claim.receipts().any(|receipt| !known.contains(&receipt)) {
            let fault = Fault::new("/approved/expenses", "unknown_reference");
            return Err(Refusal::Invalid(vec![fault]));
        }
        if approved != self.claimed && reason.is_none() {
            return Err(Refusal::Invalid(vec![Fault::new("/reason", "required")]));
        }
        (self.approved, self.approved_reason) = (Some(approved), reason);
        Ok(())
    }

    /// Whether it says that nothing should have been paid.
    fn voids(&self) -> bool {
        self.corrects.is_some_and(|found| found.mode == CorrectionMode::Void)
    }

    /// Who checked it last.
    pub fn checked_by(&self) -> Option<PersonId> {
        self.trail.iter().rev().find(|step| step.action == "check").and_then(|step| step.by)
    }

    fn claim_by(&mut self, by: PersonId) {
        if !self.claimants.contains(&by) {
            self.claimants.push(by);
        }
    }

    /// Whether the paid amount differs from the approved one: told to everyone who sees the form (S4-40).
    pub fn paid_otherwise(&self) -> bool {
        match (&self.state, &self.approved) {
            (State::Paid { payment, .. }, Some(approved)) => payment.amount != approved.sums.total,
            _ => false,
        }
    }

    /// The day on which it was paid, if it was.
    pub const fn paid_on(&self) -> Option<Day> {
        match &self.state {
            State::Paid { payment, .. } => Some(payment.date),
            _ => None,
        }
    }

    /// The claim that counts now: the approved one once there is one, and before that the claimed one.
    pub fn counting(&self) -> &PricedClaim {
        self.approved.as_ref().unwrap_or(&self.claimed)
    }
}

impl Payment {
    fn faults(&self, earliest: Day, at: Moment) -> Vec<Fault> {
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

fn centre_faults(centres: &[CostCentre]) -> Vec<Fault> {
    if centres.is_empty() {
        return vec![Fault::new("/cost_centres", "required")];
    }
    let shares: u32 = centres.iter().map(|centre| centre.share).sum();
    if shares == 100 { Vec::new() } else { vec![Fault::new("/cost_centres", "shares_not_100")] }
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
    fn step(&self, at: Moment) -> Option<Step> {
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
