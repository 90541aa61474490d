//! Amounts of money.

use std::iter::Sum;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount of money
///
/// Whole cents, never fractions (`process.md`, invariant 12).
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The amount in cents.
    #[schema(example = 4500, minimum = 0, maximum = 100_000_000)]
    pub cents: i64,
    /// The currency.
    pub currency: Currency,
}

/// The currency of an amount
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
pub enum Currency {
    /// The euro.
    #[default]
    #[serde(rename = "EUR")]
    Eur,
}

/// What is to be paid, or to be recovered
///
/// Whole cents. Below nought, it is money that the person has had and should not have had.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
pub struct SignedMoney {
    /// The amount in cents.
    #[schema(example = -1000, minimum = -100_000_000, maximum = 100_000_000)]
    pub cents: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of `cents` euro cents.
    pub const fn eur(cents: i64) -> Self {
        Self { cents, currency: Currency::Eur }
    }

    /// What is left of it when `paid` has been paid already.
    #[must_use]
    pub const fn less(self, paid: Self) -> SignedMoney {
        SignedMoney { cents: self.cents - paid.cents, currency: self.currency }
    }

    /// `tenths` tenths of a unit at this price, rounded half up to a whole cent: 1.5 hours are 15 tenths.
    #[must_use]
    pub const fn times_tenths(self, tenths: i64) -> Self {
        Self { cents: (self.cents * tenths + 5).div_euclid(10), currency: self.currency }
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self::eur(amounts.map(|amount| amount.cents).sum())
    }
}
