//! The tree.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::{
    id::Id,
    localized::Localized,
    node::{Level, Node, Path},
    policy::Scope,
    time::Day,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_day, from_id, from_name, to_id},
    connection::ask,
    documents::{all_of, documents, page_of, things},
    schema::{endings, nodes},
    scope::in_scope,
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
    Ok(met(session, id)?.path.clone())
}

/// The name of a node, for those who are shown what belongs to it.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is no such node.
pub fn name(session: &mut Session<'_>, id: Id<Node>) -> Result<Localized> {
    let seen = met(session, id)?;
    if let Some(name) = &seen.name {
        return Ok(name.clone());
    }
    let node: Node = serde_json::from_str(&seen.body)
        .map_err(|_| crate::Error::corrupt("nodes", &from_id(id), "body"))?;
    seen.name = Some(node.facts.name.clone());
    Ok(node.facts.name)
}

/// The nodes from the root down to the one at the end of `path`.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn along(session: &mut Session<'_>, path: &Path) -> Result<Vec<Node>> {
    let above = nodes::table.filter(among(nodes::id, path.ids().map(from_id)));
    let mut found = things(all_of!(session, above)?);
    found.sort_by_key(|node| path.ids().position(|id| id == node.id));
    Ok(found)
}

/// The identifiers of the node at the end of `path` and of all below it, as they are kept.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub(crate) fn below(session: &mut Session<'_>, path: &Path) -> Result<Vec<String>> {
    let pattern = format!("{}%", path.as_str());
    Ok(ask!(session, |conn| nodes::table
        .filter(nodes::path.like(pattern))
        .select(nodes::id)
        .load(conn))?)
}

/// Ends the work of the node at the end of `path`, and of all below it, with a day, unless it ends before.
///
/// # Errors
///
/// [`crate::Error::Stale`] if one of them changes at the same time.
pub fn end(session: &mut Session<'_>, path: &Path, last_day: Day) -> Result<()> {
    let pattern = format!("{}%", path.as_str());
    let ending = all_of!(session, nodes::table.filter(nodes::path.like(pattern)).order(nodes::id))?;
    for node in ending {
        let ended = node.thing.clone().ends_with(last_day);
        let day = from_day(ended.history.ended.unwrap_or(last_day));
        let id = from_id(node.thing.id);
        if ended != node.thing {
            save(session, &node, ended)?;
        }
        ask!(session, |conn| diesel::delete(endings::table.find(&id)).execute(conn))?;
        ask!(session, |conn| diesel::insert_into(endings::table)
            .values((endings::node_id.eq(&id), endings::last_day.eq(day)))
            .execute(conn))?;
    }
    Ok(())
}

/// The organisation at the end of `path` or above it: there is one at the most.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn organisation(session: &mut Session<'_>, path: &Path) -> Result<Option<Node>> {
    let above = nodes::table.filter(among(nodes::id, path.ids().map(from_id)));
    let found = all_of!(session, above.filter(nodes::level.eq(from_name(&Level::Organisation))))?;
    Ok(things(found).pop())
}

/// What a transaction has met of nodes: the things of a listing belong to few of them, and none has to be asked for twice.
#[derive(Default)]
pub(crate) struct Met(HashMap<Id<Node>, Seen>);

/// What is known of a node.
struct Seen {
    path: Path,
    /// Its name, once somebody has asked for it.
    name: Option<Localized>,
    /// All of it, until then.
    body: String,
}

/// What is known of a node, after asking for it if the transaction has not met it yet.
fn met<'a>(session: &'a mut Session<'_>, id: Id<Node>) -> Result<&'a mut Seen> {
    if !session.met.0.contains_key(&id) {
        let Node { path, facts, .. } = find(session, id)?.thing;
        session.met.0.insert(id, Seen { path, name: Some(facts.name), body: String::new() });
    }
    Ok(session.met.0.get_mut(&id).expect("it has just been met"))
}

/// Takes note of a node that came along with what belongs to it.
pub(crate) fn meet(session: &mut Session<'_>, id: &str, path: &str, body: String) -> Result<()> {
    let path = Path::parse(path).ok_or_else(|| crate::Error::corrupt("nodes", id, "path"))?;
    session.met.0.insert(to_id("nodes", id)?, Seen { path, name: None, body });
    Ok(())
}

/// The area with this code.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is none.
pub fn find_area(session: &mut Session<'_>, code: &str) -> Result<Stored<Node>> {
    ask!(session, |conn| nodes::table
        .filter(nodes::area_code.eq(code))
        .select(Found::as_select())
        .first(conn))?
    .read()
}

/// The paths of the areas with these codes.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn areas(session: &mut Session<'_>, codes: &[String]) -> Result<Vec<Path>> {
    let found: Vec<String> = ask!(session, |conn| nodes::table
        .filter(nodes::area_code.eq_any(codes))
        .order(nodes::id)
        .select(nodes::path)
        .load(conn))?;
    let read = |path: &String| {
        Path::parse(path).ok_or_else(|| crate::Error::corrupt("nodes", path, "path"))
    };
    found.iter().map(read).collect()
}

/// The root of the tree, unless the installation is empty.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn root(session: &mut Session<'_>) -> Result<Option<Stored<Node>>> {
    ask!(session, |conn| nodes::table
        .filter(nodes::parent_id.is_null())
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}

/// Which nodes a listing is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those this far down the tree.
    pub level: Option<Level>,
    /// Those of this kind of organisation.
    pub kind: Option<String>,
    /// Those that hang under this node.
    pub parent: Option<Id<Node>>,
    /// Those whose Finnish name has this in it, in either case.
    pub name: Option<String>,
}

/// What makes a sign stand for itself in a pattern.
const ESCAPE: char = '\\';

/// The pattern of texts that have `part` in them, as it is.
fn within(part: &str) -> String {
    let mut pattern = "%".to_owned();
    for sign in part.chars() {
        if matches!(sign, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(sign);
    }
    pattern + "%"
}

/// Nodes in the order of their making.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<Node>>> {
    let mut query = in_scope!(nodes, nodes::table.into_boxed(), scope, {});
    if let Some(level) = &filter.level {
        query = query.filter(nodes::level.eq(from_name(level)));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(nodes::kind.eq(kind.clone()));
    }
    if let Some(parent) = filter.parent {
        query = query.filter(nodes::parent_id.eq(from_id(parent)));
    }
    if let Some(part) = &filter.name {
        let part = part.to_lowercase();
        query = query.filter(nodes::name_key.like(within(&part)).escape(ESCAPE));
    }
    page_of!(session, nodes, page, query)
}
