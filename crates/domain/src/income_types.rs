//! Which income type (*tulolaji*) of the Incomes Register a line of a payroll package may be (`facts.md` B.6).
//!
//! These are suggestions, as dated data: reporting is the duty of the payroll office, and an area can set its own choice
//! in its fee schedule, which then comes first. Where the sources name no type, none is suggested.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{expense_rates::ExpenseKind, fee_schedule::ScheduleContent, time::Day};

/// A suggested income type
///
/// Never more than a suggestion: the payroll office decides.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct SuggestedIncomeType {
    /// The code of the Incomes Register.
    #[schema(example = "214", min_length = 3, max_length = 3)]
    pub code: String,
    /// Its Finnish name, where the service knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Luentopalkkio", max_length = 200)]
    pub name: Option<String>,
    /// Whose choice it is.
    pub chosen_by: IncomeTypeChooser,
    /// Where the code was read, and when that was published.
    #[schema(
        example = "Statistics Finland, Tulorekisterin palkkatiedot, 2025-11-11",
        max_length = 500
    )]
    pub source: String,
}

/// Who suggests an income type
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncomeTypeChooser {
    /// The area, in its fee schedule.
    Area,
    /// The service.
    Service,
}

/// The suggestions that hold for tasks from a day on.
#[derive(Debug)]
struct Suggestions {
    from: Option<Day>,
    source: &'static str,
    fees: &'static [(&'static str, &'static str, &'static str)],
    expenses: &'static [(ExpenseKind, &'static str, &'static str)],
    of_volunteers: &'static [(ExpenseKind, &'static str, &'static str)],
}

/// As what an expense is compensated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Compensation {
    /// Of work that is paid for, or by anybody but a community for the common good.
    Usual,
    /// Of a volunteer, by a community for the common good (*yleishyödyllinen yhteisö*).
    OfVolunteer,
}

/// Every set, the first one first. A set holds until the next one begins.
const SETS: &[Suggestions] = &[Suggestions {
    from: None,
    source: "Statistics Finland, Tulorekisterin palkkatiedot (TAX_INCOMES), 2025-11-11",
    fees: &[
        ("lecture", "214", "Luentopalkkio"),
        ("working_group", "210", "Kokouspalkkio"),
        ("customer_panel", "210", "Kokouspalkkio"),
    ],
    expenses: &[
        (ExpenseKind::Kilometres, "311", "Kilometrikorvaus (verovapaa)"),
        (ExpenseKind::PerDiem, "331", "Päiväraha"),
        (ExpenseKind::Meal, "303", "Ateriakorvaus"),
    ],
    of_volunteers: &[
        (ExpenseKind::Kilometres, "357", "Yleishyödyllisen yhteisön maksama kilometrikorvaus"),
        (ExpenseKind::PerDiem, "358", "Yleishyödyllisen yhteisön maksama päiväraha"),
    ],
}];

/// What is suggested for the fee of a task.
pub fn of_fee(
    schedule: Option<&ScheduleContent>,
    task_type: &str,
    day: Day,
) -> Option<SuggestedIncomeType> {
    let chosen = schedule.and_then(|schedule| {
        schedule.income_types.iter().find(|choice| choice.task_type.as_deref() == Some(task_type))
    });
    if let (Some(schedule), Some(choice)) = (schedule, chosen) {
        return Some(by_area(schedule, &choice.code));
    }
    let set = on(day)?;
    let (_, code, name) = set.fees.iter().find(|(found, ..)| *found == task_type)?;
    Some(by_service(set, code, name))
}

/// What is suggested for an expense.
pub fn of_expense(
    schedule: Option<&ScheduleContent>,
    kind: ExpenseKind,
    day: Day,
    compensation: Compensation,
) -> Option<SuggestedIncomeType> {
    let chosen = schedule.and_then(|schedule| {
        schedule.income_types.iter().find(|choice| choice.expense_kind == Some(kind))
    });
    if let (Some(schedule), Some(choice)) = (schedule, chosen) {
        return Some(by_area(schedule, &choice.code));
    }
    let set = on(day)?;
    let volunteers = match compensation {
        Compensation::Usual => &[],
        Compensation::OfVolunteer => set.of_volunteers,
    };
    let mut types = volunteers.iter().chain(set.expenses);
    let (_, code, name) = types.find(|(found, ..)| *found == kind)?;
    Some(by_service(set, code, name))
}

fn on(day: Day) -> Option<&'static Suggestions> {
    SETS.iter().rev().find(|set| set.from.is_none_or(|from| from <= day))
}

fn by_area(schedule: &ScheduleContent, code: &str) -> SuggestedIncomeType {
    SuggestedIncomeType {
        code: code.to_owned(),
        name: None,
        chosen_by: IncomeTypeChooser::Area,
        source: schedule.source.clone(),
    }
}

fn by_service(set: &Suggestions, code: &str, name: &str) -> SuggestedIncomeType {
    SuggestedIncomeType {
        code: code.to_owned(),
        name: Some(name.to_owned()),
        chosen_by: IncomeTypeChooser::Service,
        source: set.source.to_owned(),
    }
}
