//! The most that may be paid tax-free for a trip.

use super::{NoRate, RateKind, Vehicle, YearRates};
use crate::money::Money;

/// The facts of a trip that an amount follows from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trip {
    /// Kilometres with one's own vehicle.
    Kilometres {
        /// How many, in tenths.
        tenths: i64,
        /// With what.
        vehicle: Vehicle,
        /// How many others travelled along.
        passengers: i64,
    },
    /// A travel day.
    Day {
        /// How long it lasted, in tenths of an hour.
        hours_tenths: i64,
        /// How many free meals there were.
        free_meals: i64,
        /// Whether it follows a full travel day of the same trip, and is its last and incomplete one.
        following: bool,
    },
    /// Meals on a trip without a daily allowance.
    Meals {
        /// Whether two meals were eaten, rather than one.
        two: bool,
    },
    /// A night.
    Night,
}

/// The most that may be paid tax-free for `trip` by `rates`.
///
/// Kilometres: the rate of the vehicle, for a car with the addition for each passenger, times the kilometres. A travel
/// day: more than ten hours is a full allowance and more than six a partial one; on a day that follows a full one, more
/// than six hours is a full allowance and two or more a partial one; two free meals halve a full allowance and one a
/// partial one; a shorter day gives nothing.
///
/// That the place is far enough for a daily allowance (more than 15 km from the place of work or from home, and more
/// than 5 km from both) is for the one who claims to declare: addresses are not measured.
///
/// # Errors
///
/// [`NoRate::Figure`] if the table lacks a figure that it needs.
pub fn maximum(rates: &YearRates, trip: Trip) -> Result<Money, NoRate> {
    match trip {
        Trip::Kilometres { tenths, vehicle, passengers } => {
            let rate = rates.amount(vehicle.rate())?;
            if passengers == 0 || vehicle != Vehicle::Car {
                return Ok(rate.times_tenths(tenths));
            }
            let addition = rates.amount(RateKind::KilometrePassenger)?;
            Ok(Money::eur(rate.cents + addition.cents * passengers).times_tenths(tenths))
        }
        Trip::Day { hours_tenths, free_meals, following } => {
            let (full, partial) = if following {
                (hours_tenths > 60, hours_tenths >= 20)
            } else {
                (hours_tenths > 100, hours_tenths > 60)
            };
            let (kind, halving) = match (full, partial) {
                (true, _) => (RateKind::PerDiemFull, 2),
                (false, true) => (RateKind::PerDiemPartial, 1),
                (false, false) => return Ok(Money::eur(0)),
            };
            let allowance = rates.amount(kind)?;
            Ok(if free_meals >= halving { allowance.times_tenths(5) } else { allowance })
        }
        Trip::Meals { two: false } => rates.amount(RateKind::MealOne),
        Trip::Meals { two: true } => rates.amount(RateKind::MealTwo),
        Trip::Night => rates.amount(RateKind::Night),
    }
}

impl Vehicle {
    const fn rate(self) -> RateKind {
        match self {
            Self::Car => RateKind::KilometreCar,
            Self::Motorcycle => RateKind::KilometreMotorcycle,
            Self::Moped => RateKind::KilometreMoped,
            Self::Other => RateKind::KilometreOther,
        }
    }
}
