//! Whose turn it is to be asked (S2-08).

use super::{Mode, Offer, OfferId, State};

/// The offers whose turn has come: of those in turn, as many are out at a time as experts are still needed.
pub fn next_in_turn(offers: &[Offer], room: u32) -> Vec<OfferId> {
    let in_turn = || offers.iter().filter(|offer| offer.turn.mode == Mode::InTurn);
    let out = in_turn().filter(|offer| matches!(offer.state, State::Sent { .. })).count();
    let mut waiting: Vec<&Offer> =
        in_turn().filter(|offer| offer.state == State::Waiting).collect();
    waiting.sort_by_key(|offer| (offer.created_at, offer.turn.position, offer.id));
    let free = usize::try_from(room).unwrap_or(usize::MAX).saturating_sub(out);
    waiting.into_iter().take(free).map(|offer| offer.id).collect()
}
