//! A change of a profile: a merge patch (RFC 7396), in which what is missing stays as it is.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::{Background, Perspective, Profile, Training};

/// A change of an expert's profile
///
/// What is missing stays as it is; a text that is `null` is removed; a list replaces the whole list.
#[derive(Clone, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExpertProfileChange)]
pub struct ProfileChange {
    /// What they are called, from the code set `titles`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 1, max_items = 6, example = json!(["expert_by_experience"]))]
    pub titles: Option<Vec<String>>,
    /// Whose experience it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub perspective: Option<Perspective>,
    /// The languages they can do a task in, from the code set `languages`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 1, max_items = 20, example = json!(["fi", "sv"]))]
    pub languages: Option<Vec<String>>,
    /// The areas whose orders they want to be found for, from the code set `areas`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 1, max_items = 23, example = json!(["21"]))]
    pub areas: Option<Vec<String>>,
    /// The municipalities they come to, by their three-digit codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 309, example = json!(["698"]))]
    pub municipalities: Option<Vec<String>>,
    /// The tasks they do, from the code set `task_types`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 40, example = json!(["lecture"]))]
    pub task_types: Option<Vec<String>>,
    /// How they take part, from the code set `participation_modes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 1, max_items = 10, example = json!(["on_site"]))]
    pub modes: Option<Vec<String>>,
    /// Their fields, from the code set `activity_fields`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 10, example = json!(["experience_activity"]))]
    pub activity_fields: Option<Vec<String>>,
    /// The trainings they have had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 30)]
    pub trainings: Option<Vec<Training>>,
    /// What they are good at.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, example = "Puhun mielelläni yleisölle.")]
    pub skills: Option<Option<String>>,
    /// What services they know.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, example = "Tunnen kuntoutuspalvelut.")]
    pub service_experience: Option<Option<String>>,
    /// What they have done to make things better.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, example = "Neljä vuotta asiakasraadissa.")]
    pub advocacy_experience: Option<Option<String>>,
    /// A few words for the card in the bank, without name and contact details.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 600, example = "Tuon mukanani huumoria.")]
    pub introduction: Option<Option<String>>,
    /// Other words for the public card.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 600, example = "Pidän puheenvuoroja verkossa.")]
    pub public_introduction: Option<Option<String>>,
    /// How they want to be reached, from the code set `channels`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 60,
        pattern = "^[a-z0-9_]+$",
        example = "sms"
    )]
    pub channel: Option<String>,
    /// The organisations behind them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 5)]
    pub background: Option<Vec<Background>>,
}

impl ProfileChange {
    /// The profile with the change made.
    pub fn apply(self, profile: Profile) -> Profile {
        Profile {
            titles: self.titles.unwrap_or(profile.titles),
            perspective: self.perspective.unwrap_or(profile.perspective),
            languages: self.languages.unwrap_or(profile.languages),
            areas: self.areas.unwrap_or(profile.areas),
            municipalities: self.municipalities.unwrap_or(profile.municipalities),
            task_types: self.task_types.unwrap_or(profile.task_types),
            modes: self.modes.unwrap_or(profile.modes),
            activity_fields: self.activity_fields.unwrap_or(profile.activity_fields),
            trainings: self.trainings.unwrap_or(profile.trainings),
            skills: self.skills.unwrap_or(profile.skills),
            service_experience: self.service_experience.unwrap_or(profile.service_experience),
            advocacy_experience: self.advocacy_experience.unwrap_or(profile.advocacy_experience),
            introduction: self.introduction.unwrap_or(profile.introduction),
            public_introduction: self.public_introduction.unwrap_or(profile.public_introduction),
            channel: self.channel.unwrap_or(profile.channel),
            background: self.background.unwrap_or(profile.background),
        }
    }
}

/// Reads a value that is there, `null` included; what is not there never comes here.
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}
