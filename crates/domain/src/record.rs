//! What is kept of a thing about what can happen to it again and again (*loki*), and how much of it.
//!
//! **Invariant:** what a thing has been through fits in one answer, however long somebody goes on.

use crate::refusal::{Refusal, Rule};

/// How many entries one thing has at the most: what the contract says of lists that name no other bound.
pub const MOST: usize = 1000;

/// How many of them are left for what must always be possible: to approve, to pay, to end, to take back consent by every theme.
const SPARE: usize = 100;

/// Lets something happen once more to a thing of which `kept` entries are kept.
///
/// # Errors
///
/// [`Rule::RecordFull`] if only what ends it has room.
pub fn once_more(kept: usize) -> Result<(), Refusal> {
    if kept + SPARE < MOST { Ok(()) } else { Err(Rule::RecordFull.into()) }
}

/// Forgets the oldest entries of a thing that must be changed for as long as it is there.
pub(crate) fn keep_newest<T>(record: &mut Vec<T>) {
    let over = record.len().saturating_sub(MOST);
    record.drain(..over);
}
