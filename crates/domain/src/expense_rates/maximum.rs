//! The most that may be paid tax-free for a trip.

use super::{NoRate, RateKind, Rates, Vehicle};
use crate::{money::Money, time::Day};

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

/// The most that may be paid tax-free.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Maximum {
    /// How much.
    pub amount: Money,
    /// Whether every figure behind it was read at its source.
    pub verified: bool,
}

/// The most that may be paid tax-free for `trip` on `day` by `rates`.
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
/// [`NoRate`] if a figure that it needs is not known.
pub fn maximum(rates: &Rates, day: Day, trip: Trip) -> Result<Maximum, NoRate> {
    let rate = |kind| rates.on(day, kind).map(|rate| rate.maximum);
    match trip {
        Trip::Kilometres { tenths, vehicle, passengers } => {
            let alone = rate(vehicle.rate())?;
            if passengers == 0 || vehicle != Vehicle::Car {
                return Ok(Maximum { amount: alone.amount.times_tenths(tenths), ..alone });
            }
            let addition = rate(RateKind::KilometrePassenger)?;
            let per_kilometre = alone.amount.cents + addition.amount.cents * passengers;
            let amount = Money::eur(per_kilometre).times_tenths(tenths);
            Ok(Maximum { amount, verified: alone.verified && addition.verified })
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
                (false, false) => return Ok(Maximum { amount: Money::eur(0), verified: true }),
            };
            let allowance = rate(kind)?;
            if free_meals < halving {
                return Ok(allowance);
            }
            Ok(Maximum { amount: allowance.amount.times_tenths(5), ..allowance })
        }
        Trip::Meals { two: false } => rate(RateKind::MealOne),
        Trip::Meals { two: true } => rate(RateKind::MealTwo),
        Trip::Night => rate(RateKind::Night),
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
