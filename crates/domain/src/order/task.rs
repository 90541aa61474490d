//! The task (*kokemustehtävä*) that an order asks for: exactly what the experts who are asked are shown.
//!
//! **Invariant:** nothing in a [`TaskDescription`] is private to the orderer. Notes, payers and cost centres are in the
//! order form beside it, so that a snapshot of the task cannot leak them.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FeeBasis, FeeOffer};
use crate::time::Moment;

/// What is to be done, where, when and for whom (S4-13)
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskDescription {
    /// A short name.
    #[schema(
        example = "Puheenvuoro henkilöstön koulutuspäivässä",
        min_length = 1,
        max_length = 200
    )]
    pub title: String,
    /// What is to be done, in free words.
    #[schema(
        example = "Kerrot omasta hoitopolustasi ja vastaat kysymyksiin.",
        min_length = 1,
        max_length = 4000
    )]
    pub what: String,
    /// Where it takes place. A task without it cannot be submitted.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub place: Option<Place>,
    /// When it takes place. A task without it cannot be submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub when: Option<Timing>,
    /// For whom it is done, in free words. A task without it cannot be submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Kuntoutusosaston hoitajat, noin 20 henkilöä",
        min_length = 1,
        max_length = 500
    )]
    pub for_whom: Option<String>,
    /// What it is for, from the code set `purposes` (S4-48).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "service_development",
        max_length = 60,
        pattern = "^[a-z0-9_]+$"
    )]
    pub purpose: Option<String>,
    /// The challenge or the development target that it helps to solve (S4-46).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Kotiutumisen ohjaus on hajanaista.",
        min_length = 1,
        max_length = 1000
    )]
    pub development_target: Option<String>,
    /// The phase of service development, from the code set `service_phases`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "planning", max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub service_phase: Option<String>,
    /// Those who listen or take part, from the code set `audiences` (S2-12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "professionals",
        max_length = 60,
        pattern = "^[a-z0-9_]+$"
    )]
    pub audience: Option<String>,
    /// The environment of the task, from the code set `environments` (S2-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "hospital", max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub environment: Option<String>,
    /// The kind of task, from the code set `task_types` (S2-13). A task without it cannot be submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "lecture", max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub task_type: Option<String>,
    /// The ways of taking part that suit, from the code set `participation_modes`; all of them if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub modes: Vec<String>,
    /// The experience that is sought.
    #[serde(default)]
    pub experience: ExperienceSought,
    /// The competence that is sought beside experience, in free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Tottunut puhumaan ryhmälle.",
        min_length = 1,
        max_length = 1000
    )]
    pub competence: Option<String>,
    /// The languages that suit, from the code set `languages`; any of them will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub languages: Vec<String>,
    /// Whether training is wished for. It is a criterion of the search, never a gate (S1-17).
    #[serde(default)]
    #[schema(example = false)]
    pub trained: bool,
    /// What the expert is responsible for, and what the orderer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Työyksikkö vastaa tilaisuudesta, asiantuntija puheenvuorostaan.",
        min_length = 1,
        max_length = 1000
    )]
    pub responsibility: Option<String>,
    /// How long it is expected to take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub length: Option<Length>,
    /// On what basis it is done (S2-15).
    #[serde(default)]
    pub fee_basis: FeeBasis,
    /// The fee that is offered, if a fee is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub fee: Option<FeeOffer>,
}

/// Where a task takes place
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaskPlace)]
pub struct Place {
    /// The kind of place.
    pub kind: PlaceKind,
    /// The address, if there is a place to come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Ounasrinteentie 22, 96400 Rovaniemi",
        min_length = 1,
        max_length = 300
    )]
    pub address: Option<String>,
    /// Everything else that helps to get there: the room, the entrance, the meeting link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Auditorio, sisäänkäynti B, esteetön",
        min_length = 1,
        max_length = 500
    )]
    pub details: Option<String>,
}

/// The kind of place of a task
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Somewhere to come to: it needs an address.
    OnSite,
    /// Over the network or the telephone.
    Remote,
    /// Either, or both at once: it needs an address.
    Hybrid,
    /// Wherever the expert likes, as in writing or commenting.
    Anywhere,
}

/// When a task takes place
///
/// A beginning and an end, or in words what would suit, or both.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaskTiming)]
pub struct Timing {
    /// When it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2027-01-15T07:00:00Z")]
    pub start: Option<Moment>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2027-01-15T09:00:00Z")]
    pub end: Option<Moment>,
    /// What else would suit, in free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Myös viikon 3 muut aamupäivät käyvät.",
        min_length = 1,
        max_length = 500
    )]
    pub flexible: Option<String>,
}

/// How long a task is expected to take
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaskLength)]
pub struct Length {
    /// The minutes of the task itself.
    #[schema(example = 120, minimum = 1, maximum = 100_000)]
    pub minutes: u32,
    /// The minutes of preparing for it.
    #[serde(default)]
    #[schema(example = 60, minimum = 0, maximum = 100_000)]
    pub preparation_minutes: u32,
}

/// The experience that a task seeks
///
/// Themes of experience are health data, also when sought: they are never printed.
#[derive(Clone, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExperienceSought {
    /// Themes, from the code set `experience_themes`: any of them suits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub themes: Vec<String>,
    /// Perspectives, from the code set `perspectives`: any of them suits, and all of them if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub perspectives: Vec<String>,
}

impl fmt::Debug for ExperienceSought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExperienceSought(…)")
    }
}

/// Compares two structs field by field: the JSON names of those that differ.
macro_rules! changes {
    ($before:expr, $after:expr; $($field:ident $($name:literal)?),+ $(,)?) => {{
        let mut changed: Vec<&'static str> = Vec::new();
        $(if $before.$field != $after.$field {
            changed.push(changes!(@ $field $($name)?));
        })+
        changed
    }};
    (@ $field:ident $name:literal) => { $name };
    (@ $field:ident) => { stringify!($field) };
}

impl TaskDescription {
    /// The names of the fields in which `after` differs from this description.
    pub fn changes(&self, after: &Self) -> Vec<&'static str> {
        changes!(self, after; title, what, place "where", when, for_whom, purpose, development_target, service_phase,
            audience, environment, task_type, modes, experience, competence, languages, trained, responsibility, length,
            fee_basis, fee)
    }
}

impl Timing {
    /// The stretch of time that is known: from the beginning to the end, or to the length after it.
    pub fn span(&self, length: Option<Length>) -> Option<(Moment, Moment)> {
        let start = self.start?;
        let minutes = length.map_or(60, |length| i64::from(length.minutes));
        let end = self.end.or_else(|| Moment::from_timestamp(start.timestamp() + minutes * 60))?;
        Some((start, end))
    }
}
