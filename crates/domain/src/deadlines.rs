//! Of what people are reminded once the last day for it has passed, as long as it is left undone.

use crate::time::Day;

/// What people are still to be reminded of, each with the last day on which they need not be.
#[derive(Debug)]
pub struct Deadlines<R>(Vec<(R, Day)>);

impl<R> Deadlines<R> {
    /// Those of `reminders` that have a last day: of the others nobody need be reminded, or was already.
    pub(crate) fn of(reminders: impl IntoIterator<Item = (R, Option<Day>)>) -> Self {
        let open = reminders.into_iter().filter_map(|(reminder, last)| Some((reminder, last?)));
        Self(open.collect())
    }

    /// What somebody is to be reminded of on `today`.
    pub fn passed(self, today: Day) -> Vec<R> {
        let passed = self.0.into_iter().filter(|(_, last)| *last < today);
        passed.map(|(reminder, _)| reminder).collect()
    }

    /// The last day on which nobody need be reminded of anything yet, as long as something is still to come.
    pub fn first(&self) -> Option<Day> {
        self.0.iter().map(|(_, last)| *last).min()
    }
}
