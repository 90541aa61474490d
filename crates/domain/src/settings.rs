//! What an area, an organisation or a unit sets for itself and everything below it (S4-50: *räätälöinti organisaation
//! tilanteeseen*).
//!
//! A setting that is left out comes from the nearest node above that has it; where nobody has set it, the service does
//! what its documentation says. Whatever depends on a setting takes over its value when it comes to be, so that a later
//! change changes nothing that is under way.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    agreement::CancellationTerms,
    fee_form::FeeApproval,
    id::Id,
    node::NodeId,
    order::{FeeBasis, OrderApprovalRule, OrderField},
    person::PersonId,
    record,
    refusal::Fault,
    time::Moment,
};

/// What one node has set.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct NodeSettings {
    /// The identifier: that of the node.
    pub id: Id<Self>,
    /// The node.
    pub node: NodeId,
    /// What it has set.
    pub own: Settings,
    /// Who changed what, the first change first; of very many, the last ones.
    pub record: Vec<SettingsChange>,
}

/// That someone changed the settings of a node
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct SettingsChange {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// What the node has set from then on.
    pub own: Settings,
}

/// What a node sets for itself and everything below it
///
/// What is left out holds as the nearest node above has it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whether orders are approved before they are brokered, and by whom (S4-51). Where nobody has set it: they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub order_approval: Option<OrderApprovalRule>,
    /// What an order must say before it is submitted, beside what every order must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 20, example = json!(["purpose", "cost_centres"]))]
    pub order_fields: Option<Vec<OrderField>>,
    /// The fee basis that an order form begins with. Where nobody has set it: `paid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub fee_basis: Option<FeeBasis>,
    /// How many hours experts have to answer an offer, unless whoever asks says otherwise. Where nobody has set it, they
    /// say it each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 72, minimum = 1, maximum = 8760)]
    pub offer_hours: Option<u32>,
    /// After how many days the orderer is reminded of the first contact (S4-24), and as many days before the task both sides of an
    /// agreement that is not in force yet. Where nobody has set it: seven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 7, minimum = 1, maximum = 365)]
    pub contact_days: Option<u32>,
    /// How many days after the task the expert is reminded of the fee form (S4-35). Where nobody has set it, nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 14, minimum = 1, maximum = 365)]
    pub fee_form_days: Option<u32>,
    /// After how many days those at the unit whose turn it is are reminded of a fee form that waits there, and after as many again
    /// the centre (S4-35). Where nobody has set it, nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 7, minimum = 1, maximum = 365)]
    pub check_days: Option<u32>,
    /// How many days after the task whoever has not given feedback is reminded of it. Where nobody has set it, nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 14, minimum = 1, maximum = 365)]
    pub feedback_days: Option<u32>,
    /// The cancellation terms that an agreement begins with (S4-55). Where nobody has set them, the parties begin with
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cancellation: Option<CancellationTerms>,
    /// How many people it takes to check and approve a fee form. Where nobody has set it: `one_person`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub fee_approval: Option<FeeApproval>,
}

/// Says for each field once what holds of all of them.
macro_rules! fields {
    ($($field:ident),+ $(,)?) => {
        impl Settings {
            /// These settings where they say something, and `above` where they do not.
            #[must_use]
            pub fn over(self, above: Self) -> Self {
                Self { $($field: self.$field.or(above.$field)),+ }
            }

            /// The names of what they say.
            pub fn named(&self) -> Vec<&'static str> {
                let said = [$((stringify!($field), self.$field.is_some())),+];
                said.into_iter().filter(|(_, said)| *said).map(|(name, _)| name).collect()
            }
        }
    };
}

fields!(
    order_approval,
    order_fields,
    fee_basis,
    offer_hours,
    contact_days,
    fee_form_days,
    check_days,
    feedback_days,
    cancellation,
    fee_approval,
);

/// What holds at a node that `layers` lead to, from the root down: the nearest one that says something is followed.
pub fn in_force<'a>(layers: impl IntoIterator<Item = &'a NodeSettings>) -> Settings {
    layers.into_iter().fold(Settings::default(), |above, layer| layer.own.clone().over(above))
}

impl NodeSettings {
    /// The settings of a node that has set nothing yet.
    pub fn none(node: NodeId) -> Self {
        Self { id: Id::new(node.raw()), node, own: Settings::default(), record: Vec::new() }
    }

    /// The settings, changed by someone.
    #[must_use]
    pub fn changed(mut self, own: Settings, by: PersonId, at: Moment) -> Self {
        if own != self.own {
            self.record.push(SettingsChange { by, at, own: own.clone() });
            record::keep_newest(&mut self.record);
            self.own = own;
        }
        self
    }
}

impl Settings {
    /// What cannot be right in them.
    pub fn faults(&self) -> Vec<Fault> {
        let fields = self.order_fields.iter().flatten().enumerate();
        let known = self.order_fields.as_deref().unwrap_or_default();
        fields
            .filter(|(at, field)| known[..*at].contains(field))
            .map(|(at, _)| Fault::new(format!("/order_fields/{at}"), "repeated"))
            .collect()
    }
}
