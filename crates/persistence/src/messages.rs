//! Messages on orders.

use diesel::prelude::*;
use domain::{message::Message, offer::OfferId, order::OrderId};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    connection::ask,
    documents::{documents, page_of},
    schema::messages,
};

documents! {
    messages of Message as message {
        order_id: String = from_id(message.order),
        offer_id: Option<String> = message.offer.map(from_id),
        author_id: String = from_id(message.author),
    }
}

/// Which conversations on an order someone takes part in.
#[derive(Clone, Debug)]
pub enum Part {
    /// All of them: those who order and those who broker.
    All,
    /// The ones about these offers alone: an expert.
    Offers(Vec<OfferId>),
}

/// How many messages there are on an order.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn count(session: &mut Session<'_>, order: OrderId) -> Result<usize> {
    let of_order = messages::order_id.eq(from_id(order));
    let count: i64 =
        ask!(session, |conn| messages::table.filter(of_order).count().get_result(conn))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The messages on an order, in the order of their writing. Whoever asks has been let in to the order before.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_order(
    session: &mut Session<'_>,
    order: OrderId,
    part: &Part,
    page: Page,
) -> Result<Vec<Stored<Message>>> {
    let mut query = messages::table.filter(messages::order_id.eq(from_id(order))).into_boxed();
    if let Part::Offers(offers) = part {
        let offers: Vec<_> = offers.iter().map(|offer| Some(from_id(*offer))).collect();
        query = query.filter(messages::offer_id.eq_any(offers));
    }
    page_of!(session, messages, page, query)
}
