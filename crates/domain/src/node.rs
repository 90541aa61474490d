//! The tree that everything belongs to: nation → area (*hyvinvointialue*) → organisation → unit → team.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    check_digits::{self, YTunnus},
    codes::{AREAS, ORGANISATION_KINDS},
    id::Id,
    localized::Localized,
    record,
    refusal::{Fault, Refusal, Rule},
    time::Day,
};

/// The identifier of a node.
pub type NodeId = Id<Node>;

/// A place in the tree.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Node {
    /// Its identifier.
    pub id: Id<Node>,
    /// Where it hangs.
    pub path: Path,
    /// How far down it is.
    pub level: Level,
    /// What is known of it.
    pub facts: Facts,
    /// Who came before and after it.
    pub history: History,
}

/// How far down the tree a node is
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The whole country.
    Nation,
    /// A wellbeing services county.
    Area,
    /// An organisation.
    Organisation,
    /// A division or a unit of an organisation.
    Unit,
    /// A team of a unit.
    Team,
}

/// What is known of a node
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NodeFacts)]
pub struct Facts {
    /// Its names.
    pub name: Localized,
    /// The kind of organisation, from the code set `organisation_kinds` (S0-17, S1-04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "ngo", max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub kind: Option<String>,
    /// The code of a wellbeing services county, from the code set `areas`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "21",
        min_length = 2,
        max_length = 2,
        pattern = "^[0-9]{2}$"
    )]
    pub area_code: Option<String>,
    /// The business identity code (*Y-tunnus*), with its check digit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "y-tunnus",
        example = "2077474-0",
        min_length = 9,
        max_length = 9,
        pattern = "^[0-9]{7}-[0-9]$"
    )]
    pub y_tunnus: Option<String>,
    /// How to reach it.
    #[serde(default)]
    pub contact: Contact,
    /// Where its postal packages and costs go, if it has a cost centre of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "4410", min_length = 1, max_length = 40)]
    pub cost_centre: Option<String>,
}

/// How to reach an organisation
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NodeContact)]
pub struct Contact {
    /// An e-mail address that is not a person's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "email",
        example = "kirjaamo@example.fi",
        max_length = 254
    )]
    pub email: Option<String>,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "+358 16 000 000",
        max_length = 40,
        pattern = "^[+0-9 ()-]+$"
    )]
    pub phone: Option<String>,
    /// A postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Keskuskatu 1, 96100 Rovaniemi", max_length = 300)]
    pub address: Option<String>,
    /// A page on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        example = "https://www.example.fi",
        max_length = 300
    )]
    pub website: Option<String>,
}

/// Who came before and after a node (S0-33)
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NodeHistory)]
pub struct History {
    /// The nodes whose work it took over.
    #[serde(default)]
    pub predecessors: Vec<NodeId>,
    /// The node that took over its work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub successor: Option<NodeId>,
    /// The last day of its work: its own, or the one of a node that it hangs under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ended: Option<Day>,
}

/// Where a node hangs: the identifiers from the root down to it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Path(String);

impl Path {
    /// The path of a root.
    pub fn root(id: Id<Node>) -> Self {
        Self(format!("/{}/", id.raw().simple()))
    }

    /// The path of a child of this node.
    #[must_use]
    pub fn child(&self, id: Id<Node>) -> Self {
        Self(format!("{}{}/", self.0, id.raw().simple()))
    }

    /// Reads a path as [`Self::as_str`] writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('/')?.strip_suffix('/')?;
        let plain = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_id = |id: &str| id.len() == 32 && id.bytes().all(plain);
        inner.split('/').all(is_id).then(|| Self(text.to_owned()))
    }

    /// The path as text. The path of a node begins with the path of every node above it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this node or below it.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The nodes from the root down to this one.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<Node>> {
        self.0.split('/').filter_map(|id| Uuid::try_parse(id).ok()).map(Id::new)
    }

    /// The node itself.
    pub fn last(&self) -> Option<Id<Node>> {
        self.ids().next_back()
    }

    /// The node above, if any.
    pub fn parent(&self) -> Option<Id<Node>> {
        self.ids().rev().nth(1)
    }

    /// The area that the node is in, if it is in one.
    pub fn area(&self) -> Option<Id<Node>> {
        self.ids().nth(1)
    }

    /// The path of the area that the node is in.
    pub fn area_path(&self) -> Option<Self> {
        let mut ids = self.ids();
        let (root, area) = (ids.next()?, ids.next()?);
        Some(Self::root(root).child(area))
    }
}

/// How many nodes there are at the most from the root down to the lowest one. An offer and payroll name all of them.
const MOST_DEEP: usize = 10;

