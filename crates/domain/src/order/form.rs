//! The order form (*tilauslomake*, S4-15): the task, and what the orderer alone decides beside it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PlaceKind, TaskDescription};
use crate::{codes, fee_schedule::FeeUnit, money::Money, node::NodeId, refusal::Fault};

/// What an order asks for
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderForm {
    /// The task, as the experts who are asked will see it.
    pub task: TaskDescription,
    /// How many experts are needed.
    #[serde(default = "one")]
    #[schema(example = 1, minimum = 1, maximum = 50)]
    pub experts_wanted: u32,
    /// Who pays, if not the ordering unit itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub payer: Option<NodeId>,
    /// Where the costs go. With several, the shares add up to a hundred (S4-53).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub cost_centres: Vec<CostCentre>,
    /// Further units that take part (S4-53).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub units_involved: Vec<NodeId>,
    /// Notes to the one who brokers. The experts never see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Soittakaa mieluiten aamulla.",
        min_length = 1,
        max_length = 2000
    )]
    pub notes: Option<String>,
}

/// A cost centre and its share
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CostCentre {
    /// The unit that it belongs to, if not the ordering unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub node: Option<NodeId>,
    /// The number or name of the cost centre.
    #[schema(example = "4410", min_length = 1, max_length = 40)]
    pub cost_centre: String,
    /// Its share of the costs, per cent.
    #[schema(example = 100, minimum = 1, maximum = 100)]
    pub share: u32,
}

/// On what basis a task is done (S2-15)
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeBasis {
    /// A fee and expenses are paid.
    #[default]
    Paid,
    /// Expenses are paid, but no fee.
    ExpensesOnly,
    /// Nothing is paid: the expert volunteers.
    Volunteer,
}

/// The fee that an order offers
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeOffer {
    /// The amount for one unit.
    pub amount: Money,
    /// The unit.
    pub unit: FeeUnit,
}

/// One expert, where nothing else is said.
const fn one() -> u32 {
    1
}

impl OrderForm {
    /// What cannot be right, with pointers below `at`, such as `/form`.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = self.task.faults(&format!("{at}/task"));
        let shares: u32 = self.cost_centres.iter().map(|centre| centre.share).sum();
        if !self.cost_centres.is_empty() && shares != 100 {
            faults.push(Fault::new(format!("{at}/cost_centres"), "shares_not_100"));
        }
        faults
    }
}

impl TaskDescription {
    /// What cannot be right, with pointers below `at`.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = self.unknown_codes(at);
        if let Some(place) = &self.place
            && matches!(place.kind, PlaceKind::OnSite | PlaceKind::Hybrid)
            && place.address.is_none()
        {
            faults.push(Fault::new(format!("{at}/where/address"), "required"));
        }
        if let Some(when) = &self.when {
            if when.start.is_none() && when.flexible.is_none() {
                faults.push(Fault::new(format!("{at}/when/start"), "required"));
            }
            match (when.start, when.end) {
                (Some(start), Some(end)) if end <= start => {
                    faults.push(Fault::new(format!("{at}/when/end"), "ends_before_it_begins"));
                }
                (None, Some(_)) => faults.push(Fault::new(format!("{at}/when/start"), "required")),
                _ => {}
            }
        }
        if self.fee.is_some() && self.fee_basis != FeeBasis::Paid {
            faults.push(Fault::new(format!("{at}/fee"), "not_with_fee_basis"));
        }
        faults.dedup();
        faults
    }

    fn unknown_codes(&self, at: &str) -> Vec<Fault> {
        let single = [
            ("purpose", &self.purpose, codes::PURPOSES),
            ("service_phase", &self.service_phase, codes::SERVICE_PHASES),
            ("audience", &self.audience, codes::AUDIENCES),
            ("environment", &self.environment, codes::ENVIRONMENTS),
            ("task_type", &self.task_type, codes::TASK_TYPES),
        ];
        let lists = [
            ("modes", &self.modes, codes::PARTICIPATION_MODES),
            ("experience/themes", &self.experience.themes, codes::EXPERIENCE_THEMES),
            ("experience/perspectives", &self.experience.perspectives, codes::PERSPECTIVES),
            ("languages", &self.languages, codes::LANGUAGES),
        ];
        let single = single
            .into_iter()
            .filter(|(_, code, set)| code.as_ref().is_some_and(|code| !set.has(code)))
            .map(|(field, _, _)| format!("{at}/{field}"));
        let lists = lists.into_iter().flat_map(|(field, codes, set)| {
            codes
                .iter()
                .enumerate()
                .filter(move |(_, code)| !set.has(code))
                .map(move |(index, _)| format!("{at}/{field}/{index}"))
        });
        single.chain(lists).map(|pointer| Fault::new(pointer, "unknown_code")).collect()
    }
}
