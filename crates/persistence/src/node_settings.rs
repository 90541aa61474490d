//! What nodes have set for themselves and everything below them.

use diesel::prelude::*;
use domain::{
    node::{NodeId, Path},
    settings::{self, NodeSettings, Settings},
};

use crate::{
    Error, Result, Session, Stored,
    among::among,
    codec::from_id,
    documents::{all_of, documents, things},
    schema::node_settings,
};

documents! {
    node_settings of NodeSettings as settings {}
}

/// What the node has set; nothing, at version 0, if it has set nothing yet.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of(session: &mut Session<'_>, node: NodeId) -> Result<Stored<NodeSettings>> {
    let none = NodeSettings::none(node);
    match find(session, none.id) {
        Err(Error::NotFound) => Ok(Stored { id: node.raw(), version: 0, thing: none }),
        found => found,
    }
}

/// Keeps what a node has set, over what was read with [`of`].
///
/// # Errors
///
/// [`crate::Error::Stale`] if that has changed since it was read.
pub fn keep(
    session: &mut Session<'_>,
    stored: &Stored<NodeSettings>,
    settings: NodeSettings,
) -> Result<Stored<NodeSettings>> {
    if stored.version > 0 {
        return save(session, stored, settings);
    }
    add(session, settings).map_err(|error| match error {
        Error::Exists => Error::Stale,
        error => error,
    })
}

/// What the node at the end of `path` and those above it have set, from the root down.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn layers(session: &mut Session<'_>, path: &Path) -> Result<Vec<NodeSettings>> {
    let above = node_settings::table.filter(among(node_settings::id, path.ids().map(from_id)));
    let mut found = things(all_of!(session, above)?);
    found.sort_by_key(|layer| path.ids().position(|id| id == layer.node));
    Ok(found)
}

/// What holds at the end of `path`.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn in_force(session: &mut Session<'_>, path: &Path) -> Result<Settings> {
    Ok(settings::in_force(&layers(session, path)?))
}
