//! Offers whose time has run out.

use domain::{
    notice::Kind,
    offer::{Event, OfferId, State},
    time::Moment,
};
use persistence::{Session, offers, orders};

use super::{settle, tell_brokers, touch};
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
    if !matches!(offer.state, State::Sent { .. }) {
        return Ok(()); // somebody has answered, or another node was faster
    }
    let order = orders::find(session, offer.order)?;
    let order = touch(session, &order)?;
    offers::save(session, offer, offer.thing.clone().apply(Event::Expire, now)?)?;
    audit::record_own(session, "expire_offer", offer.node, offer.thing.id, now)?;
    settle(session, &order, now)?;
    tell_brokers(session, &order, Kind::OfferAnswered, now)
}
