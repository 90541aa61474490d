//! What someone who searches the bank is looking for (S4-17).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Perspective,
    profile::{codes_at, municipalities},
};
use crate::{codes, refusal::Fault};

/// A search of the experience bank
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BankCriteria)]
pub struct Search {
    /// What must fit. Each criterion that is named must, and of the codes of one criterion any one is enough.
    #[serde(default)]
    pub required: Criteria,
    /// What would be good. Whoever fits more of it comes first.
    #[serde(default)]
    pub wished: Criteria,
}

/// Criteria of a search, in any combination
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SearchCriteria)]
pub struct Criteria {
    /// What the experience is of, from the code set `experience_themes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 40, example = json!(["mental_health"]))]
    pub themes: Vec<String>,
    /// Whose experience it is. Whoever has both kinds fits either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub perspective: Option<Perspective>,
    /// What they are called, from the code set `titles`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 6, example = json!(["expert_by_experience"]))]
    pub titles: Vec<String>,
    /// The languages that suit, from the code set `languages`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20, example = json!(["fi"]))]
    pub languages: Vec<String>,
    /// The areas, from the code set `areas`. A search for an order of an area is always of that area.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 23, example = json!(["21"]))]
    pub areas: Vec<String>,
    /// The municipality where the task is, by its three-digit code. Whoever has named none comes anywhere in the area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 3,
        max_length = 3,
        pattern = "^[0-9]{3}$",
        example = "698"
    )]
    pub municipality: Option<String>,
    /// The kinds of task, from the code set `task_types`. Whoever has named none does any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 40, example = json!(["lecture"]))]
    pub task_types: Vec<String>,
    /// The ways of taking part that suit, from the code set `participation_modes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10, example = json!(["on_site"]))]
    pub modes: Vec<String>,
    /// Their fields, from the code set `activity_fields`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10, example = json!(["experience_activity"]))]
    pub activity_fields: Vec<String>,
    /// Models of training that suit, from the code set `training_models` (S4-05).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10, example = json!(["national"]))]
    pub training_models: Vec<String>,
    /// Whether any training is asked for.
    #[serde(default)]
    #[schema(example = false)]
    pub trained: bool,
    /// What the place and its people can arrange, from the code set `adjustments`: whoever shows needs fits if all of
    /// them can be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20, example = json!(["step_free"]))]
    pub adjustments: Vec<String>,
}

/// A criterion of a search
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = SearchCriterion)]
pub enum Criterion {
    /// What the experience is of.
    Themes,
    /// Whose experience it is.
    Perspective,
    /// What they are called.
    Titles,
    /// Languages.
    Languages,
    /// Areas.
    Areas,
    /// The municipality.
    Municipality,
    /// Kinds of task.
    TaskTypes,
    /// Ways of taking part.
    Modes,
    /// Fields.
    ActivityFields,
    /// Models of training.
    TrainingModels,
    /// Any training.
    Trained,
    /// Adjustments.
    Adjustments,
}

impl Search {
    /// What is wrong with it, with pointers below `at`.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = self.required.faults(&format!("{at}/required"));
        faults.extend(self.wished.faults(&format!("{at}/wished")));
        faults
    }
}

impl Criteria {
    fn faults(&self, at: &str) -> Vec<Fault> {
        let lists = [
            ("themes", &codes::EXPERIENCE_THEMES, &self.themes),
            ("titles", &codes::TITLES, &self.titles),
            ("languages", &codes::LANGUAGES, &self.languages),
            ("areas", &codes::AREAS, &self.areas),
            ("task_types", &codes::TASK_TYPES, &self.task_types),
            ("modes", &codes::PARTICIPATION_MODES, &self.modes),
            ("activity_fields", &codes::ACTIVITY_FIELDS, &self.activity_fields),
            ("training_models", &codes::TRAINING_MODELS, &self.training_models),
            ("adjustments", &codes::ADJUSTMENTS, &self.adjustments),
        ];
        let mut faults: Vec<_> = lists
            .into_iter()
            .flat_map(|(field, set, codes)| codes_at(&format!("{at}/{field}"), set, codes))
            .collect();
        let place = self.municipality.iter().cloned().collect::<Vec<_>>();
        if !municipalities("", &place).is_empty() {
            faults.push(Fault::new(format!("{at}/municipality"), "unknown_code"));
        }
        faults
    }
}
