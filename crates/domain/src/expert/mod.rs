//! Experts by experience (*kokemustoimija*, *kokemusasiantuntija*, *kehittäjäasiakas*) and the experience bank
//! (*kokemuspankki*).
//!
//! An expert is a person who offers what they have lived through. Others know them as a pseudonymous [`Card`] until they
//! accept a task (`process.md`, invariant 2), and find them by the themes they agreed to be found by, and no others
//! (invariant 3).
//!
//! **Invariant:** training is a criterion of the search, never a gate to the bank (invariant 9).
//!
//! **Invariant:** what the expert takes back is hidden from that moment on: whatever shows an expert to others is made
//! from the expert as it is now, and nothing of it is kept.

mod card;
mod consent;
mod criteria;
mod delegation;
mod enrolment;
mod fairness;
mod matching;
mod needs;
mod profile;
mod telling;

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    card::{Card, CardId, PublicCard, PublicCardId},
    consent::{Consent, ConsentWithdrawal, PastConsent, Theme, ThemeConsent, Themes, Visibility},
    criteria::{Criteria, Criterion, Search},
    delegation::{Delegation, DelegationForm},
    enrolment::{Enrolment, Newcomer, Origin, RecordedConsent},
    fairness::{Load, Rank, rank},
    matching::{Match, Reason, matches},
    needs::{AgreedNeeds, Needs, NeedsSince},
    profile::{Background, Perspective, Profile, SupportContact, Training},
};
use crate::{
    id::Id,
    node::NodeId,
    person::PersonId,
    refusal::{Refusal, Rule},
    time::Moment,
};

/// The identifier of an expert.
pub type ExpertId = Id<Expert>;

/// A person who offers their experience.
///
/// It shows nothing of itself in `Debug`: nearly all of it is about health, or leads to it.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
pub struct Expert {
    /// The identifier, known to the expert and to those who know their name.
    pub id: ExpertId,
    /// The identifier of the card in the bank, random.
    pub card: CardId,
    /// The identifier of the card in the public bank, random, and not to be linked with the other.
    pub public_card: PublicCardId,
    /// The person.
    pub person: PersonId,
    /// Where in the tree they were enrolled.
    pub node: NodeId,
    /// How they came to the bank.
    pub origin: Origin,
    /// What they tell of themselves.
    #[serde(deserialize_with = "profile::kept")]
    pub profile: Profile,
    /// What their experience is of, and who may know.
    pub themes: Themes,
    /// What they need to be able to take part, if they agreed to tell it.
    pub needs: Option<AgreedNeeds>,
    /// Since when each of them has been told without a break, as far as that began after they were first told.
    #[serde(default)]
    pub needs_since: NeedsSince,
    /// Whether they take tasks now.
    pub availability: Availability,
    /// Whom they let act for them.
    pub delegations: Vec<Delegation>,
    /// When they enrolled.
    pub enrolled_at: Moment,
    /// When they left the bank, if they did.
    pub left_at: Option<Moment>,
}

/// Whether an expert takes tasks now
///
/// *Not now* needs no reason, and there is no place to give one.
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Asks are welcome.
    Available,
    /// Not now.
    NotNow,
}

impl Expert {
    /// The organisation that supports the expert and brokers for them: the first one they named.
    pub fn handler(&self) -> Option<NodeId> {
        self.profile.background.first().map(|background| background.organisation)
    }

    /// Whether the bank shows the expert at all.
    pub fn is_findable(&self) -> bool {
        self.availability == Availability::Available && self.left_at.is_none()
    }

    /// Whether the expert can be given a task now.
    ///
    /// # Errors
    ///
    /// [`Rule::NotAvailable`] if they do not take tasks, or have left the bank.
    pub fn takes_tasks(&self) -> Result<(), Refusal> {
        if self.is_findable() { Ok(()) } else { Err(Rule::NotAvailable.into()) }
    }

    /// Whether the expert takes part in what is offered in support of their work.
    ///
    /// # Errors
    ///
    /// [`Rule::LeftBank`] if they have left.
    pub fn takes_part(&self) -> Result<(), Refusal> {
        if self.left_at.is_none() { Ok(()) } else { Err(Rule::LeftBank.into()) }
    }

