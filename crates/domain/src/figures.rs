//! Supply and demand (*kysynnän ja tarjonnan kohtaaminen*, S2-16) and how long the chain takes (S4-45), for those who
//! steer by figures (S4-49).
//!
//! Unlike a compilation these are asked for again and again, over one stretch of time after another, and could be
//! subtracted from each other in ways that no table foresees. So each figure here is a count down to a multiple of five:
//! so many there are *at least*. Nothing about one to four people is left in it, nor in the difference of two.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::compilation::fives;

/// The states of an order that found nobody, or not yet.
const UNMET: [&str; 4] = ["submitted", "brokering", "needs_information", "unfilled"];

/// An order, as demand.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    /// The name of its state.
    pub state: String,
    /// What.
    pub task_type: Option<String>,
    /// The code of the area whose unit orders.
    pub area: Option<String>,
    /// What experience it asks for.
    pub themes: Vec<String>,
}

/// An expert, as supply.
#[derive(Clone, Debug, Default)]
pub struct Supply {
    /// The expert.
    pub expert: Uuid,
    /// The tasks they do; any if there are none.
    pub task_types: Vec<String>,
    /// The codes of the areas whose orders they want to be found for.
    pub areas: Vec<String>,
    /// The experience they let brokers search by.
    pub themes: Vec<String>,
    /// How many tasks they were given in the time asked about.
    pub tasks: usize,
}

/// How demand and supply meet
///
/// Every figure is a multiple of five, which so many there are at least.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct SupplyAndDemand {
    /// In the whole area.
    pub overall: Balance,
    /// By task.
    #[schema(max_items = 200)]
    pub by_task_type: Vec<Balance>,
    /// By area.
    #[schema(max_items = 30)]
    pub by_area: Vec<Balance>,
    /// By experience. Only experience of which there are five orders or five experts at least.
    #[schema(max_items = 200)]
    pub by_theme: Vec<Balance>,
    /// How evenly the tasks fell on the experts.
    #[schema(max_items = 10)]
    pub fairness: Vec<Share>,
}

/// Demand and supply of one kind
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Balance {
    /// The kind, by its code; `all` for everything.
    #[schema(example = "lecture", max_length = 60)]
    pub code: String,
    /// The orders.
    #[schema(example = 20, minimum = 0, maximum = 1_000_000)]
    pub orders: i64,
    /// Those of them that have not found enough experts.
    #[schema(example = 5, minimum = 0, maximum = 1_000_000)]
    pub unmet: i64,
    /// The experts who offer themselves.
    #[schema(example = 15, minimum = 0, maximum = 1_000_000)]
    pub experts: i64,
    /// Those of them who were given no task.
    #[schema(example = 10, minimum = 0, maximum = 1_000_000)]
    pub idle: i64,
}

/// How many experts were given so many tasks
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Share {
    /// How many tasks: `0`, `1`, `2_3`, `4_6` or `7_or_more`.
    #[schema(example = "2_3", max_length = 20)]
    pub tasks: String,
    /// The experts.
    #[schema(example = 10, minimum = 0, maximum = 1_000_000)]
    pub experts: i64,
}

/// Sets demand against supply.
pub fn supply_and_demand(demand: &[Demand], supply: &[Supply]) -> SupplyAndDemand {
    let all = |_: &str| true;
    let overall = balance("all", demand, supply, |_| true, |_| true);
    SupplyAndDemand {
        overall,
        by_task_type: by(
            demand.iter().filter_map(|order| order.task_type.as_deref()),
            supply.iter().flat_map(|expert| expert.task_types.iter().map(String::as_str)),
            |code| {
                balance(
                    code,
                    demand,
                    supply,
                    |order| order.task_type.as_deref() == Some(code),
                    |expert| expert.task_types.is_empty() || has(&expert.task_types, code),
                )
            },
            all,
        ),
        by_area: by(
            demand.iter().filter_map(|order| order.area.as_deref()),
            supply.iter().flat_map(|expert| expert.areas.iter().map(String::as_str)),
            |code| {
                balance(
                    code,
                    demand,
                    supply,
                    |order| order.area.as_deref() == Some(code),
                    |expert| has(&expert.areas, code),
                )
            },
            all,
        ),
        // That someone has an experience is health data: a theme with few people is not even named.
        by_theme: by(
            demand.iter().flat_map(|order| order.themes.iter().map(String::as_str)),
            supply.iter().flat_map(|expert| expert.themes.iter().map(String::as_str)),
            |code| {
                balance(
                    code,
                    demand,
                    supply,
                    |order| has(&order.themes, code),
                    |expert| has(&expert.themes, code),
                )
            },
            |_| false,
        ),
        fairness: fairness(supply),
    }
}

fn by<'a>(
    demanded: impl Iterator<Item = &'a str>,
    supplied: impl Iterator<Item = &'a str>,
    balance: impl Fn(&str) -> Balance,
    always: impl Fn(&str) -> bool,
) -> Vec<Balance> {
    let codes: BTreeSet<&str> = demanded.chain(supplied).collect();
    codes
        .into_iter()
        .map(balance)
        .filter(|balance| always(&balance.code) || balance.orders + balance.experts > 0)
        .collect()
}

fn balance(
    code: &str,
    demand: &[Demand],
    supply: &[Supply],
    asks: impl Fn(&Demand) -> bool,
    offers: impl Fn(&Supply) -> bool,
) -> Balance {
    let orders = || demand.iter().filter(|order| asks(order));
    let experts = || supply.iter().filter(|expert| offers(expert));
    Balance {
        code: code.to_owned(),
        orders: fives(orders().count()),
        unmet: fives(orders().filter(|order| UNMET.contains(&order.state.as_str())).count()),
        experts: fives(experts().count()),
        idle: fives(experts().filter(|expert| expert.tasks == 0).count()),
    }
}

fn fairness(supply: &[Supply]) -> Vec<Share> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for expert in supply {
        *found.entry(band(expert.tasks)).or_default() += 1;
    }
    BANDS
        .iter()
        .map(|tasks| Share {
            tasks: (*tasks).to_owned(),
            experts: fives(found.get(tasks).copied().unwrap_or_default()),
        })
        .collect()
}

/// The bands of tasks that experts are counted in.
pub(crate) const BANDS: [&str; 5] = ["0", "1", "2_3", "4_6", "7_or_more"];

/// The band that so many tasks are in.
pub(crate) const fn band(tasks: usize) -> &'static str {
    match tasks {
        0 => BANDS[0],
        1 => BANDS[1],
        2..=3 => BANDS[2],
        4..=6 => BANDS[3],
        _ => BANDS[4],
    }
}

fn has(codes: &[String], code: &str) -> bool {
    codes.iter().any(|one| one == code)
}
