//! `/v1/offers`: an expert is asked, and answers freely.

mod answer;
mod link;
mod link_page;
mod questions;
mod send;
mod told;
mod view;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    offer::{Offer, OfferId, WithdrawalReason},
    order::OrderId,
    policy::{Action, Subject},
};
use persistence::{Session, nodes, offers};
use serde::Deserialize;
use utoipa::IntoParams;

pub(crate) use self::send::can_be_brokered;
use self::view::{OfferView, show};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    brokering::take_back,
    call::Call,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

page!(OfferPage of OfferView);

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_offers);
    config.service(get_offer);
    config.service(withdraw_offer);
    send::configure(config);
    answer::configure(config);
    link::configure(config);
    told::configure(config);
    questions::configure(config);
}

/// What decisions about an offer depend on. An offer that was never sent is not about its expert.
fn subject(session: &mut Session<'_>, offer: &Offer) -> Result<Subject> {
    let node = Some(nodes::path(session, offer.node)?);
    let handler = offer.handler.map(|handler| nodes::path(session, handler)).transpose()?;
    let owner = offer.was_sent().then_some(offer.person);
    Ok(Subject { node, handler, owner, ..Subject::default() })
}

/// Which offers
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfferFilter {
    /// Those of this order.
    order_id: Option<OrderId>,
    /// Those in this state.
    state: Option<String>,
}

/// List offers
///
/// An expert sees their own, once their turn has come; whoever brokers sees those of the order. Orderers see none:
/// declines are nobody's business but the broker's.
#[utoipa::path(tag = "offers", params(OfferFilter), responses((status = OK, body = OfferPage)))]
#[get("/v1/offers")]
async fn list_offers(app: Data<App>, call: Call, query: Query<OfferFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = offers::Filter { order: query.order_id, state: query.state.clone() };
        let scope = caller.scope(Action::ReadOffer);
        let found = offers::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |offer| {
            let subject = subject(session, &offer)?;
            show(session, caller, offer.thing, &subject)
        })
    })
    .await
}

/// Get an offer
///
/// With the task as it is now, the digest that accepting it names, and the caller's other tasks at the same time.
#[utoipa::path(tag = "offers", responses((status = OK, body = OfferView)))]
#[get("/v1/offers/{offer_id}")]
async fn get_offer(app: Data<App>, call: Call, offer_id: Path<OfferId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let offer = offers::find(session, *offer_id)?;
        let subject = subject(session, &offer)?;
        caller.require(Action::ReadOffer, &subject)?;
        Answer::ok(&show(session, caller, offer.thing.clone(), &subject)?).version(&offer)
    })
    .await
}

/// Withdraw an offer
///
/// Whoever brokers takes it back before it is answered. Of offers in turn, the next one is sent.
#[utoipa::path(tag = "offers", responses((status = OK, body = OfferView)))]
#[post("/v1/offers/{offer_id}/withdraw")]
async fn withdraw_offer(app: Data<App>, call: Call, offer_id: Path<OfferId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let offer = offers::find(session, *offer_id)?;
        let subject = subject(session, &offer)?;
        caller.require(Action::WithdrawOffer, &subject)?;
        take_back(session, &offer, WithdrawalReason::TakenBack, now)?;
        let offer = offers::find(session, *offer_id)?;
        Answer::ok(&show(session, caller, offer.thing.clone(), &subject)?).version(&offer)
    })
    .await
}
