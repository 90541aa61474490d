//! The steering group (*ohjausryhmä*): who steers the activity in an area, what they decide, and what is developed
//! because of it (S4-44, S3-03).

pub mod action;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    compilation::CompilationId, id::Id, localized::Localized, node::NodeId, person::PersonId,
    refusal::Fault, time::Day,
};

/// The identifier of a steering group.
pub type SteeringGroupId = Id<SteeringGroup>;
/// The identifier of a meeting.
pub type SteeringMeetingId = Id<Meeting>;

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

/// A meeting.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Meeting {
    /// Its identifier.
    pub id: SteeringMeetingId,
    /// Whose meeting.
    pub group: SteeringGroupId,
    /// What is known of it.
    pub facts: MeetingFacts,
}

/// What is known of a meeting
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SteeringMeetingFacts)]
pub struct MeetingFacts {
    /// The day.
    pub on: Day,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Rovaniemi, Hallituskatu 1", max_length = 300)]
    pub place: Option<String>,
    /// What is handled, in order.
    #[schema(min_items = 1, max_items = 100)]
    pub agenda: Vec<AgendaItem>,
    /// What was said, once written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "The meeting was opened at 9.00.", max_length = 20000)]
    pub minutes: Option<String>,
}

/// A matter on an agenda
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// The matter.
    #[schema(example = "Compilation of 2026", min_length = 1, max_length = 300)]
    pub title: String,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Orientation of orderers is developed.",
        min_length = 1,
        max_length = 4000
    )]
    pub decision: Option<String>,
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

impl MeetingFacts {
    /// Whether it is on another day or elsewhere than `before`, and at `today` either of them is still ahead: whoever reckons
    /// with the one has to know of the other.
    pub fn moved(&self, before: &Self, today: Day) -> bool {
        let same = (self.on, &self.place) == (before.on, &before.place);
        !same && self.on.max(before.on) >= today
    }
}

impl SteeringGroup {
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
