//! The yearly maxima, picked by the day of the trip.

use std::fmt::Write;

use domain::{
    expense_rates::{
        EnteredFigure, NoRate, RateKind, RateTable, RateTableContent, Rates, Trip, Vehicle, YEARS,
        maximum,
    },
    id::Id,
    money::Money,
    node::{Level, Node, Path},
    time::Day,
};
use expect_test::expect_file;
use uuid::Uuid;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).expect("a day")
}

fn paid(at: Day, trip: Trip) -> Result<Money, NoRate> {
    maximum(&Rates::default(), at, trip).map(|maximum| maximum.amount)
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
    expect_file!["../golden/expense_rates.txt"].assert_eq(&table);
}

#[test]
fn the_day_of_the_trip_picks_the_year_and_never_the_latest_one() {
    assert_eq!(paid(day(2025, 12, 31), car(100, 0)), Ok(Money::eur(5900)));
    assert_eq!(paid(day(2026, 1, 1), car(100, 0)), Ok(Money::eur(5500)), "the rate fell");
    assert_eq!(paid(day(2020, 12, 31), car(100, 0)), Err(NoRate::Year(RateKind::KilometreCar)));
    assert_eq!(paid(day(2027, 1, 1), car(100, 0)), Err(NoRate::Year(RateKind::KilometreCar)));
}

#[test]
fn a_figure_that_is_not_known_is_not_made_up() {
    assert_eq!(
        paid(day(2025, 5, 5), car(10, 1)),
        Err(NoRate::Figure(RateKind::KilometrePassenger))
    );
    assert_eq!(paid(day(2021, 5, 5), Trip::Night), Err(NoRate::Figure(RateKind::Night)));
    let moped = Trip::Kilometres { tenths: 10, vehicle: Vehicle::Moped, passengers: 0 };
    assert_eq!(paid(day(2026, 5, 5), moped), Err(NoRate::Figure(RateKind::KilometreMoped)));
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

const NATION: u128 = 1;
const AREA: u128 = 2;

fn node(raw: u128) -> Id<Node> {
    Id::new(Uuid::from_u128(raw))
}

fn path(area: u128) -> Path {
    Path::root(node(NATION)).child(node(area)).child(node(9))
}

/// A table that was entered as the `nth`, for a year from `from` on, with a rate of a kilometre by car.
fn table(nth: u128, at: u128, from: Day, cents: i64) -> RateTable {
    let figure = EnteredFigure { kind: RateKind::KilometreCar, amount: Money::eur(cents) };
    let content = RateTableContent {
        valid_from: from,
        valid_until: day(from.year(), 12, 31),
        source: "Keksitty, testiä varten".to_owned(),
        figures: vec![figure],
    };
    RateTable { id: Id::new(Uuid::from_u128(nth)), node: node(at), content }
}

#[test]
fn what_an_area_entered_comes_before_what_the_nation_did_and_both_before_the_service() {
    let tables = vec![
        table(1, NATION, day(2027, 1, 1), 60),
        table(2, NATION, day(2026, 7, 1), 61),
        table(3, AREA, day(2027, 1, 1), 62),
        table(4, AREA, day(2027, 1, 1), 63),
        table(5, AREA, day(2027, 6, 1), 64),
        table(6, 77, day(2027, 1, 1), 99),
    ];
    let here = Rates::at(&path(AREA), tables.clone());
    let elsewhere = Rates::at(&path(5), tables);
    let cents = |rates: &Rates, at| maximum(rates, at, car(1, 0)).map(|most| most.amount.cents);
    assert_eq!(cents(&here, day(2026, 6, 30)), Ok(55), "the service's own");
    assert_eq!(cents(&here, day(2026, 7, 1)), Ok(61), "the nation put it right");
    assert_eq!(cents(&here, day(2027, 1, 1)), Ok(63), "the area's, entered last");
    assert_eq!(cents(&here, day(2027, 6, 1)), Ok(64), "the area's that begins last");
    assert_eq!(cents(&elsewhere, day(2027, 6, 1)), Ok(60), "not another area's");
    assert_eq!(cents(&here, day(2028, 1, 1)), Err(NoRate::Year(RateKind::KilometreCar)));
    let night = maximum(&here, day(2027, 6, 1), Trip::Night);
    assert_eq!(night, Err(NoRate::Figure(RateKind::Night)), "one figure makes no others");
}

#[test]
fn a_table_holds_for_days_of_one_year_and_for_an_area_or_the_nation() {
    let faults = |table: RateTable, level| {
        let found = table.content.faults(level);
        found.into_iter().map(|fault| (fault.pointer, fault.code)).collect::<Vec<_>>()
    };
    let right = table(1, AREA, day(2027, 1, 1), 60);
    assert_eq!(faults(right.clone(), Level::Area), []);
    assert_eq!(faults(right.clone(), Level::Nation), []);
    let mut wrong = right;
    wrong.content.valid_until = day(2028, 1, 1);
    wrong.content.figures.push(wrong.content.figures[0]);
    let expected = [
        ("/node_id", "not_an_area"),
        ("/content/valid_until", "not_the_same_year"),
        ("/content/figures/1/kind", "repeated"),
    ];
    assert_eq!(
        faults(wrong.clone(), Level::Unit),
        expected.map(|(at, code)| (at.to_owned(), code))
    );
    wrong.content.valid_until = day(2026, 12, 31);
    assert_eq!(faults(wrong, Level::Area)[0].1, "ends_before_it_begins");
}

#[test]
fn every_kind_of_rate_has_the_name_it_has_in_the_contract() {
    for kind in RateKind::ALL {
        assert_eq!(serde_json::to_value(kind).expect("a name"), kind.name());
    }
}
