//! `/v1/payroll/packages`: what the payroll system of an area fetches, acknowledges, asks about and pays.

mod agreement;
mod told;
mod view;

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    fee_form::{Event, FeeForm, FeeFormId, Payment},
    notice::Kind,
    policy::{Action, Subject},
};
use persistence::{Session, Stored, fee_forms, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use self::{
    told::{mark, told_now},
    view::{PackageSummary, PayrollPackage, package, summary},
};
use super::fee_forms::{tell_person, tell_unit};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    audit::Told,
    body::Json,
    call::{Call, Caller},
    problem::{Problem, Result},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_payroll_packages)
        .service(get_payroll_package)
        .service(acknowledge_payroll_package)
        .service(query_payroll_package)
        .service(pay_payroll_package);
    agreement::configure(config);
}

/// A state of a payroll package
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PackageState {
    /// Approved, and not acknowledged yet.
    #[default]
    Approved,
    /// Acknowledged, and not paid yet.
    HandedOver,
    /// Asked about, and not approved anew yet. Where it is meanwhile, its own state says.
    Queried,
    /// Paid.
    Paid,
    /// Asked about, and given up by the expert: nothing is to be paid.
    Withdrawn,
}

impl PackageState {
    /// The states in which the form of such a package can be.
    const fn of_forms(self) -> &'static [&'static str] {
        match self {
            Self::Approved => &["approved"],
            Self::HandedOver => &["handed_over"],
            Self::Queried => &["queried", "submitted", "checked", "returned"],
            Self::Paid => &["paid"],
            Self::Withdrawn => &["withdrawn"],
        }
    }
}

/// Which packages
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PackageFilter {
    /// Those in this state. Without it: those that payroll has yet to acknowledge.
    #[param(inline)]
    state: Option<PackageState>,
}

/// That payroll has stored a package
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PackageAcknowledgement {
    /// Payroll's own reference of it.
    #[schema(example = "P-2026-0042", min_length = 1, max_length = 100)]
    reference: String,
    /// The revision that was stored, as the package says it. If it has been approved anew since, the answer is 409.
    #[serde(default)]
    #[schema(nullable = false, example = 1, minimum = 1, maximum = 1_000_000)]
    revision: Option<i32>,
    /// What was stored, by the `told` of the package. If it says something else by now, such as another account, the answer is 409:
    /// read and store it anew. Without it, the payee and the income types of the answer take the place of those that were stored.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "q4b8eN3J1m0yqk0m3n7wTtQJ7nq1d2lB6rYVb0bXc3s",
        min_length = 1,
        max_length = 100
    )]
    told: Option<String>,
}

/// What payroll wants to know
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PackageQuery {
    /// The question, to the unit that approved.
    #[schema(example = "Kustannuspaikkaa ei ole.", min_length = 1, max_length = 1000)]
    reason: String,
}

page!(PayrollPackagePage of PackageSummary);

/// List payroll packages
///
/// What was approved and is not acknowledged yet, the oldest first. A package stays in this list until it is
/// acknowledged, so that nothing is missed: fetch and acknowledge until the list is empty. Personal data is in the single
/// packages only.
#[utoipa::path(tag = "payroll", params(PackageFilter), responses((status = OK, body = PayrollPackagePage)))]
#[get("/v1/payroll/packages")]
async fn list_payroll_packages(
    app: Data<App>,
    call: Call,
    query: Query<PackageFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let scope = caller.scope(Action::HandlePayroll);
        let states = query.state.unwrap_or_default().of_forms();
        let found = fee_forms::packages(session, &scope, states, query.page)?;
        Answer::page(&query, found, |stored| summary(session, caller, &stored))
    })
    .await
}

/// Get a payroll package
///
/// All that payroll needs, and no more: the approved form with what was claimed beside it, the signed agreement, whom to pay
/// and where to, the tax card, the cost centres and the receipts. The experience that the expert was asked for is not in it.
///
/// A revision never changes. After a question it stays as it was until the unit approves anew, whatever the unit and the expert
/// do meanwhile; only `to_pay` is nothing once the expert has given it up. Whom to pay and the income types are those of the day until the revision is acknowledged, and are kept after
/// that; `payee.changed` tells whether the person has given other details since. `told` is a mark of both: acknowledge with it, so
/// that what you take over is what you have stored. Each time that it is read is on record:
/// `GET /v1/audit-events`.
#[utoipa::path(tag = "payroll", responses((status = OK, body = PayrollPackage)))]
#[get("/v1/payroll/packages/{fee_form_id}")]
async fn get_payroll_package(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
) -> Result<Answer> {
    let pepper = app.pepper.clone();
    let read = app.read(call, move |session, caller| {
        let form = find(session, caller, *fee_form_id)?;
        let answer = Answer::ok(&package(session, caller, &pepper, &form)?).version(&form)?;
        on_record(session, caller, &form, answer)
    });
    app.tell(read.await?).await
}

