//! Of what those are reminded for whom a form waits (S4-35), once each time that it waits.

use serde::{Deserialize, Serialize};

use super::{FeeForm, State};
use crate::time::{Day, Moment};

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

    /// Who is to be reminded on `today`.
    pub fn due(&self, today: Day) -> Vec<Reminder> {
        let due = self.deadlines().into_iter().filter(|(_, last)| *last < today);
        due.map(|(reminder, _)| reminder).collect()
    }

    /// The last day on which nobody need be reminded yet, as long as somebody is still to be.
    pub fn remind_after(&self) -> Option<Day> {
        self.deadlines().into_iter().map(|(_, last)| last).min()
    }

    /// Who is still to be reminded, each with the last day on which they need not be.
    fn deadlines(&self) -> Vec<(Reminder, Day)> {
        let Reminders { days, unit, centre } = self.reminders;
        let (Some(since), Some(days)) = (self.with_unit_since(), days) else { return Vec::new() };
        let open = |seen: Option<Moment>| seen.is_none_or(|seen| seen < since);
        let after = |days| since.day().later(days);
        [
            (Reminder::Unit, open(unit).then(|| after(days))),
            (Reminder::Centre, open(centre).then(|| after(days.saturating_mul(2)))),
        ]
        .into_iter()
        .filter_map(|(reminder, last)| Some((reminder, last?)))
        .collect()
    }

    /// Since when it waits for the unit as it does now.
    pub(super) const fn with_unit_since(&self) -> Option<Moment> {
        match self.state {
            State::Submitted { at } | State::Checked { at } | State::Queried { at, .. } => Some(at),
            _ => None,
        }
    }
}
