//! Searching the bank.

use std::collections::HashMap;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    expert::{Card, Expert, Load, Match, Search, matches, rank},
    lookup::LookupKind,
    order::OrderId,
    person::PersonId,
    refusal::{Refusal, faultless},
    time::Moment,
};
use persistence::{
    Error, Session, Stored,
    bank_searches::{self, BankSearch, BankSearchId, Outcome},
    disclosures, experts,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RECENT, ground, is_open, pseudonym, record, within};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::Call,
    problem::{Problem, Result},
    query::{NoFilter, Query, USUAL},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search_bank).service(list_candidates);
}

page!(CandidatePage of CandidateView);

/// A search of the bank for an order
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BankSearchForm {
    /// The order that somebody is looked for.
    order_id: OrderId,
    /// What must fit, and what would be good.
    #[serde(default)]
    criteria: Search,
}

/// A search of the bank
#[derive(Serialize, ToSchema)]
struct BankSearchView {
    /// The search.
    #[schema(value_type = String, format = "uuid", example = "019aa5d0-0000-7000-8000-000000000001")]
    id: BankSearchId,
    /// The order.
    order_id: OrderId,
    /// Who searched.
    by_id: PersonId,
    /// When.
    at: Moment,
    /// How many cards it found.
    #[schema(example = 7, minimum = 0, maximum = 1_000_000)]
    found: u32,
    /// The first of them, the best first. All of them are in `GET …/candidates`, page by page.
    #[schema(max_items = 50)]
    items: Vec<CandidateView>,
}

/// A candidate of a search
#[derive(Serialize, ToSchema)]
struct CandidateView {
    /// The card, by whose identifier the expert is asked.
    card: Card,
    /// Why it fits.
    #[serde(rename = "match")]
    fit: Match,
    /// How many tasks the expert has accepted within a year.
    #[schema(example = 1, minimum = 0, maximum = 10_000)]
    recent_tasks: u32,
}

/// Search the bank
///
/// For an order that the caller brokers, by any combination of criteria. Whoever fits more of what is wished comes first,
/// then whoever has had fewer tasks lately: tasks should not all go to the same people. Cards name nobody. Each expert
/// can see that their card was found, by whom, when and for which order.
#[utoipa::path(tag = "bank", responses((status = CREATED, body = BankSearchView)))]
#[post("/v1/bank/searches")]
async fn search_bank(app: Data<App>, call: Call, body: Json<BankSearchForm>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (order, area) = ground(session, caller, body.order_id)?;
        if !is_open(&order) {
            let state = order.state.name();
            return Err(Refusal::OutOfTurn { machine: "order", state, action: "search" }.into());
        }
        faultless(body.criteria.faults("/criteria"))?;
        let found = match within(area.as_deref(), body.criteria.required.clone()) {
            Some(required) => {
                let search = Search { required, ..body.criteria.clone() };
                ranked(session, &search, order.thing.id, now)?
            }
            None => Vec::new(),
        };
        let search = BankSearch {
            id: caller.new_id(),
            order: order.thing.id,
            by: caller.human()?,
            at: now,
            found: u32::try_from(found.len()).map_err(Problem::internal)?,
        };
        let cards = found.iter().map(|(expert, ..)| expert.card).collect();
        let outcome = Outcome { search: body.criteria.clone(), cards };
        let search = bank_searches::record(session, search, &outcome)?;
        let mut items = Vec::new();
        for (expert, fit, load) in found.into_iter().take(usize::from(USUAL)) {
            record(session, caller, &expert, &order, LookupKind::Search)?;
            items.extend(candidate(&expert, fit, load));
        }
        let view = BankSearchView {
            id: search.thing.id,
            order_id: search.order,
            by_id: search.by,
            at: search.at,
            found: search.found,
            items,
        };
        let place = format!("/v1/bank/searches/{}/candidates", search.id);
        Answer::created(&place, &view).version(&search)
    })
    .await
}

/// List the candidates of a search
///
/// In the order in which the search found them, as they are now: whoever has taken back consent or is not available any
/// more is not among them. Each card that is shown is on record. Once the order waits for nobody, nothing is shown.
#[utoipa::path(
    tag = "bank",
    params(("search_id" = String, Path, description = "The search.", format = "uuid", example = "019aa5d0-0000-7000-8000-000000000001")),
    responses((status = OK, body = CandidatePage)),
)]
#[get("/v1/bank/searches/{search_id}/candidates")]
async fn list_candidates(
    app: Data<App>,
    call: Call,
    search_id: Path<BankSearchId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let search = bank_searches::find(session, *search_id)?;
        let (order, area) = ground(session, caller, search.order)?;
        if !is_open(&order) {
            return Err(Problem::NotFound);
        }
        let outcome = bank_searches::outcome(session, search.thing.id)?;
        let required = within(area.as_deref(), outcome.search.required.clone());
        let current = Search { required: required.unwrap_or_default(), ..outcome.search };
        let cards = outcome.cards.into_iter();
        let after = query.page.after;
        let cards = cards.skip_while(|card| after.is_some_and(|after| card.raw() != after));
        let mut found = Vec::new();
        for card in cards.skip(usize::from(after.is_some())) {
            if found.len() > usize::from(query.page.limit) {
                break;
            }
            match experts::find_by_card(session, card) {
                Ok(expert) if matches(&current, &expert).is_some() => found.push(pseudonym(expert)),
                Ok(_) | Err(Error::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let loads = loads(session, &found, now)?;
        Answer::page(&query, found, |expert| {
            record(session, caller, &expert, &order, LookupKind::Search)?;
            let load = loads.get(&expert.thing.id).copied().unwrap_or_default();
            matches(&current, &expert)
                .and_then(|fit| candidate(&expert, fit, load))
                .ok_or(Problem::NotFound)
        })
    })
    .await
}

/// The experts who fit, the best first.
fn ranked(
    session: &mut Session<'_>,
    search: &Search,
    order: OrderId,
    now: Moment,
) -> Result<Vec<(Stored<Expert>, Match, Load)>> {
    let candidates = experts::candidates(session, &search.required)?;
    let loads = loads(session, &candidates, now)?;
    let mut found: Vec<_> = candidates
        .into_iter()
        .filter_map(|expert| {
            let fit = matches(search, &expert)?;
            let load = loads.get(&expert.thing.id).copied().unwrap_or_default();
            Some((expert, fit, load))
        })
        .collect();
    found.sort_by_cached_key(|(expert, fit, load)| rank(fit, *load, order.raw(), expert.card));
    Ok(found)
}

fn loads(
    session: &mut Session<'_>,
    experts: &[Stored<Expert>],
    now: Moment,
) -> Result<HashMap<domain::expert::ExpertId, Load>> {
    let ids: Vec<_> = experts.iter().map(|expert| expert.thing.id).collect();
    Ok(disclosures::loads(session, &ids, now.plus(-RECENT))?)
}

fn candidate(expert: &Expert, fit: Match, load: Load) -> Option<CandidateView> {
    Some(CandidateView { card: Card::of(expert)?, fit, recent_tasks: load.recent })
}
