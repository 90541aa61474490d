//! `/v1/expense-rates`: the yearly maxima of tax-free travel compensation.

use actix_web::{get, web::Data};
use domain::expense_rates::{YEARS, YearRates};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, answer::Answer, call::Call, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_expense_rates);
}

/// The yearly maxima of tax-free travel compensation
#[derive(Serialize, ToSchema)]
struct ExpenseRatesView {
    /// Every year that the service knows, the first one first. The day of a trip picks the year; a trip of another year
    /// cannot be computed.
    #[schema(max_items = 100)]
    years: &'static [YearRates],
}

/// Get the expense rates
///
/// The maxima that the service computes kilometres, daily allowances, meals and nights by, each with its source. Those
/// that were not read at their source, or on which sources disagree, are not `verified`: check them before relying on
/// them.
#[utoipa::path(tag = "fee schedules", responses((status = OK, body = ExpenseRatesView)))]
#[get("/v1/expense-rates")]
async fn get_expense_rates(app: Data<App>, call: Call) -> Result<Answer> {
    app.read(call, |_, _| Ok(Answer::ok(&ExpenseRatesView { years: YEARS })?.tagged())).await
}
