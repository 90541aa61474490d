//! What is known of a document.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{codes, policy::Role, refusal::Fault, time::Day};

/// What is known of a document
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentFacts {
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// What it is called among those who look after it.
    #[schema(min_length = 1, max_length = 200, example = "Kuntoutusosaston perehdytys")]
    pub name: String,
    /// The kinds of task that it is for, from the code set `task_types`; none means all.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub task_types: Vec<String>,
    /// The roles that it is for; none means all.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub audience: Vec<Role>,
    /// How far its development is (S4-59).
    pub phase: DevelopmentPhase,
    /// Whether those it is for must tell that they have read and accepted it (S4-10, S4-52).
    #[serde(default)]
    pub acknowledged: bool,
    /// The day by which it should be looked over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub review_due: Option<Day>,
}

/// A kind of document
///
/// The codes of the set `document_kinds`.
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// *Toimintamalli*: how the area does it (S4-10).
    OperatingModel,
    /// *Pelisäännöt*: what was agreed on together (S4-52).
    GroundRules,
    /// *Ohje*: such as the one for orderers (S3-13).
    Instruction,
    /// *Perehdytysmateriaali*: what an expert should know before a task (S4-22).
    Orientation,
    /// A form to be filled in on paper (S3-33).
    Form,
    /// What a role does and answers for (S3-32).
    RoleDescription,
    /// *Palkkiosuositus*.
    FeeRecommendation,
    /// How personal data is handled.
    PrivacyNotice,
    /// Another document.
    Other,
}

/// How far the development of a document is (S4-59)
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DevelopmentPhase {
    /// An idea on paper.
    Idea,
    /// It is being developed.
    Developing,
    /// It is being tried out.
    Piloting,
    /// It is in use.
    InUse,
    /// It is being given up.
    Ending,
}

impl DocumentFacts {
    /// The values that cannot be right.
    pub fn faults(&self) -> Vec<Fault> {
        let unknown = |(_, code): &(usize, &String)| !codes::TASK_TYPES.has(code);
        let faults = self.task_types.iter().enumerate().filter(unknown);
        faults.map(|(at, _)| Fault::new(format!("/task_types/{at}"), "unknown_code")).collect()
    }
}
