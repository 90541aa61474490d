//! `/v1/nodes/{node_id}/settings`: what an area, an organisation or a unit sets for itself and below (S4-50).

use actix_web::{
    get, patch,
    web::{Data, Path},
};
use domain::{
    node::NodeId,
    policy::{Action, Subject},
    refusal::faultless,
    settings::{NodeSettings, Settings, SettingsChange, in_force},
};
use persistence::{Stored, node_settings, nodes};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::Call,
    patch::{self, merge_patch},
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_node_settings).service(patch_node_settings).service(get_settings_in_force);
}

/// What a node has set
#[derive(Serialize, ToSchema)]
struct NodeSettingsView {
    /// The node.
    node_id: NodeId,
    /// What it has set for itself and everything below it.
    own: Settings,
    /// Who changed what, the first change first.
    #[schema(max_items = 1000)]
    record: Vec<SettingsChange>,
}

/// What holds at a node
#[derive(Serialize, ToSchema)]
struct SettingsInForceView {
    /// The node.
    node_id: NodeId,
    /// What holds there. What nobody has set is left out, and holds as its description says.
    settings: Settings,
    /// Where each of them was set.
    #[schema(max_items = 50)]
    set_at: Vec<SettingSource>,
}

/// Where a setting was set
#[derive(Serialize, ToSchema)]
struct SettingSource {
    /// The name of the setting.
    #[schema(example = "order_approval", max_length = 60)]
    name: &'static str,
    /// The node that has set it.
    node_id: NodeId,
}

merge_patch! {
    /// What of the settings changes
    struct SettingsPatch of Settings: "What of the settings of a node changes: a merge patch. What is null holds again as the nodes above have it."
}

/// Get what a node has set
///
/// Only what the node has set itself, with who changed what. What holds there in all is at `/settings/in-force`.
#[utoipa::path(tag = "settings", responses((status = OK, body = NodeSettingsView)))]
#[get("/v1/nodes/{node_id}/settings")]
async fn get_node_settings(app: Data<App>, call: Call, node_id: Path<NodeId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let path = nodes::path(session, *node_id)?;
        caller.require(Action::ReadSetting, &Subject::at(path))?;
        let settings = node_settings::of(session, *node_id)?;
        Answer::ok(&view(&settings)).version(&settings)
    })
    .await
}

/// Change what a node has set
///
/// A merge patch (RFC 7396). It holds at the node and below it, for what begins from now on: what is under way goes on as
/// it began.
#[utoipa::path(tag = "settings", responses((status = OK, body = NodeSettingsView)))]
#[patch("/v1/nodes/{node_id}/settings")]
async fn patch_node_settings(
    app: Data<App>,
    call: Call,
    node_id: Path<NodeId>,
    body: Json<SettingsPatch>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let path = nodes::path(session, *node_id)?;
        caller.require(Action::ManageSetting, &Subject::at(path))?;
        let settings = node_settings::of(session, *node_id)?;
        caller.unchanged(&settings)?;
        let own: Settings = patch::apply(&settings.own, &body.0.0, "")?;
        faultless(own.faults())?;
        let changed = settings.thing.clone().changed(own, caller.human()?, now);
        let settings = patch::save(session, settings, changed, node_settings::keep)?;
        Answer::ok(&view(&settings)).version(&settings)
    })
    .await
}

/// Get what holds at a node
///
/// Each setting as the nearest node has it, from the node itself upwards, and where it was set.
#[utoipa::path(tag = "settings", responses((status = OK, body = SettingsInForceView)))]
#[get("/v1/nodes/{node_id}/settings/in-force")]
async fn get_settings_in_force(
    app: Data<App>,
    call: Call,
    node_id: Path<NodeId>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let path = nodes::path(session, *node_id)?;
        caller.require(Action::ReadSetting, &Subject::at(path.clone()))?;
        let layers = node_settings::layers(session, &path)?;
        let settings = in_force(&layers);
        let source = |name: &'static str| {
            let nearest = layers.iter().rev().find(|layer| layer.own.named().contains(&name))?;
            Some(SettingSource { name, node_id: nearest.node })
        };
        let set_at = settings.named().into_iter().filter_map(source).collect();
        Ok(Answer::ok(&SettingsInForceView { node_id: *node_id, settings, set_at })?.tagged())
    })
    .await
}

fn view(settings: &Stored<NodeSettings>) -> NodeSettingsView {
    let NodeSettings { node, own, record, .. } = settings.thing.clone();
    NodeSettingsView { node_id: node, own, record }
}
