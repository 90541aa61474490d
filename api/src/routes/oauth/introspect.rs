//! `/v1/oauth/introspect`: whether a token is good (RFC 7662).

use actix_web::{HttpRequest, post, web::Data};
use domain::{client::Client, time::Moment};
use persistence::{Session, revoked_tokens};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Shown, in_oauth};
use crate::{App, answer::Answer, body::Form, meta::Visit, problem::Result, tokens::Claims};

/// A token to be looked at or taken back, and whose it is. What else there is in the form is ignored, as RFC 6749 (3.2) demands
#[derive(Clone, Deserialize, ToSchema)]
pub(super) struct TokenForm {
    /// The access token.
    #[schema(
        example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2ln",
        min_length = 1,
        max_length = 4000
    )]
    pub(super) token: String,
    /// The client's identifier, unless it is in the `Authorization` header.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "019aa5d0-0000-7000-8000-000000000001",
        min_length = 36,
        max_length = 36
    )]
    pub(super) client_id: Option<String>,
    /// The client's secret, unless it is in the `Authorization` header.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "6w1i5m0hyP3z0m4v7n1cVbKq9Yk2d8sLr5t0uXaBcDe",
        min_length = 1,
        max_length = 100
    )]
    pub(super) client_secret: Option<String>,
}

/// Whether a token is good, and if so what it says
#[derive(Default, Serialize, ToSchema)]
pub(super) struct TokenState {
    /// Whether it is good: ours, unaltered, in its time, given to this client, and not taken back. If not, nothing else is said.
    #[schema(example = true)]
    active: bool,
    /// The scopes that it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "payroll", max_length = 200)]
    scope: Option<String>,
    /// The client that it was given to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "019aa5d0-0000-7000-8000-000000000001", max_length = 36)]
    client_id: Option<Uuid>,
    /// Always `Bearer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Bearer", max_length = 10)]
    token_type: Option<&'static str>,
    /// When it was given, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = 1_795_000_000,
        minimum = 0,
        maximum = 253_402_300_799_i64
    )]
    iat: Option<i64>,
    /// When it ends, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = 1_795_000_900,
        minimum = 0,
        maximum = 253_402_300_799_i64
    )]
    exp: Option<i64>,
    /// The identifier of the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "019aa5d0-0000-7000-8000-000000000002", max_length = 36)]
    jti: Option<Uuid>,
}

/// Ask whether a machine client's token is good
///
/// A client asks about its own tokens. Those of others are not good for it, whatever they are.
#[utoipa::path(
    tag = "signing in",
    security(("client" = []), ()),
    request_body(content = TokenForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = OK, body = TokenState))
)]
#[post("/v1/oauth/introspect")]
pub(super) async fn introspect_client_token(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    form: Result<Form<TokenForm>>,
) -> Result<Answer> {
    let form = form.map_err(in_oauth)?.0;
    let shown = Shown::read(&request, form.client_id.as_ref(), form.client_secret.as_ref())?;
    let inner = app.clone();
    let write = move |session: &mut Session<'_>, client: Client, now| {
        let state = match own(&inner, &client, &form.token, now) {
            Some(claims) if !revoked_tokens::holds(session, claims.jti)? => TokenState {
                active: true,
                scope: claims.scope,
                client_id: Some(claims.sub),
                token_type: Some("Bearer"),
                iat: Some(claims.iat),
                exp: Some(claims.exp),
                jti: Some(claims.jti),
            },
            _ => TokenState::default(),
        };
        Ok((Answer::ok(&state)?, None))
    };
    // Whether a token is good is said as it is now, also to whoever asks again under the same key.
    shown.write(&app, visit.anew()?, write).await
}

/// What the token says, if it is good and was given to this client.
pub(super) fn own(app: &App, client: &Client, token: &str, now: Moment) -> Option<Claims> {
    app.tokens
        .read(token, now)
        .filter(|claims| claims.sid.is_none() && claims.sub == client.id.raw())
}
