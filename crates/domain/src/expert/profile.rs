//! What an expert tells of themselves, apart from themes and needs.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};
use utoipa::ToSchema;

use super::telling;
use crate::{
    codes::{self, CodeSet},
    node::NodeId,
    refusal::Fault,
    time::Day,
};

/// What an expert tells of themselves
///
/// Experience themes are apart from it, each with its own consent, and so are needs.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExpertProfile)]
pub struct Profile {
    /// What they are called, from the code set `titles`; one person can be called several things (S0-15).
    #[schema(min_items = 1, max_items = 6, example = json!(["expert_by_experience"]))]
    pub titles: Vec<String>,
    /// Whose experience it is (S4-06).
    pub perspective: Perspective,
    /// The languages they can do a task in, from the code set `languages`.
    #[schema(min_items = 1, max_items = 20, example = json!(["fi"]))]
    pub languages: Vec<String>,
    /// The areas whose orders they want to be found for, from the code set `areas`.
    #[schema(min_items = 1, max_items = 23, example = json!(["21"]))]
    pub areas: Vec<String>,
    /// The municipalities they come to, by their three-digit codes; everywhere in their areas if there are none.
    #[serde(default)]
    #[schema(max_items = 309, example = json!(["698"]))]
    pub municipalities: Vec<String>,
    /// The tasks they do, from the code set `task_types`; any if there are none (S2-13).
    #[serde(default)]
    #[schema(max_items = 40, example = json!(["lecture", "co_design"]))]
    pub task_types: Vec<String>,
    /// How they take part, from the code set `participation_modes`.
    #[schema(min_items = 1, max_items = 10, example = json!(["on_site", "remote"]))]
    pub modes: Vec<String>,
    /// Their fields, from the code set `activity_fields` (S3-05).
    #[serde(default)]
    #[schema(max_items = 10, example = json!(["experience_activity"]))]
    pub activity_fields: Vec<String>,
    /// The trainings they have had (S4-05). None is needed (S1-17).
    #[serde(default)]
    #[schema(max_items = 30)]
    pub trainings: Vec<Training>,
    /// What they are good at (S1-07).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "Puhun mielelläni isollekin yleisölle."
    )]
    pub skills: Option<String>,
    /// What services they know (S1-07). Others see it only when the expert tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "Olen käyttänyt kuntoutuspalveluja."
    )]
    pub service_experience: Option<String>,
    /// What they have done to make things better (S1-07).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "Kolme vuotta asiakasraadissa."
    )]
    pub advocacy_experience: Option<String>,
    /// A few words for the card in the bank, without name and contact details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 600,
        example = "Tuon mukanani huumoria ja rohkeutta."
    )]
    pub introduction: Option<String>,
    /// Other words for the public card, which anyone can read on an organisation's website. Without them there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 600,
        example = "Pidän puheenvuoroja Lapissa ja verkossa."
    )]
    pub public_introduction: Option<String>,
    /// The organisations behind them (S4-04); the first one supports them and brokers for them, and sees this profile.
    #[serde(default)]
    #[schema(max_items = 5)]
    pub background: Vec<Background>,
}

/// Whose experience it is
///
/// The codes of the set `perspectives` (S4-06).
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    /// Their own.
    Own,
    /// That of someone close.
    CloseOne,
    /// Both.
    Both,
}

/// A training that an expert has had (S4-05)
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// The model, from the code set `training_models`.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "national")]
    pub model: String,
    /// The day it was completed.
    pub completed: Day,
    /// Who gave it.
    #[schema(min_length = 1, max_length = 200, example = "Kokemustoimintaverkosto")]
    pub issuer: String,
}

/// An organisation behind an expert (S4-04, S3-28)
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BackgroundOrganisation)]
pub struct Background {
    /// The organisation.
    pub organisation: NodeId,
    /// Who there supports the expert (S2-04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub support_contact: Option<SupportContact>,
}

/// Who supports an expert in an organisation (S2-04)
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportContact {
    /// The name.
    #[schema(min_length = 1, max_length = 200, example = "Tuija Tukija")]
    pub name: String,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "email",
        min_length = 3,
        max_length = 254,
        example = "tuija@example.fi"
    )]
    pub email: Option<String>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 40,
        pattern = "^[+0-9 ()-]+$",
        example = "+358 40 000 0001"
    )]
    pub phone: Option<String>,
}

impl Profile {
    /// What is wrong with it, with pointers below `at`. `name` is the person's.
    pub fn faults(&self, at: &str, name: &str) -> Vec<Fault> {
        let mut faults = self.wrong_codes(at);
        faults.extend(self.shown().into_iter().flat_map(|shown| telling(at, shown, name)));
        faults
    }

