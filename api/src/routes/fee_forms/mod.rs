//! `/v1/fee-forms`: what experts ask to be paid, and what their units approve.

mod attach;
mod background;
mod create;
mod decide;
mod view;
mod waiting;

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    assignment::AssignmentId,
    fee_form::{self, Claim, Event, FeeForm, FeeFormId, TaxCard},
    notice::Kind,
    policy::Action,
};
use persistence::{Session, fee_forms, node_settings, nodes, payroll_identities};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

pub(crate) use self::waiting::{remind, role_given, role_lost};
pub(super) use self::{
    attach::readable,
    background::tell_person,
    waiting::{claims_given, tell_unit},
};
use self::{
    background::{background, subject, writes},
    view::{FeeFormView, view},
    waiting::tell_of_withdrawal,
};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    body::Json,
    call::{Call, Caller},
    patch::{self, merge_patch},
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create::add_fee_form)
        .service(list_fee_forms)
        .service(get_fee_form)
        .service(edit_fee_form)
        .service(submit_fee_form)
        .service(withdraw_fee_form);
    decide::configure(config);
}

/// Which fee forms
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeeFormFilter {
    /// Those in this state: `submitted` is the unit's queue.
    state: Option<String>,
    /// Those of this assignment.
    assignment_id: Option<AssignmentId>,
}

page!(FeeFormPage of FeeFormView);

/// What of a fee form can be changed
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is there for its schema")]
struct ChangeableFeeForm {
    /// What is claimed.
    claim: Claim,
    /// How payroll gets the tax card.
    #[schema(nullable = false)]
    tax_card: Option<TaxCard>,
    /// The expert's declaration that what the form says is right. If it is left out while the claim or the tax card changes, it
    /// no longer holds.
    #[schema(nullable = false, example = true)]
    declared: Option<bool>,
}

merge_patch! {
    /// A change of a fee form that is being written
    struct FeeFormEdit of ChangeableFeeForm: "What is to be changed of a fee form: a merge patch. A list replaces the whole list."
}

/// List fee forms
///
/// Experts, and those who act for them, see their own; a unit sees those of its tasks, but not what is still a draft.
#[utoipa::path(tag = "fee forms", params(FeeFormFilter), responses((status = OK, body = FeeFormPage)))]
#[get("/v1/fee-forms")]
async fn list_fee_forms(app: Data<App>, call: Call, query: Query<FeeFormFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter =
            fee_forms::Filter { state: query.state.clone(), assignment: query.assignment_id };
        let scope = caller.scope(Action::ReadFeeForm);
        let found = fee_forms::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |stored| show(session, caller, stored.thing))
    })
    .await
}

/// Get a fee form
///
/// The claim with its lines, its sums, how it differs from the agreement, and whose turn it is. The expert fills it in
/// and submits it; the unit checks and approves it. What the expert changes in a returned form, the unit sees once it is
/// submitted again.
#[utoipa::path(tag = "fee forms", responses((status = OK, body = FeeFormView)))]
#[get("/v1/fee-forms/{fee_form_id}")]
async fn get_fee_form(app: Data<App>, call: Call, fee_form_id: Path<FeeFormId>) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let form = fee_forms::find(session, *fee_form_id)?;
        caller.require(Action::ReadFeeForm, &subject(session, &form)?)?;
        Answer::ok(&show(session, caller, form.thing.clone())?).version(&form)
    })
    .await
}

