//! Offers.

use chrono::NaiveDateTime;
use diesel::{dsl::count_star, prelude::*};
use domain::{
    offer::{Offer, OfferId},
    order::OrderId,
    person::PersonId,
    policy::Scope,
    time::Moment,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_id, from_moment, to_id},
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::offers,
    scope::in_scope,
    way::{Way, way},
};

documents! {
    offers of Offer as offer at node_id {
        order_id: String = from_id(offer.order),
        node_id: String = from_id(offer.node),
        handler_id: Option<String> = offer.handler.map(from_id),
        expert_id: String = from_id(offer.expert),
        person_id: String = from_id(offer.person),
        // Whoever is asked in turn does not know of it unless their turn comes.
        seen_by_id: Option<String> = offer.was_sent().then(|| from_id(offer.person)),
        state: String = offer.state.name().to_owned(),
        expires_at: Option<NaiveDateTime> = offer.expires_at.map(from_moment),
    }
}

/// Which offers a listing is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those of this order.
    pub order: Option<OrderId>,
    /// Those in this state.
    pub state: Option<String>,
}

/// Offers in the order of their making.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<Offer>>> {
    let way = match filter.order {
        Some(_) => Way::Asked,
        None => way!(session, offers, scope, {
            below: offers::node_id,
            handled: offers::handler_id,
            own: offers::seen_by_id,
        }),
    };
    let mut query = in_scope!(offers, offers::table.into_boxed(), scope, {
        below: offers::node_id,
        handled: offers::handler_id,
        own: offers::seen_by_id,
    });
    if let Some(order) = filter.order {
        query = query.filter(offers::order_id.eq(from_id(order)));
    }
    if let Some(state) = &filter.state {
        query = query.filter(offers::state.eq(state.clone()));
    }
    page_of!(session, offers, page, query, way.unless(filter.state.is_some()))
}

/// All offers of an order, in the order of their making.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_order(session: &mut Session<'_>, order: OrderId) -> Result<Vec<Stored<Offer>>> {
    all_of!(session, offers::table.filter(offers::order_id.eq(from_id(order))).order(offers::id))
}

/// How many offers of an order are in each state, by its name.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn count_by_state(session: &mut Session<'_>, order: OrderId) -> Result<Vec<(String, i64)>> {
    Ok(ask!(session, |conn| offers::table
        .filter(offers::order_id.eq(from_id(order)))
        .group_by(offers::state)
        .select((offers::state, count_star()))
        .load(conn))?)
}

/// The offers to a person that wait for an answer or for their turn.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn open_to(session: &mut Session<'_>, person: PersonId) -> Result<Vec<Stored<Offer>>> {
    all_of!(
        session,
        offers::table
            .filter(offers::person_id.eq(from_id(person)))
            .filter(among(offers::state, ["waiting", "sent"]))
            .order(offers::id)
    )
}

/// The offers whose time to answer has run out, the longest ago first. Only which they are: one that cannot be read keeps none
/// of the others from being found.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn overdue(session: &mut Session<'_>, now: Moment) -> Result<Vec<OfferId>> {
    running_out(session, now)
}

/// The offers that wait for an answer and whose time runs out until `until`, the first first.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn running_out(session: &mut Session<'_>, until: Moment) -> Result<Vec<OfferId>> {
    let found: Vec<String> = ask!(session, |conn| offers::table
        .filter(offers::state.eq("sent"))
        .filter(offers::expires_at.le(from_moment(until)))
        .order((offers::expires_at, offers::id))
        .select(offers::id)
        .load(conn))?;
    found.iter().map(|offer| to_id("offers", offer)).collect()
}
