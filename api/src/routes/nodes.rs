//! `/v1/nodes`

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    node::{self, Facts, History, Level, Node, NodeId},
    policy::{Action, Subject},
    refusal::faultless,
    time::Day,
};
use persistence::{Stored, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering,
    call::Call,
    patch::{self, merge_patch},
    problem::{Result, referred},
    query::Query,
    routes::ServiceConfig,
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
    #[schema(min_items = 1, max_items = 10)]
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

merge_patch! {
    /// What is to be changed of a node
    ///
    /// A merge patch (RFC 7396): what is not named stays, what is null goes. Which county an area is does not change.
    struct NodePatch of Facts: "What is to be changed of a node: a merge patch.", without "area_code"
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
        let parent = referred(nodes::find(session, body.parent_id), "/parent_id")?;
        caller.require(Action::ManageNode, &Subject::at(parent.path.clone()))?;
        let faults = body.facts.faults(body.level);
        faultless(faults.into_iter().map(|fault| fault.within("/facts")).collect())?;
        let id = caller.new_id();
        let node = Node {
            id,
            path: parent.path_of_child(body.level, id)?,
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
    app.find(call, move |session, caller| {
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
        changed.facts = patch::apply(&node.facts, &body.0.0, "")?;
        faultless(changed.facts.faults(changed.level))?;
        let node = patch::save(session, node, changed, nodes::save)?;
        Answer::ok(&view(node.clone())).version(&node)
    })
    .await
}

/// Let another node go on with the work
///
/// When the duty to organise moves or organisations merge, both keep it in their history. What hangs under the ended node
/// stays where it was and ends with it, and nothing new is added.
///
/// After the last day the roles that were given there, or below it, count no longer, but for that of an orderer: what was
/// ordered there is finished by those who ordered it. Orders that the node brokered go to the liaison who is nearest above the
/// unit. Nobody's experts pass to the successor: those whom the node supports are told to choose who does so from then on, and
/// whoever holds a role there is told that it runs out.
///
/// Nor do fee forms: what is claimed at an area that has ended is listed to the payroll client of that area alone, which works as
/// before, and never to the successor's. Keep it until everything there has been paid.
#[utoipa::path(tag = "nodes", responses((status = OK, body = NodeView)))]
#[post("/v1/nodes/{node_id}/succeed")]
async fn succeed_node(
    app: Data<App>,
    call: Call,
    node_id: Path<NodeId>,
    body: Json<Succession>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let ending = nodes::find(session, *node_id)?;
        caller.require(Action::ManageNode, &Subject::at(ending.path.clone()))?;
        let successor = referred(nodes::find(session, body.successor_id), "/successor_id")?;
        caller.require(Action::ManageNode, &Subject::at(successor.path.clone()))?;
        let (ended, going_on) =
            node::succeed(ending.thing.clone(), successor.thing.clone(), body.last_day)?;
        nodes::save(session, &successor, going_on)?;
        let node = nodes::save(session, &ending, ended)?;
        nodes::end(session, &node.path, body.last_day)?;
        brokering::end_work(session, &node.path, now)?;
        Answer::ok(&view(node.clone())).version(&node)
    })
    .await
}

fn view(node: Stored<Node>) -> NodeView {
    let Node { id, path, level, facts, history } = node.thing;
    NodeView { id, parent_id: path.parent(), path: path.ids().collect(), level, facts, history }
}
