//! `/v1/oauth/token`: machine clients sign in with OAuth 2.0 client credentials (RFC 6749, 4.4).

use actix_web::{HttpRequest, post, web::Data};
use domain::{client::Client, policy::ClientScope, refusal::Fault};
use persistence::Session;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Shown, in_oauth};
use crate::{
    App,
    answer::Answer,
    body::Form,
    call::name_of,
    clock::new_id,
    meta::Visit,
    problem::{Problem, Result},
    routes::sign_in::CODE_LIFETIME,
    tokens::{self, Bearer},
};

/// What a machine client asks for. What else there is in the form is ignored, as RFC 6749 (3.2) demands
#[derive(Clone, Deserialize, ToSchema)]
struct ClientTokenRequest {
    /// The kind of grant.
    #[expect(dead_code, reason = "the schema has checked it")]
    grant_type: GrantType,
    /// The scopes asked for, with spaces; all that the client has, if none is named.
    #[serde(default)]
    #[schema(nullable = false, example = "payroll", max_length = 200, pattern = "^[a-z_ ]+$")]
    scope: Option<String>,
    /// The client's identifier, unless it is in the `Authorization` header.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "019aa5d0-0000-7000-8000-000000000001",
        min_length = 36,
        max_length = 36
    )]
    client_id: Option<String>,
    /// The client's secret, unless it is in the `Authorization` header.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "6w1i5m0hyP3z0m4v7n1cVbKq9Yk2d8sLr5t0uXaBcDe",
        min_length = 1,
        max_length = 100
    )]
    client_secret: Option<String>,
}

/// A kind of grant
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum GrantType {
    /// The client acts for itself.
    ClientCredentials,
}

/// A machine client's token
#[derive(Serialize, ToSchema)]
struct ClientTokenView {
    /// The access token, a JWT.
    #[schema(example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2ln", max_length = 4000)]
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer", max_length = 10)]
    token_type: &'static str,
    /// For how many seconds it is good.
    #[schema(example = 900, minimum = 1, maximum = 3600)]
    expires_in: i64,
    /// The scopes that it has.
    #[schema(example = "payroll", max_length = 200)]
    scope: String,
}

/// Get a machine client's token
///
/// The identifier and the secret come in the `Authorization` header (Basic) or in the form. Under the same idempotency key, the
/// same token is given again for ten minutes, unless it was taken back; then another one.
#[utoipa::path(
    tag = "signing in",
    security(("client" = []), ()),
    request_body(content = ClientTokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = OK, body = ClientTokenView))
)]
#[post("/v1/oauth/token")]
pub(super) async fn get_client_token(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    form: Result<Form<ClientTokenRequest>>,
) -> Result<Answer> {
    let form = form.map_err(in_oauth)?.0;
    let shown = Shown::read(&request, form.client_id.as_ref(), form.client_secret.as_ref())?;
    let asked = match form.scope.as_deref() {
        Some(list) => Some(tokens::scopes(list).ok_or_else(bad_scope)?),
        None => None,
    };
    let inner = app.clone();
    let write = move |_: &mut Session<'_>, client: Client, now| {
        let scopes: Vec<ClientScope> = asked.clone().unwrap_or_else(|| client.scopes.clone());
        if scopes.iter().any(|scope| !client.scopes.contains(scope)) {
            return Err(bad_scope());
        }
        let scope = scopes.iter().map(name_of).collect::<Vec<_>>().join(" ");
        let token = new_id();
        let bearer = Bearer::Client { id: client.id.raw(), token, scopes };
        let answer = Answer::ok(&ClientTokenView {
            access_token: inner.tokens.issue(&bearer, now).map_err(Problem::internal)?,
            token_type: "Bearer",
            expires_in: tokens::LIFETIME.num_seconds(),
            scope,
        })?;
        // What keeps the answer out of the caches of HTTP/1.0 (RFC 6749, 5.1).
        let answer = answer.header("pragma", "no-cache");
        Ok((answer.with_token(token, now.plus(CODE_LIFETIME)), None))
    };
    shown.write(&app, visit, write).await
}

/// The client does not have a scope that it asks for.
fn bad_scope() -> Problem {
    let faults = vec![Fault::new("/scope", "not_allowed")];
    Problem::BadTokenRequest { error: "invalid_scope", faults }
}
