//! What happens to every request before and after its handler: the only place for what holds everywhere.

use std::{
    net::IpAddr,
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::{Bytes, BytesMut, Data},
};
use futures_util::{FutureExt, StreamExt};
use tokio::sync::OwnedSemaphorePermit;

use crate::{
    App, body, headers,
    issuers::Unreachable,
    limits::Toll,
    line::{self, Serving},
    locale,
    meta::{self, Meta},
    operations::{self, Facts, Resource},
    problem::{Occasion, Problem, Result},
    query,
    tokens::Bearer,
    trace::Trace,
};

/// The version of the contract, on every answer.
pub(crate) const API_VERSION: &str = env!("CARGO_PKG_VERSION");

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The chain of calls that a request belongs to (W3C Trace Context).
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// What proxies say of where a request came from.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The headers that the scripts of other sites may read.
const EXPOSED: &str =
    "API-Version, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/// What is asked all the time by those who watch over the service, and free of charge.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

/// Wraps the handling of a request.
pub(crate) async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let mut serving = line::begin(&request);
    let app = request.app_data::<Data<App>>().cloned().expect("every server has its app");
    app.metrics.begin();
    let place = Place::of(&request);
    let bearer = identify(request.request(), &app).await;
    let mut meta = meet(&request, &app, bearer, &place);
    let mut toll = charge(&request, &app, &meta, &place);
    let admitted = match toll.violated().filter(|_| !place.is_probe()) {
        Some((policies, retry_after)) => {
            app.metrics.limited(&policies);
            Err(Problem::TooMany { policies, retry_after })
        }
        None => admit(&mut request, &meta, &place, &app, &mut serving).await,
    };
    if let Ok(Admitted::Pass(body, _)) = &admitted {
        meta.body = body.clone();
    }
    let (meta, facts) = (Arc::new(meta), place.facts);
    let (about, mut response) = match admitted {
        Ok(Admitted::Answer(response)) => request.into_response(response).into_parts(),
        Err(problem) => request.into_response(document(&problem, &meta)).into_parts(),
        Ok(Admitted::Pass(_, _room)) => {
            request.extensions_mut().insert(meta.clone());
            // A handler that panics takes its request with it, and an error needs none.
            let Ok(handled) = AssertUnwindSafe(next.call(request)).catch_unwind().await else {
                record(&app, &meta, facts, StatusCode::INTERNAL_SERVER_ERROR, began.elapsed());
                return Err(Panicked { meta, toll }.into());
            };
            let (about, response) = match handled {
                Ok(handled) => handled.map_into_boxed_body().into_parts(),
                Err(error) => {
                    app.metrics.abandon();
                    return Err(error);
                }
            };
            (about, outcome(response, &meta))
        }
    };
    if response.status() == StatusCode::NOT_MODIFIED {
        // To ask whether anything is new costs the asker nothing, so that asking is better than keeping old copies.
        app.limits.refund(&mut toll);
    }
    finish(&mut response, &meta, facts, &toll);
    let row = app.deprecations.iter().find(|row| facts.is_some_and(|one| one.id == row.operation));
    if let Some(row) = row {
        row.announce(response.headers_mut());
    }
    if app.stopping.is_on() || serving.has_body() {
        // Whoever keeps the connection would find it closed in the middle of the next request, or of a body that is not
        // read.
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    record(&app, &meta, facts, response.status(), began.elapsed());
    Ok(ServiceResponse::new(about, response))
}

/// What is left of a request whose handler panicked.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked")]
struct Panicked {
    meta: Arc<Meta>,
    toll: Toll,
}

impl ResponseError for Panicked {
    fn error_response(&self) -> HttpResponse {
        let problem = Problem::Internal("a handler panicked".into());
        let mut response = document(&problem, &self.meta);
        finish(&mut response, &self.meta, None, &self.toll);
        response
    }
}

/// Where in the contract a request belongs.
struct Place {
    /// The resource, if the contract has the path.
    resource: Option<&'static Resource>,
    /// The operation, if the path has the method.
    facts: Option<&'static Facts>,
}

impl Place {
    fn of(request: &ServiceRequest) -> Self {
        let resource = operations::at(request.path());
        let facts = resource.and_then(|resource| resource.operation(&method(request)));
        Self { resource, facts }
    }

    fn pattern(&self) -> &'static str {
        self.resource.map_or("", |resource| resource.pattern)
    }

    fn is_probe(&self) -> bool {
        PROBES.contains(&self.pattern())
    }
}

/// The method; HEAD is GET without a body.
fn method(request: &ServiceRequest) -> Method {
    if request.method() == Method::HEAD { Method::GET } else { request.method().clone() }
}

/// Takes the request out of the quotas that it falls under.
fn charge(request: &ServiceRequest, app: &App, meta: &Meta, place: &Place) -> Toll {
    let signs_in = meta.method == Method::POST
        && ["/v1/sign-in/", "/v1/oauth/", "/v1/offer-links/"]
            .iter()
            .any(|start| place.pattern().starts_with(start));
    let origin = origin(request.request(), app);
    let bearer = meta.bearer.as_ref().ok().and_then(Option::as_ref);
    let mut toll = app.limits.take(bearer, origin, signs_in, app.clock.uptime());
    if place.is_probe() {
        app.limits.refund(&mut toll);
    }
    toll
}

/// Where a request came from, as far as the connection and trusted proxies tell.
fn origin(request: &HttpRequest, app: &App) -> Option<IpAddr> {
    let forwarded = meta::header(request, &FORWARDED);
    app.limits.origin(request.peer_addr().map(|peer| peer.ip()), forwarded.as_deref())
}

