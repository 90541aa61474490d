//! What a schedule suggests for a task, and how far what was agreed is from it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FeeLine, ScheduleContent, ScheduleItem};
use crate::money::Money;

/// A fee line that the area's schedule suggests
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = FeeSuggestion)]
pub struct Suggestion {
    /// The line, ready to be agreed.
    pub line: FeeLine,
    /// The lowest price of a unit that needs no reason.
    pub min_rate: Money,
    /// The highest price of a unit that needs no reason.
    pub max_rate: Money,
    /// Whether the price covers the preparation.
    pub preparation_included: bool,
}

/// One way in which an agreed line is not what the schedule says: it needs a reason (S4-25)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = FeeDeviation)]
pub struct Deviation {
    /// Which of the lines, the first one being 0.
    #[schema(example = 0)]
    pub line: u32,
    /// In which way.
    pub kind: DeviationKind,
    /// The nearest price of a unit that would need no reason, if the schedule has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub schedule_rate: Option<Money>,
    /// The least that would need no reason, in tenths of a unit, if less is paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 20, minimum = 1, maximum = 10_000)]
    pub least_tenths: Option<i64>,
}

/// A way in which a line is not what the schedule says
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FeeDeviationKind)]
pub enum DeviationKind {
    /// The schedule has no price for this type of task in this unit.
    NotInSchedule,
    /// The price is below the lowest.
    BelowSchedule,
    /// The price is above the highest.
    AboveSchedule,
    /// Preparation is paid for on a line of its own though the price of the task covers it.
    PreparationIncluded,
    /// Less is paid for than the least that is when the task takes place.
    BelowLeast,
}

/// The lines that `schedule` suggests for a task of `task_type` that takes `minutes`: the first is the one to start
/// from, the others are its alternatives in other units.
pub fn suggest(schedule: &ScheduleContent, task_type: &str, minutes: i64) -> Vec<Suggestion> {
    let named = |item: &&ScheduleItem| item.task_type.as_deref() == Some(task_type);
    let any = |item: &&ScheduleItem| item.task_type.is_none();
    let named: Vec<_> = schedule.items.iter().filter(named).collect();
    let items = if named.is_empty() { schedule.items.iter().filter(any).collect() } else { named };
    items.into_iter().map(|item| suggestion(item, task_type, minutes)).collect()
}

fn suggestion(item: &ScheduleItem, task_type: &str, minutes: i64) -> Suggestion {
    let (min_rate, max_rate) = item.range();
    let tenths = item.unit.tenths(minutes.max(1)).max(item.least_tenths.unwrap_or(1));
    let line = FeeLine {
        task_type: task_type.to_owned(),
        unit: item.unit,
        quantity_tenths: tenths,
        rate: item.rate,
        preparation: false,
    };
    Suggestion { line, min_rate, max_rate, preparation_included: item.preparation_included }
}

/// How `lines` are not what `schedule` says. A price below the schedule is told as well as one above it: both need a
/// reason that can be read later.
pub fn deviations(schedule: &ScheduleContent, lines: &[FeeLine]) -> Vec<Deviation> {
    (0_u32..).zip(lines).filter_map(|(at, line)| deviation(schedule, at, line)).collect()
}

/// The lines, none of which pays for less than `schedule` says that a task is paid for at least.
pub fn at_least(schedule: &ScheduleContent, mut lines: Vec<FeeLine>) -> Vec<FeeLine> {
    for line in &mut lines {
        line.quantity_tenths = line.quantity_tenths.max(least(schedule, line).unwrap_or_default());
    }
    lines
}

/// The least that the task of `line` is paid for. What is prepared for it has no least of its own.
pub(crate) fn least(schedule: &ScheduleContent, line: &FeeLine) -> Option<i64> {
    item_for(schedule, line).filter(|_| !line.preparation)?.least_tenths
}

fn deviation(schedule: &ScheduleContent, at: u32, line: &FeeLine) -> Option<Deviation> {
    let found =
        |kind, schedule_rate| Some(Deviation { line: at, kind, schedule_rate, least_tenths: None });
    let Some(item) = item_for(schedule, line) else {
        return found(DeviationKind::NotInSchedule, None);
    };
    let (min, max) = item.range();
    if line.preparation && item.preparation_included {
        return found(DeviationKind::PreparationIncluded, None);
    }
    if line.rate < min {
        return found(DeviationKind::BelowSchedule, Some(min));
    }
    if line.rate > max {
        return found(DeviationKind::AboveSchedule, Some(max));
    }
    let least = least(schedule, line).filter(|least| line.quantity_tenths < *least)?;
    let kind = DeviationKind::BelowLeast;
    Some(Deviation { line: at, kind, schedule_rate: None, least_tenths: Some(least) })
}

/// The item whose unit and type of task are those of `line`: one that names the type before one for any type.
fn item_for<'a>(schedule: &'a ScheduleContent, line: &FeeLine) -> Option<&'a ScheduleItem> {
    let same_unit = || schedule.items.iter().filter(|item| item.unit == line.unit);
    same_unit()
        .find(|item| item.task_type.as_deref() == Some(&line.task_type))
        .or_else(|| same_unit().find(|item| item.task_type.is_none()))
}
