//! What experts and those who broker say to each other about an offer before it is answered.

use diesel::prelude::*;
use domain::{message::OfferMessage, offer::OfferId};

use crate::{
    Page, Result, Session, Stored, codec::from_id, documents::documents, schema::offer_messages,
};

documents! {
    offer_messages of OfferMessage as message {
        offer_id: String = from_id(message.offer),
    }
}

/// The messages about an offer, in the order of their writing. Whoever asks has been let in to the offer before.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_offer(
    session: &mut Session<'_>,
    offer: OfferId,
    page: Page,
) -> Result<Vec<Stored<OfferMessage>>> {
    let rows: Vec<Row> = offer_messages::table
        .filter(offer_messages::offer_id.eq(from_id(offer)))
        .filter(offer_messages::id.gt(page.floor()))
        .order(offer_messages::id)
        .limit(page.rows())
        .select(Row::as_select())
        .load(session.conn)?;
    rows.into_iter().map(Row::read).collect()
}
