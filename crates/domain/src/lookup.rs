//! Look-ups (*haku kokemuspankista*): who saw which card of the bank, when and for which order (S4-12).
//!
//! **Invariant:** whoever sees a card is on record, and the expert can read the record.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    expert::ExpertId, id::Id, node::NodeId, order::OrderId, person::PersonId, time::Moment,
};

/// The identifier of a look-up.
pub type LookupId = Id<Lookup>;

/// That somebody saw the card of an expert.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Lookup {
    /// The identifier.
    pub id: LookupId,
    /// Whose card it is.
    pub expert: ExpertId,
    /// The order that somebody was looking for.
    pub order: OrderId,
    /// The unit that ordered.
    pub order_node: NodeId,
    /// Who saw it.
    pub by: PersonId,
    /// How.
    pub kind: LookupKind,
    /// When.
    pub at: Moment,
}

/// How a card was seen
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LookupKind {
    /// It was among the results of a search.
    Search,
    /// It was opened alone.
    Look,
}
