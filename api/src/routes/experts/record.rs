//! What is on record for the expert to see: who looked, and what was told to whom (S4-12, S4-21).

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    expert::ExpertId,
    localized::Localized,
    lookup::{Lookup, LookupId, LookupKind},
    node::NodeId,
    order::OrderId,
    person::PersonId,
    policy::Action,
    time::Moment,
};
use persistence::{Session, disclosures, experts, lookups, nodes, people};
use serde::Serialize;
use utoipa::ToSchema;

use super::subject;
use crate::{
    App,
    answer::{Answer, page},
    call::Call,
    problem::Result,
    query::{NoFilter, Query},
    routes::ServiceConfig,
    routes::disclosures::{DisclosurePage, DisclosureView},
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_lookups).service(list_expert_disclosures);
}

page!(LookupPage of LookupView);

/// That somebody saw a card
#[derive(Serialize, ToSchema)]
struct LookupView {
    /// The look-up.
    id: LookupId,
    /// When.
    at: Moment,
    /// How.
    kind: LookupKind,
    /// Who.
    by_id: PersonId,
    /// Their name.
    #[schema(example = "Leena Linkki", max_length = 200)]
    by_name: String,
    /// The order that they were looking for.
    order_id: OrderId,
    /// The unit that ordered.
    order_node_id: NodeId,
    /// Its name.
    order_node_name: Localized,
}

/// List who saw my card
///
/// Every search that showed the card and every look at it: who, when and for which order. Nobody but the expert, and a
/// support person with power over the profile, sees this.
#[utoipa::path(tag = "experts", responses((status = OK, body = LookupPage)))]
#[get("/v1/experts/{expert_id}/lookups")]
async fn list_lookups(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let expert = experts::find(session, *expert_id)?;
        caller.require(Action::ReadLookups, &subject(session, &expert)?)?;
        let found = lookups::list(session, expert.thing.id, query.page)?;
        Answer::page(&query, found, |lookup| show(session, &lookup))
    })
    .await
}

fn show(session: &mut Session<'_>, lookup: &Lookup) -> Result<LookupView> {
    Ok(LookupView {
        id: lookup.id,
        at: lookup.at,
        kind: lookup.kind,
        by_id: lookup.by,
        by_name: people::find(session, lookup.by)?.facts.name.clone(),
        order_id: lookup.order,
        order_node_id: lookup.order_node,
        order_node_name: nodes::name(session, lookup.order_node)?,
    })
}

/// List what was told of me
///
/// What was disclosed of the expert, to whom, when and on what ground.
#[utoipa::path(tag = "experts", responses((status = OK, body = DisclosurePage)))]
#[get("/v1/experts/{expert_id}/disclosures")]
async fn list_expert_disclosures(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let expert = experts::find(session, *expert_id)?;
        caller.require(Action::ReadLookups, &subject(session, &expert)?)?;
        let filter = disclosures::Filter { expert: Some(expert.thing.id), order: None };
        let scope = caller.scope(Action::ReadDisclosure);
        let found = disclosures::list(session, &scope, filter, query.page)?;
        Answer::page(&query, found, |disclosure| DisclosureView::of(session, &disclosure))
    })
    .await
}
