//! `/v1/sign-in`: people sign in without passwords, with a one-time code sent to their e-mail address.

use actix_web::{post, web::Data};
use chrono::TimeDelta;
use domain::{
    localized::Language,
    person::{Person, email_key},
    time::Moment,
};
use persistence::{
    Session, Stored, people, revoked_tokens,
    sign_in::{self, NewCode, Refreshed},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    App,
    answer::Answer,
    audit,
    body::Json,
    call::Call,
    clock::new_id,
    delivery,
    limits::{Quota, Quotas},
    locale,
    mail::Letter,
    meta::Visit,
    metrics::{Outcome, Post},
    problem::{Problem, Result},
    routes::ServiceConfig,
    secret::{random_code, random_secret},
    tokens::{self, Bearer},
};

/// How long a code can be used.
pub(super) const CODE_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// How often a code may be tried.
pub(super) const CODE_TRIES: i32 = 5;

/// How long a session lasts without being begun anew.
const SESSION_LIFETIME: TimeDelta = TimeDelta::days(30);

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(request_sign_in_code)
        .service(sign_in_with_code)
        .service(refresh_sign_in)
        .service(sign_out)
        .service(sign_out_everywhere);
}

/// Whom to send a code
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CodeRequest {
    /// The e-mail address.
    #[schema(
        example = "tilaaja@lappi.example",
        format = "email",
        min_length = 3,
        max_length = 254,
        pattern = "^[^@\\s]+@[^@\\s]+$"
    )]
    email: String,
}

/// That a code is on its way, if the address is known
#[derive(Serialize, ToSchema)]
pub(super) struct CodeView {
    /// For how many seconds the code can be used.
    #[schema(example = 600, minimum = 1, maximum = 3600)]
    pub(super) expires_in: i64,
}

/// A code that was sent
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CodeUse {
    /// The e-mail address that it was sent to.
    #[schema(
        example = "tilaaja@lappi.example",
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

/// A refresh token
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshUse {
    /// The token. It can be used once: the answer brings a new one.
    #[schema(
        example = "6w1i5m0hyP3z0m4v7n1cVbKq9Yk2d8sLr5t0uXaBcDe",
        min_length = 20,
        max_length = 100,
        pattern = "^[A-Za-z0-9_-]+$"
    )]
    refresh_token: String,
}

/// What a person signs in with
#[derive(Serialize, ToSchema)]
struct SignInView {
    /// The access token, a JWT: `Authorization: Bearer …`.
    #[schema(example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2ln", max_length = 4000)]
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer", max_length = 10)]
    token_type: &'static str,
    /// For how many seconds the access token is good.
    #[schema(example = 900, minimum = 1, maximum = 3600)]
    expires_in: i64,
    /// The refresh token for the next access token.
    #[schema(example = "6w1i5m0hyP3z0m4v7n1cVbKq9Yk2d8sLr5t0uXaBcDe", max_length = 100)]
    refresh_token: String,
    /// Until when there are next ones: then the person signs in anew.
    session_expires_at: Moment,
}

/// Ask for a sign-in code
///
/// A one-time code goes to the e-mail address if somebody here has it. The answer is the same whether or not: nobody
/// learns from it who is known.
#[utoipa::path(tag = "signing in", security(()), responses((status = ACCEPTED, body = CodeView)))]
#[post("/v1/sign-in/codes")]
async fn request_sign_in_code(
    app: Data<App>,
    visit: Visit,
    body: Json<CodeRequest>,
) -> Result<Answer> {
    let email = app.pepper.digest(&["email", &email_key(&body.0.email)]);
    let address = app.pepper.digest(&["address", &visit.0.address]);
    let (code, quotas) = (random_code(), *app.limits.quotas());
    let digest = app.pepper.digest(&["code", &email, &code]);
    let answer = app
        .write_open(visit, move |session, now| {
            record_code(session, quotas, [&email, &address, &digest], now)?;
            Answer::accepted(&CodeView { expires_in: CODE_LIFETIME.num_seconds() })
        })
        .await?;
    send_afterwards(app, &answer, "a sign-in code", move |app| {
        let now = app.clock.now();
        let found = app.database.read(|session| whose(session, &body.0.email, now))?;
        let Some((person, to)) = found else { return Ok(()) };
        send_code(app, to, person.facts.language, "sign-in-mail", &code)
    });
    Ok(answer)
}

