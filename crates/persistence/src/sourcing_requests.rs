//! Sourcing requests.

use diesel::prelude::*;
use domain::{
    node::Path,
    order::OrderId,
    policy::{Reach, Scope},
    sourcing::{Sourcing, SourcingId},
    time::Day,
};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_day, from_id, to_id},
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::{endings, nodes, orders, sourcing_requests},
    scope::in_scope,
};

documents! {
    sourcing_requests of Sourcing as request {
        order_id: String = from_id(request.order),
        node_id: String = from_id(request.node),
        organisation_id: String = from_id(request.organisation),
        asked_by_id: String = from_id(request.asked_by),
        state: String = request.state.name().to_owned(),
    }
}

/// The requests that wait for organisations whose work had ended on `day`.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn left_by_ended(session: &mut Session<'_>, day: Day) -> Result<Vec<SourcingId>> {
    let ended = endings::table.filter(endings::last_day.lt(from_day(day)));
    let found: Vec<String> = ask!(session, |conn| sourcing_requests::table
        .filter(sourcing_requests::organisation_id.eq_any(ended.select(endings::node_id)))
        .filter(sourcing_requests::state.eq("asked"))
        .order(sourcing_requests::id)
        .select(sourcing_requests::id)
        .load(conn))?;
    found.iter().map(|asked| to_id("sourcing_requests", asked)).collect()
}

/// Sourcing requests in the order of their making, all or those of one order.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    order: Option<OrderId>,
    page: Page,
) -> Result<Vec<Stored<Sourcing>>> {
    let mut query = in_scope!(sourcing_requests, sourcing_requests::table.into_boxed(), scope, {
        below: sourcing_requests::node_id,
    });
    for reach in &scope.0 {
        let at = |path: &Path| nodes::table.filter(nodes::path.like(format!("{}%", path.as_str())));
        query = match reach {
            Reach::Asked(path) => query
                .or_filter(sourcing_requests::organisation_id.eq_any(at(path).select(nodes::id))),
            // Whoever brokers the order by now.
            Reach::Handled(path) => query.or_filter(
                sourcing_requests::order_id.eq_any(
                    orders::table
                        .filter(orders::handler_id.eq_any(at(path).select(nodes::id.nullable())))
                        .select(orders::id),
                ),
            ),
            _ => query,
        };
    }
    if let Some(order) = order {
        query = query.filter(sourcing_requests::order_id.eq(from_id(order)));
    }
    page_of!(session, sourcing_requests, page, query)
}

/// The requests of an order that have not been answered.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn open(session: &mut Session<'_>, order: OrderId) -> Result<Vec<Stored<Sourcing>>> {
    all_of!(
        session,
        sourcing_requests::table
            .filter(sourcing_requests::order_id.eq(from_id(order)))
            .filter(sourcing_requests::state.eq("asked"))
            .order(sourcing_requests::id)
    )
}
