//! The yearly maxima of tax-free travel compensation (*verovapaat matkakustannusten korvaukset*), as dated data with the
//! source of each figure (S4-27).
//!
//! The Finnish Tax Administration decides them anew for each year. The day of the trip picks the year, and a day that
//! the table does not reach is refused: the rate of another year is never used instead (`process.md`, invariant 7). In
//! 2026 the rate for a car was lower than in 2025, so "the latest" would be wrong in both directions.
//!
//! A figure is `verified` only if it was read at its source. The others are marked, so that a payroll office can check
//! them before it relies on them.
//!
//! The service cannot know the figures of a year before it is made. Whoever manages the installation or an area enters them
//! as a [`RateTable`], with their source, and so puts right what the service comes with, too.
//!
//! What is computed is the *maximum*. Amounts are whole cents; kilometres are counted to a tenth, and a product is
//! rounded once, half up.

mod entered;
mod in_force;
mod maximum;
mod table;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    entered::{EnteredFigure, RateTable, RateTableContent, RateTableId},
    in_force::{Rate, Rates},
    maximum::{Maximum, Trip, maximum},
    table::YEARS,
};
use crate::money::Money;

/// A kind of expense (S4-27)
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ExpenseKind {
    /// Kilometres with one's own vehicle.
    Kilometres,
    /// Tickets of public transport, and taxis.
    PublicTransport,
    /// The daily allowance of a long trip.
    PerDiem,
    /// The meal allowance of a trip without a daily allowance.
    Meal,
    /// The allowance for a night that was travelled or spent without a bill.
    Night,
    /// Lodging, against a bill.
    Lodging,
    /// A personal assistant or a companion.
    Assistant,
    /// An interpreter.
    Interpreter,
    /// Care of a close one by someone else while the task lasts.
    ReplacementCare,
    /// Anything else that was agreed.
    Other,
}

/// A vehicle of one's own
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Vehicle {
    /// A car.
    Car,
    /// A motorcycle.
    Motorcycle,
    /// A moped.
    Moped,
    /// Another vehicle, such as a bicycle.
    Other,
}

/// What a figure is the maximum of
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RateKind {
    /// A kilometre by car.
    KilometreCar,
    /// A kilometre by motorcycle.
    KilometreMotorcycle,
    /// A kilometre by moped.
    KilometreMoped,
    /// A kilometre by another vehicle.
    KilometreOther,
    /// What each passenger adds to a kilometre by car.
    KilometrePassenger,
    /// A full daily allowance: a trip of more than ten hours.
    PerDiemFull,
    /// A partial daily allowance: a trip of more than six hours.
    PerDiemPartial,
    /// The meal allowance for one meal.
    MealOne,
    /// The meal allowance for two meals.
    MealTwo,
    /// The allowance for a night.
    Night,
}

/// One figure of a year
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ExpenseRate, example = json!({ "kind": "kilometre_car", "amount": { "cents": 55, "currency": "EUR" }, "source": "https://taloushallintoliitto.fi/tietopankki/yrityksen-muistilista-vuodelle-2026/matkakustannusten-korvaukset/", "verified": true }))]
pub struct Figure {
    /// What it is the maximum of.
    pub kind: RateKind,
    /// The maximum.
    pub amount: Money,
    /// Where it was read, or where it is from if it could not be read.
    #[schema(
        max_length = 500,
        example = "https://www.pro-ratio.fi/artikkelit/verovapaat-matkakustannusten-korvaukset-vuonna-2026"
    )]
    pub source: &'static str,
    /// Whether it was read at the source, and sources agree. Check the others before relying on them.
    pub verified: bool,
    /// What is odd about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 500)]
    pub note: Option<&'static str>,
}

/// The figures of one year
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ExpenseRateYear)]
pub struct YearRates {
    /// The year of the trips that they are for.
    #[schema(example = 2026)]
    pub year: i32,
    /// The figures that are known. What is missing here is not known, and cannot be computed.
    pub figures: &'static [Figure],
}

/// The figure that is needed is not known for the day, so nothing can be computed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NoRate {
    /// Nor is any other figure of that day.
    #[error("there are no rates for that year")]
    Year(RateKind),
    /// Others are, but not this one.
    #[error("there is no such rate for that year")]
    Figure(RateKind),
}

impl YearRates {
    /// The figure of `kind`, if it is known.
    pub fn figure(&self, kind: RateKind) -> Option<&'static Figure> {
        self.figures.iter().find(|figure| figure.kind == kind)
    }
}

impl RateKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::KilometreCar,
        Self::KilometreMotorcycle,
        Self::KilometreMoped,
        Self::KilometreOther,
        Self::KilometrePassenger,
        Self::PerDiemFull,
        Self::PerDiemPartial,
        Self::MealOne,
        Self::MealTwo,
        Self::Night,
    ];

    /// Its name, as in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KilometreCar => "kilometre_car",
            Self::KilometreMotorcycle => "kilometre_motorcycle",
            Self::KilometreMoped => "kilometre_moped",
            Self::KilometreOther => "kilometre_other",
            Self::KilometrePassenger => "kilometre_passenger",
            Self::PerDiemFull => "per_diem_full",
            Self::PerDiemPartial => "per_diem_partial",
            Self::MealOne => "meal_one",
            Self::MealTwo => "meal_two",
            Self::Night => "night",
        }
    }
}

impl ExpenseKind {
    /// Whether the service computes the amount, so that nobody need look up the rate.
    pub const fn computed(self) -> bool {
        matches!(self, Self::Kilometres | Self::PerDiem | Self::Meal | Self::Night)
    }
}

impl NoRate {
    /// The code of the field error.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Year(_) => "no_rates_for_year",
            Self::Figure(_) => "no_such_rate",
        }
    }

    /// The figure that is not known.
    pub const fn kind(self) -> RateKind {
        match self {
            Self::Year(kind) | Self::Figure(kind) => kind,
        }
    }
}
