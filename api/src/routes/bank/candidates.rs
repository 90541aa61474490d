//! Searching the bank.

use std::collections::HashMap;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    expert::{Card, CardId, Expert, ExpertId, Load, Match, Search, matches, rank},
    lookup::LookupKind,
    order::{Order, OrderId},
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
    call::{Call, Caller},
    problem::{Problem, Result},
    query::{NoFilter, Query, USUAL},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search_bank).service(list_candidates);
}

page!(
    /// A page of the candidates of a search, the best first
    CandidatePage of CandidateView
);

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
/// can see that their card was found, by whom, when and for which order. A search is made anew each time, also under an
/// idempotency key: whoever has taken back a consent is not shown again.
#[utoipa::path(tag = "bank", responses((status = CREATED, body = BankSearchView)))]
#[post("/v1/bank/searches")]
async fn search_bank(app: Data<App>, call: Call, body: Json<BankSearchForm>) -> Result<Answer> {
    let form = body.0.clone();
    // To find whom a whole area has takes a while, in which others want to write. Whatever stands in the way is told below.
    let ahead = app.read(call.clone(), move |session, caller| search(session, caller, &form)).await;
    let ahead = ahead.ok();
    app.write(call.anew()?, move |session, caller, now| {
        let Found { order, current, cards } = match &ahead {
            Some(ahead) => Found { cards: ahead.cards.clone(), ..begin(session, caller, &body)? },
            None => search(session, caller, &body)?,
        };
        let search = BankSearch {
            id: caller.new_id(),
            order: order.thing.id,
            by: caller.human()?,
            at: now,
            found: u32::try_from(cards.len()).map_err(Problem::internal)?,
        };
        let current = current.unwrap_or_default();
        let first = still(session, &current, cards.iter().copied(), usize::from(USUAL))?;
        let outcome = Outcome { search: body.criteria.clone(), cards };
        let search = bank_searches::record(session, search, &outcome)?;
        let loads = loads(session, &first, now)?;
        let mut items = Vec::new();
        for expert in first {
            items.push(shown(session, caller, &order, &current, &loads, &expert)?);
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
#[utoipa::path(tag = "bank", responses((status = OK, body = CandidatePage)))]
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
        let current = within(area.as_deref(), outcome.search).unwrap_or_default();
        let cards = outcome.cards.into_iter();
        let after = query.page.after;
        let cards = cards.skip_while(|card| after.is_some_and(|after| card.raw() != after));
        let cards = cards.skip(usize::from(after.is_some()));
        let found = still(session, &current, cards, usize::from(query.page.limit) + 1)?;
        let loads = loads(session, &found, now)?;
        Answer::page(&query, found, |expert| {
            shown(session, caller, &order, &current, &loads, &expert)
        })
    })
    .await
}

/// For which order somebody is looked for, whom, and the cards of those who fit, the best first.
struct Found {
    order: Stored<Order>,
    current: Option<Search>,
    cards: Vec<CardId>,
}

/// Whom the caller may look for. Nobody is found yet.
fn begin(session: &mut Session<'_>, caller: &Caller, form: &BankSearchForm) -> Result<Found> {
    let (order, area) = ground(session, caller, form.order_id)?;
    if !is_open(&order) {
        let state = order.state.name();
        return Err(Refusal::OutOfTurn { machine: "order", state, action: "search" }.into());
    }
    faultless(form.criteria.faults("/criteria"))?;
    let current = within(area.as_deref(), form.criteria.clone());
    Ok(Found { order, current, cards: Vec::new() })
}

fn search(session: &mut Session<'_>, caller: &Caller, form: &BankSearchForm) -> Result<Found> {
    let found = begin(session, caller, form)?;
    let cards = match &found.current {
        Some(current) => ranked(session, current, found.order.thing.id, caller.now)?,
        None => Vec::new(),
    };
    Ok(Found { cards, ..found })
}

/// How many experts are read at once: a bank may hold many, and the memory of a server should not.
const PIECE: usize = 100;

/// The cards of the experts who fit, the best first.
fn ranked(
    session: &mut Session<'_>,
    search: &Search,
    order: OrderId,
    now: Moment,
) -> Result<Vec<CardId>> {
    let mut row = Vec::new();
    for piece in experts::candidates(session, &search.required)?.chunks(PIECE) {
        let loads = disclosures::loads(session, piece, now.plus(-RECENT))?;
        for expert in experts::some(session, piece)? {
            let load = loads.get(&expert.thing.id).copied().unwrap_or_default();
            let fit = matches(search, &expert);
            row.extend(fit.map(|fit| rank(&fit, load, order.raw(), expert.card)));
        }
    }
    row.sort_unstable();
    Ok(row.into_iter().map(|rank| rank.card()).collect())
}

/// The first `most` experts of these cards who fit at this moment.
fn still(
    session: &mut Session<'_>,
    search: &Search,
    cards: impl Iterator<Item = CardId>,
    most: usize,
) -> Result<Vec<Stored<Expert>>> {
    let mut found = Vec::new();
    for card in cards {
        if found.len() == most {
            break;
        }
        match experts::find_by_card(session, card) {
            Ok(expert) if matches(search, &expert).is_some() => found.push(pseudonym(expert)),
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

/// What the caller sees of a card, which is put on record.
fn shown(
    session: &mut Session<'_>,
    caller: &Caller,
    order: &Order,
    search: &Search,
    loads: &HashMap<ExpertId, Load>,
    expert: &Expert,
) -> Result<CandidateView> {
    record(session, caller, expert, order, LookupKind::Search)?;
    let load = loads.get(&expert.id).copied().unwrap_or_default();
    let (card, fit) = Card::of(expert).zip(matches(search, expert)).ok_or(Problem::NotFound)?;
    Ok(CandidateView { card, fit, recent_tasks: load.recent })
}

fn loads(
    session: &mut Session<'_>,
    experts: &[Stored<Expert>],
    now: Moment,
) -> Result<HashMap<ExpertId, Load>> {
    let ids: Vec<_> = experts.iter().map(|expert| expert.thing.id).collect();
    Ok(disclosures::loads(session, &ids, now.plus(-RECENT))?)
}
