//! What of experts was told to whom; the details themselves are encrypted (S4-21).

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{
    assignment::AssignmentId,
    disclosure::{DisclosedDetails, Disclosure, DisclosureId},
    expert::{ExpertId, Load},
    order::OrderId,
    policy::Scope,
    time::Moment,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    chunks::chunks,
    codec::{from_id, from_moment, to_id, to_moment},
    connection::ask,
    documents::{documents, page_of},
    schema::{assignments, disclosures},
    scope::in_scope,
    sealed_parts,
    way::{Way, way},
};

documents! {
    disclosures of Disclosure as disclosure {
        expert_id: String = from_id(disclosure.expert),
        person_id: String = from_id(disclosure.person),
        node_id: String = from_id(disclosure.to_node),
        order_id: String = from_id(disclosure.order),
        assignment_id: String = from_id(disclosure.assignment),
        disclosed_at: NaiveDateTime = from_moment(disclosure.at),
    }
}

/// Which disclosures a listing shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those of one expert.
    pub expert: Option<ExpertId>,
    /// Those for one order.
    pub order: Option<OrderId>,
}

/// Records a disclosure with the details that were told.
///
/// # Errors
///
/// [`crate::Error::Exists`] if the assignment has one already.
pub fn record(
    session: &mut Session<'_>,
    disclosure: Disclosure,
    details: &DisclosedDetails,
) -> Result<Stored<Disclosure>> {
    let stored = add(session, disclosure)?;
    sealed_parts::put(session, stored.thing.id, details)?;
    Ok(stored)
}

/// The details that were told.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such disclosure.
pub fn details(session: &mut Session<'_>, id: DisclosureId) -> Result<DisclosedDetails> {
    sealed_parts::get(session, id)
}

/// What was told of the expert when the assignment began.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of(
    session: &mut Session<'_>,
    assignment: AssignmentId,
) -> Result<Option<Stored<Disclosure>>> {
    let found = ask!(session, |conn| disclosures::table
        .filter(disclosures::assignment_id.eq(from_id(assignment)))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()?;
    found.iter().for_each(|disclosure: &Stored<Disclosure>| session.met(&disclosure.thing));
    Ok(found)
}

/// The disclosures that `scope` covers.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: Filter,
    page: Page,
) -> Result<Vec<Stored<Disclosure>>> {
    let way = if filter.expert.is_some() || filter.order.is_some() {
        Way::Asked
    } else {
        way!(session, disclosures, scope, {
            below: disclosures::node_id, own: disclosures::person_id,
        })
    };
    let mut query = in_scope!(disclosures, disclosures::table.into_boxed(), scope, {
        below: disclosures::node_id, own: disclosures::person_id,
    });
    if let Some(expert) = filter.expert {
        query = query.filter(disclosures::expert_id.eq(from_id(expert)));
    }
    if let Some(order) = filter.order {
        query = query.filter(disclosures::order_id.eq(from_id(order)));
    }
    page_of!(session, disclosures, page, query, way)
}

/// How many tasks each of the experts accepted after `since`, and when the last one, without those that were cancelled. There
/// is a disclosure for each acceptance.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn loads(
    session: &mut Session<'_>,
    experts: &[ExpertId],
    since: Moment,
) -> Result<HashMap<ExpertId, Load>> {
    let ids: Vec<String> = experts.iter().copied().map(from_id).collect();
    let rows: Vec<(String, NaiveDateTime)> = chunks(&ids, |ids| {
        ask!(session, |conn| disclosures::table
            .inner_join(assignments::table.on(assignments::id.eq(disclosures::assignment_id)))
            .filter(among(disclosures::expert_id, ids))
            .filter(assignments::state.ne("cancelled"))
            .select((disclosures::expert_id, disclosures::disclosed_at))
            .load(conn))
    })?;
    let mut loads: HashMap<ExpertId, Load> = HashMap::new();
    for (expert, at) in rows {
        let load = loads.entry(to_id("disclosures", &expert)?).or_default();
        let at = to_moment(at);
        load.recent += u32::from(at > since);
        load.last = load.last.max(Some(at));
    }
    Ok(loads)
}
