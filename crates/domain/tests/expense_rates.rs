//! The yearly maxima, picked by the day of the trip.

use std::fmt::Write;

use domain::{
    expense_rates::{NoRate, Trip, Vehicle, YEARS, maximum, on},
    money::Money,
    time::Day,
};
use expect_test::expect_file;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).expect("a day")
}

fn paid(at: Day, trip: Trip) -> Result<Money, NoRate> {
    maximum(on(at)?, trip).map(|maximum| maximum.amount)
}

fn car(kilometres: i64, passengers: i64) -> Trip {
    Trip::Kilometres { tenths: kilometres * 10, vehicle: Vehicle::Car, passengers }
}

fn trip_day(hours: i64, free_meals: i64) -> Trip {
    Trip::Day { hours_tenths: hours * 10, free_meals, following: false }
}

#[test]
fn the_whole_table_with_its_sources() {
    let mut table = String::new();
    for year in YEARS {
        for figure in year.figures {
            let mark = if figure.verified { "read" } else { "CHECK" };
            let (kind, cents) = (format!("{:?}", figure.kind), figure.amount.cents);
            let note = figure.note.map(|note| format!(" ({note})")).unwrap_or_default();
            writeln!(table, "{} {kind:<20} {cents:>5} {mark:<6}{}{note}", year.year, figure.source)
                .expect("a string grows");
        }
    }
    expect_file!["golden/expense_rates.txt"].assert_eq(&table);
}

#[test]
fn the_day_of_the_trip_picks_the_year_and_never_the_latest_one() {
    assert_eq!(paid(day(2025, 12, 31), car(100, 0)), Ok(Money::eur(5900)));
    assert_eq!(paid(day(2026, 1, 1), car(100, 0)), Ok(Money::eur(5500)), "the rate fell");
    assert_eq!(paid(day(2020, 12, 31), car(100, 0)), Err(NoRate::Year));
    assert_eq!(paid(day(2027, 1, 1), car(100, 0)), Err(NoRate::Year));
}

#[test]
fn a_figure_that_is_not_known_is_not_made_up() {
    assert_eq!(paid(day(2025, 5, 5), car(10, 1)), Err(NoRate::Figure));
    assert_eq!(paid(day(2021, 5, 5), Trip::Night), Err(NoRate::Figure));
    let moped = Trip::Kilometres { tenths: 10, vehicle: Vehicle::Moped, passengers: 0 };
    assert_eq!(paid(day(2026, 5, 5), moped), Err(NoRate::Figure));
}

#[test]
fn each_passenger_adds_to_a_kilometre_by_car() {
    assert_eq!(paid(day(2026, 3, 1), car(50, 2)), Ok(Money::eur(50 * (55 + 8))));
    let tenths = Trip::Kilometres { tenths: 123, vehicle: Vehicle::Car, passengers: 0 };
    assert_eq!(paid(day(2026, 3, 1), tenths), Ok(Money::eur(677)), "676.5 is rounded up");
}

#[test]
fn a_travel_day_is_full_partial_or_nothing_by_its_hours() {
    let on = day(2026, 3, 1);
    let tenths = |hours_tenths| Trip::Day { hours_tenths, free_meals: 0, following: false };
    assert_eq!(paid(on, tenths(101)), Ok(Money::eur(5400)));
    assert_eq!(paid(on, tenths(100)), Ok(Money::eur(2500)), "more than ten hours, not ten");
    assert_eq!(paid(on, tenths(61)), Ok(Money::eur(2500)));
    assert_eq!(paid(on, tenths(60)), Ok(Money::eur(0)));
    let last = |hours_tenths| Trip::Day { hours_tenths, free_meals: 0, following: true };
    assert_eq!(paid(on, last(61)), Ok(Money::eur(5400)));
    assert_eq!(paid(on, last(20)), Ok(Money::eur(2500)));
    assert_eq!(paid(on, last(19)), Ok(Money::eur(0)));
}

#[test]
fn free_meals_halve_the_daily_allowance() {
    let on = day(2026, 3, 1);
    assert_eq!(paid(on, trip_day(12, 1)), Ok(Money::eur(5400)));
    assert_eq!(paid(on, trip_day(12, 2)), Ok(Money::eur(2700)));
    assert_eq!(paid(on, trip_day(8, 1)), Ok(Money::eur(1250)));
    assert_eq!(paid(on, Trip::Meals { two: true }), Ok(Money::eur(2700)));
}
