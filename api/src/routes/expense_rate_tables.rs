//! `/v1/expense-rate-tables`: rates of travel that an area, or the installation, has entered.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    expense_rates::{RateTable, RateTableContent, RateTableId},
    node::NodeId,
    policy::{Action, Subject},
    refusal::faultless,
};
use persistence::{Stored, expense_rate_tables, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::Call,
    problem::{Result, referred},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_expense_rate_tables)
        .service(add_expense_rate_table)
        .service(get_expense_rate_table);
}

/// A new table of expense rates
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewExpenseRateTable {
    /// The area that they are for, or the nation.
    node_id: NodeId,
    /// What it says.
    content: RateTableContent,
}

/// A table of expense rates
#[derive(Serialize, ToSchema)]
struct ExpenseRateTableView {
    /// Its identifier.
    id: RateTableId,
    /// The area that they are for, or the nation.
    node_id: NodeId,
    /// What it says.
    content: RateTableContent,
}

/// Which tables of expense rates
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExpenseRateTableFilter {
    /// Those of this area, or of the nation.
    node_id: Option<NodeId>,
}

page!(ExpenseRateTablePage of ExpenseRateTableView);

/// List expense rate tables
///
/// Everything that areas and the installation have entered, each with its source: what was put right, too.
#[utoipa::path(tag = "fee schedules", params(ExpenseRateTableFilter), responses((status = OK, body = ExpenseRateTablePage)))]
#[get("/v1/expense-rate-tables")]
async fn list_expense_rate_tables(
    app: Data<App>,
    call: Call,
    query: Query<ExpenseRateTableFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = expense_rate_tables::Filter { node: query.node_id };
        let scope = caller.scope(Action::ReadSetting);
        let found = expense_rate_tables::list(session, &scope, filter, query.page)?;
        Answer::page(&query, found, |stored| Ok(view(&stored)))
    })
    .await
}

/// Add an expense rate table
///
/// The maxima of tax-free travel compensation for trips of a year that the service does not know, or one of its figures put
/// right, with the source. Trips are computed by the rates of their own day: the area's before the nation's, and both before
/// those that the service comes with. A table is never changed, and changes no form that was computed already: of two that
/// begin on the same day, the one that was added last counts.
#[utoipa::path(tag = "fee schedules", responses((status = CREATED, body = ExpenseRateTableView)))]
#[post("/v1/expense-rate-tables")]
async fn add_expense_rate_table(
    app: Data<App>,
    call: Call,
    body: Json<NewExpenseRateTable>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let NewExpenseRateTable { node_id, content } = body.0.clone();
        let node = referred(nodes::find(session, node_id), "/node_id")?;
        caller.require(Action::ManageSetting, &Subject::at(node.path.clone()))?;
        faultless(content.faults(node.level))?;
        let table = RateTable { id: caller.new_id(), node: node_id, content };
        let stored = expense_rate_tables::add(session, table)?;
        Answer::created(&format!("/v1/expense-rate-tables/{}", stored.id), &view(&stored))
            .version(&stored)
    })
    .await
}

/// Get an expense rate table
///
/// Rates of travel as they were entered, with their source.
#[utoipa::path(tag = "fee schedules", responses((status = OK, body = ExpenseRateTableView)))]
#[get("/v1/expense-rate-tables/{expense_rate_table_id}")]
async fn get_expense_rate_table(
    app: Data<App>,
    call: Call,
    expense_rate_table_id: Path<RateTableId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let stored = expense_rate_tables::find(session, *expense_rate_table_id)?;
        let path = nodes::path(session, stored.node)?;
        caller.require(Action::ReadSetting, &Subject::at(path))?;
        Answer::ok(&view(&stored)).version(&stored)
    })
    .await
}

fn view(stored: &Stored<RateTable>) -> ExpenseRateTableView {
    let RateTable { id, node, content } = stored.thing.clone();
    ExpenseRateTableView { id, node_id: node, content }
}
