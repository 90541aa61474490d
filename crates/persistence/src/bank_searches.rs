//! Searches of the bank, on record with what they found (S4-12).
//!
//! What was looked for and who was found stays encrypted; each expert's own record is in `lookups`.

use domain::{
    expert::{CardId, Search},
    id::Id,
    order::OrderId,
    person::PersonId,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use crate::{
    Result, Session, Stored, codec::from_id, documents::documents, schema::bank_searches,
    sealed_parts,
};

/// The identifier of a search.
pub type BankSearchId = Id<BankSearch>;

/// A search of the bank.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct BankSearch {
    /// The identifier.
    pub id: BankSearchId,
    /// The order that it was for.
    pub order: OrderId,
    /// Who searched.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// How many cards it found.
    pub found: u32,
}

/// What a search looked for and found.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Outcome {
    /// What it looked for.
    pub search: Search,
    /// The cards, the best first.
    pub cards: Vec<CardId>,
}

documents! {
    bank_searches of BankSearch as search {
        order_id: String = from_id(search.order),
        by_id: String = from_id(search.by),
    }
}

/// Records a search with what it found.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn record(
    session: &mut Session<'_>,
    search: BankSearch,
    outcome: &Outcome,
) -> Result<Stored<BankSearch>> {
    let stored = add(session, search)?;
    sealed_parts::put(session, stored.thing.id, outcome)?;
    Ok(stored)
}

/// What a search looked for and found.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such search.
pub fn outcome(session: &mut Session<'_>, id: BankSearchId) -> Result<Outcome> {
    sealed_parts::get(session, id)
}
