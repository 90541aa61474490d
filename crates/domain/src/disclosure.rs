//! Disclosures (*tietojen välittäminen*): what of an expert was told to whom, when and on what ground (S4-21).
//!
//! **Invariant:** details go to the orderer of a task that the expert accepted, only those that the expert agreed to,
//! and never before (`process.md`, invariant 2). Every disclosure is on record for the expert to see.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    assignment::AssignmentId,
    expert::{Expert, ExpertId, Visibility},
    id::Id,
    node::NodeId,
    offer::OfferId,
    order::OrderId,
    person::{self, PersonId},
    refusal::Fault,
    time::Moment,
};

/// The identifier of a disclosure.
pub type DisclosureId = Id<Disclosure>;

/// That details of an expert were told to an orderer; the details themselves are kept apart, encrypted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Disclosure {
    /// The identifier.
    pub id: DisclosureId,
    /// The expert.
    pub expert: ExpertId,
    /// The person behind the expert.
    pub person: PersonId,
    /// The order.
    pub order: OrderId,
    /// The assignment that began.
    pub assignment: AssignmentId,
    /// The unit that was told.
    pub to_node: NodeId,
    /// The person there who was told.
    pub to_person: PersonId,
    /// The kinds of details that were told.
    pub fields: Vec<DisclosedField>,
    /// On what ground.
    pub ground: DisclosureGround,
    /// When.
    pub at: Moment,
}

/// A kind of detail that can be disclosed
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DisclosedField {
    /// The name.
    Name,
    /// The telephone number.
    Phone,
    /// The e-mail address.
    Email,
    /// The postal address.
    Address,
    /// The adjustments that the expert needs.
    Adjustments,
    /// The themes that the expert agreed to tell together with the name.
    Themes,
}

/// On what ground details were disclosed
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum DisclosureGround {
    /// The expert accepted an offer, and agreed to these details being told.
    Acceptance {
        /// The offer.
        offer: OfferId,
    },
}

/// The details of an expert, as they were when they were disclosed
#[derive(Clone, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct DisclosedDetails {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, example = "Aino Esimerkki")]
    pub name: Option<String>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, example = "+358 40 000 0000")]
    pub phone: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 254, example = "aino@example.fi")]
    pub email: Option<String>,
    /// The postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, example = "Kotikatu 2 A 3, 96100 Rovaniemi")]
    pub address: Option<String>,
    /// The adjustments to arrange, from the code set `adjustments`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20, example = json!(["step_free"]))]
    pub adjustments: Vec<String>,
    /// More about the adjustments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000, example = "Tauko tunnin välein.")]
    pub adjustments_note: Option<String>,
    /// The themes, from the code set `experience_themes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 40)]
    pub themes: Vec<String>,
}

/// The acceptance that a disclosure follows.
#[derive(Clone, Copy, Debug)]
pub struct Acceptance {
    /// An identifier for the disclosure.
    pub id: DisclosureId,
    /// The order.
    pub order: OrderId,
    /// The accepted offer.
    pub offer: OfferId,
    /// The assignment that begins.
    pub assignment: AssignmentId,
    /// The unit that ordered.
    pub to_node: NodeId,
    /// The person there who ordered.
    pub to_person: PersonId,
    /// When the expert accepted.
    pub at: Moment,
}

impl DisclosedField {
    /// What the orderer is told unless the expert chooses otherwise.
    pub const USUAL: &[Self] = &[Self::Name, Self::Phone, Self::Email, Self::Adjustments];

    /// What is wrong with what an expert agrees to have told: the unit makes an agreement with somebody who has a name, so
    /// nobody takes a task without agreeing to that.
    pub fn faults(agreed: &[Self]) -> Vec<Fault> {
        let named = agreed.contains(&Self::Name);
        if named { Vec::new() } else { vec![Fault::new("/disclose", "name_is_told")] }
    }
}

impl Disclosure {
    /// What the orderer is told when an expert accepts: of what the expert `agreed` to, all that there is.
    pub fn on_acceptance(
        acceptance: Acceptance,
        expert: &Expert,
        person: &person::Facts,
        agreed: &[DisclosedField],
    ) -> (Self, DisclosedDetails) {
        let mut fields = Vec::new();
        let mut details = DisclosedDetails::default();
        for &field in agreed {
            if !fields.contains(&field) && details.take(field, expert, person) {
                fields.push(field);
            }
        }
        let Acceptance { id, order, offer, assignment, to_node, to_person, at } = acceptance;
        let disclosure = Self {
            id,
            expert: expert.id,
            person: expert.person,
            order,
            assignment,
            to_node,
            to_person,
            fields,
            ground: DisclosureGround::Acceptance { offer },
            at,
        };
        (disclosure, details)
    }
}

impl DisclosedDetails {
    /// Leaves out the themes whose consent, by which they were told at `told`, was taken back, and the adjustments that the
    /// expert does not agree to have told any more: that hides them at once. What the expert agrees to later is for later tasks.
    pub fn hide_withdrawn(&mut self, expert: &Expert, told: Moment) {
        let open: Vec<&str> = expert.themes.open_since(Visibility::NamedDisclosure, told).collect();
        self.themes.retain(|theme| open.contains(&theme.as_str()));
        let needs = expert.needs.as_ref().map(|agreed| &agreed.needs);
        let since = &expert.needs_since;
        self.adjustments.retain(|code| {
            let told_now = needs.is_some_and(|needs| needs.adjustments.contains(code));
            told_now && since.adjustment_lasts(code, told)
        });
        let same = needs.is_some_and(|needs| needs.note == self.adjustments_note);
        if !(same && since.note_lasts(told)) {
            self.adjustments_note = None;
        }
    }

    /// Takes a detail along, and tells whether there was one.
    fn take(&mut self, field: DisclosedField, expert: &Expert, person: &person::Facts) -> bool {
        match field {
            DisclosedField::Name => {
                self.name = Some(person.name.clone());
                true
            }
            DisclosedField::Phone => {
                self.phone.clone_from(&person.phone);
                self.phone.is_some()
            }
            DisclosedField::Email => {
                self.email = Some(person.email.clone());
                true
            }
            DisclosedField::Address => {
                self.address.clone_from(&person.address);
                self.address.is_some()
            }
            DisclosedField::Adjustments => {
                let Some(agreed) = &expert.needs else { return false };
                self.adjustments.clone_from(&agreed.needs.adjustments);
                self.adjustments_note.clone_from(&agreed.needs.note);
                true
            }
            DisclosedField::Themes => {
                let open = expert.themes.open_to(Visibility::NamedDisclosure);
                self.themes = open.map(str::to_owned).collect();
                !self.themes.is_empty()
            }
        }
    }
}

impl fmt::Debug for DisclosedDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DisclosedDetails(…)")
    }
}
