//! What happens to every request before and after its handler: the only place for what holds everywhere.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::{Bytes, BytesMut, Data},
};
use futures_util::{FutureExt, StreamExt};

use crate::{
    App, clock, locale,
    meta::{self, Meta},
    operations::{self, Facts},
    problem::{Occasion, Problem, Result},
};

/// The version of the contract, on every answer.
pub(crate) const API_VERSION: &str = env!("CARGO_PKG_VERSION");

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps the handling of a request.
pub(crate) async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let (meta, facts) = meet(&request);
    let (about, mut response) = match admit(&mut request, &meta, facts).await {
        Ok(Admitted::Answer(response)) => request.into_response(response).into_parts(),
        Err(problem) => request.into_response(document(&problem, &meta)).into_parts(),
        Ok(Admitted::Pass(body)) => {
            request.extensions_mut().insert(Arc::new(Meta { body, ..meta.clone() }));
            // A handler that panics takes its request with it, and an error needs none.
            let Ok(handled) = AssertUnwindSafe(next.call(request)).catch_unwind().await else {
                record(&meta, facts, StatusCode::INTERNAL_SERVER_ERROR, began.elapsed());
                return Err(Panicked(meta).into());
            };
            let (about, response) = handled?.map_into_boxed_body().into_parts();
            (about, outcome(response, &meta))
        }
    };
    finish(&mut response, &meta, facts);
    record(&meta, facts, response.status(), began.elapsed());
    Ok(ServiceResponse::new(about, response))
}

/// What is left of a request whose handler panicked.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked")]
struct Panicked(Meta);

impl ResponseError for Panicked {
    fn error_response(&self) -> HttpResponse {
        let mut response = document(&Problem::Internal("a handler panicked".into()), &self.0);
        finish(&mut response, &self.0, None);
        response
    }
}

enum Admitted {
    Pass(Bytes),
    Answer(HttpResponse),
}

/// What there is to know of a request before its body is read.
fn meet(request: &ServiceRequest) -> (Meta, Option<&'static Facts>) {
    let about = request.request();
    let given = meta::header(about, &REQUEST_ID).filter(|id| {
        (1..=100).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    });
    let accepted = meta::header(about, &header::ACCEPT_LANGUAGE);
    let (if_match, if_none_match) = meta::conditions(about);
    let method =
        if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
    let facts = request.match_pattern().and_then(|path| operations::find(&path, &method));
    let meta = Meta {
        request_id: given.unwrap_or_else(|| clock::new_id().to_string()),
        language: locale::negotiate(accepted.as_deref()),
        method,
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        address: request.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default(),
        body: Bytes::new(),
        if_match,
        if_none_match,
        idempotency_key: meta::idempotency_key(about),
    };
    (meta, facts)
}

/// Turns away what the contract does not have: unknown paths, methods, types, and bodies too large or too slow.
async fn admit(
    request: &mut ServiceRequest,
    meta: &Meta,
    facts: Option<&'static Facts>,
) -> Result<Admitted> {
    let Some(pattern) = request.match_pattern() else { return Err(Problem::NotFound) };
    let allow = operations::allow(&pattern).ok_or(Problem::NotFound)?;
    if meta.method == Method::OPTIONS {
        return Ok(Admitted::Answer(
            HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish(),
        ));
    }
    let Some(facts) = facts else { return Err(Problem::MethodNotAllowed { allow }) };
    if !accepts(meta::header(request.request(), &header::ACCEPT).as_deref(), &facts.produces) {
        return Err(Problem::NotAcceptable);
    }
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let has_body = request.headers().contains_key(header::TRANSFER_ENCODING)
        || meta::header(request.request(), &header::CONTENT_LENGTH)
            .is_some_and(|length| length != "0");
    if !has_body {
        return Ok(Admitted::Pass(Bytes::new()));
    }
    let kind = request.content_type().to_ascii_lowercase();
    let fits = |wanted: &String| {
        *wanted == kind || (wanted == "application/octet-stream" && !kind.is_empty())
    };
    if !facts.consumes.is_empty() && !facts.consumes.iter().any(fits) {
        return Err(Problem::UnsupportedMediaType);
    }
    let patience = request.app_data::<Data<App>>().map_or(Duration::ZERO, |app| app.body_time);
    let body = tokio::time::timeout(patience, read(request, facts.most)).await;
    Ok(Admitted::Pass(body.map_err(|_| Problem::TooSlow)??))
}

async fn read(request: &mut ServiceRequest, most: usize) -> Result<Bytes> {
    let mut payload = request.take_payload();
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::Malformed)?;
        if bytes.len() + chunk.len() > most {
            return Err(Problem::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// Whether an `Accept` header takes one of `produced`.
fn accepts(accept: Option<&str>, produced: &[String]) -> bool {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return true };
    if produced.is_empty() {
        return true;
    }
    accept.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let range = parts.next().unwrap_or_default();
        let refused = parts.any(|part| {
            part.strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok()) == Some(0.0)
        });
        let family = range.strip_suffix("/*");
        !refused
            && produced.iter().any(|kind| {
                range == "*/*"
                    || range.eq_ignore_ascii_case(kind)
                    || family.is_some_and(|family| kind.split('/').next() == Some(family))
            })
    })
}

/// The response of a handler, with the document of the problem that it stands for.
fn outcome(response: HttpResponse, meta: &Meta) -> HttpResponse {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
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
fn document(problem: &Problem, meta: &Meta) -> HttpResponse {
    if let Problem::Internal(cause) = problem {
        log::error!(target: "problem", "{} {cause:?}", meta.request_id);
    }
    let occasion =
        Occasion { language: meta.language, path: &meta.path, request_id: &meta.request_id };
    let mut response = HttpResponse::build(problem.row().0);
    for header in problem.headers() {
        response.insert_header(header);
    }
    let body = serde_json::to_vec(&problem.view(&occasion)).unwrap_or_default();
    response.content_type("application/problem+json").body(body)
}

/// The headers that every answer has.
fn finish(response: &mut HttpResponse, meta: &Meta, facts: Option<&Facts>) {
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
        usually(header::ACCESS_CONTROL_EXPOSE_HEADERS, "API-Version, ETag, Link, X-Request-Id");
    }
    if let Ok(id) = HeaderValue::from_str(&meta.request_id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// One line for a request: no query, no body, no names, and of the path only its pattern.
fn record(meta: &Meta, facts: Option<&Facts>, status: StatusCode, took: Duration) {
    log::info!(
        target: "request",
        "{} {} {} {} {}",
        meta.request_id,
        meta.method,
        facts.map_or("-", |facts| facts.pattern.as_str()),
        status.as_u16(),
        took.as_micros(),
    );
}
