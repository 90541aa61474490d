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
//! while the form is on its way; what was approved is kept beside it. What payroll has of it changes when it is approved and
//! not before, and what the unit has of it when it is submitted. Nothing changes after payment: a correction is a new form that
//! names the old one.

mod apply;
mod claim;
mod deciders;
mod differences;
mod event;
mod kept;
mod price;
mod reminders;
mod state;
mod warnings;
mod workflow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use self::price::MOST;
pub use self::{
    claim::{Claim, Expense, TaxCard, TaxCardGiven},
    deciders::Deciders,
    differences::{Difference, DifferenceKind, agreed_lines, differences},
    event::{Event, FeeFormEdit, Step},
    kept::{Package, Sent, Told},
    price::{ClaimSums, PricedClaim},
    reminders::{Reminder, Reminders},
    state::{Payment, State},
    warnings::{Warning, WarningKind, warnings},
    workflow::{WITH_THE_UNIT, WORKFLOW},
};
use crate::{
    agreement::{AgreementId, FeeTerms},
    assignment::AssignmentId,
    expert::ExpertId,
    id::Id,
    node::NodeId,
    order::{CostCentre, OrderId},
    person::PersonId,
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
    /// What that says is paid. An agreement in force never changes, so this is as it is there. Not in forms that were written
    /// before it was kept here.
    #[serde(default)]
    pub agreed: Option<FeeTerms>,
    /// The share of the agreed fee that is paid, in percent: less than 100 after a late cancellation.
    pub fee_percent: i32,
    /// The type of task.
    pub task_type: String,
    /// The day of the task: it picks the rates.
    pub task_date: Day,
    /// How long the task took, in minutes, as it was recorded; none for one that was not done, and in forms that were written
    /// before it was kept here.
    #[serde(default)]
    pub performed_minutes: Option<i32>,
    /// The first and the last day on which it was agreed to be; none where no time was agreed, and in forms that were written
    /// before it was kept here.
    #[serde(default)]
    pub agreed_days: Option<(Day, Day)>,
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
    /// What payroll has of it, once it was approved: see [`Self::packaged`].
    #[serde(default)]
    pub package: Option<Package>,
    /// What the unit has of it while its writer changes what was returned: see [`Self::as_sent`].
    #[serde(default)]
    pub sent: Option<Sent>,
    /// When people are reminded of it while it waits for the unit.
    #[serde(default)]
    pub reminders: Reminders,
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

impl FeeForm {
    /// Whether it says that nothing should have been paid.
    fn voids(&self) -> bool {
        self.corrects.is_some_and(|found| found.mode == CorrectionMode::Void)
    }

    /// Whether it has been before anybody but its writer: what never was is nobody else's business, also once it is
    /// withdrawn.
    pub fn was_submitted(&self) -> bool {
        match self.state {
            State::Draft => false,
            State::Withdrawn { .. } => self.trail.iter().any(|step| step.action == "submit"),
            _ => true,
        }
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

    /// Whether the paid amount differs from the approved one: told to everyone who sees the form (S4-40). Both are of all that
    /// the person has got for the task, also where the form corrects another one.
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
