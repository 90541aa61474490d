//! What programs read before they do anything: the contract, the keys, and how to sign in.

use std::sync::LazyLock;

use actix_web::{get, web::Data};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::Answer,
    openapi,
    problem::{Problem, Result},
    query::Query,
    routes::ServiceConfig,
    secret::sha256,
};

/// The contract as JSON, and its entity tag.
static CONTRACT: LazyLock<(Vec<u8>, String)> = LazyLock::new(|| tagged(openapi::json()));

/// The same for generators that take no tagged unions.
static FLAT_CONTRACT: LazyLock<(Vec<u8>, String)> = LazyLock::new(|| tagged(&openapi::flat()));

fn tagged(document: &serde_json::Value) -> (Vec<u8>, String) {
    let text = document.to_string().into_bytes();
    let tag = format!("\"1.{}\"", &sha256(&text)[..16]);
    (text, tag)
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_contract)
        .service(get_keys)
        .service(get_authorization_server)
        .service(get_catalog)
        .service(get_security_contact);
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
    /// Where a client asks whether one of its tokens is good.
    #[schema(example = "https://api.kokemusvayla.example/v1/oauth/introspect", max_length = 300)]
    introspection_endpoint: String,
    /// Where a client takes back one of its tokens.
    #[schema(example = "https://api.kokemusvayla.example/v1/oauth/revoke", max_length = 300)]
    revocation_endpoint: String,
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

/// The APIs of this installation, as a link set (RFC 9264)
#[derive(Serialize, ToSchema)]
struct CatalogView {
    /// The links.
    #[schema(value_type = Vec<LinkContext>, max_items = 10)]
    linkset: Vec<serde_json::Value>,
}

/// The links of one address
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "it describes what is written as JSON, whose names are those of link relations"
)]
struct LinkContext {
    /// Whose links these are.
    #[schema(example = "https://api.kokemusvayla.example/v1", max_length = 300)]
    anchor: String,
    /// The APIs there are.
    #[schema(max_items = 10)]
    item: Option<Vec<LinkTarget>>,
    /// Where the contract is, for programs.
    #[serde(rename = "service-desc")]
    #[schema(max_items = 10)]
    service_desc: Option<Vec<LinkTarget>>,
    /// Where the documentation is, for people.
    #[serde(rename = "service-doc")]
    #[schema(max_items = 10)]
    service_doc: Option<Vec<LinkTarget>>,
    /// Where the service says how it is.
    #[schema(max_items = 10)]
    status: Option<Vec<LinkTarget>>,
}

/// Where a link leads
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what is written as JSON")]
struct LinkTarget {
    /// The address.
    #[schema(example = "https://api.kokemusvayla.example/v1/openapi.json", max_length = 300)]
    href: String,
    /// The type of what is there.
    #[serde(rename = "type")]
    #[schema(example = "application/openapi+json", max_length = 60)]
    kind: Option<String>,
}

/// Which form of the contract
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ContractQuery {
    /// How tagged unions are written.
    #[param(inline)]
    unions: Option<UnionForm>,
}

/// How tagged unions are written
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UnionForm {
    /// As a choice with a discriminator: `oneOf`.
    OneOf,
    /// As one object with the fields of all its cases.
    Flat,
}

/// Get the contract
///
/// This very document, as JSON: what programs and generators of clients read. It is the same until the service is renewed.
/// Some generators, such as those for Kotlin, make nothing of tagged unions: for them there is a form without.
#[utoipa::path(tag = "discovery", security(()), params(ContractQuery), responses((status = OK, body = ContractView, example = json!({ "openapi": "3.1.0" }))))]
#[get("/v1/openapi.json")]
async fn get_contract(query: Query<ContractQuery>) -> Result<Answer> {
    let (text, tag) = match query.unions {
        Some(UnionForm::Flat) => &*FLAT_CONTRACT,
        Some(UnionForm::OneOf) | None => &*CONTRACT,
    };
    Ok(Answer::fixed("application/json", text)
        .header("etag", tag)
        .header("cache-control", "public, max-age=60"))
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
        introspection_endpoint: format!("{issuer}/v1/oauth/introspect"),
        revocation_endpoint: format!("{issuer}/v1/oauth/revoke"),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        issuer,
        grant_types_supported: vec!["client_credentials"],
        token_endpoint_auth_methods_supported: vec!["client_secret_basic", "client_secret_post"],
        scopes_supported: vec!["payroll", "public_bank"],
        response_types_supported: Vec::new(),
    };
    Ok(Answer::ok(&view)?.tagged().header("cache-control", "public, max-age=60"))
}

/// Get the catalogue of APIs
///
/// The link set of RFC 9727: which APIs there are here, and where their contract and documentation are.
#[utoipa::path(tag = "discovery", security(()), responses((status = OK, body = CatalogView, content_type = "application/linkset+json")))]
#[get("/.well-known/api-catalog")]
async fn get_catalog(app: Data<App>) -> Result<Answer> {
    let at = |path: &str| format!("{}{path}", app.tokens.issuer());
    let (catalog, api) = (at("/.well-known/api-catalog"), at("/v1"));
    let set = json!({ "linkset": [
        { "anchor": catalog, "item": [{ "href": api }] },
        {
            "anchor": api,
            "service-desc": [{ "href": at("/v1/openapi.json"), "type": "application/json" }],
            "service-doc": [{ "href": at("/docs"), "type": "text/html" }],
            "status": [{ "href": at("/readyz"), "type": "application/json" }],
        },
    ] });
    let kind = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";
    Ok(Answer::content(kind, set.to_string())
        .tagged()
        .header("link", &format!("<{catalog}>; rel=\"api-catalog\""))
        .header("cache-control", "public, max-age=60"))
}

/// Get whom to tell of a weakness
///
/// The text of RFC 9116: how to reach those who mend weaknesses of this installation. If they have not said so, there is
/// none, and none any more once the time for which they said so is over.
#[utoipa::path(tag = "discovery", security(()), responses(
    (status = OK, body = String, content_type = "text/plain", example = "Contact: mailto:turvallisuus@kokemusvayla.example\nPreferred-Languages: fi, sv, en\n"),
    (status = NOT_FOUND, body = crate::problem::ProblemView, content_type = "application/problem+json"),
))]
#[get("/.well-known/security.txt")]
async fn get_security_contact(app: Data<App>) -> Result<Answer> {
    let text = app.security.text(app.tokens.issuer(), app.clock.now()).ok_or(Problem::NotFound)?;
    Ok(Answer::content("text/plain; charset=utf-8", text)
        .header("content-language", "en")
        .header("cache-control", "public, max-age=60"))
}
