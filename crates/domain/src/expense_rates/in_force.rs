//! Which rate a trip is computed by.

use super::{Maximum, NoRate, RateKind, RateTable, RateTableId, YEARS, YearRates};
use crate::{node::Path, time::Day};

/// The rates that hold at a node: those that were entered for its area or the nation, and those that the service comes
/// with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    /// The tables that were entered, the first one to be asked first.
    entered: Vec<RateTable>,
}

/// A rate and where it is from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate<'a> {
    /// The most that is paid by it.
    pub maximum: Maximum,
    /// Where it was read.
    pub source: &'a str,
    /// What is odd about it.
    pub note: Option<&'static str>,
    /// The table that it was entered with, if it did not come with the service.
    pub table: Option<RateTableId>,
}

impl Rates {
    /// The rates at the node with this path.
    ///
    /// The area comes before the nation. Of the tables of one node that cover a day, the one that begins last is asked
    /// first, and of those that begin on the same day the one that was entered last: so a slip is put right.
    pub fn at(path: &Path, mut tables: Vec<RateTable>) -> Self {
        let depth = |table: &RateTable| path.ids().position(|id| id == table.node);
        tables.retain(|table| depth(table).is_some());
        tables.sort_by_key(|table| (depth(table), table.content.valid_from, table.id));
        tables.reverse();
        Self { entered: tables }
    }

    /// The rate of `kind` for trips of `day`: an entered one before the one that the service comes with.
    ///
    /// # Errors
    ///
    /// [`NoRate::Year`] if no rate at all is known for the day, [`NoRate::Figure`] if this one is not.
    pub fn on(&self, day: Day, kind: RateKind) -> Result<Rate<'_>, NoRate> {
        let entered = |table| RateTable::figure(table, day, kind).map(|amount| (table, amount));
        if let Some((table, amount)) = self.entered.iter().find_map(entered) {
            return Ok(Rate {
                maximum: Maximum { amount, verified: true },
                source: &table.content.source,
                note: None,
                table: Some(table.id),
            });
        }
        let year = YEARS.iter().find(|rates| rates.year == day.year());
        let Some(figure) = year.and_then(|year| YearRates::figure(year, kind)) else {
            let nothing = year.is_none() && !self.entered.iter().any(|at| at.content.covers(day));
            return Err(if nothing { NoRate::Year(kind) } else { NoRate::Figure(kind) });
        };
        let maximum = Maximum { amount: figure.amount, verified: figure.verified };
        Ok(Rate { maximum, source: figure.source, note: figure.note, table: None })
    }
}
