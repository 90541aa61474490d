//! Offers whose time has run out.

use domain::{
    notice::Kind,
    offer::{Event, Offer},
    order::Order,
    time::Moment,
};
use persistence::{Session, Stored, offers, orders};

use super::{settle, tell_brokers};
use crate::{
    App, audit,
    problem::{Problem, Result},
};

/// How many offers are looked at in one go.
const SOME: u16 = 200;

/// Writes down that the time of offers has run out, and asks those whose turn it is then. Several nodes may do so at the
/// same time: whoever comes second finds it done.
///
/// # Errors
///
/// If the database fails.
pub(crate) fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    loop {
        let overdue = app.database.read(|session| offers::overdue(session, now, SOME))?;
        for offer in &overdue {
            match app.database.write(|session| expire(session, offer, now)) {
                Ok(()) | Err(Problem::Stale) => {}
                Err(problem) => return Err(problem),
            }
        }
        if overdue.len() < usize::from(SOME) {
            return Ok(());
        }
    }
}

fn expire(session: &mut Session<'_>, offer: &Stored<Offer>, now: Moment) -> Result<()> {
    audit::record_own(session, "expire_offer", offer.node, offer.thing.id, now)?;
    let order = run_out(session, offer, now)?;
    tell_brokers(session, &order, Kind::OfferExpired, now)
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
