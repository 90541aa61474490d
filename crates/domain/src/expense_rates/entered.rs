//! Rates that an installation or an area has entered, because the service does not come with them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::RateKind;
use crate::{
    id::Id,
    money::Money,
    node::{Level, NodeId},
    refusal::Fault,
    time::Day,
};

/// The identifier of a table of expense rates.
pub type RateTableId = Id<RateTable>;

/// Rates that were entered for the trips of a span of days.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RateTable {
    /// Its identifier.
    pub id: RateTableId,
    /// The area, or the nation, that they are for.
    pub node: NodeId,
    /// What it says.
    pub content: RateTableContent,
}

/// Rates for the trips of a span of days
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExpenseRateTableContent)]
pub struct RateTableContent {
    /// The first day of trips that they are for.
    #[schema(example = "2026-01-01")]
    pub valid_from: Day,
    /// The last day of trips that they are for: in the same year, because the rates of a year are never those of another.
    #[schema(example = "2026-12-31")]
    pub valid_until: Day,
    /// Who decided the rates, when, and where the decision can be read.
    #[schema(
        example = "Verohallinnon päätös verovapaista matkakustannusten korvauksista vuonna 2026",
        min_length = 3,
        max_length = 500
    )]
    pub source: String,
    /// The rates, each kind once. Those that are missing here are those of the nation's tables, or those that the service
    /// comes with, if they are known there.
    #[schema(min_items = 1, max_items = 10)]
    pub figures: Vec<EnteredFigure>,
}

/// A rate that was entered
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EnteredExpenseRate, example = json!({ "kind": "kilometre_car", "amount": { "cents": 55, "currency": "EUR" } }))]
pub struct EnteredFigure {
    /// What it is the maximum of.
    pub kind: RateKind,
    /// The maximum.
    pub amount: Money,
}

impl RateTable {
    /// The rate of `kind` for trips of `day`, if it has one.
    pub fn figure(&self, day: Day, kind: RateKind) -> Option<Money> {
        if !self.content.covers(day) {
            return None;
        }
        self.content.figures.iter().find(|figure| figure.kind == kind).map(|found| found.amount)
    }
}

impl RateTableContent {
    /// Whether it is for trips of `day`.
    pub fn covers(&self, day: Day) -> bool {
        self.valid_from <= day && day <= self.valid_until
    }

    /// What is wrong with it at a node of `level`, with pointers from the root of what holds both.
    pub fn faults(&self, level: Level) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !matches!(level, Level::Nation | Level::Area) {
            faults.push(Fault::new("/node_id", "not_an_area"));
        }
        if self.valid_until < self.valid_from {
            faults.push(Fault::new("/content/valid_until", "ends_before_it_begins"));
        } else if self.valid_until.year() != self.valid_from.year() {
            faults.push(Fault::new("/content/valid_until", "not_the_same_year"));
        }
        for (at, figure) in self.figures.iter().enumerate() {
            if self.figures[..at].iter().any(|other| other.kind == figure.kind) {
                faults.push(Fault::new(format!("/content/figures/{at}/kind"), "repeated"));
            }
        }
        faults
    }
}
