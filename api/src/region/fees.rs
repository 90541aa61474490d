//! The region's fee schedules: figures that nobody decided.

use domain::{
    expense_rates::ExpenseKind,
    fee_schedule::{ExpenseCap, FeeSchedule, FeeUnit, ScheduleContent, ScheduleItem},
    money::Money,
    time::Day,
};
use persistence::{Result, Session, fee_schedules};

use super::{id, node};

/// What every schedule of the region says of itself.
const SOURCE: &str = "Keksitty esimerkkitaulukko: mikään alue ei ole päättänyt näistä luvuista";

/// Puts schedules in place: two versions for Lapland, one for Satakunta.
pub(super) fn set(session: &mut Session<'_>) -> Result<()> {
    for (area, year, rate) in [
        ("Lapin hyvinvointialue", 2025, 3000),
        ("Lapin hyvinvointialue", 2026, 3500),
        ("Satakunnan hyvinvointialue", 2026, 3200),
    ] {
        let Some(first) = Day::new(year, 1, 1) else { continue };
        let schedule = FeeSchedule {
            id: id("fee schedule", &format!("{area} {year}")),
            node: node(area),
            content: content(first, rate),
        };
        fee_schedules::add(session, schedule)?;
    }
    Ok(())
}

fn content(first: Day, rate: i64) -> ScheduleContent {
    let item = |task_type: Option<&str>, unit, cents, most: Option<i64>| ScheduleItem {
        task_type: task_type.map(str::to_owned),
        unit,
        min_rate: None,
        rate: Money::eur(cents),
        max_rate: most.map(Money::eur),
        least_tenths: (unit == FeeUnit::Hour).then_some(10),
        preparation_included: unit != FeeUnit::Hour,
    };
    ScheduleContent {
        valid_from: first,
        valid_until: None,
        source: SOURCE.to_owned(),
        items: vec![
            item(Some("lecture"), FeeUnit::Hour, rate + 1000, Some(rate + 3000)),
            item(Some("customer_panel"), FeeUnit::Occasion, rate * 2, None),
            item(None, FeeUnit::Hour, rate, Some(rate + 1500)),
            item(None, FeeUnit::HalfDay, rate * 4, None),
            item(None, FeeUnit::Day, rate * 7, None),
        ],
        expense_caps: vec![ExpenseCap { kind: ExpenseKind::Lodging, most: Money::eur(15_000) }],
        income_types: Vec::new(),
    }
}
