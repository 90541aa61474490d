//! Question sets.

use diesel::prelude::*;
use domain::{
    feedback::{Side, question_set::QuestionSet},
    node::{NodeId, Path},
    policy::Scope,
};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_id, from_name},
    connection::ask,
    documents::{documents, page_of},
    schema::question_sets,
    scope::in_scope,
};

documents! {
    question_sets of QuestionSet as set {
        node_id: String = from_id(set.node),
        side: String = from_name(&set.facts.side),
        number: i32 = i32::try_from(set.number).unwrap_or(i32::MAX),
        state: String = set.state.name().to_owned(),
    }
}

/// Which question sets a listing is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those of this node.
    pub node: Option<NodeId>,
    /// Those for this side.
    pub side: Option<Side>,
    /// Those in this state.
    pub state: Option<String>,
}

/// Question sets in the order of their making.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<QuestionSet>>> {
    let query = question_sets::table.into_boxed();
    let mut query = in_scope!(question_sets, query, scope, { below: question_sets::node_id, });
    if let Some(node) = filter.node {
        query = query.filter(question_sets::node_id.eq(from_id(node)));
    }
    if let Some(side) = filter.side {
        query = query.filter(question_sets::side.eq(from_name(&side)));
    }
    if let Some(state) = &filter.state {
        query = query.filter(question_sets::state.eq(state.clone()));
    }
    page_of!(session, question_sets, page, query)
}

/// The published set that a node itself has for a side.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn published(
    session: &mut Session<'_>,
    node: NodeId,
    side: Side,
) -> Result<Option<Stored<QuestionSet>>> {
    ask!(session, |conn| question_sets::table
        .filter(question_sets::node_id.eq(from_id(node)))
        .filter(question_sets::side.eq(from_name(&side)))
        .filter(question_sets::state.eq("published"))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}

/// The published set that holds at a place for a side: that of the nearest node above it that has one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn current(
    session: &mut Session<'_>,
    path: &Path,
    side: Side,
) -> Result<Option<Stored<QuestionSet>>> {
    for node in path.ids().rev() {
        if let Some(found) = published(session, node, side)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The number that the next set of a node and a side gets.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn next_number(session: &mut Session<'_>, node: NodeId, side: Side) -> Result<u32> {
    let last: Option<i32> = ask!(session, |conn| question_sets::table
        .filter(question_sets::node_id.eq(from_id(node)))
        .filter(question_sets::side.eq(from_name(&side)))
        .select(diesel::dsl::max(question_sets::number))
        .first(conn))?;
    Ok(last.and_then(|last| u32::try_from(last).ok()).unwrap_or_default() + 1)
}
