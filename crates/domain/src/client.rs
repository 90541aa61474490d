//! Machine clients: the HR systems and websites of an area.

use serde::{Deserialize, Serialize};

use crate::{id::Id, node::Node, policy::ClientScope, time::Moment};

/// The identifier of a client.
pub type ClientId = Id<Client>;

/// A machine that signs in with a secret of its own.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Client {
    /// Its identifier, public.
    pub id: Id<Client>,
    /// The area whose things it may see.
    pub area: Id<Node>,
    /// What people call it.
    pub name: String,
    /// What it may ask for.
    pub scopes: Vec<ClientScope>,
    /// When it was shut out, if it was.
    pub revoked: Option<Moment>,
}
