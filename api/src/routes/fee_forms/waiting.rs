//! What waits at a unit, and for whom.

use domain::{
    fee_form::{Deciders, FeeForm, Reminder, WITH_THE_UNIT},
    grant::{Grant, Terms},
    node::{NodeId, Path},
    notice::Kind,
    person::PersonId,
    policy::{Power, Reach, Role, Scope},
    time::{Day, Moment},
};
use persistence::{Page, Session, Stored, assignments, callers, fee_forms, nodes, orders, routing};

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

/// Somebody has lost a role: if they ordered by it, the centre is told of each unit below at which fee forms wait that nobody who
/// is left can have approved.
pub(crate) fn role_lost(session: &mut Session<'_>, terms: &Terms, now: Moment) -> Result<()> {
    if terms.role != Role::Orderer {
        return Ok(());
    }
    let (path, mut told) = (nodes::path(session, terms.node_id)?, Vec::new());
    for state in WITH_THE_UNIT {
        let mut page = Page { after: None, limit: SOME };
        loop {
            let forms = fee_forms::list(session, &below(&path), &in_state(state), page)?;
            let more = forms.len() > usize::from(SOME);
            for form in forms.iter().take(SOME.into()) {
                page.after = Some(form.id);
                if !told.contains(&form.node) && !deciders(session, form, now.day())?.enough {
                    tell_centre(session, form.node, Kind::NobodyDecides, now)?;
                    told.push(form.node);
                }
            }
            if !more {
                break;
            }
        }
    }
    Ok(())
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
    for state in WITH_THE_UNIT {
        let some = Page { after: None, limit: SOME };
        let forms: Vec<Stored<FeeForm>> = fee_forms::list(session, &scope, &in_state(state), some)?;
        for form in forms {
            if deciders(session, &form, now.day())?.next.contains(&person) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn below(path: &Path) -> Scope {
    Scope(vec![Reach::Below(path.clone())])
}

fn in_state(state: &str) -> fee_forms::Filter {
    fee_forms::Filter { state: Some(state.to_owned()), ..Default::default() }
}
