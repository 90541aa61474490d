//! What an area's schedule says, for which day.

use domain::{
    expense_rates::ExpenseKind,
    fee_schedule::{
        DeviationKind, ExpenseCap, FeeLine, FeeSchedule, FeeUnit, IncomeTypeChoice,
        ScheduleContent, ScheduleItem, at_least, deviations, faults, line_faults, pick, suggest,
    },
    id::Id,
    money::Money,
    time::Day,
};
use proptest::prelude::*;
use uuid::Uuid;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).expect("a day")
}

fn item(task_type: Option<&str>, unit: FeeUnit, cents: i64) -> ScheduleItem {
    ScheduleItem {
        task_type: task_type.map(str::to_owned),
        unit,
        min_rate: None,
        rate: Money::eur(cents),
        max_rate: None,
        least_tenths: None,
        preparation_included: false,
    }
}

fn content(from: Day, items: Vec<ScheduleItem>) -> ScheduleContent {
    ScheduleContent {
        valid_from: from,
        valid_until: None,
        source: "keksitty, testiä varten".to_owned(),
        items,
        expense_caps: vec![],
        income_types: vec![],
    }
}

fn version(n: u128, from: Day, until: Option<Day>) -> FeeSchedule {
    let items = vec![item(None, FeeUnit::Hour, 3000)];
    let content = ScheduleContent { valid_until: until, ..content(from, items) };
    FeeSchedule { id: Id::new(Uuid::from_u128(n)), node: Id::new(Uuid::nil()), content }
}

fn line(task_type: &str, unit: FeeUnit, tenths: i64, cents: i64) -> FeeLine {
    FeeLine {
        task_type: task_type.to_owned(),
        unit,
        quantity_tenths: tenths,
        rate: Money::eur(cents),
        preparation: false,
    }
}

#[test]
fn the_day_of_the_task_picks_the_version() {
    let versions = [
        version(1, day(2025, 1, 1), None),
        version(2, day(2026, 1, 1), Some(day(2026, 6, 30))),
        version(3, day(2027, 1, 1), None),
    ];
    let picked = |at| pick(&versions, at).map(|schedule| schedule.id.raw().as_u128());
    assert_eq!(picked(day(2024, 12, 31)), None);
    assert_eq!(picked(day(2025, 12, 31)), Some(1));
    assert_eq!(picked(day(2026, 6, 30)), Some(2));
    assert_eq!(picked(day(2026, 7, 1)), Some(1), "the earlier version has no last day of its own");
    assert_eq!(picked(day(2027, 1, 1)), Some(3));
}

#[test]
fn of_two_versions_that_begin_on_the_same_day_the_one_added_last_counts() {
    let mut versions = [version(1, day(2026, 1, 1), None), version(2, day(2026, 1, 1), None)];
    for _ in 0..2 {
        let picked = pick(&versions, day(2026, 1, 1)).map(|schedule| schedule.id.raw().as_u128());
        assert_eq!(picked, Some(2), "whatever the order of the list");
        versions.reverse();
    }
}

#[test]
fn items_for_the_type_of_task_come_before_those_for_any() {
    let schedule = content(
        day(2026, 1, 1),
        vec![
            item(None, FeeUnit::Hour, 2500),
            item(Some("lecture"), FeeUnit::StartedHalfHour, 2000),
            item(Some("lecture"), FeeUnit::Occasion, 9000),
        ],
    );
    let lecture = suggest(&schedule, "lecture", 75);
    let lines: Vec<_> = lecture.iter().map(|found| found.line.clone()).collect();
    assert_eq!(
        lines,
        [
            line("lecture", FeeUnit::StartedHalfHour, 30, 2000),
            line("lecture", FeeUnit::Occasion, 10, 9000)
        ]
    );
    assert_eq!(lecture[0].line.sum(), Money::eur(6000));
    let panel = suggest(&schedule, "customer_panel", 90);
    assert_eq!(panel[0].line, line("customer_panel", FeeUnit::Hour, 15, 2500));
}

