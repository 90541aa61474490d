//! Consent to be known by a theme, and needs. The codes are health data and stand in bodies, never in addresses.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::expert::{ConsentWithdrawal, ExpertId, Needs, ThemeConsent};

use super::{change, view::ExpertView};
use crate::{App, answer::Answer, body::Json, call::Call, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(give_consent)
        .service(withdraw_consent)
        .service(tell_needs)
        .service(withdraw_needs);
}

/// Consent to be known by a theme
///
/// The expert says how far a theme may be known: found in the bank without a name, told to the orderer together with the
/// name, or shown to anyone without a name. Nothing follows from the others.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/consents")]
async fn give_consent(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<ThemeConsent>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        change(session, caller, *expert_id, |_, expert| {
            Ok(expert.thing.clone().consent(body.0.clone(), caller.human()?, now)?)
        })
    })
    .await
}

/// Take consent back
///
/// It holds from that moment on: the theme finds nobody and is on no card any more. Taking back what was not given
/// changes nothing.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/consents/withdraw")]
async fn withdraw_consent(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<ConsentWithdrawal>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        change(session, caller, *expert_id, |_, expert| {
            Ok(expert.thing.clone().withdraw(&body.0, now)?)
        })
    })
    .await
}

/// Tell what I need
///
/// Adjustments that make taking part possible. They are kept only with consent, and passed on as things to arrange,
/// without reasons. What was told before is replaced: of that, whatever is not told again is hidden from everybody else, and taken
/// out of agreements that are still being filled in.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/needs")]
async fn tell_needs(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<Needs>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        change(session, caller, *expert_id, |_, expert| {
            Ok(expert.thing.clone().need(Some(body.0.clone()), now)?)
        })
    })
    .await
}

/// Take back what I need
///
/// The needs are forgotten at once, and their consent with them: nobody who was told of them reads them any more, and they are
/// taken out of agreements that are still being filled in, which both sides then confirm anew. What both sides have confirmed
/// stays as it was agreed, and what was told, and to whom, stays on record for the expert alone.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/needs/withdraw")]
async fn withdraw_needs(app: Data<App>, call: Call, expert_id: Path<ExpertId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        change(session, caller, *expert_id, |_, expert| Ok(expert.thing.clone().need(None, now)?))
    })
    .await
}
