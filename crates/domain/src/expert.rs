//! Experts by experience (*kokemustoimija*).

use crate::id::Id;

/// The identifier of an expert.
pub type ExpertId = Id<Expert>;

/// Someone with a profile in the experience bank.
#[derive(Clone, Debug)]
pub struct Expert {
    /// The identifier.
    pub id: ExpertId,
}
