//! Looking at one card.

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    expert::{Card, CardId, Search, matches},
    lookup::LookupKind,
    order::OrderId,
};
use persistence::experts;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{ground, is_open, record, within};
use crate::{
    App,
    answer::{Answer, Versioned},
    call::Call,
    problem::{Problem, Result},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(look_at_card);
}

/// For which order
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CardGround {
    /// The order that somebody is looked for.
    order: OrderId,
}

/// Look at a card
///
/// The card as it is now, for an order that the caller brokers, while it waits for experts. The look is on record, and
/// the expert can see it.
#[utoipa::path(tag = "bank", params(CardGround), responses((status = OK, body = Card)))]
#[get("/v1/bank/cards/{card_id}")]
async fn look_at_card(
    app: Data<App>,
    call: Call,
    card_id: Path<CardId>,
    query: Query<CardGround>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let (order, area) = ground(session, caller, query.order)?;
        if !is_open(&order) {
            return Err(Problem::NotFound);
        }
        let expert = experts::find_by_card(session, *card_id)?;
        let here = within(area.as_deref(), Search::default()).unwrap_or_default();
        matches(&here, &expert).ok_or(Problem::NotFound)?;
        record(session, caller, &expert, &order, LookupKind::Look)?;
        let card = Card::of(&expert).ok_or(Problem::NotFound)?;
        Answer::ok(&card).version(&expert)
    })
    .await
}