#[test]
fn a_short_task_is_paid_for_the_least_that_the_schedule_says() {
    let least = ScheduleItem { least_tenths: Some(10), ..item(None, FeeUnit::Hour, 3000) };
    let schedule = content(day(2026, 1, 1), vec![least]);
    assert_eq!(suggest(&schedule, "lecture", 20)[0].line.quantity_tenths, 10);
    assert_eq!(suggest(&schedule, "lecture", 61)[0].line.quantity_tenths, 11);

    let short = line("lecture", FeeUnit::Hour, 5, 3000);
    let prepared = FeeLine { preparation: true, ..short.clone() };
    let found = deviations(&schedule, &[short.clone(), prepared.clone()]);
    let found: Vec<_> =
        found.into_iter().map(|found| (found.line, found.kind, found.least_tenths)).collect();
    assert_eq!(found, [(0, DeviationKind::BelowLeast, Some(10))]);
    let long = line("lecture", FeeUnit::Hour, 15, 3000);
    let other = line("lecture", FeeUnit::Day, 10, 3000);
    let raised = FeeLine { quantity_tenths: 10, ..short.clone() };
    assert_eq!(
        at_least(&schedule, vec![short, prepared.clone(), long.clone(), other.clone()]),
        [raised, prepared, long, other]
    );
}

#[test]
fn what_is_not_in_the_schedule_is_told_line_by_line() {
    let ranged = ScheduleItem {
        min_rate: Some(Money::eur(2000)),
        max_rate: Some(Money::eur(4000)),
        preparation_included: true,
        ..item(Some("lecture"), FeeUnit::Hour, 3000)
    };
    let schedule = content(day(2026, 1, 1), vec![ranged, item(None, FeeUnit::Hour, 2500)]);
    let preparation = FeeLine { preparation: true, ..line("lecture", FeeUnit::Hour, 10, 3000) };
    let found = deviations(
        &schedule,
        &[
            line("lecture", FeeUnit::Hour, 20, 4000),
            line("lecture", FeeUnit::Hour, 20, 4001),
            line("lecture", FeeUnit::Hour, 20, 1999),
            line("lecture", FeeUnit::Day, 10, 9000),
            line("media", FeeUnit::Hour, 10, 2500),
            preparation,
        ],
    );
    let found: Vec<_> =
        found.into_iter().map(|found| (found.line, found.kind, found.schedule_rate)).collect();
    assert_eq!(
        found,
        [
            (1, DeviationKind::AboveSchedule, Some(Money::eur(4000))),
            (2, DeviationKind::BelowSchedule, Some(Money::eur(2000))),
            (3, DeviationKind::NotInSchedule, None),
            (5, DeviationKind::PreparationIncluded, None),
        ]
    );
}

#[test]
fn faults_point_at_what_is_wrong() {
    let wrong = ScheduleItem {
        min_rate: Some(Money::eur(3001)),
        max_rate: Some(Money::eur(2999)),
        least_tenths: Some(15),
        ..item(None, FeeUnit::Occasion, 3000)
    };
    let mut schedule = content(day(2026, 1, 1), vec![wrong, item(None, FeeUnit::Occasion, 1)]);
    schedule.valid_until = Some(day(2025, 12, 31));
    let found: Vec<_> =
        faults(&schedule).into_iter().map(|fault| (fault.pointer, fault.code)).collect();
    let expected = [
        ("/valid_until", "ends_before_it_begins"),
        ("/items/0/min_rate", "too_big"),
        ("/items/0/max_rate", "too_small"),
        ("/items/0/least_tenths", "whole_units"),
        ("/items/1", "repeated"),
    ];
    assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    let half = [line("lecture", FeeUnit::Day, 5, 100), line("lecture", FeeUnit::Hour, 5, 100)];
    assert_eq!(line_faults(&half, "/fee_lines")[0].pointer, "/fee_lines/0/quantity_tenths");
    assert_eq!(line_faults(&half, "/fee_lines").len(), 1);
}

