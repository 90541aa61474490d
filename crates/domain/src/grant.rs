//! Roles that people hold at nodes: grants and appointments (S4-09, S3-02).
//!
//! ```text
//!   ┌─renew─┐
//!   └▶ given ┴──end──▶ ended
//! ```
//!
//! A grant that has run out can be renewed; one that was ended cannot. Who gave, renewed and ended it stays on record.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    codes::SERVICE_PHASES,
    id::Id,
    node::{Node, NodeId},
    person::PersonId,
    policy::{Action, Role},
    record,
    refusal::{Fault, Refusal, Rule},
    time::{Day, Moment},
    workflow::{Arrow, Workflow},
};

/// The identifier of a grant.
pub type GrantId = Id<Grant>;

/// The roles whose holders are in charge of something at a node, and known to whoever is signed in.
pub const APPOINTMENTS: &[Role] = &[
    Role::CentreManager,
    Role::AreaCoordinator,
    Role::Liaison,
    Role::Broker,
    Role::NetworkCoordinator,
    Role::Trainer,
];

/// That a person holds a role at a node, and thereby at every node below it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Grant {
    /// Its identifier.
    pub id: GrantId,
    /// What was granted.
    pub terms: Terms,
    /// When it was ended before its time, if it was.
    pub ended: Option<Moment>,
    /// Who gave, renewed and ended it.
    #[serde(default)]
    pub record: Vec<Entry>,
    /// How its holder introduced themselves, if it was given to an account that those who gave it may not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<Introduction>,
}

/// How somebody introduced themselves who asked for a role. The account that has their address may be of another area: who that
/// is, those here learn no more than they were told.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Introduction {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their telephone number, if they gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Their professional title, if they gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
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
    /// In which phases of service development, from the code set `service_phases` (S3-02).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10, example = json!(["planning", "evaluation"]))]
    pub phases: Vec<String>,
}

/// What happened to a grant, when and by whom
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = GrantEntry)]
pub struct Entry {
    /// Who did it; nobody if the installation itself did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<PersonId>,
    /// When.
    pub at: Moment,
    /// What was done.
    pub change: Change,
    /// The last day from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<Day>,
    /// Why it was ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "siirtyi toisiin tehtäviin", max_length = 300)]
    pub reason: Option<String>,
}

/// What can be done to a grant
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = GrantChange)]
pub enum Change {
    /// It was given.
    Given,
    /// It goes on until another day.
    Renewed,
    /// Its holder was told that it is about to run out.
    Reminded,
    /// Its first day came, for which it was given before.
    Begun,
    /// Its last day passed.
    RanOut,
    /// It was ended before its time.
    Ended,
}

/// What someone wants done to a grant.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    End { by: PersonId, reason: String },
    Renew { by: PersonId, until: Day },
}

/// The grant's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "grant",
    finnish: "rooli, nimeäminen",
    states: &["given", "ended"],
    arrows: &[from_given("end", &["ended"]), from_given("renew", &["given"])],
};

