//! `/v1/disclosures`: what of experts was told to whom (S4-21).

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    assignment::AssignmentId,
    disclosure::{DisclosedDetails, DisclosedField, Disclosure, DisclosureGround, DisclosureId},
    expert::ExpertId,
    localized::Localized,
    node::NodeId,
    order::OrderId,
    person::PersonId,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Session, disclosures, experts, nodes, people};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, Versioned, page},
    audit::Told,
    call::Call,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_disclosures).service(get_disclosure);
}

page!(pub(super) DisclosurePage of DisclosureView);

/// Which disclosures to list
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DisclosureFilter {
    /// Those for one order.
    order: Option<OrderId>,
}

/// That details of an expert were told to an orderer
#[derive(Serialize, ToSchema)]
pub(super) struct DisclosureView {
    /// The disclosure.
    id: DisclosureId,
    /// The expert.
    expert_id: ExpertId,
    /// The order.
    order_id: OrderId,
    /// The assignment that began.
    assignment_id: AssignmentId,
    /// The unit that was told.
    to_node_id: NodeId,
    /// Its name.
    to_node_name: Localized,
    /// The person there who was told.
    to_person_id: PersonId,
    /// Their name.
    #[schema(example = "Tiina Tilaaja", max_length = 200)]
    to_person_name: String,
    /// The kinds of details that were told.
    #[schema(max_items = 6)]
    fields: Vec<DisclosedField>,
    /// On what ground.
    ground: DisclosureGround,
    /// When.
    at: Moment,
    /// The details, for the orderer and the expert alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    details: Option<DisclosedDetails>,
}

impl DisclosureView {
    /// The view without the details.
    pub(super) fn of(session: &mut Session<'_>, disclosure: &Disclosure) -> Result<Self> {
        Ok(Self {
            id: disclosure.id,
            expert_id: disclosure.expert,
            order_id: disclosure.order,
            assignment_id: disclosure.assignment,
            to_node_id: disclosure.to_node,
            to_node_name: nodes::name(session, disclosure.to_node)?,
            to_person_id: disclosure.to_person,
            to_person_name: people::find(session, disclosure.to_person)?.facts.name.clone(),
            fields: disclosure.fields.clone(),
            ground: disclosure.ground,
            at: disclosure.at,
            details: None,
        })
    }
}

/// List disclosures
///
/// Those about the caller, to the caller's unit, or for a liaison to the units that they broker for. The details are in each
/// one.
#[utoipa::path(tag = "disclosures", params(DisclosureFilter), responses((status = OK, body = DisclosurePage)))]
#[get("/v1/disclosures")]
async fn list_disclosures(
    app: Data<App>,
    call: Call,
    query: Query<DisclosureFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = disclosures::Filter { expert: None, order: query.order };
        let scope = caller.scope(Action::ReadDisclosure);
        let found = disclosures::list(session, &scope, filter, query.page)?;
        Answer::page(&query, found, |disclosure| DisclosureView::of(session, &disclosure))
    })
    .await
}

/// Get a disclosure
///
/// With the details as they were when they were told, for the unit that was told and for the expert; others who may know
/// of it see that it was made, not what it said. A theme or a need that the expert has taken back since is shown to the expert
/// alone, also once they agree to it anew for other tasks. That somebody else has read a theme or a need is on record:
/// `GET /v1/audit-events`.
#[utoipa::path(tag = "disclosures", responses((status = OK, body = DisclosureView)))]
#[get("/v1/disclosures/{disclosure_id}")]
async fn get_disclosure(
    app: Data<App>,
    call: Call,
    disclosure_id: Path<DisclosureId>,
) -> Result<Answer> {
    let read = app.find(call, move |session, caller| {
        let disclosure = disclosures::find(session, *disclosure_id)?;
        let about = Subject {
            node: Some(nodes::path(session, disclosure.to_node)?),
            owner: Some(disclosure.person),
            ..Subject::default()
        };
        caller.require(Action::ReadDisclosure, &about)?;
        let mut view = DisclosureView::of(session, &disclosure)?;
        let mut look = None;
        if caller.may(Action::ReadDisclosedDetails, &about) {
            let mut details = disclosures::details(session, disclosure.thing.id)?;
            if !caller.may(Action::ReadExpert, &about) {
                let expert = experts::find(session, disclosure.expert)?;
                details.hide_withdrawn(&expert, disclosure.at);
            }
            if !details.themes.is_empty() || !details.adjustments.is_empty() {
                look = caller.look(Action::ReadDisclosedDetails, &about, disclosure.id);
            }
            view.details = Some(details);
        }
        let answer = Answer::ok(&view).version(&disclosure)?;
        Told::of(session, caller, answer, look)
    });
    app.tell(read.await?).await
}