/// Who is calling, if the request has a token that is good.
async fn identify(
    request: &HttpRequest,
    app: &App,
) -> std::result::Result<Option<Bearer>, Unreachable> {
    let Some(token) = token(request) else { return Ok(None) };
    let now = app.clock.now();
    if let Some(bearer) = app.tokens.verify(token, now) {
        return Ok(Some(bearer));
    }
    let guest = app.issuers.verify(token, now, app.clock.uptime()).await?;
    Ok(guest.map(Bearer::Guest))
}

/// The bearer token of the request. Of two, none counts: who asks must not depend on which one is read.
fn token(request: &HttpRequest) -> Option<&str> {
    let mut values = request.headers().get_all(header::AUTHORIZATION);
    bearer(values.next().filter(|_| values.next().is_none())?.to_str().ok()?)
}

/// The token in an `Authorization` header.
pub(crate) fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

enum Admitted {
    /// Goes on with this body, and what it holds until it is answered.
    Pass(Bytes, Option<OwnedSemaphorePermit>),
    Answer(HttpResponse),
}

/// What there is to know of a request before its body is read.
fn meet(
    request: &ServiceRequest,
    app: &App,
    bearer: std::result::Result<Option<Bearer>, Unreachable>,
    place: &Place,
) -> Meta {
    let about = request.request();
    let given = meta::header(about, &REQUEST_ID).filter(|id| {
        (1..=100).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    });
    let accepted = meta::header(about, &header::ACCEPT_LANGUAGE);
    let trace = Trace::of(meta::header(about, &TRACEPARENT).as_deref());
    let (if_match, if_none_match) = meta::conditions(about);
    Meta {
        request_id: given.unwrap_or_else(|| trace.id()),
        trace,
        language: locale::negotiate(accepted.as_deref()),
        method: method(request),
        operation: place.facts,
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        address: origin(about, app).map(|address| address.to_string()).unwrap_or_default(),
        bearer,
        body: Bytes::new(),
        if_match,
        if_none_match,
        idempotency_key: meta::idempotency_key(about),
        wrong: OnceLock::new(),
    }
}

/// Turns away what the contract does not have: unknown paths, methods, types, and bodies too large or too slow.
async fn admit(
    request: &mut ServiceRequest,
    meta: &Meta,
    place: &Place,
    app: &App,
    serving: &mut Serving,
) -> Result<Admitted> {
    let Resource { allow, .. } = place.resource.ok_or(Problem::NotFound)?;
    if meta.method == Method::OPTIONS {
        return Ok(Admitted::Answer(
            HttpResponse::NoContent().insert_header((header::ALLOW, allow.as_str())).finish(),
        ));
    }
    let Some(facts) = place.facts else { return Err(Problem::MethodNotAllowed { allow }) };
    if !accepts(meta::header(request.request(), &header::ACCEPT).as_deref(), &facts.produces) {
        return Err(Problem::NotAcceptable);
    }
    headers::check(request.request(), facts)?;
    if facts.public || matches!(meta.bearer, Ok(Some(_))) {
        query::check_none(facts, &meta.query)?;
    }
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    if !serving.has_body() {
        return Ok(Admitted::Pass(Bytes::new(), None));
    }
    let kind = request.content_type().to_ascii_lowercase();
    let fits = |wanted: &String| {
        *wanted == kind || (wanted == "application/octet-stream" && !kind.is_empty())
    };
    if !facts.consumes.is_empty() && !facts.consumes.iter().any(fits) {
        return Err(Problem::UnsupportedMediaType);
    }
    let packed = meta::header(request.request(), &header::CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity"));
    if packed {
        // A small body that unpacks to a huge one is nothing that anybody here needs.
        return Err(Problem::UnsupportedMediaType);
    }
    let announced = meta::header(request.request(), &header::CONTENT_LENGTH)
        .and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > facts.most as u64) {
        return Err(Problem::TooLarge);
    }
    let room = if facts.takes_file() { Some(make_room(app, meta)?) } else { None };
    serving.want_body();
    let body = tokio::time::timeout(app.body_time, read(request, facts.most)).await;
    let body = body.map_err(|_| Problem::TooSlow)??;
    serving.has_read();
    if meta.method == Method::POST && facts.consumes.is_empty() {
        body::check_none(&body)?;
    }
    Ok(Admitted::Pass(body, room))
}

/// Room for a file. Strangers get none.
fn make_room(app: &App, meta: &Meta) -> Result<OwnedSemaphorePermit> {
    if matches!(meta.bearer, Ok(None)) {
        return Err(Problem::Unauthenticated);
    }
    app.gate.take_file()
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
pub(crate) fn accepts(accept: Option<&str>, produced: &[String]) -> bool {
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
fn finish(response: &mut HttpResponse, meta: &Meta, facts: Option<&Facts>, toll: &Toll) {
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

/// One line for a request: no query, no body, no names, and of the path only its pattern.
fn record(app: &App, meta: &Meta, facts: Option<&Facts>, status: StatusCode, took: Duration) {
    let route = facts.map(|facts| facts.pattern.as_str());
    app.metrics.end(meta.method.as_str(), route, status.as_u16(), took);
    log::info!(
        target: "request",
        "{} {} {} {} {} {}",
        meta.request_id,
        meta.trace.id(),
        meta.method,
        route.unwrap_or("-"),
        status.as_u16(),
        took.as_micros(),
    );
}
