//! The tree.

use diesel::prelude::*;
use domain::{
    id::Id,
    node::{Node, Path},
};

use crate::{
    Result, Session, Stored,
    codec::{from_id, from_name},
    documents::documents,
    schema::nodes,
};

documents! {
    nodes of Node as node {
        path: String = node.path.as_str().to_owned(),
        parent_id: Option<String> = node.path.parent().map(from_id),
        level: String = from_name(&node.level),
        kind: Option<String> = node.facts.kind.clone(),
        area_code: Option<String> = node.facts.area_code.clone(),
        y_tunnus: Option<String> = node.facts.y_tunnus.clone(),
        name_key: String = node.facts.name.fi.to_lowercase(),
    }
}

/// The path of a node, for a decision about what belongs to it.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such node.
pub fn path(session: &mut Session<'_>, id: Id<Node>) -> Result<Path> {
    let text: String =
        nodes::table.find(from_id(id)).select(nodes::path).first(session.conn)?;
    Path::parse(&text).ok_or_else(|| crate::Error::corrupt("nodes", &text, "path"))
}

/// The area with this code.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is none.
pub fn find_area(session: &mut Session<'_>, code: &str) -> Result<Stored<Node>> {
    nodes::table
        .filter(nodes::area_code.eq(code))
        .select(Row::as_select())
        .first(session.conn)?
        .read()
}

/// The root of the tree, unless the installation is empty.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn root(session: &mut Session<'_>) -> Result<Option<Stored<Node>>> {
    nodes::table
        .filter(nodes::parent_id.is_null())
        .select(Row::as_select())
        .first(session.conn)
        .optional()?
        .map(Row::read)
        .transpose()
}
