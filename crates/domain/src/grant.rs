//! Roles that people hold at nodes: grants and appointments (S4-09, S3-02).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    id::Id,
    node::NodeId,
    person::PersonId,
    policy::Role,
    time::{Day, Moment},
};

/// The identifier of a grant.
pub type GrantId = Id<Grant>;

/// That a person holds a role at a node, and thereby at every node below it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Grant {
    /// Its identifier.
    pub id: GrantId,
    /// What was granted.
    pub terms: Terms,
    /// When it was ended before its time, if it was.
    pub ended: Option<Moment>,
}

/// What is granted
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrantTerms)]
pub struct Terms {
    /// Who holds the role.
    pub person_id: PersonId,
    /// Which role.
    pub role: Role,
    /// Where: it reaches the node and all below it.
    pub node_id: NodeId,
    /// The first day.
    pub from: Day,
    /// The last day, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<Day>,
    /// Whose deputy the person is, so that nothing depends on one person (S3-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub deputy_for: Option<PersonId>,
    /// What the person answers for, in words (S3-02).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "tilausten välitys", min_length = 1, max_length = 300)]
    pub responsibility: Option<String>,
}

impl Grant {
    /// Whether the role is held on `day`.
    pub fn in_force(&self, day: Day) -> bool {
        self.ended.is_none()
            && self.terms.from <= day
            && self.terms.until.is_none_or(|until| day <= until)
    }
}
