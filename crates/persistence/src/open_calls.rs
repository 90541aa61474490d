//! Open calls.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{
    open_call::{OpenCall, OpenCallId},
    order::OrderId,
    policy::Scope,
    time::Moment,
};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_id, from_moment},
    connection::ask,
    documents::{documents, page_of},
    orders,
    schema::open_calls,
    scope::in_scope,
};

documents! {
    open_calls of OpenCall as call {
        order_id: String = from_id(call.order),
        node_id: String = from_id(call.node),
        handler_id: Option<String> = call.handler.map(from_id),
        state: String = call.state.name().to_owned(),
        deadline: NaiveDateTime = from_moment(call.deadline),
        audience_id: Option<String> = Some(from_id(call.audience.unwrap_or(call.node))),
    }
}

/// Finds the call as [`find`] does, and lets nobody hand over or end its order until the transaction ends.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is none.
pub fn hold(session: &mut Session<'_>, id: OpenCallId) -> Result<Stored<OpenCall>> {
    let order = find(session, id)?.order;
    orders::hold(session, order)?;
    // What it has become while somebody else had the order.
    find(session, id)
}

/// The open calls that take interest at `now`, in the order of their publishing.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn open(
    session: &mut Session<'_>,
    scope: &Scope,
    now: Moment,
    page: Page,
) -> Result<Vec<Stored<OpenCall>>> {
    let query = in_scope!(open_calls, open_calls::table.into_boxed(), scope, {
        below: open_calls::audience_id.assume_not_null(),
        handled: open_calls::handler_id,
    });
    page_of!(
        session,
        open_calls,
        page,
        query
            .filter(open_calls::state.eq("open"))
            .filter(open_calls::deadline.gt(from_moment(now)))
    )
}

/// The call of an order that has not been closed, if there is one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_order(session: &mut Session<'_>, order: OrderId) -> Result<Option<Stored<OpenCall>>> {
    ask!(session, |conn| open_calls::table
        .filter(open_calls::order_id.eq(from_id(order)))
        .filter(open_calls::state.eq("open"))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}
