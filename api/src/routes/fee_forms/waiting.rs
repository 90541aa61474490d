//! What waits at a unit, and for whom.

use std::ops::ControlFlow;

use domain::{
    fee_form::{Deciders, FeeForm, Reminder, WITH_THE_UNIT},
    grant::{Grant, Terms},
    node::{NodeId, Path},
    notice::Kind,
    person::PersonId,
    policy::{Power, Reach, Role, Scope},
    time::{Day, Moment},
};
use persistence::{Page, Session, assignments, callers, fee_forms, nodes, orders, routing};

use super::background::form_path;
use crate::{
    brokering::{nearest_holders, tell},
    call::Caller,
    problem::Result,
};

/// Who of the unit can take the next step with a form that waits there: whoever orders for the unit or for what it is part of
/// now, also if somebody else ordered the task.
pub(super) fn deciders(session: &mut Session<'_>, form: &FeeForm, day: Day) -> Result<Deciders> {
    let path = nodes::path(session, form.node)?;
    let holders = routing::holders(session, Role::Orderer, &path, day)?;
    let others = callers::delegates(session, form.person, Power::FeeForms, day)?;
    Ok(form.deciders(holders.into_iter().map(|(_, person)| person), &others))
}

/// Tells those in the unit who can take the next step with the form. Whether they are enough to have it approved.
fn tell_deciders(
    session: &mut Session<'_>,
    form: &FeeForm,
    kind: Kind,
    now: Moment,
) -> Result<bool> {
    let Deciders { next, enough } = deciders(session, form, now.day())?;
    for person in next {
        tell(session, person, kind, &form_path(form), now)?;
    }
    Ok(enough)
}

/// Tells those in the unit whose turn it is. Where they are not enough to have it approved, the centre is told that it has to
/// appoint somebody; it does not see the form.
pub(in crate::routes) fn tell_unit(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &FeeForm,
    kind: Kind,
) -> Result<()> {
    match tell_deciders(session, form, kind, caller.now)? {
        true => Ok(()),
        false => tell_centre(session, form.node, Kind::NobodyDecides, caller.now),
    }
}

/// Tells those in the unit who could have decided about a form that it was withdrawn.
pub(super) fn tell_of_withdrawal(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &FeeForm,
) -> Result<()> {
    tell_deciders(session, form, Kind::FeeWithdrawn, caller.now).map(drop)
}

/// Reminds those of a form for whom it waits, or the centre of its unit (S4-35).
pub(crate) fn remind(
    session: &mut Session<'_>,
    form: &FeeForm,
    reminder: Reminder,
    now: Moment,
) -> Result<()> {
    match reminder {
        Reminder::Unit => tell_deciders(session, form, Kind::FeeWaits, now).map(drop),
        Reminder::Centre => tell_centre(session, form.node, Kind::FeesOverdue, now),
    }
}

/// Tells those who could appoint somebody for the unit: the nearest centre, or else those who run the installation.
fn tell_centre(session: &mut Session<'_>, unit: NodeId, kind: Kind, now: Moment) -> Result<()> {
    let path = nodes::path(session, unit)?;
    for role in [Role::CentreManager, Role::PlatformAdmin] {
        let people = nearest_holders(session, role, &path, now)?;
        for person in &people {
            tell(session, *person, kind, &format!("/v1/nodes/{unit}"), now)?;
        }
        if !people.is_empty() {
            break;
        }
    }
    Ok(())
}

/// How many forms are read at once.
const SOME: u16 = 50;

/// Shows `look` the forms in this scope that wait for their unit, one after the other, until it has seen enough.
fn each_waiting(
    session: &mut Session<'_>,
    scope: &Scope,
    mut look: impl FnMut(&mut Session<'_>, &FeeForm) -> Result<ControlFlow<()>>,
) -> Result<()> {
    for state in WITH_THE_UNIT {
        let filter = fee_forms::Filter { state: Some((*state).to_owned()), ..Default::default() };
        let mut page = Page { after: None, limit: SOME };
        loop {
            let forms = fee_forms::list(session, scope, &filter, page)?;
            for form in forms.iter().take(SOME.into()) {
                if look(session, form)?.is_break() {
                    return Ok(());
                }
                page.after = Some(form.id);
            }
            if forms.len() <= usize::from(SOME) {
                break;
            }
        }
    }
    Ok(())
}

/// Tells the centre of each unit at which forms in this scope wait that nobody there can have approved.
fn tell_where_nobody_decides(session: &mut Session<'_>, scope: &Scope, now: Moment) -> Result<()> {
    let mut told = Vec::new();
    each_waiting(session, scope, |session, form| {
        if !told.contains(&form.node) && !deciders(session, form, now.day())?.enough {
            tell_centre(session, form.node, Kind::NobodyDecides, now)?;
            told.push(form.node);
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// Somebody has lost a role: if they ordered by it, what waits below may have nobody left who decides.
pub(crate) fn role_lost(session: &mut Session<'_>, terms: &Terms, now: Moment) -> Result<()> {
    if terms.role != Role::Orderer {
        return Ok(());
    }
    let path = nodes::path(session, terms.node_id)?;
    tell_where_nobody_decides(session, &below(&path), now)
}

/// An expert lets somebody claim for them, who decides about none of their forms from then on: what waits may have nobody left.
pub(in crate::routes) fn claims_given(
    session: &mut Session<'_>,
    expert: PersonId,
    now: Moment,
) -> Result<()> {
    tell_where_nobody_decides(session, &Scope(vec![Reach::Own(expert)]), now)
}

/// Somebody has got a role: if they order by it from now on, they are told if something waits for them there that was told to
/// those before them.
pub(crate) fn role_given(session: &mut Session<'_>, grant: &Grant, now: Moment) -> Result<()> {
    let Terms { person_id, role, node_id, .. } = grant.terms;
    if role != Role::Orderer || !grant.in_force(now.day()) {
        return Ok(());
    }
    let path = nodes::path(session, node_id)?;
    if waits(session, person_id, &path, now)? {
        tell(session, person_id, Kind::WorkWaits, &format!("/v1/nodes/{node_id}"), now)?;
    }
    Ok(())
}

/// Whether a fee form, an order that somebody asks something about or a task that is not agreed yet waits below the node.
fn waits(session: &mut Session<'_>, person: PersonId, path: &Path, now: Moment) -> Result<bool> {
    let (scope, one) = (below(path), Page { after: None, limit: 1 });
    let asked =
        orders::Filter { state: Some("needs_information".to_owned()), ..Default::default() };
    let preparing =
        assignments::AssignmentFilter { state: Some("preparing".to_owned()), ..Default::default() };
    if !orders::list(session, &scope, &asked, one)?.is_empty()
        || !assignments::list(session, &scope, &preparing, one)?.is_empty()
    {
        return Ok(true);
    }
    let mut found = false;
    each_waiting(session, &scope, |session, form| {
        found = deciders(session, form, now.day())?.next.contains(&person);
        Ok(if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(found)
}

fn below(path: &Path) -> Scope {
    Scope(vec![Reach::Below(path.clone())])
}
