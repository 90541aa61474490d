//! `/v1/public-bank`: what experts agreed to show to anyone, for the websites of organisations.

use actix_web::{get, web::Data};
use domain::{
    expert::PublicCard,
    policy::{Action, Reach},
};
use persistence::{Session, experts, nodes};

use crate::{
    App,
    answer::{Answer, page},
    call::Call,
    problem::{Problem, Result},
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_public_cards);
}

page!(
    /// A page of the public bank, in an order that tells nothing
    PublicCardPage of PublicCard
);

/// List public cards
///
/// For a machine client with the scope `public_bank`: the experts of its area who agreed to be shown to anyone, with the
/// themes that they agreed to show, by pseudonyms that lead to no other card.
#[utoipa::path(tag = "bank", responses((status = OK, body = PublicCardPage)))]
#[get("/v1/public-bank")]
async fn list_public_cards(app: Data<App>, call: Call, query: Query<NoFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::ReadPublicBank);
        let [Reach::Below(path)] = scope.0.as_slice() else { return Err(Problem::Forbidden) };
        let area = area(session, path)?;
        let found = experts::public(session, area.as_deref(), query.page)?;
        Answer::page(&query, found, |card| Ok(card.thing))
    })
    .await
}

/// The code of the area that a client belongs to; none for one of the whole nation.
fn area(session: &mut Session<'_>, path: &domain::node::Path) -> Result<Option<String>> {
    match path.area() {
        Some(area) => Ok(nodes::find(session, area)?.facts.area_code.clone()),
        None => Ok(None),
    }
}
