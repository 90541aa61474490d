//! `/v1/nodes`

use crate::routes::ServiceConfig;
use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    localized::Localized,
    node::{self, Contact, Facts, History, Level, Node, NodeId},
    policy::{Action, Subject},
    refusal::{Fault, Rule, faultless},
    time::Day,
};
use persistence::{Session, Stored, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::Call,
    problem::{Problem, Result},
    query::Query,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_nodes)
        .service(create_node)
        .service(get_node)
        .service(patch_node)
        .service(succeed_node);
}

/// A place in the tree
#[derive(Serialize, ToSchema)]
struct NodeView {
    id: NodeId,
    /// The node above, unless this is the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    parent_id: Option<NodeId>,
    /// The nodes from the root down to this one.
    #[schema(min_items = 1, max_items = 50)]
    path: Vec<NodeId>,
    level: Level,
    facts: Facts,
    history: History,
}

/// A node to be added
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NodeForm {
    /// The node that it hangs under.
    parent_id: NodeId,
    /// How far down it is; it must fit under its parent.
    level: Level,
    facts: Facts,
}

/// What is to be changed of a node
///
/// What is left out stays as it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NodePatch {
    #[serde(default)]
    #[schema(nullable = false)]
    name: Option<Localized>,
    /// The kind of organisation, from the code set `organisation_kinds`.
    #[serde(default)]
    #[schema(nullable = false, example = "ngo", max_length = 60, pattern = "^[a-z0-9_]+$")]
    kind: Option<String>,
    /// The business identity code (*Y-tunnus*), with its check digit.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "2077474-0",
        min_length = 9,
        max_length = 9,
        pattern = "^[0-9]{7}-[0-9]$"
    )]
    y_tunnus: Option<String>,
    /// How to reach it, all of it.
    #[serde(default)]
    #[schema(nullable = false)]
    contact: Option<Contact>,
    /// Its cost centre.
    #[serde(default)]
    #[schema(nullable = false, example = "4410", min_length = 1, max_length = 40)]
    cost_centre: Option<String>,
}

/// Who goes on with the work of a node
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Succession {
    /// The node that goes on with the work.
    successor_id: NodeId,
    /// The last day of the node's own work.
    last_day: Day,
}

/// Which nodes
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NodeFilter {
    /// Those this far down the tree.
    #[serde(default)]
    level: Option<Level>,
    /// Those of this kind, from the code set `organisation_kinds`.
    #[serde(default)]
    #[param(example = "ngo", max_length = 60, pattern = "^[a-z0-9_]+$")]
    kind: Option<String>,
    /// Those that hang under this node.
    #[serde(default)]
    parent: Option<NodeId>,
    /// Those whose Finnish name has this in it, in either case.
    #[serde(default)]
    #[param(example = "mielenterveys", min_length = 1, max_length = 100)]
    name: Option<String>,
}

page!(NodePage of NodeView);

/// List the places of the tree
///
/// Areas, organisations, units and teams, for whoever is signed in.
#[utoipa::path(tag = "nodes", params(NodeFilter), responses((status = OK, body = NodePage)))]
#[get("/v1/nodes")]
async fn list_nodes(app: Data<App>, call: Call, query: Query<NodeFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = nodes::Filter {
            level: query.level,
            kind: query.kind.clone(),
            parent: query.parent,
            name: query.name.clone(),
        };
        let found = nodes::list(session, &caller.scope(Action::ReadNode), &filter, query.page)?;
        Answer::page(&query, found, |node| Ok(view(node)))
    })
    .await
}

/// Add a node
///
/// An organisation, a unit or a team under one that the caller manages; areas by those who run the installation.
#[utoipa::path(tag = "nodes", responses((status = CREATED, body = NodeView)))]
#[post("/v1/nodes")]
async fn create_node(app: Data<App>, call: Call, body: Json<NodeForm>) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let parent = referred(session, body.parent_id, "/parent_id")?;
        caller.require(Action::ManageNode, &Subject::at(parent.path.clone()))?;
        let faults = body.facts.faults(body.level);
        faultless(faults.into_iter().map(|fault| fault.within("/facts")).collect())?;
        if parent.history.ended.is_some() {
            return Err(Rule::NodeEnded.into());
        }
        if !body.level.may_hang_under(parent.level) {
            return Err(Rule::WrongParent.into());
        }
        let id = caller.new_id();
        let node = Node {
            id,
            path: parent.path.child(id),
            level: body.level,
            facts: body.facts.clone(),
            history: History::default(),
        };
        let node = nodes::add(session, node)?;
        Answer::created(&format!("/v1/nodes/{id}"), &view(node.clone())).version(&node)
    })
    .await
}

