//! Offers whose time has run out.

use domain::{
    notice::Kind,
    offer::{Event, Offer, OfferId, REMINDED_BEFORE},
    order::Order,
    time::Moment,
};
use persistence::{Session, Stored, offers, orders};

use super::{settle, tell_brokers, tell_of_offer};
use crate::{App, audit, background::each, problem::Result};

/// Writes down that the time of offers has run out, and asks those whose turn it is then. Several nodes may do so at the
/// same time: whoever comes second finds it done.
///
/// # Errors
///
/// If the database fails, or what is known of an offer does not let it expire: the others expire all the same.
pub(crate) fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    let overdue = app.database.read(|session| offers::overdue(session, now))?;
    each("expire_offers", overdue, |offer| {
        app.database.write(|session| expire(session, offer, now))
    })
}

fn expire(session: &mut Session<'_>, offer: OfferId, now: Moment) -> Result<()> {
    let offer = &offers::find(session, offer)?;
    if !offer.overdue(now) {
        // Somebody has answered, or another node was faster; or it was given until a year that a database takes for the earliest.
        return Ok(());
    }
    audit::record_own(session, "expire_offer", offer.node, offer.thing.id, now)?;
    let order = run_out(session, offer, now)?;
    tell_of_offer(session, offer, Kind::OfferClosed, now)?;
    tell_brokers(session, &order, Kind::OfferExpired, now)
}

/// Reminds experts a day before their time to answer runs out, if they have not answered and had more than two.
///
/// # Errors
///
/// If the database fails: of the other offers, everybody is reminded all the same.
pub(crate) fn remind(app: &App) -> Result<()> {
    let now = app.clock.now();
    let until = now.plus(REMINDED_BEFORE);
    let open = app.database.read(|session| offers::running_out(session, until))?;
    each("remind_of_offers", open, |offer| {
        let found = app.database.read(|session| offers::find(session, offer))?;
        if found.thing.remind(now).is_none() {
            return Ok(());
        }
        app.database.write(|session| {
            let offer = offers::find(session, offer)?;
            let Some(next) = offer.thing.clone().remind(now) else { return Ok(()) };
            let offer = offers::save(session, &offer, next)?;
            tell_of_offer(session, &offer, Kind::OfferEnding, now)?;
            audit::record_own(session, "remind_of_offer", offer.node, offer.thing.id, now)
        })
    })
}

/// Writes down that the time of an offer has run out, and asks whoever is next. Gives the order.
pub(super) fn run_out(
    session: &mut Session<'_>,
    offer: &Stored<Offer>,
    now: Moment,
) -> Result<Stored<Order>> {
    let order = orders::hold(session, offer.order)?;
    offers::save(session, offer, offer.thing.clone().apply(Event::Expire, now)?)?;
    settle(session, &order, now)?;
    Ok(order)
}
