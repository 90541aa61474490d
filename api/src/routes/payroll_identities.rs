//! `/v1/people/{person_id}/payroll-identity`: whom payroll pays, and where to.

use actix_web::{
    get, put,
    web::{Data, Path},
};
use domain::{
    payroll_identity::{MaskedPayrollIdentity, PayrollIdentity},
    person::PersonId,
    policy::{Action, Subject},
    refusal::faultless,
};
use persistence::{Error, payroll_identities};

use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::Call,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_payroll_identity).service(put_payroll_identity);
}

/// Get a payroll identity
///
/// The person themselves, and whoever they let handle their fee forms, see it masked. Payroll gets it whole, in its
/// packages alone.
#[utoipa::path(tag = "people", responses((status = OK, body = MaskedPayrollIdentity)))]
#[get("/v1/people/{person_id}/payroll-identity")]
async fn get_payroll_identity(
    app: Data<App>,
    call: Call,
    person_id: Path<PersonId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        caller.require(Action::ReadPayrollIdentity, &Subject::of(*person_id))?;
        let stored = payroll_identities::find(session, *person_id)?;
        Answer::ok(&stored.masked()).version(&stored)
    })
    .await
}

/// Give a payroll identity
///
/// The first time with `If-None-Match: *`, after that with `If-Match`. The identity code and the account are kept
/// encrypted, and the answer shows them masked. A value that is not accepted is never repeated.
#[utoipa::path(
    tag = "people",
    responses(
        (status = OK, body = MaskedPayrollIdentity),
        (status = CREATED, body = MaskedPayrollIdentity),
    )
)]
#[put("/v1/people/{person_id}/payroll-identity")]
async fn put_payroll_identity(
    app: Data<App>,
    call: Call,
    person_id: Path<PersonId>,
    body: Json<PayrollIdentity>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        caller.require(Action::WritePayrollIdentity, &Subject::of(*person_id))?;
        faultless(body.faults())?;
        let identity = body.0.clone().in_order().map_err(Problem::internal)?;
        match payroll_identities::find(session, *person_id) {
            Ok(stored) => {
                caller.unchanged(&stored)?;
                let stored = payroll_identities::save(session, &stored, identity)?;
                Answer::ok(&stored.masked()).version(&stored)
            }
            Err(Error::NotFound) => {
                caller.creates()?;
                let stored = payroll_identities::add(session, *person_id, identity)?;
                let location = format!("/v1/people/{person_id}/payroll-identity");
                Answer::created(&location, &stored.masked()).version(&stored)
            }
            Err(error) => Err(error.into()),
        }
    })
    .await
}