/// Get a node
///
/// Anyone who is signed in may know the tree: it is public in the organisations it describes.
#[utoipa::path(tag = "nodes", responses((status = OK, body = NodeView)))]
#[get("/v1/nodes/{node_id}")]
async fn get_node(app: Data<App>, call: Call, node_id: Path<NodeId>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let node = nodes::find(session, *node_id)?;
        caller.require(Action::ReadNode, &Subject::at(node.path.clone()))?;
        Answer::ok(&view(node.clone())).version(&node)
    })
    .await
}

/// Change what is known of a node
///
/// Names, contact details and what has become of it. The properties that are left out stay as they are; `null` takes a
/// value away.
#[utoipa::path(tag = "nodes", responses((status = OK, body = NodeView)))]
#[patch("/v1/nodes/{node_id}")]
async fn patch_node(
    app: Data<App>,
    call: Call,
    node_id: Path<NodeId>,
    body: Json<NodePatch>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let node = nodes::find(session, *node_id)?;
        caller.require(Action::ManageNode, &Subject::at(node.path.clone()))?;
        caller.unchanged(&node)?;
        let mut changed = node.thing.clone();
        body.0.clone().apply(&mut changed.facts);
        faultless(changed.facts.faults(changed.level))?;
        let node = nodes::save(session, &node, changed)?;
        Answer::ok(&view(node.clone())).version(&node)
    })
    .await
}

/// Let another node go on with the work
///
/// When the duty to organise moves or organisations merge, both keep it in their history. What hangs under the ended node
/// and what was ordered there stays where it was, and nothing new is added.
#[utoipa::path(tag = "nodes", responses((status = OK, body = NodeView)))]
#[post("/v1/nodes/{node_id}/succeed")]
async fn succeed_node(
    app: Data<App>,
    call: Call,
    node_id: Path<NodeId>,
    body: Json<Succession>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let ending = nodes::find(session, *node_id)?;
        caller.require(Action::ManageNode, &Subject::at(ending.path.clone()))?;
        let successor = referred(session, body.successor_id, "/successor_id")?;
        caller.require(Action::ManageNode, &Subject::at(successor.path.clone()))?;
        let (ended, going_on) =
            node::succeed(ending.thing.clone(), successor.thing.clone(), body.last_day)?;
        nodes::save(session, &successor, going_on)?;
        let node = nodes::save(session, &ending, ended)?;
        Answer::ok(&view(node.clone())).version(&node)
    })
    .await
}

/// The node that a body refers to at `pointer`.
pub(super) fn referred(
    session: &mut Session<'_>,
    id: NodeId,
    pointer: &str,
) -> Result<Stored<Node>> {
    nodes::find(session, id).map_err(|error| match error {
        persistence::Error::NotFound => {
            Problem::Invalid(vec![Fault::new(pointer, "unknown_reference")])
        }
        error => error.into(),
    })
}

fn view(node: Stored<Node>) -> NodeView {
    let Node { id, path, level, facts, history } = node.thing;
    NodeView { id, parent_id: path.parent(), path: path.ids().collect(), level, facts, history }
}

impl NodePatch {
    fn apply(self, facts: &mut Facts) {
        if let Some(name) = self.name {
            facts.name = name;
        }
        if let Some(contact) = self.contact {
            facts.contact = contact;
        }
        facts.kind = self.kind.or_else(|| facts.kind.take());
        facts.y_tunnus = self.y_tunnus.or_else(|| facts.y_tunnus.take());
        facts.cost_centre = self.cost_centre.or_else(|| facts.cost_centre.take());
    }
}
