//! What can be claimed for an assignment: its fee, a share of that, or no more than what it cost the expert.

use super::{Assignment, CancellationParty, Side, State};
use crate::time::Day;

/// What can be claimed for an assignment.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Payable {
    /// The day of the task: it picks the rates.
    pub day: Day,
    /// The share of the agreed fee that is owed, in percent. Without any, there are the expenses.
    pub percent: i32,
}

impl Assignment {
    /// What can be claimed for it, if anything. Whoever was ready for an agreed task never bears the costs themself
    /// (`facts.md` B.1): if others cancelled it or the unit was not there, they can claim those even where no fee is owed.
    pub fn payable(&self) -> Option<Payable> {
        let (percent, by_others, at) = match &self.state {
            State::Performed { performance } | State::Closed { performance, .. } => {
                return Some(Payable { day: performance.date, percent: 100 });
            }
            State::Cancelled { party, pay_percent, at, .. } => {
                (*pay_percent, *party != CancellationParty::Expert, *at)
            }
            State::NoShow { absent, pay_percent, at, .. } => {
                (*pay_percent, *absent == Side::Orderer, *at)
            }
            State::Preparing | State::Confirmed { .. } | State::SteppedBack { .. } => return None,
        };
        let day = self.starts.unwrap_or(at).day();
        (percent > 0 || by_others).then_some(Payable { day, percent })
    }
}
