//! Cards: what others see of an expert before any acceptance.
//!
//! **Invariant:** a card has no name, no person, nothing that leads to the other card, and no theme without consent to
//! be shown there.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Expert, Perspective, Visibility};
use crate::id::Id;

/// The identifier of a card in the bank: a pseudonym.
pub type CardId = Id<Card>;

/// The identifier of a card in the public bank: another pseudonym.
pub type PublicCardId = Id<PublicCard>;

/// A candidate in the experience bank, by a pseudonym
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Card {
    /// The pseudonym, by which the expert is asked.
    pub id: CardId,
    /// A few words of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 600, example = "Tuon mukanani huumoria ja rohkeutta.")]
    pub introduction: Option<String>,
    /// What they are good at, in their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 2000,
        example = "Puhun mielelläni isollekin yleisölle."
    )]
    pub skills: Option<String>,
    /// What they are called, from the code set `titles`.
    #[schema(max_items = 6, example = json!(["expert_by_experience"]))]
    pub titles: Vec<String>,
    /// Whose experience it is.
    pub perspective: Perspective,
    /// The themes that they agreed to be found by, from the code set `experience_themes`.
    #[schema(max_items = 40, example = json!(["mental_health"]))]
    pub themes: Vec<String>,
    /// Their languages, from the code set `languages`.
    #[schema(max_items = 20, example = json!(["fi"]))]
    pub languages: Vec<String>,
    /// The areas they come to, from the code set `areas`.
    #[schema(max_items = 23, example = json!(["21"]))]
    pub areas: Vec<String>,
    /// The municipalities they come to; everywhere in their areas if there are none.
    #[schema(max_items = 309, example = json!(["698"]))]
    pub municipalities: Vec<String>,
    /// The tasks they do, from the code set `task_types`; any if there are none.
    #[schema(max_items = 40, example = json!(["lecture"]))]
    pub task_types: Vec<String>,
    /// How they take part, from the code set `participation_modes`.
    #[schema(max_items = 10, example = json!(["on_site"]))]
    pub modes: Vec<String>,
    /// Their fields, from the code set `activity_fields`.
    #[schema(max_items = 10, example = json!(["experience_activity"]))]
    pub activity_fields: Vec<String>,
    /// The models of the trainings they have had, from the code set `training_models`.
    #[schema(max_items = 30, example = json!(["national"]))]
    pub trainings: Vec<String>,
    /// The adjustments they need, from the code set `adjustments`, if they agreed to show them here.
    #[schema(max_items = 20, example = json!(["step_free"]))]
    pub adjustments: Vec<String>,
}

/// An expert in the public bank, by another pseudonym
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct PublicCard {
    /// The pseudonym. It leads nowhere else.
    pub id: PublicCardId,
    /// A few words of their own, written to be public.
    #[schema(max_length = 600, example = "Pidän puheenvuoroja Lapissa ja verkossa.")]
    pub introduction: String,
    /// What they are called, from the code set `titles`.
    #[schema(max_items = 6, example = json!(["expert_by_experience"]))]
    pub titles: Vec<String>,
    /// The themes that they agreed to show to anyone, from the code set `experience_themes`.
    #[schema(max_items = 40, example = json!(["mental_health"]))]
    pub themes: Vec<String>,
    /// Their languages, from the code set `languages`.
    #[schema(max_items = 20, example = json!(["fi"]))]
    pub languages: Vec<String>,
    /// The areas they come to, from the code set `areas`.
    #[schema(max_items = 23, example = json!(["21"]))]
    pub areas: Vec<String>,
    /// The tasks they do, from the code set `task_types`; any if there are none.
    #[schema(max_items = 40, example = json!(["lecture"]))]
    pub task_types: Vec<String>,
}

impl Card {
    /// The card of an expert as they are now, if the bank shows them.
    pub fn of(expert: &Expert) -> Option<Self> {
        let profile = &expert.profile;
        expert.is_findable().then(|| Self {
            id: expert.card,
            introduction: profile.introduction.clone(),
            skills: profile.skills.clone(),
            titles: profile.titles.clone(),
            perspective: profile.perspective,
            themes: expert.themes.open_to(Visibility::BankSearch).map(str::to_owned).collect(),
            languages: profile.languages.clone(),
            areas: profile.areas.clone(),
            municipalities: profile.municipalities.clone(),
            task_types: profile.task_types.clone(),
            modes: profile.modes.clone(),
            activity_fields: profile.activity_fields.clone(),
            trainings: profile.trainings.iter().map(|training| training.model.clone()).collect(),
            adjustments: shown(expert),
        })
    }
}

impl PublicCard {
    /// The public card of an expert as they are now: of one who wrote words for it and agreed to show at least one
    /// theme to anyone.
    pub fn of(expert: &Expert) -> Option<Self> {
        let themes: Vec<_> = expert.themes.open_to(Visibility::Public).map(str::to_owned).collect();
        let introduction = expert.profile.public_introduction.clone()?;
        (expert.is_findable() && !themes.is_empty()).then(|| Self {
            id: expert.public_card,
            introduction,
            titles: expert.profile.titles.clone(),
            themes,
            languages: expert.profile.languages.clone(),
            areas: expert.profile.areas.clone(),
            task_types: expert.profile.task_types.clone(),
        })
    }
}

fn shown(expert: &Expert) -> Vec<String> {
    let needs = expert.needs.as_ref().map(|agreed| &agreed.needs).filter(|needs| needs.on_card);
    needs.map(|needs| needs.adjustments.clone()).unwrap_or_default()
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Card({})", self.id)
    }
}

impl fmt::Debug for PublicCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicCard({})", self.id)
    }
}