impl Node {
    /// Refuses to have anything new here once another one is known to go on with the work: no people, units, documents or
    /// groups.
    ///
    /// # Errors
    ///
    /// [`Rule::NodeEnded`].
    pub fn takes_new(&self) -> Result<(), Refusal> {
        if self.history.ended.is_some() { Err(Rule::NodeEnded.into()) } else { Ok(()) }
    }

    /// Refuses to begin work here after the last day of it.
    ///
    /// # Errors
    ///
    /// [`Rule::NodeEnded`].
    pub fn works_on(&self, day: Day) -> Result<(), Refusal> {
        let over = self.history.ended.is_some_and(|last| last < day);
        if over { Err(Rule::NodeEnded.into()) } else { Ok(()) }
    }

    /// Refuses as [`Self::works_on`] does, with a pointer to what names the node, or a day that is too late for it.
    ///
    /// # Errors
    ///
    /// [`Rule::NodeEnded`].
    pub fn works_at(&self, day: Day, pointer: &str) -> Result<(), Refusal> {
        let told = |_| Refusal::RuleAt(Rule::NodeEnded, vec![Fault::new(pointer, "node_ended")]);
        self.works_on(day).map_err(told)
    }

    /// The node once the work of one above it has its last day: it ends then at the latest, and nothing new is added here.
    #[must_use]
    pub fn ends_with(mut self, last_day: Day) -> Self {
        self.history.ended = Some(self.history.ended.map_or(last_day, |own| own.min(last_day)));
        self
    }

    /// Where a new node of `level` hangs under this one.
    ///
    /// # Errors
    ///
    /// [`Rule::NodeEnded`] if the work of this one has ended, [`Rule::WrongParent`] if none of that level hangs under one of
    /// its level, [`Rule::TooDeep`] if the tree goes no deeper.
    pub fn path_of_child(&self, level: Level, id: Id<Self>) -> Result<Path, Refusal> {
        self.takes_new()?;
        let path = self.path.child(id);
        if !level.may_hang_under(self.level) {
            Err(Rule::WrongParent.into())
        } else if path.ids().count() > MOST_DEEP {
            Err(Rule::TooDeep.into())
        } else {
            Ok(path)
        }
    }
}

impl Level {
    /// Whether a node of this level may hang under one of `parent`: units may nest, the rest goes one step at a time,
    /// and national organisations hang straight under the nation.
    const fn may_hang_under(self, parent: Self) -> bool {
        matches!(
            (parent, self),
            (Self::Nation, Self::Area | Self::Organisation)
                | (Self::Area, Self::Organisation)
                | (Self::Organisation | Self::Unit, Self::Unit | Self::Team)
        )
    }
}

impl Facts {
    /// What cannot be right in the facts of a node of `level`: only areas have an area code, and all of them do.
    pub fn faults(&self, level: Level) -> Vec<Fault> {
        let kind = self.kind.as_deref().filter(|kind| !ORGANISATION_KINDS.has(kind));
        let area = match (level, self.area_code.as_deref()) {
            (Level::Area, None) => Some("required"),
            (Level::Area, Some(code)) => (!AREAS.has(code)).then_some("unknown_code"),
            (_, code) => code.map(|_| "not_with_level"),
        };
        let y_tunnus = self.y_tunnus.as_deref().map(YTunnus::parse);
        [
            kind.map(|_| Fault::new("/kind", "unknown_code")),
            area.map(|code| Fault::new("/area_code", code)),
            y_tunnus.and_then(|parsed| check_digits::fault("/y_tunnus", parsed)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Lets `successor` go on with the work of `ending`, whose last day is `last_day` (S0-33). Both return with their new
/// history. What ends together with a node above it can still be told a successor of its own.
///
/// # Errors
///
/// [`Refusal`] if the successor is the same or hangs under it, or one of them has ended already.
pub fn succeed(
    mut ending: Node,
    mut successor: Node,
    last_day: Day,
) -> Result<(Node, Node), Refusal> {
    let pointer = "/successor_id";
    if ending.id == successor.id {
        return Err(Refusal::Invalid(vec![Fault::new(pointer, "itself")]));
    }
    if ending.path.covers(&successor.path) {
        return Err(Refusal::Invalid(vec![Fault::new(pointer, "ends_with_it")]));
    }
    if ending.history.successor.is_some() {
        return Err(Rule::NodeEnded.into());
    }
    ending.works_at(last_day, "/last_day")?;
    successor.takes_new()?;
    record::once_more(successor.history.predecessors.len())?;
    ending.history.ended = Some(last_day);
    ending.history.successor = Some(successor.id);
    successor.history.predecessors.push(ending.id);
    Ok((ending, successor))
}
