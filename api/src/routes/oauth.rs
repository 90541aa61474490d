//! `/v1/oauth/token`: machine clients sign in with OAuth 2.0 client credentials (RFC 6749, 4.4).

use actix_web::{HttpRequest, http::header, post, web::Data};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{id::Id, policy::ClientScope, refusal::Fault};
use persistence::clients;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    App,
    answer::Answer,
    body::Form,
    call::name_of,
    meta::Visit,
    problem::{Problem, Result},
    routes::ServiceConfig,
    secret::sha256,
    tokens::{self, Bearer},
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_client_token);
}

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
/// The identifier and the secret come in the `Authorization` header (Basic) or in the form.
#[utoipa::path(
    tag = "signing in",
    security(("client" = []), ()),
    request_body(content = ClientTokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = OK, body = ClientTokenView))
)]
#[post("/v1/oauth/token")]
async fn get_client_token(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    form: Result<Form<ClientTokenRequest>>,
) -> Result<Answer> {
    let form = form.map_err(in_oauth)?;
    let (id, secret) = basic(&request)
        .or_else(|| form.0.client_id.clone().zip(form.0.client_secret.clone()))
        .ok_or(Problem::BadClient)?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::BadClient)?;
    let digest = sha256(secret.as_bytes());
    let asked = match form.0.scope.as_deref() {
        Some(list) => Some(tokens::scopes(list).ok_or_else(bad_scope)?),
        None => None,
    };
    let inner = app.clone();
    app.write_open(visit, move |session, now| {
        let found = clients::find(session, Id::new(id)).map_err(|error| match error {
            persistence::Error::NotFound => Problem::BadClient,
            error => error.into(),
        })?;
        // Digests of random secrets: how long they are equal tells nothing.
        if found.secret_digest != digest || found.client.revoked.is_some() {
            return Err(Problem::BadClient);
        }
        let scopes: Vec<ClientScope> = asked.clone().unwrap_or_else(|| found.client.scopes.clone());
        if scopes.iter().any(|scope| !found.client.scopes.contains(scope)) {
            return Err(bad_scope());
        }
        let scope = scopes.iter().map(name_of).collect::<Vec<_>>().join(" ");
        let token = inner.tokens.issue(&Bearer::Client { id, scopes }, now);
        Answer::ok(&ClientTokenView {
            access_token: token.map_err(Problem::internal)?,
            token_type: "Bearer",
            expires_in: tokens::LIFETIME.num_seconds(),
            scope,
        })
    })
    .await
}

/// The same problem in the words of RFC 6749 (5.2), which libraries read.
fn in_oauth(problem: Problem) -> Problem {
    let faults = match problem {
        Problem::Invalid(faults) => faults,
        Problem::Malformed => Vec::new(),
        other => return other,
    };
    let kind = |fault: &Fault| fault.pointer == "/grant_type" && fault.code == "not_allowed";
    let error = if faults.iter().any(kind) { "unsupported_grant_type" } else { "invalid_request" };
    Problem::BadTokenRequest { error, faults }
}

/// The client does not have a scope that it asks for.
fn bad_scope() -> Problem {
    let faults = vec![Fault::new("/scope", "not_allowed")];
    Problem::BadTokenRequest { error: "invalid_scope", faults }
}

/// The identifier and secret of a Basic `Authorization` header.
fn basic(request: &HttpRequest) -> Option<(String, String)> {
    read(request.headers().get(header::AUTHORIZATION)?.to_str().ok()?)
}

/// The same of the header's value.
fn read(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    text.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

#[cfg(test)]
mod fuzz {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_comes_as_basic_is_read_or_refused(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            read(&text);
            read(&format!("Basic {text}"));
            read(&format!("Basic {}", STANDARD.encode(bytes)));
        }

        #[test]
        fn what_a_client_writes_is_what_is_read(id in "[^:]{0,40}", secret in ".{0,40}") {
            let value = format!("basic {}", STANDARD.encode(format!("{id}:{secret}")));
            prop_assert_eq!(read(&value), Some((id, secret)));
        }
    }
}
