//! Messages (*viesti*) on an order: whoever orders, whoever brokers and an expert who has accepted fit the need and the
//! task together (S2-10, S2-19).
//!
//! **Invariant:** a conversation with one expert is not shown to another. What names no offer is between the orderer and
//! the broker.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{id::Id, node::NodeId, offer::OfferId, order::OrderId, person::PersonId, time::Moment};

/// The identifier of a message.
pub type MessageId = Id<Message>;

/// The identifier of a message about an offer.
pub type OfferMessageId = Id<OfferMessage>;

/// A message on an order.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Message {
    /// Its identifier.
    pub id: MessageId,
    /// The order.
    pub order: OrderId,
    /// The unit that ordered.
    pub node: NodeId,
    /// The offer whose expert takes part in the conversation, if one does.
    pub offer: Option<OfferId>,
    /// Who wrote it.
    pub author: PersonId,
    /// For which party.
    pub party: Party,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub at: Moment,
}

/// A message between an expert who is asked and whoever brokers, before the offer is answered.
///
/// **Invariant:** the expert is a card without a name as long as they have not accepted, and the orderer does not learn who
/// was asked: neither the author nor the offer is shown to anyone else.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OfferMessage {
    /// Its identifier.
    pub id: OfferMessageId,
    /// The offer.
    pub offer: OfferId,
    /// Who wrote it.
    pub author: PersonId,
    /// For which party.
    pub party: Party,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub at: Moment,
}

/// One of the three parties to an order
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrderParty)]
pub enum Party {
    /// The unit that orders.
    Orderer,
    /// Whoever brokers.
    Broker,
    /// An expert who is asked, or has accepted.
    Expert,
}