fn units() -> impl Strategy<Value = FeeUnit> {
    prop::sample::select(vec![
        FeeUnit::Hour,
        FeeUnit::StartedHalfHour,
        FeeUnit::HalfDay,
        FeeUnit::Day,
        FeeUnit::Occasion,
        FeeUnit::Package,
    ])
}

proptest! {
    #[test]
    fn what_the_schedule_suggests_never_deviates_from_it(
        items in prop::collection::vec((units(), 1_i64..100_000, any::<bool>()), 1..8),
        minutes in 1_i64..3000,
    ) {
        let items = items
            .into_iter()
            .map(|(unit, cents, named)| item(named.then_some("lecture"), unit, cents))
            .collect();
        let mut schedule = content(day(2026, 1, 1), items);
        let mut seen = vec![];
        schedule.items.retain(|item| {
            let place = (item.task_type.clone(), item.unit);
            let new = !seen.contains(&place);
            seen.push(place);
            new
        });
        prop_assert!(faults(&schedule).is_empty());
        let lines: Vec<_> =
            suggest(&schedule, "lecture", minutes).into_iter().map(|found| found.line).collect();
        prop_assert!(deviations(&schedule, &lines).is_empty());
        prop_assert!(line_faults(&lines, "").is_empty());
    }

    #[test]
    fn the_given_time_is_never_rounded_down(unit in units(), minutes in 1_i64..600) {
        let counted = match unit {
            FeeUnit::Hour => unit.tenths(minutes) * 6,
            FeeUnit::StartedHalfHour => unit.tenths(minutes) * 3,
            _ => minutes,
        };
        prop_assert!(counted >= minutes && counted < minutes + 30);
    }
}

#[test]
fn a_kind_of_expense_has_one_cap_and_an_income_type_is_of_one_thing() {
    let cap = |kind| ExpenseCap { kind, most: Money::eur(1000) };
    let choice = |task_type: Option<&str>, expense_kind| IncomeTypeChoice {
        task_type: task_type.map(str::to_owned),
        expense_kind,
        code: "214".to_owned(),
    };
    let (meal, night) = (ExpenseKind::Meal, ExpenseKind::Night);
    let schedule = ScheduleContent {
        expense_caps: vec![cap(meal), cap(night), cap(meal)],
        income_types: vec![
            choice(Some("lecture"), None),
            choice(None, Some(meal)),
            choice(None, None),
            choice(Some("lecture"), Some(meal)),
        ],
        ..content(day(2026, 1, 1), vec![])
    };
    let found = faults(&schedule).into_iter().map(|fault| (fault.pointer, fault.code));
    let expected = [
        ("/expense_caps/2/kind", "repeated"),
        ("/income_types/2", "one_of"),
        ("/income_types/3", "one_of"),
    ];
    assert!(found.eq(expected.map(|(pointer, code)| (pointer.to_owned(), code))));
}

#[test]
fn a_schedule_holds_from_its_first_to_its_last_day() {
    let last = Some(day(2026, 6, 30));
    let schedule = ScheduleContent { valid_until: last, ..content(day(2026, 1, 1), vec![]) };
    let days = [day(2025, 12, 31), day(2026, 1, 1), day(2026, 6, 30), day(2026, 7, 1)];
    assert_eq!(days.map(|day| schedule.covers(day)), [false, true, true, false]);
    let one_day = ScheduleContent { valid_until: Some(schedule.valid_from), ..schedule.clone() };
    assert_eq!(faults(&one_day), []);
    let backwards = ScheduleContent { valid_until: Some(day(2025, 12, 31)), ..schedule };
    assert_eq!(faults(&backwards)[0].code, "ends_before_it_begins");
}
