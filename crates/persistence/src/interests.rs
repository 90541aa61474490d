//! Interests in open calls.

use diesel::prelude::*;
use domain::{
    expert::ExpertId,
    open_call::{Interest, OpenCallId},
    order::OrderId,
    person::PersonId,
    policy::Scope,
};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    documents::{all_of, documents, page_of},
    schema::{interests, open_calls},
    scope::in_scope,
};

documents! {
    interests of Interest as interest {
        call_id: String = from_id(interest.call),
        node_id: String = from_id(interest.node),
        handler_id: Option<String> = interest.handler.map(from_id),
        expert_id: String = from_id(interest.expert),
        person_id: String = from_id(interest.person),
        state: String = interest.state.name().to_owned(),
    }
}

/// The interests in a call, in the order of their expressing.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    call: OpenCallId,
    page: Page,
) -> Result<Vec<Stored<Interest>>> {
    let query = in_scope!(interests, interests::table.into_boxed(), scope, {
        below: interests::node_id,
        handled: interests::handler_id,
        own: interests::person_id,
    });
    page_of!(session, interests, page, query.filter(interests::call_id.eq(from_id(call))))
}

/// The interests that an expert has expressed in the calls of an order and that still hold.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn expressed(
    session: &mut Session<'_>,
    order: OrderId,
    expert: ExpertId,
) -> Result<Vec<Stored<Interest>>> {
    let calls = open_calls::table.filter(open_calls::order_id.eq(from_id(order)));
    all_of!(
        session,
        interests::table
            .filter(interests::call_id.eq_any(calls.select(open_calls::id)))
            .filter(interests::expert_id.eq(from_id(expert)))
            .filter(interests::state.eq("expressed"))
            .order(interests::id)
    )
}

/// Everything that was said of an open call.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_call(session: &mut Session<'_>, call: OpenCallId) -> Result<Vec<Stored<Interest>>> {
    let of_call = interests::call_id.eq(from_id(call));
    all_of!(session, interests::table.filter(of_call).order(interests::id))
}

/// The interests that a person has expressed and that still hold.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn expressed_by(session: &mut Session<'_>, person: PersonId) -> Result<Vec<Stored<Interest>>> {
    all_of!(
        session,
        interests::table
            .filter(interests::person_id.eq(from_id(person)))
            .filter(interests::state.eq("expressed"))
            .order(interests::id)
    )
}