const fn from_given(action: &'static str, to: &'static [&'static str]) -> Arrow {
    Arrow { action, from: &["given"], to, may: Some(Action::ManageGrant) }
}

impl Grant {
    /// A grant given at `at` by someone, or by the installation itself.
    pub fn give(id: GrantId, terms: Terms, by: Option<PersonId>, at: Moment) -> Self {
        let entry = Entry { by, at, change: Change::Given, until: terms.until, reason: None };
        Self { id, terms, ended: None, record: vec![entry], introduction: None }
    }

    /// Whether the role is held on `day` at the node that it was given at: most end with the work of that.
    pub fn counts(&self, node: &Node, day: Day) -> bool {
        self.in_force(day) && (self.terms.role.winds_up() || node.works_on(day).is_ok())
    }

    /// Refuses to give it at a node where the work has ended by then, or ends before its last day; without one, it ends with the
    /// work. Whoever orders winds up what was ordered there, also after that.
    ///
    /// # Errors
    ///
    /// [`Rule::NodeEnded`].
    pub fn begins(&self, node: &Node, today: Day) -> Result<(), Refusal> {
        let Terms { role, from, until, .. } = self.terms;
        match until {
            _ if role.winds_up() => Ok(()),
            Some(until) => node.works_at(until, "/until"),
            None => node.works_on(from.max(today)),
        }
    }

    /// Refuses to let it go on at the node beyond the last day of the work there.
    ///
    /// # Errors
    ///
    /// [`Rule::NodeEnded`].
    pub fn goes_on(&self, node: &Node, until: Day) -> Result<(), Refusal> {
        if self.terms.role.winds_up() { Ok(()) } else { node.works_at(until, "/until") }
    }

    /// Whether the role is held on `day`.
    pub fn in_force(&self, day: Day) -> bool {
        self.ended.is_none()
            && self.terms.from <= day
            && self.terms.until.is_none_or(|until| day <= until)
    }

    /// The grant with the note that its holder was told of its last day, unless they were told of that day before.
    pub fn remind(mut self, at: Moment) -> Option<Self> {
        let until = self.terms.until?;
        let told = |entry: &Entry| entry.change == Change::Reminded && entry.until == Some(until);
        if self.record.iter().any(told) {
            return None;
        }
        let (by, until, reason) = (None, Some(until), None);
        self.record.push(Entry { by, at, change: Change::Reminded, until, reason });
        Some(self)
    }

    /// The grant with the note that its first day has come; nothing if it has not, if it began when it was given, or if that was
    /// noted before.
    pub fn begin(mut self, at: Moment) -> Option<Self> {
        let ahead = self.record.first().is_some_and(|given| given.at.day() < self.terms.from);
        let noted = self.record.iter().any(|entry| entry.change == Change::Begun);
        if !ahead || noted || !self.in_force(at.day()) {
            return None;
        }
        let (by, until, reason) = (None, self.terms.until, None);
        self.record.push(Entry { by, at, change: Change::Begun, until, reason });
        Some(self)
    }

    /// The grant with the note that its last day has passed; nothing if it has not, or that was noted before.
    pub fn run_out(mut self, at: Moment) -> Option<Self> {
        let until = self.terms.until.filter(|until| self.ended.is_none() && *until < at.day())?;
        let noted = |entry: &Entry| entry.change == Change::RanOut && entry.until == Some(until);
        if self.record.iter().any(noted) {
            return None;
        }
        let (by, until, reason) = (None, Some(until), None);
        self.record.push(Entry { by, at, change: Change::RanOut, until, reason });
        Some(self)
    }

    /// The name of the state.
    pub const fn state_name(&self) -> &'static str {
        if self.ended.is_some() { "ended" } else { "given" }
    }

    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if it has been ended, the new last day is past or before the first one, or somebody would go on giving roles
    /// by their own word.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let invalid = |code| Err(Refusal::Invalid(vec![Fault::new("/until", code)]));
        match (self.ended, event) {
            (None, Event::Renew { until, .. }) if until < at.day() => return invalid("in_past"),
            (None, Event::Renew { until, .. }) if until < self.terms.from => {
                return invalid("before_start");
            }

            (None, Event::Renew { by, .. }) if self.terms.own_power(by) => {
                return Err(Rule::OwnRole.into());
            }

            (None, Event::End { by, reason }) => {
                self.ended = Some(at);
                let (by, until, reason) = (Some(by), self.terms.until, Some(reason));
                self.record.push(Entry { by, at, change: Change::Ended, until, reason });
            }
            (None, Event::Renew { by, until }) => {
                record::once_more(self.record.len())?;
                self.terms.until = Some(until);
                let (by, until) = (Some(by), Some(until));
                self.record.push(Entry { by, at, change: Change::Renewed, until, reason: None });
            }

            (Some(_), event) => {
                return Err(Refusal::OutOfTurn {
                    machine: WORKFLOW.name,
                    state: "ended",
                    action: event.action(),
                });
            }
        }
        Ok(self)
    }
}

impl Terms {
    /// A role at a node from a day on until further notice.
    pub const fn open(person_id: PersonId, role: Role, node_id: NodeId, from: Day) -> Self {
        Self {
            person_id,
            role,
            node_id,
            from,
            until: None,
            deputy_for: None,
            responsibility: None,
            phases: Vec::new(),
        }
    }

    /// Whether `by` would have the power over roles by their own word: whoever gives roles gets that role from another.
    pub fn own_power(&self, by: PersonId) -> bool {
        self.person_id == by && self.role.gives_roles()
    }

    /// What cannot be right in the terms.
    pub fn faults(&self) -> Vec<Fault> {
        let until = self.until.filter(|until| *until < self.from);
        let deputy = self.deputy_for.filter(|person| *person == self.person_id);
        let phases = self.phases.iter().enumerate();
        let unknown = phases.filter(|(_, phase)| !SERVICE_PHASES.has(phase));
        until
            .map(|_| Fault::new("/until", "before_start"))
            .into_iter()
            .chain(deputy.map(|_| Fault::new("/deputy_for", "itself")))
            .chain(unknown.map(|(at, _)| Fault::new(format!("/phases/{at}"), "unknown_code")))
            .collect()
    }
}

impl Event {
    /// The action that the event is.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::End { .. } => "end",
            Self::Renew { .. } => "renew",
        }
    }
}
