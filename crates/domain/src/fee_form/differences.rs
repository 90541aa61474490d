//! How a claim differs from what was agreed: what the unit looks at when it checks a form (S4-37).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PricedClaim;
use crate::{agreement::FeeTerms, fee_schedule::FeeLine, money::Money};

/// One way in which a claim differs from the agreement
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = FeeFormDifference)]
pub struct Difference {
    /// Where in the claim, as a JSON Pointer.
    #[schema(example = "/fee_lines/0/rate", max_length = 100)]
    pub pointer: String,
    /// In which way.
    pub kind: DifferenceKind,
    /// What was agreed, if it is an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub agreed: Option<Money>,
    /// What is claimed, if it is an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub claimed: Option<Money>,
}

/// A way in which a claim differs from the agreement
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FeeFormDifferenceKind)]
pub enum DifferenceKind {
    /// The agreement has no such fee line.
    LineNotAgreed,
    /// The price of a unit is another one. The amounts are the prices.
    RateDiffers,
    /// The quantity is another one. The amounts are what the line comes to.
    QuantityDiffers,
    /// An agreed line is not claimed.
    LineNotClaimed,
    /// The expert wants no fee, though one was agreed. The amount is the agreed one.
    FeeWaived,
    /// The agreement does not compensate this kind of expense.
    ExpenseNotAgreed,
    /// The expenses of the kind come to more than was agreed.
    ExpenseAboveAgreed,
}

/// The fee lines of an agreement as they are owed when `percent` of the fee is paid: less than 100 after a late
/// cancellation, and there are none of it where nothing is. The price of a unit is rounded half up to a whole cent.
pub fn agreed_lines(terms: &FeeTerms, percent: i32) -> Vec<FeeLine> {
    if percent == 0 {
        return Vec::new();
    }
    let share = |rate: Money| {
        let cents = (rate.cents * i64::from(percent) + 50).div_euclid(100);
        Money { cents, currency: rate.currency }
    };
    terms.lines.iter().map(|line| FeeLine { rate: share(line.rate), ..line.clone() }).collect()
}

/// How `claim` differs from `terms` when `percent` of the fee is owed.
pub fn differences(claim: &PricedClaim, terms: &FeeTerms, percent: i32) -> Vec<Difference> {
    let agreed = agreed_lines(terms, percent);
    let mut found = fee_differences(claim, &agreed);
    found.extend(expense_differences(claim, terms));
    found
}

fn fee_differences(claim: &PricedClaim, agreed: &[FeeLine]) -> Vec<Difference> {
    if claim.claim.waived_fee {
        let sum = agreed.iter().map(FeeLine::sum).sum::<Money>();
        let waived = (sum > Money::eur(0)).then(|| Difference {
            pointer: "/waived_fee".to_owned(),
            kind: DifferenceKind::FeeWaived,
            agreed: Some(sum),
            claimed: None,
        });
        return waived.into_iter().collect();
    }
    let mut open: Vec<_> = agreed.iter().collect();
    let mut found = Vec::new();
    for (at, line) in claim.claim.fee_lines.iter().enumerate() {
        let pointer = format!("/fee_lines/{at}");
        let Some(place) = open.iter().position(|other| same_matter(other, line)) else {
            found.push(Difference {
                pointer,
                kind: DifferenceKind::LineNotAgreed,
                agreed: None,
                claimed: Some(line.sum()),
            });
            continue;
        };
        found.extend(line_differences(&pointer, open.remove(place), line));
    }
    found.extend(open.into_iter().map(|line| Difference {
        pointer: "/fee_lines".to_owned(),
        kind: DifferenceKind::LineNotClaimed,
        agreed: Some(line.sum()),
        claimed: None,
    }));
    found
}

fn same_matter(one: &FeeLine, other: &FeeLine) -> bool {
    (&one.task_type, one.unit, one.preparation) == (&other.task_type, other.unit, other.preparation)
}

fn line_differences(pointer: &str, agreed: &FeeLine, claimed: &FeeLine) -> Vec<Difference> {
    let difference = |field: &str, kind, agreed, claimed| Difference {
        pointer: format!("{pointer}/{field}"),
        kind,
        agreed: Some(agreed),
        claimed: Some(claimed),
    };
    let mut found = Vec::new();
    if agreed.rate != claimed.rate {
        found.push(difference("rate", DifferenceKind::RateDiffers, agreed.rate, claimed.rate));
    }
    if agreed.quantity_tenths != claimed.quantity_tenths {
        let (kind, field) = (DifferenceKind::QuantityDiffers, "quantity_tenths");
        found.push(difference(field, kind, agreed.sum(), claimed.sum()));
    }
    found
}

fn expense_differences(claim: &PricedClaim, terms: &FeeTerms) -> Vec<Difference> {
    let mut found = Vec::new();
    let priced: Vec<_> = claim.claim.expenses.iter().zip(&claim.sums.expenses).collect();
    for (at, (expense, amount)) in priced.iter().enumerate() {
        let agreed = terms.expenses.iter().find(|agreed| agreed.kind == expense.kind);
        if agreed.is_none() {
            found.push(Difference {
                pointer: format!("/expenses/{at}"),
                kind: DifferenceKind::ExpenseNotAgreed,
                agreed: None,
                claimed: Some(**amount),
            });
        }
        let sum_to = |end: usize| {
            let same = priced[..end].iter().filter(|(other, _)| other.kind == expense.kind);
            same.map(|(_, amount)| **amount).sum::<Money>()
        };
        let Some(most) = agreed.and_then(|agreed| agreed.at_most) else { continue };
        if sum_to(at + 1) > most && sum_to(at) <= most {
            found.push(Difference {
                pointer: format!("/expenses/{at}"),
                kind: DifferenceKind::ExpenseAboveAgreed,
                agreed: Some(most),
                claimed: Some(sum_to(priced.len())),
            });
        }
    }
    found
}
