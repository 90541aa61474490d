//! What must hold between the fields of a schedule and of a fee line.

use super::{FeeLine, IncomeTypeChoice, ScheduleContent, ScheduleItem};
use crate::refusal::Fault;

/// What is wrong with a schedule, with pointers from its root.
pub fn faults(schedule: &ScheduleContent) -> Vec<Fault> {
    let mut faults = Vec::new();
    if schedule.valid_until.is_some_and(|last| last < schedule.valid_from) {
        faults.push(Fault::new("/valid_until", "ends_before_it_begins"));
    }
    for (at, item) in schedule.items.iter().enumerate() {
        item_faults(item, &format!("/items/{at}"), &mut faults);
        if schedule.items[..at].iter().any(|other| same_place(other, item)) {
            faults.push(Fault::new(format!("/items/{at}"), "repeated"));
        }
    }
    for (at, cap) in schedule.expense_caps.iter().enumerate() {
        if schedule.expense_caps[..at].iter().any(|other| other.kind == cap.kind) {
            faults.push(Fault::new(format!("/expense_caps/{at}/kind"), "repeated"));
        }
    }
    for (at, choice) in schedule.income_types.iter().enumerate() {
        choice_faults(choice, &format!("/income_types/{at}"), &mut faults);
    }
    faults
}

/// What is wrong with fee lines, with pointers that begin with `root`.
pub fn line_faults(lines: &[FeeLine], root: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !line.unit.divisible() && line.quantity_tenths % 10 != 0 {
            faults.push(Fault::new(format!("{root}/{at}/quantity_tenths"), "whole_units"));
        }
    }
    faults
}

fn item_faults(item: &ScheduleItem, root: &str, faults: &mut Vec<Fault>) {
    if item.min_rate.is_some_and(|min| min > item.rate) {
        faults.push(Fault::new(format!("{root}/min_rate"), "too_big"));
    }
    if item.max_rate.is_some_and(|max| max < item.rate) {
        faults.push(Fault::new(format!("{root}/max_rate"), "too_small"));
    }
    if item.least_tenths.is_some_and(|least| !item.unit.divisible() && least % 10 != 0) {
        faults.push(Fault::new(format!("{root}/least_tenths"), "whole_units"));
    }
}

fn choice_faults(choice: &IncomeTypeChoice, root: &str, faults: &mut Vec<Fault>) {
    if choice.task_type.is_some() == choice.expense_kind.is_some() {
        faults.push(Fault::new(root, "one_of"));
    }
}

fn same_place(one: &ScheduleItem, other: &ScheduleItem) -> bool {
    (&one.task_type, one.unit) == (&other.task_type, other.unit)
}
