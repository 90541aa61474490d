//! `kokemusvayla admin create-node`

use clap::{Args, builder::NonEmptyStringValueParser};
use domain::{
    id::Id,
    node::{Facts, History, Level, Node, NodeId},
};
use persistence::{Session, Stored, nodes};
use serde_json::json;
use uuid::Uuid;

use super::admin::fitting;
use crate::{clock::new_id, config::Error};

/// An organisation, a unit or a team to be added to the tree
#[derive(Args, Clone, Debug)]
pub struct NewNode {
    /// The identifier of the node that it hangs under
    #[arg(long, required_unless_present = "area", conflicts_with = "area")]
    pub parent: Option<Uuid>,
    /// The code of the area that it hangs under, instead of an identifier
    #[arg(long)]
    pub area: Option<String>,
    /// How far down it is: organisation, unit, team
    #[arg(long, value_parser = level)]
    pub level: Level,
    /// Its name in Finnish
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub name: String,
    /// The kind of organisation, from the code set `organisation_kinds`
    #[arg(long)]
    pub kind: Option<String>,
    /// Its business identity code
    #[arg(long)]
    pub y_tunnus: Option<String>,
}

impl NewNode {
    /// Adds it to the tree.
    pub(super) fn add(&self, session: &mut Session<'_>) -> Result<NodeId, Error> {
        let parent = match (self.parent, &self.area) {
            (Some(id), _) => there(nodes::find(session, Id::new(id)), "node with that identifier")?,
            (None, Some(code)) => area_with(session, code)?,
            (None, None) => return Err(Error::Usage("name a parent or an area".to_owned())),
        };
        let mut given = json!({ "name": { "fi": self.name } });
        for (field, value) in [("kind", &self.kind), ("y_tunnus", &self.y_tunnus)] {
            if let Some(value) = value {
                given[field] = json!(value);
            }
        }
        let facts: Facts = fitting(given)?;
        if let Some(fault) = facts.faults(self.level).first() {
            let field = fault.pointer.trim_start_matches('/');
            return Err(Error::Usage(format!("{field}: {}", fault.code)));
        }
        let id = Id::new(new_id());
        let path = parent
            .path_of_child(self.level, id)
            .map_err(|_| Error::Usage("nothing of that level can hang there".to_owned()))?;
        let node = Node { id, path, level: self.level, facts, history: History::default() };
        nodes::add(session, node)?;
        Ok(id)
    }
}

/// The area with this code.
pub(super) fn area_with(session: &mut Session<'_>, code: &str) -> Result<Stored<Node>, Error> {
    there(
        nodes::find_area(session, code),
        "area with that code: GET /v1/nodes?level=area lists them",
    )
}

/// What was found; or in words, that there is no such thing.
pub(super) fn there<T>(found: persistence::Result<T>, what: &str) -> Result<T, Error> {
    found.map_err(|error| match error {
        persistence::Error::NotFound => Error::Usage(format!("there is no {what}")),
        error => error.into(),
    })
}

fn level(name: &str) -> Result<Level, String> {
    serde_json::from_value(serde_json::Value::from(name))
        .map_err(|_| "the levels are organisation, unit and team".to_owned())
}
