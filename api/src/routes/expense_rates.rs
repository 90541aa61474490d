//! `/v1/expense-rates`: the yearly maxima of tax-free travel compensation.

use actix_web::{get, web::Data};
use domain::{
    expense_rates::{RateKind, RateTableId, Rates, YEARS, YearRates},
    money::Money,
    node::NodeId,
    policy::{Action, Subject},
    refusal::Fault,
    time::Day,
};
use persistence::{expense_rate_tables, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::Answer,
    call::Call,
    problem::{Problem, Result},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_expense_rates);
}

/// Where and when expense rates are to hold
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RatesQuery {
    /// The area, or a unit of it. It goes with `on`.
    node_id: Option<NodeId>,
    /// The day of a trip. It goes with `node_id`.
    on: Option<Day>,
}

/// The yearly maxima of tax-free travel compensation
#[derive(Serialize, ToSchema)]
struct ExpenseRatesView {
    /// Every year that the service comes with, the first one first. The day of a trip picks the year; what is missing is
    /// entered as an expense rate table.
    #[schema(max_items = 100)]
    years: &'static [YearRates],
    /// What trips of the day that was asked for are computed by, at the node that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    in_force: Option<RatesInForce>,
}

/// The rates that hold for trips of one day at one node
#[derive(Serialize, ToSchema)]
#[schema(as = ExpenseRatesInForce)]
struct RatesInForce {
    /// The node.
    node_id: NodeId,
    /// The day.
    on: Day,
    /// The rates.
    #[schema(max_items = 20)]
    figures: Vec<RateInForce>,
    /// What is not known: a claim that needs it is refused until it has been entered.
    #[schema(max_items = 20)]
    missing: Vec<RateKind>,
}

/// A rate that holds
#[derive(Serialize, ToSchema)]
#[schema(as = ExpenseRateInForce, example = json!({ "kind": "kilometre_car", "amount": { "cents": 55, "currency": "EUR" }, "source": "https://taloushallintoliitto.fi/tietopankki/yrityksen-muistilista-vuodelle-2026/matkakustannusten-korvaukset/", "verified": true }))]
struct RateInForce {
    /// What it is the maximum of.
    kind: RateKind,
    /// The maximum.
    amount: Money,
    /// Where it is from.
    #[schema(example = "Verohallinnon päätös", max_length = 500)]
    source: String,
    /// Whether it was read at the source. Check the others before relying on them.
    #[schema(example = true)]
    verified: bool,
    /// What is odd about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 500)]
    note: Option<&'static str>,
    /// The table that it was entered with. Without one it came with the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    expense_rate_table_id: Option<RateTableId>,
}

/// Get the expense rates
///
/// The maxima that the service computes kilometres, daily allowances, meals and nights by, each with its source. Those
/// that were not read at their source, or on which sources disagree, are not `verified`: check them before relying on
/// them. With `node_id` and `on`, the answer also says what holds there on that day, entered rates included, and what is
/// missing.
#[utoipa::path(tag = "fee schedules", params(RatesQuery), responses((status = OK, body = ExpenseRatesView)))]
#[get("/v1/expense-rates")]
async fn get_expense_rates(app: Data<App>, call: Call, query: Query<RatesQuery>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let in_force = match (query.node_id, query.on) {
            (Some(node), Some(day)) => {
                let path = nodes::path(session, node)?;
                caller.require(Action::ReadSetting, &Subject::at(path.clone()))?;
                Some(in_force(&expense_rate_tables::in_force(session, &path)?, node, day))
            }
            (None, None) => None,
            (Some(_), None) => return Err(missing("on")),
            (None, Some(_)) => return Err(missing("node_id")),
        };
        Ok(Answer::ok(&ExpenseRatesView { years: YEARS, in_force })?.tagged())
    })
    .await
}

fn missing(parameter: &str) -> Problem {
    Problem::InvalidParameters(vec![Fault::new(parameter, "required")])
}

fn in_force(rates: &Rates, node_id: NodeId, on: Day) -> RatesInForce {
    let (mut figures, mut missing) = (Vec::new(), Vec::new());
    for kind in RateKind::ALL {
        match rates.on(on, *kind) {
            Ok(rate) => figures.push(RateInForce {
                kind: *kind,
                amount: rate.maximum.amount,
                source: rate.source.to_owned(),
                verified: rate.maximum.verified,
                note: rate.note,
                expense_rate_table_id: rate.table,
            }),
            Err(_) => missing.push(*kind),
        }
    }
    RatesInForce { node_id, on, figures, missing }
}
