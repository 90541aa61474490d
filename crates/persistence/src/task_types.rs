//! What kinds of tasks mean in each area (S3-16).

use diesel::prelude::*;
use domain::{node::Path, policy::Scope, task_type::TaskType};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    documents::{documents, page_of},
    schema::task_types,
    scope::in_scope,
};

documents! {
    task_types of TaskType as described {
        node_id: String = from_id(described.node),
        code: String = described.facts.code.clone(),
    }
}

/// Which descriptions a listing shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those that hold at this node: its own, and those of the nodes above it.
    pub node: Option<Path>,
    /// Those of one kind of task.
    pub code: Option<String>,
}

/// The descriptions that `scope` covers.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<TaskType>>> {
    let mut query = in_scope!(task_types, task_types::table.into_boxed(), scope, {
        below: task_types::node_id,
    });
    if let Some(path) = &filter.node {
        let above: Vec<String> = path.ids().map(from_id).collect();
        query = query.filter(task_types::node_id.eq_any(above));
    }
    if let Some(code) = &filter.code {
        query = query.filter(task_types::code.eq(code.clone()));
    }
    page_of!(session, task_types, page, query)
}
