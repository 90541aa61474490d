//! Of what those are reminded for whom a form waits (S4-35), once each time that it waits.

use serde::{Deserialize, Serialize};

use super::{FeeForm, State};
use crate::{deadlines::Deadlines, time::Moment};

/// Who is reminded of a form that waits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reminder {
    /// Those of the unit whose turn it is.
    Unit,
    /// The centre, if the unit has not done anything since: it sees that it waits there, and not the form.
    Centre,
}

/// When people are reminded of a form that waits for the unit.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Reminders {
    /// After how many days the unit is, and after as many again the centre; nobody if nothing is said.
    pub days: Option<u32>,
    /// When the unit was reminded last.
    pub unit: Option<Moment>,
    /// When the centre was.
    pub centre: Option<Moment>,
}

impl FeeForm {
    /// The form, of which people are reminded after so many days, as its unit has set it (`check_days`).
    #[must_use]
    pub const fn reminded_after(mut self, days: Option<u32>) -> Self {
        self.reminders.days = days;
        self
    }

    /// The form, of which somebody was reminded at `at`.
    #[must_use]
    pub const fn seen_to(mut self, reminder: Reminder, at: Moment) -> Self {
        match reminder {
            Reminder::Unit => self.reminders.unit = Some(at),
            Reminder::Centre => self.reminders.centre = Some(at),
        }
        self
    }

    /// Who is still to be reminded, each with the last day on which they need not be.
    pub fn deadlines(&self) -> Deadlines<Reminder> {
        let Reminders { days, unit, centre } = self.reminders;
        let waits = self.with_unit_since().zip(days);
        let after = |seen: Option<Moment>, times: u32| {
            let (since, days) = waits.filter(|(since, _)| seen.is_none_or(|seen| seen < *since))?;
            Some(since.day().later(days.saturating_mul(times)))
        };
        Deadlines::of([(Reminder::Unit, after(unit, 1)), (Reminder::Centre, after(centre, 2))])
    }

    /// Since when it waits for the unit as it does now.
    pub(super) const fn with_unit_since(&self) -> Option<Moment> {
        match self.state {
            State::Submitted { at } | State::Checked { at } | State::Queried { at, .. } => Some(at),
            _ => None,
        }
    }
}
