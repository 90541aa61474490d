//! The machine of the fee form.

use super::{
    Claim, Event, FeeApproval, FeeForm, FeeFormEdit, FeeWaiver, PricedClaim, State, TaxCard,
    WORKFLOW,
};
use crate::{
    expense_rates::Rates,
    money::Money,
    order::CostCentre,
    person::PersonId,
    record,
    refusal::{Fault, Refusal, Rule, faultless},
    time::Moment,
};

impl FeeForm {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the arrow's guard fails.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        use State::{Approved, Checked, Draft, HandedOver, Paid, Queried, Returned, Submitted};
        let step = event.step(at);
        self.package = self.packaged();
        // The rest leads on towards the end, and has room.
        if matches!(event, Event::Submit { .. } | Event::Check { .. } | Event::Query { .. }) {
            record::once_more(self.trail.len())?;
        }
        let state = match (self.state.clone(), event) {
            (
                Submitted { .. } | Checked { .. } | Queried { .. },
                Event::Check { by, .. } | Event::Approve { by, .. } | Event::Return { by, .. },
            ) if self.claimants.contains(&by) => return Err(Rule::OwnClaim.into()),
            (Approved { .. }, Event::Acknowledge { revision, as_told, .. })
                if !as_told || revision.is_some_and(|revision| revision != self.revision) =>
            {
                return Err(Rule::PackageChanged.into());
            }

            (state @ (Draft | Returned { .. }), Event::Edit { by, edit, rates }) => {
                let before = self.clone();
                self.edit(*edit, by, &rates, at)?;
                if self == before {
                    // Whoever changes nothing has claimed nothing.
                    return Ok(self);
                }
                self.sent = before.kept_sent();
                self.claim_by(by);
                state
            }
            (Draft | Returned { .. }, Event::Submit { by, payee_known, rates, approval }) => {
                self.approval = approval;
                self.comes_to_the_same(&rates)?;
                self.ready(payee_known)?;
                self.claim_by(by);
                (self.approved, self.approved_reason, self.sent) = (None, None, None);
                Submitted { at }
            }
            (
                Submitted { .. } | Checked { .. } | Queried { .. },
                Event::Check { approved, reason, rates, .. },
            ) => {
                self.check(approved.map(|claim| *claim), reason, &rates, at)?;
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
                self.package = self.to_package();
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
        let before = (self.claimed.clone(), self.tax_card);
        if let Some(tax_card) = edit.tax_card {
            faults.extend(tax_card.and_then(|card| card.faults("/tax_card")));
            self.tax_card = tax_card;
        }
        let Some(claim) = edit.claim else {
            // The rates may have been put right since it was written.
            if let Ok(priced) = self.claimed.claim.clone().priced("/claim", rates) {
                self.claimed = priced;
            }
            return self.declare(edit.declared, &before, faults);
        };
        let (waived, waives) = (self.claimed.claim.waived_fee, claim.waived_fee);
        if waives && !waived && by != self.person {
            return Err(Rule::WaivedByOther.into());
        }
        if waives != waived {
            self.waiver = waives.then_some(FeeWaiver { by, at });
        }
        faults.extend(ahead(&claim, "/claim", at));
        if self.voids() && !claim.is_empty() {
            faults.push(Fault::new("/claim", "not_with_void"));
        }
        match claim.priced("/claim", rates) {
            Ok(priced) => self.claimed = priced,
            Err(wrong) => faults.extend(wrong),
        }
        self.declare(edit.declared, &before, faults)
    }

    /// Keeps the declaration while what was declared is the same as `before`, or takes it anew.
    fn declare(
        &mut self,
        declared: Option<bool>,
        before: &(PricedClaim, Option<TaxCard>),
        faults: Vec<Fault>,
    ) -> Result<(), Refusal> {
        let same = before.0 == self.claimed && before.1 == self.tax_card;
        self.declared = declared.unwrap_or(self.declared && same);
        faultless(faults)
    }

    /// Refuses to be submitted if the claim comes to something else by the rates as they are now: what was declared right
    /// were other sums.
    fn comes_to_the_same(&self, rates: &Rates) -> Result<(), Refusal> {
        let anew = self.claimed.claim.clone().priced("/claim", rates).map_err(Refusal::Invalid)?;
        if anew.sums == self.claimed.sums { Ok(()) } else { Err(Rule::RatesChanged.into()) }
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
        at: Moment,
    ) -> Result<(), Refusal> {
        let approved = match approved {
            Some(claim) => {
                faultless(ahead(&claim, "/approved", at))?;
                claim.priced("/approved", rates).map_err(Refusal::Invalid)?
            }
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
}

/// The expenses of a claim that have not arisen yet, with pointers that begin with `root`.
fn ahead(claim: &Claim, root: &str, at: Moment) -> Vec<Fault> {
    let expenses = claim.expenses.iter().enumerate();
    let ahead = expenses.filter(|(_, expense)| expense.date > at.day());
    let pointer = |index| format!("{root}/expenses/{index}/date");
    ahead.map(|(index, _)| Fault::new(pointer(index), "in_future")).collect()
}

fn centre_faults(centres: &[CostCentre]) -> Vec<Fault> {
    if centres.is_empty() {
        return vec![Fault::new("/cost_centres", "required")];
    }
    let shares: u32 = centres.iter().map(|centre| centre.share).sum();
    if shares == 100 { Vec::new() } else { vec![Fault::new("/cost_centres", "shares_not_100")] }
}
