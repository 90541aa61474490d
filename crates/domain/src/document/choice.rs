//! Which documents, and which of their texts, are for whom.

use super::{Document, DocumentKind, DocumentLanguage, Version};
use crate::{node::NodeId, policy::Role};

/// How someone reads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Reader {
    /// In which language.
    pub language: DocumentLanguage,
    /// Whether easy language is wished for.
    pub easy: bool,
}

/// The orientation material for a task of `task_type` at the node whose way from the root is `path`: nearest first.
///
/// Material of the own unit comes before that of the organisation and of the area, because it tells most of the task.
pub fn orientation<'a>(
    documents: &'a [Document],
    path: &[NodeId],
    task_type: &str,
    reader: Reader,
) -> Vec<(&'a Document, &'a Version)> {
    let depth = |document: &Document| path.iter().position(|node| *node == document.node);
    let mut chosen: Vec<_> = documents
        .iter()
        .filter(|document| document.facts.kind == DocumentKind::Orientation)
        .filter(|document| document.suits(task_type, Role::Expert))
        .filter_map(|document| Some((depth(document)?, document, document.text_for(reader)?)))
        .collect();
    chosen.sort_by_key(|(depth, document, _)| (std::cmp::Reverse(*depth), document.id));
    chosen.into_iter().map(|(_, document, version)| (document, version)).collect()
}

impl Document {
    /// Whether it holds for a task of `task_type` and for someone in `role`.
    pub fn suits(&self, task_type: &str, role: Role) -> bool {
        let facts = &self.facts;
        let (types, audience) = (&facts.task_types, &facts.audience);
        self.published()
            && (types.is_empty() || types.iter().any(|code| code == task_type))
            && (audience.is_empty() || audience.contains(&role))
    }

    /// The text that suits `reader` best: the own language before the variant, and Finnish before nothing.
    pub fn text_for(&self, reader: Reader) -> Option<&Version> {
        self.current().max_by_key(|version| {
            let own = version.language == reader.language;
            let finnish = version.language == DocumentLanguage::Fi;
            (own, finnish, version.easy == reader.easy)
        })
    }
}