/// Puts on record that a code was asked for: the digests of the address that it goes to, of where the request came from and
/// of the code itself.
pub(super) fn record_code(
    session: &mut Session<'_>,
    quotas: Quotas,
    [email, address, code]: [&str; 3],
    now: Moment,
) -> Result<()> {
    let Quotas { codes_for_email: for_email, codes_from_address: from_address, .. } = quotas;
    let since = |quota: Quota| now.plus(-TimeDelta::seconds(quota.seconds.into()));
    let counted = [
        (sign_in::count_for_email(session, email, since(for_email))?, for_email),
        (sign_in::count_from_address(session, address, since(from_address))?, from_address),
    ];
    if let Some((_, quota)) =
        counted.iter().find(|(count, quota)| *count >= i64::from(quota.requests))
    {
        let retry_after = quota.seconds.into();
        return Err(Problem::TooMany { policies: vec!["sign-in-codes"], retry_after });
    }
    let expires = now.plus(CODE_LIFETIME);
    let new = NewCode { id: new_id(), email, address, code, at: now, expires };
    Ok(sign_in::add_code(session, &new)?)
}

/// Sends a code once its request is answered, so that the time of the answer does not tell whether the address is known.
/// Whoever is given an answer again has their code already: another one would not be on record, and not be counted. `what` it
/// is goes into the log.
///
/// If so many wait for the mail server that this one cannot, it is not sent, and whoever asked is told the same as always: how
/// fast others get their turn would tell which addresses letters go to.
pub(super) fn send_afterwards(
    app: Data<App>,
    answer: &Answer,
    what: &'static str,
    send: impl FnOnce(&App) -> Result<()> + Send + 'static,
) {
    if answer.is_replayed() {
        return;
    }
    let sender = app.clone();
    let send = move || {
        if let Err(problem) = send(&sender) {
            log::error!("{what} was not sent: {problem}");
        }
    };
    if !app.mailer.send_later(send) {
        app.metrics.posted(Post::Code, Outcome::TurnedAway);
        log::error!("{what} was not sent: too many wait for the mail server");
    }
}

/// Sends a code to an address, with the words of this key.
pub(super) fn send_code(
    app: &App,
    to: String,
    language: Language,
    key: &str,
    code: &str,
) -> Result<()> {
    let text = locale::find(language, &format!("{key}.text"), &[("code", code)]);
    let letter = Letter {
        id: new_id(),
        to,
        subject: locale::text(language, key),
        text: text.unwrap_or(code.to_owned()),
        code: Some(code.to_owned()),
    };
    delivery::post(app, Post::Code, letter).map_err(Problem::internal)
}

/// Who signs in with this address, as it was written down, unless they have left: whoever has it, or else whoever is to
/// have it.
fn whose(
    session: &mut Session<'_>,
    email: &str,
    now: Moment,
) -> Result<Option<(Stored<Person>, String)>> {
    if let Some(person) = people::find_by_email(session, email)? {
        let to = person.facts.email.clone();
        return Ok(person.is_active().then_some((person, to)));
    }
    let person = people::find_by_new_email(session, email, now)?;
    Ok(person.and_then(|person| {
        let to = person.new_address.as_ref()?.email.clone();
        Some((person, to))
    }))
}

/// Puts on record that a person has signed in with `email`. With the address that an administrator has asked for, that
/// becomes theirs: what was signed in with the old one ends, and the old one is told.
///
/// **Invariant:** whoever signs in is held until that is over, and whoever ends sessions saves the person first. So either the
/// session is there to be ended, or who signs in finds that the person has changed.
fn arrive(
    session: &mut Session<'_>,
    person: &Stored<Person>,
    email: String,
    now: Moment,
) -> Result<()> {
    let old = &person.facts.email;
    if email_key(old) == email_key(&email) {
        match person.arrive(now) {
            Some(arrived) => {
                audit::record_kept_address(session, person, now)?;
                people::save(session, person, arrived)?;
            }
            None => drop(people::hold(session, person.thing.id)?.as_read(person)?),
        }
        return Ok(());
    }
    people::save(session, person, person.thing.clone().move_to(email, now))?;
    sign_in::revoke_all(session, person.thing.id, None, now)?;
    audit::record_own(session, "move_address", person.node, person.thing.id, now)?;
    delivery::write(session, old, person.facts.language, "address-changed-mail", &[], now)?;
    Ok(())
}

