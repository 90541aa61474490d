//! `/v1/figures`: supply and demand, lead times, and the open data (S2-16, S4-45, S4-49).

use actix_web::{get, web::Data};
use domain::{
    compilation::{LeadTime, lead_times},
    figures::{SupplyAndDemand, supply_and_demand},
    node::{NodeId, Path},
    policy::{Action, Subject},
    refusal::Fault,
    time::Day,
};
use persistence::{
    Session, compilations,
    figures::{self, Span},
    nodes,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::compilations::{CSV_HEAD, csv_lines};
use crate::{
    App,
    answer::Answer,
    call::{Call, Caller},
    problem::{Problem, Result},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_supply_and_demand).service(get_lead_times).service(get_open_data);
}

/// Of where and when
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FiguresQuery {
    /// The area. Without it: all areas whose figures the caller may read.
    area: Option<NodeId>,
    /// The first day: the first of a month, since only whole months are counted.
    #[param(example = "2026-01-01")]
    from: Day,
    /// The last day: the last of a month, since only whole months are counted.
    #[param(example = "2026-12-31")]
    until: Day,
}

/// How long the steps of the chain took
#[derive(Serialize, ToSchema)]
struct LeadTimesView {
    /// The steps.
    #[schema(max_items = 10)]
    steps: Vec<LeadTime>,
}

/// Get supply and demand
///
/// Orders, those that found nobody, experts, and those who were given no task: in the whole, by task, by area and by
/// experience; and how evenly the tasks fell. All figures are multiples of five, which so many there are at least.
#[utoipa::path(tag = "figures", params(FiguresQuery), responses((status = OK, body = SupplyAndDemand)))]
#[get("/v1/figures/supply-and-demand")]
async fn get_supply_and_demand(
    app: Data<App>,
    call: Call,
    query: Query<FiguresQuery>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let span = span(&query)?;
        let areas = areas(session, caller, query.area)?;
        let (demand, supply) = figures::market(session, &areas, span)?;
        Ok(Answer::ok(&supply_and_demand(&demand, &supply))?.tagged())
    })
    .await
}

/// Get lead times
///
/// From the order to the match, the agreement, the task and the payment.
#[utoipa::path(tag = "figures", params(FiguresQuery), responses((status = OK, body = LeadTimesView)))]
#[get("/v1/figures/lead-times")]
async fn get_lead_times(app: Data<App>, call: Call, query: Query<FiguresQuery>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let span = span(&query)?;
        let areas = areas(session, caller, query.area)?;
        let steps = lead_times(&figures::chain(session, &areas, span)?);
        Ok(Answer::ok(&LeadTimesView { steps })?.tagged())
    })
    .await
}

/// Get the open data
///
/// Every figure of every published compilation, as CSV, without signing in.
#[utoipa::path(
    tag = "figures",
    security(()),
    responses((status = OK, content_type = "text/csv", body = String, example = "area,year,table,row,measure,value,hidden\n21,2026,orders_by_state,closed,count,12,false\n"))
)]
#[get("/v1/figures/open-data")]
async fn get_open_data(app: Data<App>) -> Result<Answer> {
    app.read_open(|session, _| {
        let mut text = format!("area,year,{CSV_HEAD}\n");
        for compilation in compilations::published(session)? {
            let area = nodes::find(session, compilation.area)?;
            let code = area.facts.area_code.clone().unwrap_or_default();
            for line in csv_lines(&compilation.content) {
                text += &format!("{code},{},{line}\n", compilation.year);
            }
        }
        let answer = Answer::content("text/csv; charset=utf-8; header=present", text);
        Ok(answer.header("cache-control", "public, max-age=60"))
    })
    .await
}

/// Whole months only: of single days one could ask twice and subtract.
fn span(query: &FiguresQuery) -> Result<Span> {
    let mut faults = Vec::new();
    if !query.from.begins_month() {
        faults.push(Fault::new("from", "not_a_month"));
    }
    if !query.until.ends_month() {
        faults.push(Fault::new("until", "not_a_month"));
    }
    if query.until < query.from {
        faults.push(Fault::new("until", "before_from"));
    }
    if !faults.is_empty() {
        return Err(Problem::InvalidParameters(faults));
    }
    Ok(Span { from: query.from, until: query.until })
}

fn areas(session: &mut Session<'_>, caller: &Caller, area: Option<NodeId>) -> Result<Vec<Path>> {
    let Some(area) = area else {
        let mut all = figures::areas(session)?;
        all.retain(|path| caller.may(Action::ReadFigures, &Subject::at(path.clone())));
        if all.is_empty() {
            return Err(Problem::Forbidden);
        }
        return Ok(all);
    };
    let path = nodes::path(session, area)?;
    caller.require(Action::ReadFigures, &Subject::at(path.clone()))?;
    if path.area() != path.last() {
        return Err(Problem::InvalidParameters(vec![Fault::new("area", "not_an_area")]));
    }
    Ok(vec![path])
}
