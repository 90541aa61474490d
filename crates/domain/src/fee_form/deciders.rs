//! Who of a unit can take the next step with a form that waits there, and whether they are enough.

use super::{FeeApproval, FeeForm, State};
use crate::person::PersonId;

/// Who of a unit can decide about a form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deciders {
    /// Those who can take the next step.
    pub next: Vec<PersonId>,
    /// Whether they are enough for it to be approved in the end. If not, somebody has to be appointed.
    pub enough: bool,
}

impl FeeForm {
    /// Whether it waits for the unit.
    pub const fn is_with_unit(&self) -> bool {
        self.with_unit_since().is_some()
    }

    /// Who of `people`, who all check and approve for the unit, can take the next step: none of those who claim by it, or of
    /// `others`, who may claim for the expert. Where it takes two, whoever has checked it does not approve it (S4-50).
    pub fn deciders(
        &self,
        people: impl IntoIterator<Item = PersonId>,
        others: &[PersonId],
    ) -> Deciders {
        let mut able: Vec<PersonId> = Vec::new();
        for person in people {
            let claims = self.claimants.contains(&person) || others.contains(&person);
            if !claims && !able.contains(&person) {
                able.push(person);
            }
        }
        if self.approval == FeeApproval::OnePerson {
            return Deciders { enough: !able.is_empty(), next: able };
        }
        let approvers = |able: &[PersonId]| -> Vec<PersonId> {
            able.iter().copied().filter(|person| Some(*person) != self.checked_by()).collect()
        };
        match self.state {
            State::Checked { .. } => {
                let next = approvers(&able);
                Deciders { enough: !next.is_empty(), next }
            }
            State::Queried { .. } => Deciders { enough: !approvers(&able).is_empty(), next: able },
            _ => Deciders { enough: able.len() > 1, next: able },
        }
    }
}
