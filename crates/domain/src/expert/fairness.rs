//! Whose turn it is: tasks should not all go to the same people (S2-22; `facts.md` F: *some have many gigs, some none*).
//!
//! **Invariant:** declines count for nothing here (`process.md`, invariant 10).

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CardId, Match};
use crate::time::Moment;

/// How much an expert has had to do lately.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Load {
    /// How many tasks they accepted within the last year.
    pub recent: u32,
    /// When they last accepted one.
    pub last: Option<Moment>,
}

/// A place in the row of candidates: the smaller, the earlier.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Rank {
    wishes: Reverse<usize>,
    recent: u32,
    last: Option<i64>,
    turn: u64,
    card: Uuid,
}

impl Rank {
    /// The card whose place it is.
    pub const fn card(self) -> CardId {
        CardId::new(self.card)
    }
}

/// The place of a candidate: whoever fits more wishes first, then whoever has had fewer tasks lately, then whoever has
/// waited longer, and among equals in a row that is another one for each search `key`.
pub fn rank(found: &Match, load: Load, key: Uuid, card: CardId) -> Rank {
    Rank {
        wishes: Reverse(found.wishes()),
        recent: load.recent,
        last: load.last.map(Moment::timestamp),
        turn: turn(key, card),
        card: card.raw(),
    }
}

/// A number that is as good as drawn by lot, and the same each time (FNV-1a).
fn turn(key: Uuid, card: CardId) -> u64 {
    let bytes = key.into_bytes().into_iter().chain(card.raw().into_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
