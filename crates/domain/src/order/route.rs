//! Where an order goes (S4-16), and whether it may go at all (S4-08).

use crate::{
    node::{NodeId, Path},
    person::PersonId,
};

/// The liaison whose queue an order of `node` comes to: the one appointed nearest above it. Of several at the same node,
/// the first one given.
pub fn nearest(node: &Path, appointed: &[(NodeId, PersonId)]) -> Option<PersonId> {
    node.ids()
        .rev()
        .find_map(|above| appointed.iter().find(|(at, _)| *at == above).map(|(_, person)| *person))
}

/// Whether ordering needs a decision in force to use experts: the welfare areas and the authorities around them decide,
/// while companies, schools and NGOs order as they like (S4-08, S4-47). `kind` is that of the organisation that the
/// ordering unit is part of, from the code set `organisation_kinds`.
pub fn decision_needed(kind: Option<&str>) -> bool {
    matches!(kind, None | Some("welfare_area" | "welfare_area_body" | "hospital_district"))
}
