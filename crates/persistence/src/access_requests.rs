//! Requests for access.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{
    access_request::{AccessRequest, AccessRequestId},
    person::email_key,
    policy::Scope,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_id, from_moment},
    connection::ask,
    documents::{documents, page_of},
    schema::access_requests,
    scope::in_scope,
};

/// A request together with the digest of the network address that it came from.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Received {
    /// The request's identifier.
    pub id: domain::id::Id<Received>,
    /// The request.
    pub request: AccessRequest,
    /// The digest of the address.
    pub address_digest: String,
}

documents! {
    access_requests of Received as received {
        area_id: String = from_id(received.request.area),
        state: String = received.request.state.name().to_owned(),
        email_key: String = email_key(&received.request.form.email),
        address_digest: String = received.address_digest.clone(),
        submitted_at: NaiveDateTime = from_moment(received.request.submitted_at),
    }
}

impl Received {
    /// The request as it came from an address with this digest.
    pub fn new(request: AccessRequest, address_digest: String) -> Self {
        Self { id: request.id.cast(), request, address_digest }
    }
}

/// Finds the request with this identifier.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is none.
pub fn find_request(session: &mut Session<'_>, id: AccessRequestId) -> Result<Stored<Received>> {
    find(session, id.cast())
}

/// Requests in the order of their coming, of one state or of all.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    state: Option<&str>,
    page: Page,
) -> Result<Vec<Stored<Received>>> {
    let mut query = in_scope!(access_requests, access_requests::table.into_boxed(), scope, {
        below: access_requests::area_id,
    });
    if let Some(state) = state {
        query = query.filter(access_requests::state.eq(state.to_owned()));
    }
    page_of!(session, access_requests, page, query)
}

/// How many requests came since `since`: from this network address, and for this e-mail address.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn count(
    session: &mut Session<'_>,
    address_digest: &str,
    email: &str,
    since: Moment,
) -> Result<(i64, i64)> {
    let recent =
        || access_requests::table.filter(access_requests::submitted_at.gt(from_moment(since)));
    let address = recent().filter(access_requests::address_digest.eq(address_digest)).count();
    let email = recent().filter(access_requests::email_key.eq(email_key(email))).count();
    let address = ask!(session, |conn| address.get_result(conn))?;
    Ok((address, ask!(session, |conn| email.get_result(conn))?))
}
