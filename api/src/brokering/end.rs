//! What becomes of what an organisation has in hand when its work ends, or when an expert chooses another one.
//!
//! **Invariant:** nobody's expert passes to another organisation by itself: the expert chooses who supports them.

use domain::{
    expert::Expert,
    node::{NodeId, Path},
    notice::Kind,
    policy::{Reach, Scope},
    time::Moment,
};
use persistence::{Page, Session, experts, grants, nodes, orders, supervision_sessions};

use super::{reassign::hand_back, tell, tell_supporters};
use crate::problem::Result;

/// How many are told at a time: an organisation may support hundreds.
const SOME: u16 = 100;

/// Tells those whom the end of the work at `path` and below it concerns: the experts who are supported there, and whoever
/// holds a role that runs out with it. What it brokers goes back at once, if its last day is past; a job sees to the rest.
pub(crate) fn end_work(session: &mut Session<'_>, path: &Path, now: Moment) -> Result<()> {
    let mut page = Page { after: None, limit: SOME };
    let supported = Scope(vec![Reach::Handled(path.clone())]);
    loop {
        let some = experts::list(session, &supported, page)?;
        for expert in some.iter().take(usize::from(SOME)) {
            let reference = format!("/v1/experts/{}", expert.thing.id);
            tell(session, expert.person, Kind::SupporterEnding, &reference, now)?;
        }
        if some.len() <= usize::from(SOME) {
            break;
        }
        page.after = some.get(usize::from(SOME) - 1).map(|expert| expert.id);
    }
    let mut page = Page { after: None, limit: SOME };
    let given = Scope(vec![Reach::Below(path.clone())]);
    loop {
        let some = grants::list(session, &given, &grants::Filter::default(), page)?;
        for grant in some.iter().take(usize::from(SOME)) {
            let terms = &grant.terms;
            if grant.in_force(now.day()) && !terms.role.winds_up() {
                let reference = format!("/v1/grants/{}", grant.thing.id);
                tell(session, terms.person_id, Kind::RoleExpiring, &reference, now)?;
            }
        }
        if some.len() <= usize::from(SOME) {
            break;
        }
        page.after = some.get(usize::from(SOME) - 1).map(|grant| grant.id);
    }
    for order in orders::left_by_ended(session, now.day())? {
        hand_back(session, order, now)?;
    }
    Ok(())
}

/// Takes along what the expert has asked their organisation for, once another one supports them: whoever was asked knows them no
/// more. The one that is asked from now on is told, and without one the centre of the area.
pub(crate) fn take_support_along(
    session: &mut Session<'_>,
    expert: &Expert,
    now: Moment,
) -> Result<()> {
    for asked in supervision_sessions::to_come(session, expert.person)? {
        let node = match expert.handler() {
            Some(_) if theirs(session, expert, asked.node)? => None,
            Some(handler) => Some(handler),
            None => nodes::path(session, asked.node)?.area(),
        };
        let moved = asked.thing.clone().asked_of(node.unwrap_or(asked.node));
        if moved.node != asked.node {
            let moved = supervision_sessions::save(session, &asked, moved)?;
            tell_supporters(session, &moved, moved.owner, Kind::SupervisionWanted, now)?;
        }
    }
    Ok(())
}

/// Whether the expert asks for support there: the organisation that supports them, or where none does the one at which they
/// enrolled, with what hangs under it and what is above it.
pub(crate) fn theirs(session: &mut Session<'_>, expert: &Expert, node: NodeId) -> Result<bool> {
    let own = nodes::path(session, expert.handler().unwrap_or(expert.node))?;
    let asked = nodes::path(session, node)?;
    Ok(own.covers(&asked) || asked.covers(&own))
}
