//! Supply and demand.

use domain::figures::{Demand, Supply, supply_and_demand};
use uuid::Uuid;

fn orders(n: usize, state: &str, theme: &str) -> Vec<Demand> {
    let order = Demand {
        state: state.to_owned(),
        task_type: Some("lecture".to_owned()),
        area: Some("21".to_owned()),
        themes: vec![theme.to_owned()],
    };
    vec![order; n]
}

fn experts(n: u128, tasks: usize) -> Vec<Supply> {
    (0..n)
        .map(|n| Supply {
            expert: Uuid::from_u128(n),
            task_types: vec!["lecture".to_owned()],
            tasks,
            ..Supply::default()
        })
        .collect()
}

#[test]
fn figures_are_multiples_of_five_that_there_are_at_least() {
    let demand = [orders(11, "filled", "grief"), orders(6, "unfilled", "grief")].concat();
    let supply = [experts(12, 0), experts(9, 2)].concat();
    let found = supply_and_demand(&demand, &supply);
    let all = found.overall;
    assert_eq!((all.orders, all.unmet, all.experts, all.idle), (15, 5, 20, 10));
    assert_eq!(found.by_task_type[0].code, "lecture");
    assert_eq!(found.by_task_type[0].experts, 20);
    let shares: Vec<_> = found.fairness.iter().map(|share| share.experts).collect();
    assert_eq!(shares, [10, 0, 5, 0, 0]);
}

#[test]
fn experience_that_few_share_is_not_even_named() {
    let demand = [orders(5, "filled", "grief"), orders(4, "filled", "burnout")].concat();
    let themes: Vec<_> = supply_and_demand(&demand, &[]).by_theme;
    assert_eq!(themes.iter().map(|theme| theme.code.as_str()).collect::<Vec<_>>(), ["grief"]);
}

#[test]
fn tasks_are_counted_in_bands() {
    let tasks = [0, 1, 2, 3, 4, 6, 7, 100];
    let supply: Vec<_> = tasks.into_iter().flat_map(|tasks| experts(5, tasks)).collect();
    let found = supply_and_demand(&[], &supply);
    let shares: Vec<_> =
        found.fairness.iter().map(|share| (share.tasks.as_str(), share.experts)).collect();
    assert_eq!(shares, [("0", 5), ("1", 5), ("2_3", 10), ("4_6", 10), ("7_or_more", 10)]);
}

#[test]
fn an_expert_who_names_no_kind_of_task_does_any() {
    let any = |supply: Supply| Supply { task_types: Vec::new(), ..supply };
    let other = |supply: Supply| Supply { task_types: vec!["panel".to_owned()], ..supply };
    let supply = [
        experts(5, 0).into_iter().map(any).collect::<Vec<_>>(),
        experts(5, 0).into_iter().map(other).collect(),
    ];
    let found = supply_and_demand(&orders(5, "filled", "grief"), &supply.concat());
    let lecture = found.by_task_type.iter().find(|balance| balance.code == "lecture");
    let lecture = lecture.expect("it is asked for");
    assert_eq!((lecture.orders, lecture.experts), (5, 5));
}
