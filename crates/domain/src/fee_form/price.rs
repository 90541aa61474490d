//! What a claim comes to.
//!
//! The amounts are computed when the claim is written, and kept with it: a figure of the table that is put right later changes
//! no form that was submitted by it. One that was not is written anew first, so that what is declared is what is claimed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Claim, Expense};
use crate::{
    codes,
    expense_rates::{ExpenseKind, NoRate, Rates, Trip, Vehicle, maximum},
    fee_schedule::{FeeLine, line_faults},
    money::Money,
    refusal::Fault,
};

/// The most that one claim can come to, in cents: what an amount of the contract can hold.
pub(crate) const MOST: i64 = 100_000_000;

/// A claim and what it comes to
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct PricedClaim {
    /// What is claimed.
    pub claim: Claim,
    /// What it comes to.
    pub sums: ClaimSums,
}

/// What a claim comes to
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct ClaimSums {
    /// What each fee line comes to, in their order.
    #[schema(max_items = 20)]
    pub fee_lines: Vec<Money>,
    /// What each expense comes to, in their order.
    #[schema(max_items = 50)]
    pub expenses: Vec<Money>,
    /// The fee.
    pub fees: Money,
    /// The compensation of the expenses.
    pub compensation: Money,
    /// The fee and the compensation.
    pub total: Money,
}

impl Claim {
    /// The claim with what it comes to by `rates`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with pointers that begin with `root`.
    pub fn priced(self, root: &str, rates: &Rates) -> Result<PricedClaim, Vec<Fault>> {
        let mut faults = self.line_faults(root);
        let mut expenses = Vec::new();
        for (at, expense) in self.expenses.iter().enumerate() {
            match expense.amount(&format!("{root}/expenses/{at}"), rates) {
                Ok(amount) => expenses.push(amount),
                Err(wrong) => faults.extend(wrong),
            }
        }
        let sums = ClaimSums::of(self.fee_lines.iter().map(FeeLine::sum).collect(), expenses);
        if sums.total.cents > MOST {
            faults.push(Fault::new(root, "too_big"));
        }
        if faults.is_empty() { Ok(PricedClaim { claim: self, sums }) } else { Err(faults) }
    }

    fn line_faults(&self, root: &str) -> Vec<Fault> {
        let root = format!("{root}/fee_lines");
        let mut faults = line_faults(&self.fee_lines, &root);
        for (at, line) in self.fee_lines.iter().enumerate() {
            if !codes::TASK_TYPES.has(&line.task_type) {
                faults.push(Fault::new(format!("{root}/{at}/task_type"), "unknown_code"));
            }
        }
        if self.waived_fee && !self.fee_lines.is_empty() {
            faults.push(Fault::new(root, "not_with_waived_fee"));
        }
        faults
    }
}

impl ClaimSums {
    fn of(fee_lines: Vec<Money>, expenses: Vec<Money>) -> Self {
        let fees = fee_lines.iter().copied().sum::<Money>();
        let compensation = expenses.iter().copied().sum::<Money>();
        let total = Money::eur(fees.cents + compensation.cents);
        Self { fee_lines, expenses, fees, compensation, total }
    }
}

impl Expense {
    /// What the expense comes to.
    fn amount(&self, root: &str, rates: &Rates) -> Result<Money, Vec<Fault>> {
        let faults = self.shape_faults(root);
        if !faults.is_empty() {
            return Err(faults);
        }
        let Some(trip) = self.trip() else { return Ok(self.amount.unwrap_or_default()) };
        let most = maximum(rates, self.date, trip).map_err(|none| {
            let fault = Fault::new(format!("{root}/{}", pointed(none)), none.code());
            vec![fault.about(none.kind().name())]
        })?;
        match self.amount {
            Some(amount) if amount > most.amount => {
                Err(vec![Fault::new(format!("{root}/amount"), "above_tax_free")])
            }
            amount => Ok(amount.unwrap_or(most.amount)),
        }
    }

    /// The facts that the amount is computed from, if it is of such a kind.
    pub(super) fn trip(&self) -> Option<Trip> {
        match self.kind {
            ExpenseKind::Kilometres => Some(Trip::Kilometres {
                tenths: self.kilometres_tenths?,
                vehicle: self.vehicle?,
                passengers: self.passengers.unwrap_or(0),
            }),
            ExpenseKind::PerDiem => Some(Trip::Day {
                hours_tenths: self.hours_tenths?,
                free_meals: self.free_meals.unwrap_or(0),
                following: self.following_day.unwrap_or(false),
            }),
            ExpenseKind::Meal => Some(Trip::Meals { two: self.meals? == 2 }),
            ExpenseKind::Night => Some(Trip::Night),
            ExpenseKind::PublicTransport
            | ExpenseKind::Lodging
            | ExpenseKind::Assistant
            | ExpenseKind::Interpreter
            | ExpenseKind::ReplacementCare
            | ExpenseKind::Other => None,
        }
    }

    /// The fields that the kind of expense needs, and those that it cannot have.
    fn shape_faults(&self, root: &str) -> Vec<Fault> {
        use ExpenseKind::{Kilometres, Meal, PerDiem};
        let is = |kind| self.kind == kind;
        let fields = [
            ("kilometres_tenths", self.kilometres_tenths.is_some(), is(Kilometres), true),
            ("vehicle", self.vehicle.is_some(), is(Kilometres), true),
            (
                "passengers",
                self.passengers.is_some_and(|passengers| passengers > 0),
                is(Kilometres) && self.vehicle == Some(Vehicle::Car),
                false,
            ),
            ("hours_tenths", self.hours_tenths.is_some(), is(PerDiem), true),
            ("following_day", self.following_day.is_some(), is(PerDiem), false),
            ("free_meals", self.free_meals.is_some(), is(PerDiem), false),
            ("meals", self.meals.is_some(), is(Meal), true),
            ("amount", self.amount.is_some(), true, !self.kind.computed()),
        ];
        let mut faults = Vec::new();
        for (field, given, fits, needed) in fields {
            let code = match (given, fits) {
                (true, false) => "not_for_kind",
                (false, true) if needed => "required",
                _ => continue,
            };
            faults.push(Fault::new(format!("{root}/{field}"), code));
        }
        faults
    }
}

/// The field that a missing rate is told of.
const fn pointed(none: NoRate) -> &'static str {
    match none {
        NoRate::Year(_) => "date",
        NoRate::Figure(_) => "kind",
    }
}
