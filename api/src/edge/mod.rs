//! What happens to every request before and after its handler: the only place for what holds everywhere.

pub(crate) mod admit;
mod answer;
pub(crate) mod caller;
mod underway;

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, Method, StatusCode,
        header::{self, HeaderName},
    },
    middleware::Next,
    web::{Bytes, Data},
};
use futures_util::FutureExt;

pub(crate) use self::answer::API_VERSION;
use self::{
    admit::{Admitted, admit},
    answer::{document, finish, outcome},
    caller::{charge, identify, origin, token},
    underway::Underway,
};
use crate::{
    App,
    issuers::Unreachable,
    limits::{self, Toll},
    line, locale,
    meta::{self, Meta},
    operations::{self, Facts, Resource},
    problem::Problem,
    tokens::Bearer,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The chain of calls that a request belongs to (W3C Trace Context).
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// What is asked all the time by those who watch over the service, and free of charge.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

/// Wraps the handling of a request.
pub(crate) async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, Error> {
    let mut serving = line::begin(&request);
    let app = request.app_data::<Data<App>>().cloned().expect("every server has its app");
    let place = Place::of(&request);
    let underway = Underway::begin(&request, &app, &place);
    let bearer = identify(request.request(), &app, &place).await;
    let mut meta = meet(&request, &app, bearer, &place, &underway);
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
                underway.end(StatusCode::INTERNAL_SERVER_ERROR);
                return Err(Panicked { meta, toll }.into());
            };
            let (about, response) = match handled {
                Ok(handled) => handled.map_into_boxed_body().into_parts(),
                Err(error) => {
                    underway.end(error.as_response_error().status_code());
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
    underway.end(response.status());
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
        finish(&mut response, &self.meta, self.meta.operation, &self.toll);
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

    /// Whether nobody is answered here without a token.
    fn needs_token(&self) -> bool {
        self.facts.is_some_and(|facts| !facts.public)
    }

    fn is_probe(&self) -> bool {
        PROBES.contains(&self.pattern())
    }
}

/// The method; HEAD is GET without a body.
fn method(request: &ServiceRequest) -> Method {
    if request.method() == Method::HEAD { Method::GET } else { request.method().clone() }
}

/// What there is to know of a request before its body is read.
fn meet(
    request: &ServiceRequest,
    app: &App,
    bearer: std::result::Result<Option<Bearer>, Unreachable>,
    place: &Place,
    underway: &Underway,
) -> Meta {
    let about = request.request();
    let accepted = meta::lines(about, &header::ACCEPT_LANGUAGE);
    let (if_match, if_none_match) = meta::conditions(about);
    Meta {
        request_id: underway.request_id.clone(),
        trace: underway.trace,
        language: locale::negotiate(accepted.as_deref()),
        method: method(request),
        operation: place.facts,
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        address: limits::place(origin(about, app)).to_string(),
        has_token: token(about).is_some(),
        bearer,
        body: Bytes::new(),
        if_match,
        if_none_match,
        idempotency_key: meta::idempotency_key(about),
        wrong: OnceLock::new(),
    }
}
