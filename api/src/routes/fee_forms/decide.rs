//! What the unit does with a fee form: check it, approve it, or send it back.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    expense_rates::Rates,
    fee_form::{Claim, Event, FeeApproval, FeeForm, FeeFormId},
    notice::Kind,
    order::CostCentre,
    policy::Action,
    refusal::{Rule, faultless},
};
use persistence::{Session, fee_forms, nodes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    background::{claims, rates, subject, tell_person},
    show,
    view::FeeFormView,
    waiting::tell_unit,
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::{Call, Caller},
    problem::Result,
    routes::{ServiceConfig, orders::centre_faults},
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(check_fee_form).service(approve_fee_form).service(return_fee_form);
}

/// What came of checking a fee form
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FeeFormCheck {
    /// What should be approved, if not what was claimed. Both are kept.
    #[serde(default)]
    #[schema(nullable = false)]
    approved: Option<Claim>,
    /// Why it should be that. The expert sees it.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "Tehtävä kesti tunnin.",
        min_length = 1,
        max_length = 1000
    )]
    reason: Option<String>,
}

/// The approval of a fee form
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FeeFormApproval {
    /// Where the costs go. The shares make 100 in all.
    #[schema(min_items = 1, max_items = 20)]
    cost_centres: Vec<CostCentre>,
}

/// The return of a fee form
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FeeFormReturn {
    /// What the expert should put right.
    #[schema(example = "Kilometrit puuttuvat.", min_length = 1, max_length = 1000)]
    reason: String,
}

/// Check a fee form
///
/// Compare it with the agreement: `differences` lists how it differs. The sum to be approved can be set otherwise than it
/// was claimed, with a reason. Whoever claims never checks. Where it takes two people, the others who could approve are told.
#[utoipa::path(tag = "fee forms", responses((status = OK, body = FeeFormView)))]
#[post("/v1/fee-forms/{fee_form_id}/check")]
async fn check_fee_form(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    body: Json<FeeFormCheck>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let form = fee_forms::find(session, *fee_form_id)?;
        handles(session, caller, &form)?;
        let FeeFormCheck { approved, reason } = body.0.clone();
        let rates = match &approved {
            Some(claim) => rates(session, &form, claim)?,
            None => Rates::default(),
        };
        let approved = approved.map(Box::new);
        let event = Event::Check { by: caller.human()?, approved, reason, rates };
        let form = fee_forms::save(session, &form, form.thing.clone().apply(event, now)?)?;
        if form.approval == FeeApproval::TwoPeople {
            tell_unit(session, caller, &form, Kind::FeeChecked)?;
        }
        Answer::ok(&show(session, caller, form.thing.clone())?).version(&form)
    })
    .await
}

/// Approve a fee form
///
/// After it was checked, or after payroll asked back. Payroll sees it from now on. Whoever claims never approves. Where it takes
/// two people, the second one names in `If-Match` the version that they have seen, so that nobody approves what was changed
/// meanwhile.
#[utoipa::path(tag = "fee forms", responses((status = OK, body = FeeFormView)))]
#[post("/v1/fee-forms/{fee_form_id}/approve")]
async fn approve_fee_form(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    body: Json<FeeFormApproval>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let form = fee_forms::find(session, *fee_form_id)?;
        handles(session, caller, &form)?;
        if form.approval == FeeApproval::TwoPeople {
            caller.meta.names_version()?;
        }
        let cost_centres = body.cost_centres.clone();
        let unit = nodes::path(session, form.node)?;
        faultless(centre_faults(session, &cost_centres, &unit, "/cost_centres")?)?;
        let event = Event::Approve { by: caller.human()?, cost_centres };
        let form = fee_forms::save(session, &form, form.thing.clone().apply(event, now)?)?;
        tell_person(session, caller, &form, Kind::FeeApproved)?;
        Answer::ok(&show(session, caller, form.thing.clone())?).version(&form)
    })
    .await
}

/// Return a fee form
///
/// To the expert, who can put it right and submit it again.
#[utoipa::path(tag = "fee forms", responses((status = OK, body = FeeFormView)))]
#[post("/v1/fee-forms/{fee_form_id}/return")]
async fn return_fee_form(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    body: Json<FeeFormReturn>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let form = fee_forms::find(session, *fee_form_id)?;
        handles(session, caller, &form)?;
        let event = Event::Return { by: caller.human()?, reason: body.reason.clone() };
        let form = fee_forms::save(session, &form, form.thing.clone().apply(event, now)?)?;
        tell_person(session, caller, &form, Kind::FeeReturned)?;
        Answer::ok(&show(session, caller, form.thing.clone())?).version(&form)
    })
    .await
}

/// Refuses those who do not decide about the form: nobody does who may claim by it, for themselves or for the expert who lets
/// them, even if they did not write this one.
fn handles(session: &mut Session<'_>, caller: &Caller, form: &FeeForm) -> Result<()> {
    caller.require(Action::CheckFeeForm, &subject(session, form)?)?;
    if claims(caller, form) { Err(Rule::OwnClaim.into()) } else { Ok(()) }
}
