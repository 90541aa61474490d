//! Machine clients.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{client::Client, id::Id, time::Moment};
use serde::{Deserialize, Serialize};

use crate::{
    Result, Session, Stored,
    codec::{from_id, from_moment},
    documents::{all_of, documents},
    schema::clients,
};

/// A client together with the digest of its secret.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Registered {
    /// The client's identifier.
    pub id: Id<Registered>,
    /// The client.
    pub client: Client,
    /// The SHA-256 of its secret, in hexadecimal.
    pub secret_digest: String,
}

documents! {
    clients of Registered as registered {
        area_id: String = from_id(registered.client.area),
        secret_digest: String = registered.secret_digest.clone(),
        revoked_at: Option<NaiveDateTime> = registered.client.revoked.map(from_moment),
    }
}

/// Every client, for those who run the installation.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn all(session: &mut Session<'_>) -> Result<Vec<Stored<Registered>>> {
    all_of!(session, clients::table.order(clients::id))
}

impl Registered {
    /// Registers `client` with the digest of its secret.
    pub fn new(client: Client, secret_digest: String) -> Self {
        Self { id: client.id.cast(), client, secret_digest }
    }

    /// Shuts the client out from `at` on.
    #[must_use]
    pub fn revoke(mut self, at: Moment) -> Self {
        self.client.revoked = Some(self.client.revoked.unwrap_or(at));
        self
    }
}
