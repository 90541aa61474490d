//! What goes out: problem documents, and the headers that every answer has.

use actix_web::{
    Error, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};

use super::{REQUEST_ID, TRACEPARENT};
use crate::{
    answer::PAGE,
    limits::Toll,
    locale,
    meta::Meta,
    operations::Facts,
    problem::{Occasion, Problem},
};

/// The version of the contract, on every answer.
pub(crate) const API_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The headers that the scripts of other sites may read.
const EXPOSED: &str =
    "API-Version, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/// What is asked for where the token that came is not good.
const INVALID_TOKEN: &str = "Bearer realm=\"kokemusvayla\", error=\"invalid_token\"";

/// The response of a handler, with the document of the problem that it stands for.
pub(super) fn outcome(response: HttpResponse, meta: &Meta) -> HttpResponse {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    if response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PAGE) {
        // The page that says to people what stands in the way.
        return response;
    }
    match response.error().and_then(Error::as_error::<Problem>) {
        Some(problem) => document(problem, meta),
        None if status == StatusCode::NOT_FOUND => document(&Problem::NotFound, meta),
        None if status == StatusCode::BAD_REQUEST => document(&Problem::Malformed, meta),
        None => document(&Problem::Internal(format!("a bare {status}").into()), meta),
    }
}

/// The problem document.
pub(super) fn document(problem: &Problem, meta: &Meta) -> HttpResponse {
    if let Problem::Internal(cause) = problem {
        log::error!(target: "problem", "{} {cause:?}", meta.request_id);
    }
    let occasion =
        Occasion { language: meta.language, path: &meta.path, request_id: &meta.request_id };
    let mut response = HttpResponse::build(problem.row().0);
    for header in problem.headers() {
        response.insert_header(header);
    }
    if matches!(problem, Problem::Unauthenticated) && meta.has_token {
        // RFC 6750, 3.1: whoever sent one is told that it is the token, and nothing of why.
        response.insert_header((header::WWW_AUTHENTICATE, INVALID_TOKEN));
    }
    let body = serde_json::to_vec(&problem.view(&occasion)).unwrap_or_default();
    response.content_type("application/problem+json").body(body)
}

/// The headers that every answer has.
pub(super) fn finish(response: &mut HttpResponse, meta: &Meta, facts: Option<&Facts>, toll: &Toll) {
    let open = facts.is_some_and(|facts| facts.public && meta.method == Method::GET);
    let headers = response.headers_mut();
    let mut usually = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    usually(header::CACHE_CONTROL, "no-store");
    usually(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    usually(header::REFERRER_POLICY, "no-referrer");
    usually(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    usually(header::VARY, "Accept-Language, Authorization, Origin");
    usually(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    usually(header::X_FRAME_OPTIONS, "DENY");
    usually(header::CONTENT_LANGUAGE, locale::tag(meta.language));
    usually(HeaderName::from_static("api-version"), API_VERSION);
    if open {
        // Only what anyone may read anyway is open to the scripts of other sites.
        usually(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        usually(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    for (name, value) in toll.headers() {
        headers.insert(name, value);
    }
    if let Ok(trace) = HeaderValue::from_str(&meta.trace.to_string()) {
        headers.insert(TRACEPARENT, trace);
    }
    if let Ok(id) = HeaderValue::from_str(&meta.request_id) {
        headers.insert(REQUEST_ID, id);
    }
}
