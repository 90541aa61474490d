//! The steering group (*ohjausryhmä*): who steers the activity in an area, what they decide, and what is developed
//! because of it (S4-44, S3-03).

pub mod action;
mod meeting;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    compilation::CompilationId, id::Id, localized::Localized, node::NodeId, person::PersonId,
    refusal::Fault, time::Day,
};

pub use self::meeting::{
    AgendaItem, Meeting, MeetingEvent, MeetingFacts, MeetingState, SteeringMeetingId, WORKFLOW,
};

/// The identifier of a steering group.
pub type SteeringGroupId = Id<SteeringGroup>;

/// A steering group.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SteeringGroup {
    /// Its identifier.
    pub id: SteeringGroupId,
    /// The area it steers.
    pub area: NodeId,
    /// What is known of it.
    pub facts: GroupFacts,
    /// The compilations it has received, in the order it received them.
    pub received: Vec<Received>,
}

/// What is known of a steering group
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SteeringGroupFacts)]
pub struct GroupFacts {
    /// Its name.
    pub name: Localized,
    /// Its members, past ones too.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub members: Vec<Member>,
}

/// A member: an organisation is represented, by a person, for a term
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SteeringMemberTerm)]
pub struct Member {
    /// The organisation.
    pub organisation: NodeId,
    /// Who represents it.
    #[schema(example = "Aino Esimerkki", min_length = 1, max_length = 200)]
    pub name: String,
    /// The person's identifier, if they sign in here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub person: Option<PersonId>,
    /// Whether they chair the group.
    #[serde(default)]
    pub chair: bool,
    /// The first day of the term.
    pub from: Day,
    /// The last day of the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<Day>,
}

/// A compilation that a group received
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = ReceivedCompilation)]
pub struct Received {
    /// The compilation.
    pub compilation: CompilationId,
    /// On which day.
    pub on: Day,
}

impl GroupFacts {
    /// Who sits in the group on a day, of those who sign in here; each once.
    pub fn serving(&self, on: Day) -> BTreeSet<PersonId> {
        let serves =
            |member: &&Member| member.from <= on && member.until.is_none_or(|until| on <= until);
        self.members.iter().filter(serves).filter_map(|member| member.person).collect()
    }

    /// What is wrong across the fields.
    pub fn faults(&self) -> Vec<Fault> {
        let backwards = |member: &Member| member.until.is_some_and(|until| until < member.from);
        (0..)
            .zip(&self.members)
            .filter(|(_, member)| backwards(member))
            .map(|(n, _): (u32, _)| Fault::new(format!("/members/{n}/until"), "before_from"))
            .collect()
    }
}

impl SteeringGroup {
    /// Who sits in the group on a day and did not when these `facts` were known of it.
    pub fn joined(&self, before: &GroupFacts, on: Day) -> BTreeSet<PersonId> {
        &self.facts.serving(on) - &before.serving(on)
    }

    /// Receives a compilation. To receive it twice is to have received it.
    #[must_use]
    pub fn receive(self, compilation: CompilationId, on: Day) -> Self {
        let mut received = self.received;
        if !received.iter().any(|earlier| earlier.compilation == compilation) {
            received.push(Received { compilation, on });
        }
        Self { received, ..self }
    }
}
