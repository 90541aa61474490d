//! Tables of expense rates that installations and areas have entered.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::{
    expense_rates::{RateTable, Rates},
    node::{NodeId, Path},
    policy::Scope,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_day, from_id},
    documents::{all_of, documents, page_of, things},
    schema::expense_rate_tables,
    scope::in_scope,
};

documents! {
    expense_rate_tables of RateTable as table {
        node_id: String = from_id(table.node),
        valid_from: NaiveDate = from_day(table.content.valid_from),
    }
}

/// Which tables to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those of this node.
    pub node: Option<NodeId>,
}

/// Lists tables, the first one entered first.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: Filter,
    page: Page,
) -> Result<Vec<Stored<RateTable>>> {
    let query = expense_rate_tables::table.into_boxed();
    let mut query =
        in_scope!(expense_rate_tables, query, scope, { below: expense_rate_tables::node_id, });
    if let Some(node) = filter.node {
        query = query.filter(expense_rate_tables::node_id.eq(from_id(node)));
    }
    page_of!(session, expense_rate_tables, page, query)
}

/// The rates that hold at the node with this path.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn in_force(session: &mut Session<'_>, path: &Path) -> Result<Rates> {
    let nodes = path.ids().map(from_id);
    let above = expense_rate_tables::table.filter(among(expense_rate_tables::node_id, nodes));
    Ok(Rates::at(path, things(all_of!(session, above)?)))
}
