//! What was asked of an organisation that answers no more: its work has ended.

use domain::{
    notice::Kind,
    sourcing::{Event, SourcingId},
    supervision::SupervisionSessionId,
    time::Moment,
};
use persistence::{Session, nodes, orders, sourcing_requests, supervision_sessions};

use super::{brokers, tell, tell_supporters};
use crate::{App, audit, background::each, problem::Result};

/// Passes supervision that was asked of an organisation whose work has ended on to its area, and takes back what such an
/// organisation was asked about experts.
///
/// # Errors
///
/// If the database fails, or something stands in the way of one of them: the others are seen to all the same.
pub(super) fn see_to_unanswered(app: &App) -> Result<()> {
    let now = app.clock.now();
    let day = now.day();
    let wanted = app.database.read(|session| supervision_sessions::left_by_ended(session, day))?;
    let passed = each("pass_on_orders", wanted, |id| {
        app.database.write(|session| pass_on_supervision(session, id, now))
    });
    let asked = app.database.read(|session| sourcing_requests::left_by_ended(session, day))?;
    let taken_back = each("pass_on_orders", asked, |id| {
        app.database.write(|session| take_back_sourcing(session, id, now))
    });
    passed.and(taken_back)
}

/// The expert is helped by their area until they have chosen who supports them.
fn pass_on_supervision(
    session: &mut Session<'_>,
    id: SupervisionSessionId,
    now: Moment,
) -> Result<()> {
    let asked = supervision_sessions::find(session, id)?;
    let Some(area) = nodes::path(session, asked.node)?.area() else { return Ok(()) };
    let moved = asked.thing.clone().asked_of(area);
    if moved == asked.thing {
        return Ok(()); // another node was faster
    }
    let moved = supervision_sessions::save(session, &asked, moved)?;
    tell_supporters(session, &moved, moved.owner, Kind::SupervisionWanted, now)?;
    audit::record_own(session, "pass_on_supervision", area, id, now)
}

/// Whoever brokers the order asks another organisation.
fn take_back_sourcing(session: &mut Session<'_>, id: SourcingId, now: Moment) -> Result<()> {
    let request = sourcing_requests::find(session, id)?;
    // Another node may have been faster, or they have answered.
    let Ok(next) = request.thing.clone().apply(Event::Withdraw, now) else { return Ok(()) };
    let request = sourcing_requests::save(session, &request, next)?;
    let order = orders::find(session, request.order)?;
    for broker in brokers(session, &order, now)? {
        tell(
            session,
            broker,
            Kind::SourcingUnanswered,
            &format!("/v1/sourcing-requests/{id}"),
            now,
        )?;
    }
    audit::record_own(session, "take_back_sourcing", request.node, id, now)
}