/// Sign in with a code
///
/// A code can be used once, within ten minutes, and tried five times. Only the newest one counts, also once it was used. Under
/// its idempotency key, the answer is given again for ten minutes, and only while the session goes on.
#[utoipa::path(tag = "signing in", security(()), responses((status = OK, body = SignInView)))]
#[post("/v1/sign-in/tokens")]
async fn sign_in_with_code(app: Data<App>, visit: Visit, body: Json<CodeUse>) -> Result<Answer> {
    let email = app.pepper.digest(&["email", &email_key(&body.0.email)]);
    let code = app.pepper.digest(&["code", &email, &body.0.code]);
    let inner = app.clone();
    let answer = app
        .write_open(visit, move |session, now| {
            let right = sign_in::use_code(session, &email, &code, now, CODE_TRIES)?;
            let found = whose(session, &body.0.email, now)?;
            // A wrong try must be counted, and so the transaction ends well all the same.
            let Some((person, email)) = found.filter(|_| right) else {
                return Ok(Answer::refused());
            };
            arrive(session, &person, email, now)?;
            let (id, token) = (new_id(), random_secret());
            let digest = inner.pepper.digest(&["refresh", &token]);
            let expires = now.plus(SESSION_LIFETIME);
            sign_in::begin(session, id, person.thing.id, &digest, now, expires)?;
            signed_in(&inner, person.id, (id, expires), token, now)
        })
        .await?;
    if answer.is_refused() { Err(Problem::BadCode) } else { Ok(answer) }
}

/// Get the next access token
///
/// Each refresh token is good for one use. If one is used twice, somebody has a copy: the whole session ends. Whoever has lost
/// the answer gets it again under its idempotency key, for ten minutes and only while the session goes on.
#[utoipa::path(tag = "signing in", security(()), responses((status = OK, body = SignInView)))]
#[post("/v1/sign-in/refresh")]
async fn refresh_sign_in(app: Data<App>, visit: Visit, body: Json<RefreshUse>) -> Result<Answer> {
    let old = app.pepper.digest(&["refresh", &body.0.refresh_token]);
    let inner = app.clone();
    let answer = app
        .write_open(visit, move |session, now| {
            let token = random_secret();
            let new = inner.pepper.digest(&["refresh", &token]);
            match sign_in::refresh(session, &old, &new, now)? {
                Refreshed::Continued { id, person, expires } => {
                    signed_in(&inner, person.raw(), (id, expires), token, now)
                }
                // The end of the session must be kept, and so the transaction ends well all the same.
                Refreshed::Reused { person } => {
                    let node = people::find(session, person)?.node;
                    audit::record_own(session, "end_session", node, person, now)?;
                    Ok(Answer::refused())
                }
                Refreshed::Unknown => Ok(Answer::refused()),
            }
        })
        .await?;
    if answer.is_refused() { Err(Problem::BadRefreshToken) } else { Ok(answer) }
}

/// Sign out
///
/// The session ends at once, and with it every token of it. The token of a machine client ends, as by `POST /v1/oauth/revoke`.
/// A token of another issuer is for that issuer to end: it is refused here.
#[utoipa::path(tag = "signing in", responses((status = NO_CONTENT)))]
#[post("/v1/sign-out")]
async fn sign_out(app: Data<App>, call: Call) -> Result<Answer> {
    let bearer = call.bearer.clone();
    app.write(call, move |session, _, now| {
        match &bearer {
            Bearer::Person { session: id, .. } => sign_in::revoke(session, *id, now)?,
            Bearer::Client { token, .. } => {
                revoked_tokens::revoke(session, *token, now.plus(tokens::LIFETIME))?;
            }
            Bearer::Guest(_) => return Err(Problem::Forbidden),
        }
        Ok(Answer::nothing())
    })
    .await
}

/// Sign out everywhere
///
/// Every session of the person ends at once, this one too: on a telephone that was lost, and wherever else they have signed in.
#[utoipa::path(tag = "signing in", responses((status = NO_CONTENT)))]
#[post("/v1/sign-out/everywhere")]
async fn sign_out_everywhere(app: Data<App>, call: Call) -> Result<Answer> {
    let bearer = call.bearer.clone();
    app.write(call, move |session, caller, now| {
        let Bearer::Person { .. } = &bearer else { return Err(Problem::Forbidden) };
        let person = caller.human()?;
        people::hold(session, person)?;
        sign_in::revoke_all(session, person, None, now)?;
        Ok(Answer::nothing())
    })
    .await
}

/// The tokens of a person's session. They are told again, under the same idempotency key, no longer than a code is good: whoever
/// comes upon the request later gets nothing by it.
fn signed_in(
    app: &App,
    id: Uuid,
    (session, session_expires_at): (Uuid, Moment),
    refresh_token: String,
    now: Moment,
) -> Result<Answer> {
    let bearer = Bearer::Person { id, session };
    let answer = Answer::ok(&json!(SignInView {
        access_token: app.tokens.issue(&bearer, now).map_err(Problem::internal)?,
        token_type: "Bearer",
        expires_in: tokens::LIFETIME.num_seconds(),
        refresh_token,
        session_expires_at,
    }))?;
    Ok(answer.with_tokens_of(session, now.plus(CODE_LIFETIME)))
}
