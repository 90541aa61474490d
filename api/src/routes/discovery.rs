//! What programs read before they do anything: the contract, the keys, and how to sign in.

use actix_web::{get, web::Data};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{App, answer::Answer, openapi, problem::Result};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_contract).service(get_keys).service(get_authorization_server);
}

/// The OpenAPI document
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes a document that is made elsewhere")]
struct ContractView {
    /// The version of the specification.
    #[schema(example = "3.1.0", max_length = 10)]
    openapi: String,
}

/// A JSON Web Key Set (RFC 7517)
#[derive(Serialize, ToSchema)]
struct KeysView {
    /// The public keys that access tokens are verified with.
    #[schema(value_type = Vec<KeyView>, max_items = 20)]
    keys: Vec<serde_json::Value>,
}

/// A public key (RFC 8037)
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what the keys write of themselves")]
struct KeyView {
    /// The family of keys.
    #[schema(example = "OKP", max_length = 10)]
    kty: String,
    /// The curve.
    #[schema(example = "Ed25519", max_length = 20)]
    crv: String,
    /// What the key is for.
    #[serde(rename = "use")]
    #[schema(example = "sig", max_length = 10)]
    usage: String,
    /// The algorithm.
    #[schema(example = "EdDSA", max_length = 10)]
    alg: String,
    /// The identifier of the key.
    #[schema(example = "kZ0gxj0sVSgAbX3E", max_length = 60)]
    kid: String,
    /// The public key itself.
    #[schema(example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", max_length = 60)]
    x: String,
}

/// How clients sign in (RFC 8414)
#[derive(Serialize, ToSchema)]
struct ServerView {
    /// Who issues tokens.
    #[schema(example = "https://api.kokemusvayla.example", max_length = 300)]
    issuer: String,
    /// Where machine clients get tokens.
    #[schema(example = "https://api.kokemusvayla.example/v1/oauth/token", max_length = 300)]
    token_endpoint: String,
    /// Where the public keys are.
    #[schema(example = "https://api.kokemusvayla.example/.well-known/jwks.json", max_length = 300)]
    jwks_uri: String,
    /// The grants that the token endpoint knows.
    #[schema(example = json!(["client_credentials"]), max_items = 10)]
    grant_types_supported: Vec<&'static str>,
    /// How clients prove who they are.
    #[schema(example = json!(["client_secret_basic", "client_secret_post"]), max_items = 10)]
    token_endpoint_auth_methods_supported: Vec<&'static str>,
    /// The scopes there are.
    #[schema(example = json!(["payroll", "public_bank"]), max_items = 20)]
    scopes_supported: Vec<&'static str>,
    /// The response types of an authorization endpoint, of which there is none.
    #[schema(example = json!([]), max_items = 10)]
    response_types_supported: Vec<&'static str>,
}

/// Get the contract
///
/// This very document, as JSON.
#[utoipa::path(tag = "discovery", security(()), responses((status = OK, body = ContractView, example = json!({ "openapi": "3.1.0" }))))]
#[get("/v1/openapi.json")]
async fn get_contract() -> Result<Answer> {
    Ok(Answer::ok(openapi::json())?.tagged().header("cache-control", "public, max-age=60"))
}

/// Get the public keys
///
/// Access tokens are signed with one of them. Keys change: read them anew when a token names one that you do not know.
#[utoipa::path(tag = "discovery", security(()), responses((status = OK, body = KeysView)))]
#[get("/.well-known/jwks.json")]
async fn get_keys(app: Data<App>) -> Result<Answer> {
    let keys = app.tokens.public_keys();
    Ok(Answer::ok(&json!({ "keys": keys }))?.tagged().header("cache-control", "public, max-age=60"))
}

/// Get how clients sign in
///
/// The metadata of the authorization server (RFC 8414): where machine clients get tokens, and how they prove who they are.
#[utoipa::path(tag = "discovery", security(()), responses((status = OK, body = ServerView)))]
#[get("/.well-known/oauth-authorization-server")]
async fn get_authorization_server(app: Data<App>) -> Result<Answer> {
    let issuer = app.tokens.issuer().to_owned();
    let view = ServerView {
        token_endpoint: format!("{issuer}/v1/oauth/token"),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        issuer,
        grant_types_supported: vec!["client_credentials"],
        token_endpoint_auth_methods_supported: vec!["client_secret_basic", "client_secret_post"],
        scopes_supported: vec!["payroll", "public_bank"],
        response_types_supported: Vec::new(),
    };
    Ok(Answer::ok(&view)?.tagged().header("cache-control", "public, max-age=60"))
}
