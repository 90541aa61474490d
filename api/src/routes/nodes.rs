//! `/v1/nodes`: the tree of areas, organisations, units and teams.

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    node::{Facts, History, Level, Node, NodeId},
    policy::{Action, Subject},
};
use persistence::{Stored, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    App,
    answer::{Answer, Versioned, page},
    call::Call,
    problem::Result,
    query::Query,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_nodes).service(get_node);
}

/// A place in the tree
#[derive(Serialize, ToSchema)]
struct NodeView {
    /// Its identifier.
    id: NodeId,
    /// The node above it, unless it is the nation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    parent_id: Option<NodeId>,
    /// How far down it is.
    level: Level,
    /// What is known of it.
    facts: Facts,
    /// Who came before and after it.
    history: History,
}

page!(NodePage of NodeView);

/// Which nodes
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NodeFilter {
    /// Only those of this level.
    level: Option<Level>,
    /// Only those straight under this node.
    parent: Option<NodeId>,
}

/// List nodes
///
/// The tree is open to everyone who has signed in.
#[utoipa::path(tag = "nodes", params(NodeFilter), responses((status = OK, body = NodePage)))]
#[get("/v1/nodes")]
async fn list_nodes(app: Data<App>, call: Call, query: Query<NodeFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadNode);
        let filter = nodes::Filter { level: query.level, parent: query.parent };
        let found = nodes::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |node| Ok(view(&node)))
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
        Answer::ok(&view(&node)).version(&node)
    })
    .await
}

fn view(node: &Stored<Node>) -> NodeView {
    NodeView {
        id: node.thing.id,
        parent_id: node.path.parent(),
        level: node.level,
        facts: node.facts.clone(),
        history: node.history.clone(),
    }
}
