//! What others have of a form while somebody works on it: payroll what was approved, the unit what was sent.

use serde::{Deserialize, Serialize};

use super::{FeeForm, FeeWaiver, PricedClaim, State, TaxCard};
use crate::{
    attachment::AttachmentId,
    income_types::SuggestedIncomeType,
    money::{Money, SignedMoney},
    order::CostCentre,
    payroll_identity::PayrollIdentity,
};

/// What payroll has of a form: what was approved, as it was then.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Package {
    /// What was claimed.
    pub claimed: PricedClaim,
    /// What was approved.
    pub approved: PricedClaim,
    /// Why less or more was approved than claimed, if so.
    pub approved_reason: Option<String>,
    /// How payroll gets the tax card, if that was said.
    pub tax_card: Option<TaxCard>,
    /// Where the costs go.
    pub cost_centres: Vec<CostCentre>,
}

/// What the unit has of a form while its writer puts it right.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Sent {
    /// What was claimed.
    pub claimed: PricedClaim,
    /// How payroll gets the tax card, if that was said.
    pub tax_card: Option<TaxCard>,
    /// Whether the expert's declaration still held.
    pub declared: bool,
    /// That the expert had given up the fee, if they had.
    pub waiver: Option<FeeWaiver>,
}

/// What else payroll was told with a revision that it acknowledged: it is kept, because it changes elsewhere.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
pub struct Told {
    /// Which revision.
    pub revision: i32,
    /// The name of the person to be paid.
    pub name: String,
    /// Their identity code, account and address.
    pub identity: PayrollIdentity,
    /// The income type suggested for each line, the fee lines first.
    pub income_types: Vec<Option<SuggestedIncomeType>>,
}

impl Package {
    /// The files that payroll gets with it: the tax card, and the receipts of what was approved.
    pub fn files(&self) -> Vec<AttachmentId> {
        let card = self.tax_card.and_then(|card| card.attachment);
        let mut all: Vec<_> = card.into_iter().chain(self.approved.claim.receipts()).collect();
        all.dedup();
        all
    }
}

impl FeeForm {
    /// What payroll has of it, if it was ever approved: the newest revision, whatever becomes of the form meanwhile. Of a form
    /// that was approved before this was kept apart, it is what the form says until somebody handles it again.
    pub fn packaged(&self) -> Option<Package> {
        let untouched = matches!(
            self.state,
            State::Approved { .. }
                | State::HandedOver { .. }
                | State::Paid { .. }
                | State::Queried { .. }
        );
        self.package.clone().or_else(|| self.to_package().filter(|_| untouched))
    }

    /// What is to be paid by it if `approved` was approved in all and `paid` has been paid before: nothing once it was given up.
    pub const fn to_pay(&self, approved: Money, paid: Money) -> SignedMoney {
        match self.state {
            State::Withdrawn { .. } => approved.less(approved),
            _ => approved.less(paid),
        }
    }

    /// What payroll gets of it if it is approved as it is.
    pub(super) fn to_package(&self) -> Option<Package> {
        Some(Package {
            claimed: self.claimed.clone(),
            approved: self.approved.clone()?,
            approved_reason: self.approved_reason.clone(),
            tax_card: self.tax_card,
            cost_centres: self.cost_centres.clone(),
        })
    }

    /// What the unit has of it once the writer changes anything.
    pub(super) fn kept_sent(&self) -> Option<Sent> {
        let whole = || Sent {
            claimed: self.claimed.clone(),
            tax_card: self.tax_card,
            declared: self.declared,
            waiver: self.waiver,
        };
        self.sent.clone().or_else(|| self.was_submitted().then(whole))
    }

    /// The form as everyone has it who does not write it: what was begun after it was returned is its writer's own until it is
    /// submitted again.
    #[must_use]
    pub fn as_sent(mut self) -> Self {
        if let Some(Sent { claimed, tax_card, declared, waiver }) = self.sent.take() {
            (self.claimed, self.tax_card) = (claimed, tax_card);
            (self.declared, self.waiver) = (declared, waiver);
        }
        self
    }

    /// Whether it names a file: as the tax card, or as a receipt of what is claimed or approved, now or in what payroll has.
    pub fn names(&self, file: AttachmentId) -> bool {
        let card = self.tax_card.and_then(|card| card.attachment);
        let approved = self.approved.iter().flat_map(|approved| approved.claim.receipts());
        let package = self.package.iter().flat_map(Package::files);
        let named = card.into_iter().chain(self.claimed.claim.receipts()).chain(approved);
        named.chain(package).any(|named| named == file)
    }

    /// Whether its writer has this file to themself until they submit the form again.
    pub fn holds_back(&self, file: AttachmentId) -> bool {
        self.sent.is_some() && !self.clone().as_sent().names(file)
    }
}