/// Change a fee form
///
/// While it is a draft, or was returned. A merge patch (RFC 7396): what is left out stays as it is, `null` takes a value away,
/// and a list, such as the expenses, replaces the whole list. The amounts are computed anew, by the rates as they are now.
#[utoipa::path(tag = "fee forms", responses((status = OK, body = FeeFormView)))]
#[patch("/v1/fee-forms/{fee_form_id}")]
async fn edit_fee_form(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    body: Json<FeeFormEdit>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let form = fee_forms::find(session, *fee_form_id)?;
        caller.require(Action::WriteFeeForm, &subject(session, &form)?)?;
        caller.unchanged(&form)?;
        let edit = Box::new(edit_of(&form, &body.0.0)?);
        attach::attach_named(session, caller, &form, &edit)?;
        let claim = edit.claim.as_ref().unwrap_or(&form.claimed.claim);
        let rates = background::rates(session, &form, claim)?;
        let event = Event::Edit { by: caller.human()?, edit, rates };
        let next = form.thing.clone().apply(event, now)?;
        let form = patch::save(session, form, next, fee_forms::save)?;
        Answer::ok(&show(session, caller, form.thing.clone())?).version(&form)
    })
    .await
}

/// Submit a fee form
///
/// To the unit that ordered. Payroll must be able to pay it: the payroll identity has been given, it was said how
/// payroll gets the tax card, and the expert has declared that what the form says is right. If rates that it was computed by
/// have been put right since, it is changed first, so that its sums are declared as they are. Where nobody at the unit can have it
/// approved, the centre is told to appoint somebody, and the form says so (`nobody_decides`).
#[utoipa::path(tag = "fee forms", responses((status = OK, body = FeeFormView)))]
#[post("/v1/fee-forms/{fee_form_id}/submit")]
async fn submit_fee_form(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let form = fee_forms::find(session, *fee_form_id)?;
        caller.require(Action::WriteFeeForm, &subject(session, &form)?)?;
        let payee_known = payroll_identities::is_known(session, form.person)?;
        let rates = background::rates(session, &form, &form.claimed.claim)?;
        let path = nodes::path(session, form.node)?;
        let settings = node_settings::in_force(session, &path)?;
        let approval = settings.fee_approval.unwrap_or_default();
        let event = Event::Submit { by: caller.human()?, payee_known, rates, approval };
        let next = form.thing.clone().apply(event, now)?.reminded_after(settings.check_days);
        let form = fee_forms::save(session, &form, next)?;
        tell_unit(session, caller, &form, Kind::FeeSubmitted)?;
        Answer::ok(&show(session, caller, form.thing.clone())?).version(&form)
    })
    .await
}

/// Withdraw a fee form
///
/// The expert no longer claims anything by it. A new one can be written after that. The unit is told, if it has had it.
#[utoipa::path(tag = "fee forms", responses((status = OK, body = FeeFormView)))]
#[post("/v1/fee-forms/{fee_form_id}/withdraw")]
async fn withdraw_fee_form(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let form = fee_forms::find(session, *fee_form_id)?;
        caller.require(Action::WriteFeeForm, &subject(session, &form)?)?;
        let event = Event::Withdraw { by: caller.human()? };
        let form = fee_forms::save(session, &form, form.thing.clone().apply(event, now)?)?;
        if form.was_submitted() {
            tell_of_withdrawal(session, caller, &form)?;
        }
        Answer::ok(&show(session, caller, form.thing.clone())?).version(&form)
    })
    .await
}

/// What a patch changes of a form.
fn edit_of(form: &FeeForm, patch: &Map<String, Value>) -> Result<fee_form::FeeFormEdit> {
    let claim = match patch.get("claim") {
        Some(Value::Object(claim)) => Some(patch::apply(&form.claimed.claim, claim, "/claim")?),
        _ => None,
    };
    let tax_card = match patch.get("tax_card") {
        None => None,
        Some(Value::Object(card)) => Some(Some(patch::apply(&form.tax_card, card, "/tax_card")?)),
        Some(_) => Some(None),
    };
    let declared = patch.get("declared").map(|declared| declared == &Value::Bool(true));
    Ok(fee_form::FeeFormEdit { claim, tax_card, declared })
}

/// The form as the caller sees it: whoever writes it sees what they are writing, everyone else what was sent.
fn show(session: &mut Session<'_>, caller: &Caller, form: FeeForm) -> Result<FeeFormView> {
    let form = if writes(caller, &form) { form } else { form.as_sent() };
    let background = background(session, &form, caller.now.day())?;
    Ok(view(caller, &background, form))
}
