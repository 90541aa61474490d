//! Support persons (*tukihenkilö*): whom an expert lets act for them, and in what (S1-03).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Expert;
use crate::{
    person::PersonId,
    policy::Power,
    record,
    refusal::{Fault, Refusal, Rule, faultless},
    time::Moment,
};

/// Whom an expert lets act for them
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = ExpertDelegation)]
pub struct Delegation {
    /// The support person.
    pub person: PersonId,
    /// In what.
    #[schema(max_items = 5)]
    pub powers: Vec<Power>,
    /// Since when.
    pub given_at: Moment,
}

/// Whom an expert lets act for them, and in what
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationForm {
    /// The support person.
    pub person: PersonId,
    /// In what; it replaces what they could do before.
    #[schema(min_items = 1, max_items = 5, example = json!(["offers"]))]
    pub powers: Vec<Power>,
}

impl Delegation {
    /// What is left of it once the expert has gone: to claim what is owed to them.
    pub(super) fn of_what_is_owed(self) -> Option<Self> {
        let powers = vec![Power::FeeForms];
        self.powers.contains(&Power::FeeForms).then_some(Self { powers, ..self })
    }
}

impl Expert {
    /// The expert with a support person, who can do what the form says and nothing else.
    ///
    /// # Errors
    ///
    /// [`Rule::OwnSupport`] if the support person is the expert; [`Refusal::Invalid`] if a power is there twice.
    pub fn delegate(self, form: DelegationForm, at: Moment) -> Result<Self, Refusal> {
        if form.person == self.person {
            return Err(Rule::OwnSupport.into());
        }
        let mut faults = Vec::new();
        for (index, power) in form.powers.iter().enumerate() {
            if form.powers[..index].contains(power) {
                faults.push(Fault::new(format!("/powers/{index}"), "duplicate"));
            }
        }
        faultless(faults)?;
        let mut expert = self.undelegate(form.person);
        record::once_more(expert.delegations.len())?;
        let DelegationForm { person, powers } = form;
        expert.delegations.push(Delegation { person, powers, given_at: at });
        Ok(expert)
    }

    /// Whom they let claim what is owed to them.
    pub fn claimants(&self) -> impl Iterator<Item = PersonId> {
        let claim = self.delegations.iter().filter(|one| one.powers.contains(&Power::FeeForms));
        claim.map(|one| one.person)
    }

    /// The expert without that support person.
    #[must_use]
    pub fn undelegate(mut self, person: PersonId) -> Self {
        self.delegations.retain(|delegation| delegation.person != person);
        self
    }
}