    /// What is wrong with it that was not there in `before`: what was written before it was looked at so closely, or while the
    /// person had another name, keeps nobody from changing the rest.
    pub(super) fn faults_since(&self, before: &Self, name: &str) -> Vec<Fault> {
        let mut faults = self.wrong_codes("");
        let shown = self.shown().into_iter().zip(before.shown());
        let changed = shown.filter(|(now, before)| now != before).map(|(now, _)| now);
        faults.extend(changed.flat_map(|shown| telling("", shown, name)));
        faults
    }

    /// The texts that others see, each with its field.
    fn shown(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("introduction", self.introduction.as_deref()),
            ("public_introduction", self.public_introduction.as_deref()),
            ("skills", self.skills.as_deref()),
        ]
    }

    fn wrong_codes(&self, at: &str) -> Vec<Fault> {
        let models: Vec<_> = self.trainings.iter().map(|training| training.model.clone()).collect();
        let mut faults = Vec::new();
        faults.extend(codes_at(&format!("{at}/titles"), &codes::TITLES, &self.titles));
        faults.extend(codes_at(&format!("{at}/languages"), &codes::LANGUAGES, &self.languages));
        faults.extend(codes_at(&format!("{at}/areas"), &codes::AREAS, &self.areas));
        faults.extend(codes_at(&format!("{at}/task_types"), &codes::TASK_TYPES, &self.task_types));
        faults.extend(codes_at(&format!("{at}/modes"), &codes::PARTICIPATION_MODES, &self.modes));
        faults.extend(codes_at(
            &format!("{at}/activity_fields"),
            &codes::ACTIVITY_FIELDS,
            &self.activity_fields,
        ));
        faults.extend(municipalities(&format!("{at}/municipalities"), &self.municipalities));
        for (index, model) in models.iter().enumerate() {
            if !codes::TRAINING_MODELS.has(model) {
                faults.push(Fault::new(format!("{at}/trainings/{index}/model"), "unknown_code"));
            }
        }
        let organisations: Vec<_> = self.background.iter().map(|b| b.organisation).collect();
        for (index, organisation) in organisations.iter().enumerate() {
            if organisations[..index].contains(organisation) {
                faults
                    .push(Fault::new(format!("{at}/background/{index}/organisation"), "duplicate"));
            }
        }
        faults
    }

    /// The profile without what it told others.
    pub(super) fn forgotten(self) -> Self {
        Self {
            skills: None,
            service_experience: None,
            advocacy_experience: None,
            introduction: None,
            public_introduction: None,
            background: vec![],
            trainings: vec![],
            // The code that tells nothing of whose experience it was.
            perspective: Perspective::Both,
            ..self
        }
    }
}

/// What a text that others see tells and should not, with its pointer below `at`.
fn telling(at: &str, (field, text): (&str, Option<&str>), name: &str) -> Vec<Fault> {
    let Some(text) = text else { return Vec::new() };
    let found = [
        ("names_person", telling::names(text, name)),
        ("contact_details", telling::has_contact_details(text)),
    ];
    let told = found.into_iter().filter(|(_, tells)| *tells);
    told.map(|(code, _)| Fault::new(format!("{at}/{field}"), code)).collect()
}

/// A profile as it is kept. Those of before say how to reach the expert, which nobody has ever gone by: what counts is what the
/// person says.
pub(super) fn kept<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Profile, D::Error> {
    #[derive(Deserialize)]
    struct Kept {
        #[serde(flatten)]
        profile: Profile,
        #[serde(default, rename = "channel")]
        _channel: Option<IgnoredAny>,
    }
    Kept::deserialize(deserializer).map(|kept| kept.profile)
}

/// The codes that are not of the set, or are there twice.
pub(super) fn codes_at(at: &str, set: &CodeSet, codes: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        if !set.has(code) {
            faults.push(Fault::new(format!("{at}/{index}"), "unknown_code"));
        } else if codes[..index].contains(code) {
            faults.push(Fault::new(format!("{at}/{index}"), "duplicate"));
        }
    }
    faults
}

/// Municipality codes are three digits as text; the list of them changes yearly and is not part of the program.
pub(super) fn municipalities(at: &str, codes: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            faults.push(Fault::new(format!("{at}/{index}"), "unknown_code"));
        } else if codes[..index].contains(code) {
            faults.push(Fault::new(format!("{at}/{index}"), "duplicate"));
        }
    }
    faults
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Profile(…)")
    }
}