/// Acknowledge a payroll package
///
/// Payroll has stored it, and it leaves the list of what is to be fetched. Name the `told` of what was stored: if the person has
/// given another account since, or the income types are others, the answer is 409 (`package_changed`), and nothing is taken over.
/// The answer is the package as it stays; whoever names no `told` stores its payee in the place of the one that they have.
#[utoipa::path(tag = "payroll", responses((status = OK, body = PayrollPackage)))]
#[post("/v1/payroll/packages/{fee_form_id}/acknowledge")]
async fn acknowledge_payroll_package(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    body: Json<PackageAcknowledgement>,
) -> Result<Answer> {
    let (pepper, id) = (app.pepper.clone(), *fee_form_id);
    let written = app.write(call.clone(), move |session, caller, now| {
        let form = find(session, caller, id)?;
        let told = told_now(session, &form)?;
        let PackageAcknowledgement { reference, revision, told: stored } = body.0.clone();
        let as_told = stored.is_none_or(|stored| stored == mark(&pepper, &form, &told));
        let event = Event::Acknowledge { reference, revision, as_told };
        let form = fee_forms::save(session, &form, form.thing.clone().apply(event, now)?)?;
        fee_forms::keep_told(session, form.thing.id, &told)?;
        Answer::ok(&package(session, caller, &pepper, &form)?).version(&form)
    });
    given(&app, call, id, written.await?).await
}

/// Ask about a payroll package
///
/// Back to the unit that approved it, which answers by approving it again, or returns it to the expert.
#[utoipa::path(tag = "payroll", responses((status = OK, body = PayrollPackage)))]
#[post("/v1/payroll/packages/{fee_form_id}/query")]
async fn query_payroll_package(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    body: Json<PackageQuery>,
) -> Result<Answer> {
    let (pepper, id) = (app.pepper.clone(), *fee_form_id);
    let written = app.write(call.clone(), move |session, caller, now| {
        let form = find(session, caller, id)?;
        let event = Event::Query { reason: body.reason.clone() };
        let form = fee_forms::save(session, &form, form.thing.clone().apply(event, now)?)?;
        tell_unit(session, caller, &form, Kind::FeeQueried)?;
        Answer::ok(&package(session, caller, &pepper, &form)?).version(&form)
    });
    given(&app, call, id, written.await?).await
}

/// Report a payment
///
/// When and how much was paid. If that is not what was approved, `paid_otherwise` says so, to the expert and the unit too. By a
/// correction, it is what the person has got in all, so that it is held against the approved sum as always; `to_pay` is what is
/// paid now, or recovered. Nothing changes after payment: report what has arrived, and not what was only ordered.
#[utoipa::path(tag = "payroll", responses((status = OK, body = PayrollPackage)))]
#[post("/v1/payroll/packages/{fee_form_id}/pay")]
async fn pay_payroll_package(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    body: Json<Payment>,
) -> Result<Answer> {
    let (pepper, id) = (app.pepper.clone(), *fee_form_id);
    let written = app.write(call.clone(), move |session, caller, now| {
        let form = find(session, caller, id)?;
        let event = Event::Pay(body.0.clone());
        let form = fee_forms::save(session, &form, form.thing.clone().apply(event, now)?)?;
        tell_person(session, caller, &form, Kind::FeePaid)?;
        Answer::ok(&package(session, caller, &pepper, &form)?).version(&form)
    });
    given(&app, call, id, written.await?).await
}

/// What was answered about a package. If it was answered before, and is given again for its idempotency key, nothing is done by
/// that, but whom to pay is told once more: that is on record as if the package had been read.
async fn given(app: &App, call: Call, id: FeeFormId, answer: Answer) -> Result<Answer> {
    if !answer.is_replayed() {
        return Ok(answer);
    }
    let call = call.looking_at(format!("/v1/payroll/packages/{id}"));
    let read = app.read(call, move |session, caller| {
        let form = find(session, caller, id)?;
        on_record(session, caller, &form, answer.clone())
    });
    app.tell(read.await?).await
}

/// What payroll is answered about a package, which is on record.
fn on_record(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &Stored<FeeForm>,
    answer: Answer,
) -> Result<Told> {
    let payer = Subject::at(nodes::path(session, form.payer)?);
    Told::of(session, caller, answer, caller.look(Action::HandlePayroll, &payer, form.id))
}

/// The form of a package, for the payroll of whoever pays it. What has never been approved is no package.
pub(super) fn find(
    session: &mut Session<'_>,
    caller: &Caller,
    id: FeeFormId,
) -> Result<Stored<FeeForm>> {
    let form = fee_forms::find(session, id)?;
    let payer = Subject::at(nodes::path(session, form.payer)?);
    caller.require(Action::HandlePayroll, &payer)?;
    if form.packaged().is_none() { Err(Problem::NotFound) } else { Ok(form) }
}
