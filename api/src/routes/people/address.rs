//! The address that a person signs in with: how it changes hands. The rule is in `domain::person::address`.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::person::PersonId;
use domain::policy::Action;
use persistence::{people, sign_in};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{PersonView, subject, view, within_reach};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::Call,
    delivery,
    problem::{Problem, Result},
    routes::ServiceConfig,
    routes::{
        agreements::write::moment,
        sign_in::{CODE_LIFETIME, CODE_TRIES, CodeView, record_code, send_afterwards, send_code},
    },
    secret::random_code,
    tokens::Bearer,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(request_address_code).service(change_address).service(replace_address);
}

/// An address to sign in with from now on
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddressWish {
    /// The new e-mail address.
    #[schema(
        example = "aino.uusi@example.fi",
        format = "email",
        min_length = 3,
        max_length = 254,
        pattern = "^[^@\\s]+@[^@\\s]+$"
    )]
    email: String,
}

/// A code that was sent to the new address
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddressProof {
    /// The new e-mail address.
    #[schema(
        example = "aino.uusi@example.fi",
        format = "email",
        min_length = 3,
        max_length = 254,
        pattern = "^[^@\\s]+@[^@\\s]+$"
    )]
    email: String,
    /// The code.
    #[schema(example = "12345678", min_length = 8, max_length = 8, pattern = "^[0-9]{8}$")]
    code: String,
}

/// When the new address can be signed in with
#[derive(Serialize, ToSchema)]
struct AddressReplacement {
    /// The first moment.
    usable_from: domain::time::Moment,
    /// The end: after it, the old address stays.
    usable_until: domain::time::Moment,
}

/// Ask for a code to a new address
///
/// The first step for those who want to sign in with another e-mail address: a one-time code goes to the new one. The
/// answer is the same whether or not somebody else has that address.
#[utoipa::path(tag = "signing in", responses((status = ACCEPTED, body = CodeView)))]
#[post("/v1/me/address-codes")]
async fn request_address_code(
    app: Data<App>,
    call: Call,
    body: Json<AddressWish>,
) -> Result<Answer> {
    let (person, _) = own(&call)?;
    let wish = digest(&app, person, &body.0.email);
    let address = app.pepper.digest(&["address", &call.meta.address]);
    let (code, quotas) = (random_code(), *app.limits.quotas());
    let secret = app.pepper.digest(&["code", &wish, &code]);
    let answer = app
        .write(call, move |session, _, now| {
            record_code(session, quotas, [&wish, &address, &secret], now)?;
            Answer::accepted(&CodeView { expires_in: CODE_LIFETIME.num_seconds() })
        })
        .await?;
    send_afterwards(app, &answer, "a code to a new address", move |app| {
        let email = body.0.email;
        let (person, taken) = app.database.read(|session| -> persistence::Result<_> {
            Ok((people::find(session, person)?, people::find_by_email(session, &email)?))
        })?;
        if taken.is_some_and(|other| other.thing.id != person.thing.id) {
            return Ok(());
        }
        send_code(app, email, person.facts.language, "address-code-mail", &code)
    });
    Ok(answer)
}

/// Change the address that I sign in with
///
/// With the code that came to the new address. From then on codes go there, every other session of the person ends, and
/// the old address is told. Nobody else changes the address of somebody who has signed in.
#[utoipa::path(tag = "signing in", responses((status = OK, body = PersonView)))]
#[post("/v1/me/address")]
async fn change_address(app: Data<App>, call: Call, body: Json<AddressProof>) -> Result<Answer> {
    let (person, kept) = own(&call)?;
    let wish = digest(&app, person, &body.0.email);
    let code = app.pepper.digest(&["code", &wish, &body.0.code]);
    let answer = app
        .write(call, move |session, caller, now| {
            let right = sign_in::use_code(session, &wish, &code, now, CODE_TRIES)?;
            let taken = people::find_by_email(session, &body.0.email)?;
            let taken = taken.is_some_and(|other| other.thing.id != person);
            // A wrong try must be counted, and so the transaction ends well all the same.
            if taken || !right {
                return Ok(Answer::refused());
            }
            let person = people::find(session, person)?;
            let (old, language) = (person.facts.email.clone(), person.facts.language);
            let moved = person.thing.clone().move_to(body.0.email.clone(), now);
            let person = people::save(session, &person, moved)?;
            // Not before: who signs in at this moment is held until their session is there to be ended.
            sign_in::revoke_all(session, person.thing.id, Some(kept), now)?;
            delivery::write(session, &old, language, "address-changed-mail", &[], now)?;
            Answer::ok(&view(session, caller, &person)?).version(&person)
        })
        .await?;
    if answer.is_refused() { Err(Problem::BadCode) } else { Ok(answer) }
}

/// Ask for another address for somebody
///
/// For a person who has lost the mailbox that they signed in with, by those who run the installation or the area. The old
/// address is told at once. After three days the person signs in with the new one as with any address, and it becomes
/// theirs; every session of before ends then. If they sign in with the old one meanwhile, nothing changes. The answer is
/// the same whether or not somebody else has the address: then it stays theirs.
#[utoipa::path(tag = "people", responses((status = OK, body = AddressReplacement)))]
#[post("/v1/people/{person_id}/replace-address")]
async fn replace_address(
    app: Data<App>,
    call: Call,
    person_id: Path<PersonId>,
    body: Json<AddressWish>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let person = people::find(session, *person_id)?;
        caller.require(Action::ReplaceAddress, &subject(session, &person)?)?;
        within_reach(session, caller, *person_id)?;
        let asked = person.thing.clone().ask_address(body.0.email.clone(), caller.human()?, now)?;
        let person = people::save(session, &person, asked)?;
        let Some(new) = &person.new_address else { return Err(Problem::NotFound) };
        let (old, language) = (&person.facts.email, person.facts.language);
        let from = moment(language, new.from);
        delivery::write(session, old, language, "address-asked-mail", &[("from", &from)], now)?;
        let view = AddressReplacement { usable_from: new.from, usable_until: new.until };
        Answer::ok(&view).version(&person)
    })
    .await
}

/// Who calls, by a session of our own: a token of another issuer may leave its bearer less than all of their roles, and
/// must not lead to one that leaves them all.
fn own(call: &Call) -> Result<(PersonId, Uuid)> {
    match &call.bearer {
        Bearer::Person { id, session } => Ok((PersonId::new(*id), *session)),
        Bearer::Client { .. } | Bearer::Guest(_) => Err(Problem::Forbidden),
    }
}

/// What a code for this person's wish is kept under: it is good for nobody else and for no other address, however much alike.
fn digest(app: &App, person: PersonId, email: &str) -> String {
    app.pepper.digest(&["new-address", &person.to_string(), &email.to_ascii_lowercase()])
}
