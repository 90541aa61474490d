//! What the parties agree on.
//!
//! The topics that must not be asked about and the adjustments can tell of health: the content does not show itself in
//! debug output.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::terms::FeeTerms;
use crate::{
    node::NodeId,
    time::{Day, Moment},
};

/// What the parties agree on
#[derive(Clone, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementContent {
    /// The six points that both must understand alike (S2-18).
    #[serde(default)]
    pub task: AgreementPoints,
    /// Who stands behind the parties.
    #[serde(default)]
    pub parties: PartyTerms,
    /// What is paid.
    #[serde(default)]
    pub fee: FeeTerms,
    /// Recording, photographs and publication.
    #[serde(default)]
    pub publicity: PublicityTerms,
    /// What the expert does not want to be asked about.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub closed_topics: Vec<String>,
    /// Confidentiality, both ways.
    #[serde(default)]
    pub confidentiality: ConfidentialityTerms,
    /// Support, adjustments and safety.
    #[serde(default)]
    pub support: SupportTerms,
}

/// A section of an agreement
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementSection {
    /// The six points.
    Task,
    /// Who stands behind the parties.
    Parties,
    /// What is paid.
    Fee,
    /// Recording, photographs and publication.
    Publicity,
    /// What must not be asked about.
    ClosedTopics,
    /// Confidentiality.
    Confidentiality,
    /// Support, adjustments and safety.
    Support,
}

/// The six points that both parties must understand alike (S2-18)
#[derive(Clone, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementPoints {
    /// The experience and the competence that the task calls for, in words that fit a paper both keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "Kokemusta palvelujen käyttämisestä, esiintymistaito"
    )]
    pub experience_and_competence: Option<String>,
    /// What kind of task it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "Kokemuspuheenvuoro ja keskustelu"
    )]
    pub nature: Option<String>,
    /// Who answers for what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "Yksikkö vastaa tilaisuudesta, kokemustoimija puheenvuorostaan"
    )]
    pub responsibility: Option<String>,
    /// When.
    #[serde(default)]
    pub time: TaskTime,
    /// Where, or how to take part from afar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Keskussairaala, auditorio"
    )]
    pub place: Option<String>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Osaston henkilökunta, noin 15 henkeä"
    )]
    pub target_group: Option<String>,
}

/// When a task is
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskTime {
    /// When it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub starts: Option<Moment>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ends: Option<Moment>,
    /// What must be said of the time in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Kahvitauko puolivälissä"
    )]
    pub text: Option<String>,
}

impl TaskTime {
    /// The first and the last day of it, if a time was said.
    pub fn days(&self) -> Option<(Day, Day)> {
        let first = self.starts.or(self.ends)?.day();
        Some((first, self.ends.map_or(first, Moment::day)))
    }
}

/// Who stands behind the parties
#[derive(Clone, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyTerms {
    /// The organisation or unit that pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub payer: Option<NodeId>,
    /// The cost centre that it is paid from (*kustannuspaikka*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 40, example = "4410")]
    pub cost_centre: Option<String>,
    /// Whom or what the expert represents, with the limits that a background community has set (S1-15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 1000, example = "Vain itseään")]
    pub represents: Option<String>,
    /// The professional who works as the expert's pair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 300,
        example = "Sairaanhoitaja Maija Metsä"
    )]
    pub professional_partner: Option<String>,
    /// That there is no conflict of interest, or what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 1000, example = "Ei eturistiriitoja")]
    pub conflict_of_interest: Option<String>,
}

/// Whether the expert lets something be done
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreedConsent {
    /// It was not asked, and so it must not be done.
    #[default]
    NotAsked,
    /// The expert does not want it.
    Refused,
    /// The expert lets it be done.
    Given,
}

/// Recording, photographs and publication (S1-26)
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicityTerms {
    /// Recording sound or picture.
    #[serde(default)]
    pub recording: AgreedConsent,
    /// Taking photographs.
    #[serde(default)]
    pub photographs: AgreedConsent,
    /// Publishing a recording, a text or a photograph.
    #[serde(default)]
    pub publication: AgreedConsent,
    /// Where, for how long and under which name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 1000)]
    pub terms: Option<String>,
}

/// Confidentiality, both ways (S4-58)
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfidentialityTerms {
    /// What the expert undertakes to keep secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "En kerro muille, mitä kuulen asiakkaista tai henkilökunnasta."
    )]
    pub expert: Option<String>,
    /// What the unit undertakes to keep secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "Emme kerro muille, mitä kokemustoimija kertoo itsestään."
    )]
    pub orderer: Option<String>,
}

/// Support, adjustments and safety
#[derive(Clone, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportTerms {
    /// Whom the expert can turn to before and during the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 300,
        example = "Osastonhoitaja Liisa Lahti, 040 000 0000"
    )]
    pub contact: Option<String>,
    /// With whom the expert can talk the task over afterwards (*jälkipuinti*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 300)]
    pub debrief_contact: Option<String>,
    /// What the unit arranges so that the expert can take part: what is done, never why.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub adjustments: Vec<String>,
    /// Who insures against accidents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 500,
        example = "Hyvinvointialueen tapaturmavakuutus"
    )]
    pub insurance: Option<String>,
}

impl AgreementContent {
    /// The sections that differ from `other`.
    pub fn differs(&self, other: &Self) -> Vec<AgreementSection> {
        use AgreementSection::{
            ClosedTopics, Confidentiality, Fee, Parties, Publicity, Support, Task,
        };
        let sections = [
            (Task, self.task != other.task),
            (Parties, self.parties != other.parties),
            (Fee, self.fee != other.fee),
            (Publicity, self.publicity != other.publicity),
            (ClosedTopics, self.closed_topics != other.closed_topics),
            (Confidentiality, self.confidentiality != other.confidentiality),
            (Support, self.support != other.support),
        ];
        sections.into_iter().filter(|(_, differs)| *differs).map(|(section, _)| section).collect()
    }
}

/// Keeps the content out of debug output.
macro_rules! hide {
    ($($hidden:ident),+) => {
        $(impl fmt::Debug for $hidden {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($hidden)).finish_non_exhaustive()
            }
        })+
    };
}

hide!(AgreementContent, AgreementPoints, PartyTerms, SupportTerms);
