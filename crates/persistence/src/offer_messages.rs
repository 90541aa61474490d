//! What experts and those who broker say to each other about an offer before it is answered.

use diesel::prelude::*;
use domain::{message::OfferMessage, offer::OfferId};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    connection::ask,
    documents::{documents, page_of},
    schema::offer_messages,
};

documents! {
    offer_messages of OfferMessage as message {
        offer_id: String = from_id(message.offer),
    }
}

/// How many messages there are about an offer.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn count(session: &mut Session<'_>, offer: OfferId) -> Result<usize> {
    let of_offer = offer_messages::offer_id.eq(from_id(offer));
    let count: i64 =
        ask!(session, |conn| offer_messages::table.filter(of_offer).count().get_result(conn))?;
    Ok(usize::try_from(count).unwrap_or_default())
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
    page_of!(
        session,
        offer_messages,
        page,
        offer_messages::table.filter(offer_messages::offer_id.eq(from_id(offer)))
    )
}
