//! Fee forms and what payroll has to do with them.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::{
    assignment::AssignmentId,
    fee_form::{FeeForm, FeeFormId, Told},
    policy::{Reach, Scope},
    time::Day,
};

use crate::{
    Error, Page, Result, Session, Stored,
    codec::{from_day, from_id, to_id},
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::fee_forms,
    scope::in_scope,
    sealed_parts,
    way::{Way, way},
};

documents! {
    fee_forms of FeeForm as form at node_id {
        assignment_id: String = from_id(form.assignment),
        person_id: String = from_id(form.person),
        node_id: String = from_id(form.node),
        payer_id: String = from_id(form.payer),
        corrects_id: Option<String> = form.corrects.map(|found| from_id(found.fee_form)),
        state: String = form.state.name().to_owned(),
        submitted: Option<bool> = Some(form.was_submitted()),
        packaged: Option<bool> = Some(form.packaged().is_some()),
        remind_after: Option<NaiveDate> = form.deadlines().first().map(from_day),
    }
}

/// Which fee forms to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those in this state, by its name.
    pub state: Option<String>,
    /// Those of this assignment.
    pub assignment: Option<AssignmentId>,
}

/// The forms of which somebody is to be reminded on `today`. Only which they are: one that cannot be read keeps none of the
/// others from being found.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn to_remind(session: &mut Session<'_>, today: Day) -> Result<Vec<FeeFormId>> {
    let found: Vec<String> = ask!(session, |conn| fee_forms::table
        .filter(fee_forms::remind_after.lt(from_day(today)))
        .order((fee_forms::remind_after, fee_forms::id))
        .select(fee_forms::id)
        .load(conn))?;
    found.iter().map(|form| to_id("fee_forms", form)).collect()
}

/// Lists fee forms, the oldest first. What was never submitted is its writer's own: the unit does not see it.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<FeeForm>>> {
    let own: Vec<String> = scope
        .0
        .iter()
        .filter_map(|reach| match reach {
            Reach::Own(person) => Some(from_id(*person)),
            _ => None,
        })
        .collect();
    let way = match filter.assignment {
        Some(_) => Way::Asked,
        None => {
            way!(session, fee_forms, scope, { below: fee_forms::node_id, own: fee_forms::person_id, })
        }
    };
    let query = fee_forms::table.into_boxed();
    let mut query = in_scope!(fee_forms, query, scope, {
        below: fee_forms::node_id, own: fee_forms::person_id,
    })
    .filter(fee_forms::submitted.assume_not_null().or(fee_forms::person_id.eq_any(own)));
    if let Some(state) = &filter.state {
        query = query.filter(fee_forms::state.eq(state.clone()));
    }
    if let Some(assignment) = filter.assignment {
        query = query.filter(fee_forms::assignment_id.eq(from_id(assignment)));
    }
    page_of!(session, fee_forms, page, query, way)
}

/// Lists the forms that the nodes of `scope` pay for, that were ever approved and that are in a state of one of these names, the
/// oldest first.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn packages(
    session: &mut Session<'_>,
    scope: &Scope,
    states: &[&str],
    page: Page,
) -> Result<Vec<Stored<FeeForm>>> {
    let way = way!(session, fee_forms, scope, { below: fee_forms::payer_id, });
    let query = fee_forms::table.into_boxed();
    let query = in_scope!(fee_forms, query, scope, { below: fee_forms::payer_id, })
        .filter(fee_forms::packaged.assume_not_null())
        .filter(fee_forms::state.eq_any(states.to_vec()));
    page_of!(session, fee_forms, page, query, way)
}

/// The forms of an assignment that still count, the oldest first: its own one and its corrections.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_assignment(
    session: &mut Session<'_>,
    assignment: AssignmentId,
) -> Result<Vec<Stored<FeeForm>>> {
    all_of!(
        session,
        fee_forms::table
            .filter(fee_forms::assignment_id.eq(from_id(assignment)))
            .filter(fee_forms::state.ne("withdrawn"))
            .order(fee_forms::id)
    )
}

/// Whether an assignment has a form that still counts.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn is_claimed(session: &mut Session<'_>, assignment: AssignmentId) -> Result<bool> {
    let forms = fee_forms::table
        .filter(fee_forms::assignment_id.eq(from_id(assignment)))
        .filter(fee_forms::state.ne("withdrawn"));
    Ok(ask!(session, |conn| diesel::select(diesel::dsl::exists(forms)).get_result(conn))?)
}

/// Keeps, sealed, what payroll was told with the revision that it has acknowledged, in place of an older one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Key`].
pub fn keep_told(session: &mut Session<'_>, form: FeeFormId, told: &Told) -> Result<()> {
    sealed_parts::replace(session, form, told)
}

/// What payroll was told with the revision that it acknowledged last, if it has acknowledged any since this is kept.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Key`], [`crate::Error::Corrupt`].
pub fn told(session: &mut Session<'_>, form: FeeFormId) -> Result<Option<Told>> {
    match sealed_parts::get(session, form) {
        Ok(told) => Ok(Some(told)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
