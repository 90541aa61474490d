//! The documents of the library.

use diesel::prelude::*;
use domain::{
    document::{Document, DocumentKind},
    node::NodeId,
    policy::Scope,
};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_id, from_name},
    documents::{all_of, documents, page_of},
    schema::documents,
    scope::in_scope,
};

documents! {
    documents of Document as document {
        node_id: String = from_id(document.node),
        kind: String = from_name(&document.facts.kind),
        state: String = document.state.name().to_owned(),
    }
}

/// Which documents a listing is about.
#[derive(Clone, Debug, Default)]
pub struct DocumentFilter {
    /// Those that belong to one of these nodes.
    pub nodes: Option<Vec<NodeId>>,
    /// Those of this kind.
    pub kind: Option<DocumentKind>,
    /// Those in this state.
    pub state: Option<String>,
}

/// Lists documents.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &DocumentFilter,
    page: Page,
) -> Result<Vec<Stored<Document>>> {
    let query = documents::table.into_boxed();
    let mut query = in_scope!(documents, query, scope, { below: documents::node_id, });
    if let Some(nodes) = &filter.nodes {
        let nodes: Vec<_> = nodes.iter().copied().map(from_id).collect();
        query = query.filter(documents::node_id.eq_any(nodes));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(documents::kind.eq(from_name(kind)));
    }
    if let Some(state) = &filter.state {
        query = query.filter(documents::state.eq(state.clone()));
    }
    page_of!(session, documents, page, query)
}

/// The published documents of a kind that belong to one of `nodes`: what holds for the last of a way down the tree.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn holding(
    session: &mut Session<'_>,
    nodes: &[NodeId],
    kind: DocumentKind,
) -> Result<Vec<Stored<Document>>> {
    let nodes: Vec<_> = nodes.iter().copied().map(from_id).collect();
    all_of!(
        session,
        documents::table
            .filter(documents::node_id.eq_any(nodes))
            .filter(documents::kind.eq(from_name(&kind)))
            .filter(documents::state.eq("published"))
            .order(documents::id)
    )
}