    /// The expert with another profile. `name` is the person's, for their card must not tell it.
    ///
    /// # Errors
    ///
    /// [`Refusal::Invalid`] with pointers into the profile.
    pub fn edit(self, profile: Profile, name: &str) -> Result<Self, Refusal> {
        crate::refusal::faultless(profile.faults_since(&self.profile, name))?;
        Ok(Self { profile, ..self })
    }

    /// The expert with new consent to be known by a theme, given by `by`.
    ///
    /// # Errors
    ///
    /// [`Refusal::Invalid`] if there is no such theme.
    pub fn consent(self, given: ThemeConsent, by: PersonId, at: Moment) -> Result<Self, Refusal> {
        crate::refusal::faultless(given.faults(""))?;
        crate::record::once_more(self.themes.past().len())?;
        Ok(Self { themes: self.themes.give(given, by, at), ..self })
    }

    /// The expert with consent taken back. Taking back what was not given changes nothing.
    ///
    /// # Errors
    ///
    /// [`Refusal::Invalid`] if there is no such theme.
    pub fn withdraw(self, taken: &ConsentWithdrawal, at: Moment) -> Result<Self, Refusal> {
        crate::refusal::faultless(taken.faults())?;
        Ok(Self { themes: self.themes.withdraw(taken, at), ..self })
    }

    /// The expert with other needs, or none.
    ///
    /// # Errors
    ///
    /// [`Refusal::Invalid`] if the needs are not codes of the set, or come without consent.
    pub fn need(self, needs: Option<Needs>, at: Moment) -> Result<Self, Refusal> {
        crate::refusal::faultless(needs.iter().flat_map(|needs| needs.faults("")).collect())?;
        let before = self.needs.as_ref().map(|agreed| &agreed.needs);
        let needs_since = self.needs_since.after(before, needs.as_ref(), at);
        let needs = needs.map(|needs| AgreedNeeds { needs, agreed_at: at });
        Ok(Self { needs, needs_since, ..self })
    }

    /// The expert taking tasks, or not. Whoever takes tasks again has come back to the bank.
    #[must_use]
    pub fn avail(self, availability: Availability) -> Self {
        let left_at = match availability {
            Availability::Available => None,
            Availability::NotNow => self.left_at,
        };
        Self { availability, left_at, ..self }
    }

    /// The expert hidden from the bank: they cannot sign in any more. Nobody acts for them but in what is owed to them, which
    /// whoever they let do so still claims. What they agreed to is as they left it, should they come back.
    #[must_use]
    pub fn rest(self) -> Self {
        let delegations =
            self.delegations.into_iter().filter_map(Delegation::of_what_is_owed).collect();
        Self { availability: Availability::NotNow, delegations, ..self }
    }

    /// The expert gone from the bank: every consent ends, and what the cards said is forgotten, and by which themes they could
    /// be known.
    #[must_use]
    pub fn leave(self, at: Moment) -> Self {
        let profile = self.profile.forgotten();
        let themes = self.themes.forget_all(at);
        let availability = Availability::NotNow;
        let left_at = Some(self.left_at.unwrap_or(at));
        let (needs, needs_since) = (None, NeedsSince::default());
        let delegations = vec![];
        Self { profile, themes, availability, left_at, needs, needs_since, delegations, ..self }
    }

    /// The expert who has left the bank, without what was kept of those who left when less was forgotten. What they have told since,
    /// to come back, is theirs and stays.
    #[must_use]
    pub fn forget_left(self) -> Self {
        let Some(left_at) = self.left_at else { return self };
        let themes = self.themes.clone().forget_until(left_at);
        let silent = self.profile.clone().forgotten();
        let told_nothing = Profile {
            trainings: self.profile.trainings.clone(),
            perspective: self.profile.perspective,
            ..silent.clone()
        } == self.profile;
        let profile =
            if themes != self.themes && told_nothing { silent } else { self.profile.clone() };
        Self { profile, themes, ..self }
    }
}

impl fmt::Debug for Expert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expert({})", self.id)
    }
}
