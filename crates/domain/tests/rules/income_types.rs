//! Which income types are suggested, and by whom.

use domain::{
    expense_rates::ExpenseKind,
    fee_schedule::{IncomeTypeChoice, ScheduleContent},
    income_types::{Compensation, IncomeTypeChooser, of_expense, of_fee},
    time::Day,
};

#[test]
fn the_area_s_own_choice_comes_before_the_suggestion() {
    let day = Day::new(2026, 9, 1).expect("a day");
    let choice = |task_type: Option<&str>, expense_kind, code: &str| IncomeTypeChoice {
        task_type: task_type.map(str::to_owned),
        expense_kind,
        code: code.to_owned(),
    };
    let schedule = ScheduleContent {
        valid_from: day,
        valid_until: None,
        source: "keksitty, testiä varten".to_owned(),
        items: vec![],
        expense_caps: vec![],
        income_types: vec![
            choice(Some("lecture"), None, "336"),
            choice(None, Some(ExpenseKind::Kilometres), "357"),
        ],
    };
    let found = of_fee(Some(&schedule), "lecture", day).expect("chosen");
    assert_eq!((found.code.as_str(), found.chosen_by), ("336", IncomeTypeChooser::Area));
    let found = of_fee(None, "lecture", day).expect("suggested");
    assert_eq!((found.code.as_str(), found.chosen_by), ("214", IncomeTypeChooser::Service));
    let expense = |schedule, kind| of_expense(schedule, kind, day, Compensation::Usual);
    let found = expense(Some(&schedule), ExpenseKind::Kilometres).expect("chosen");
    assert_eq!(found.code, "357");
    assert_eq!(expense(None, ExpenseKind::PerDiem).expect("suggested").code, "331");
    assert_eq!(of_fee(None, "media", day), None, "the sources name no type for it");
    assert_eq!(expense(None, ExpenseKind::PublicTransport), None);
}

#[test]
fn what_an_association_compensates_a_volunteer_has_types_of_its_own() {
    let day = Day::new(2026, 9, 1).expect("a day");
    let code = |kind, compensation| of_expense(None, kind, day, compensation).map(|one| one.code);
    let of = |compensation| {
        use ExpenseKind::{Kilometres, Meal, PerDiem};
        [Kilometres, PerDiem, Meal].map(|kind| code(kind, compensation).expect("suggested"))
    };
    assert_eq!(of(Compensation::Usual), ["311", "331", "303"]);
    assert_eq!(of(Compensation::OfVolunteer), ["357", "358", "303"]);
}
