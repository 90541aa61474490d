//! A request that is being handled: however it ends, it is counted and logged once.

use std::time::Instant;

use actix_web::{
    dev::ServiceRequest,
    http::{Method, StatusCode},
    web::Data,
};
use domain::check_digits::tells_of_somebody;
use uuid::Uuid;

use super::{Place, REQUEST_ID, TRACEPARENT};
use crate::{App, meta, trace::Trace};

/// The methods that figures and log lines tell apart.
const METHODS: [&str; 6] = ["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"];

/// What is counted and logged for a request that nobody waits for any more: its connection has ended, and with it whatever was
/// done here for it. It is no status of HTTP, and is never sent.
const GONE: u16 = 499;

/// A request that is being handled. The HTTP library drops what it is handled by when its connection ends.
pub(super) struct Underway {
    app: Data<App>,
    began: Instant,
    method: &'static str,
    route: Option<&'static str>,
    /// What it is called in the log.
    pub(super) request_id: String,
    /// The chain of calls that it belongs to.
    pub(super) trace: Trace,
    ended: bool,
}

impl Underway {
    /// A request has come.
    pub(super) fn begin(request: &ServiceRequest, app: &Data<App>, place: &Place) -> Self {
        let began = Instant::now();
        app.metrics.begin();
        let about = request.request();
        let trace = Trace::of(meta::header(about, &TRACEPARENT).as_deref());
        let given = meta::header(about, &REQUEST_ID).filter(|id| is_identifier(id));
        Self {
            app: app.clone(),
            began,
            method: name(&super::method(request)),
            route: place.facts.map(|facts| facts.pattern),
            request_id: given.unwrap_or_else(|| trace.id()),
            trace,
            ended: false,
        }
    }

    /// It has been answered.
    pub(super) fn end(mut self, status: StatusCode) {
        self.record(status.as_u16());
    }

    /// One line for a request: no query, no body, no names, and of the path only its pattern.
    fn record(&mut self, status: u16) {
        self.ended = true;
        let took = self.began.elapsed();
        self.app.metrics.end(self.method, self.route, status, took);
        log::info!(
            target: "request",
            "{} {} {} {} {} {}",
            self.request_id,
            self.trace.id(),
            self.method,
            self.route.unwrap_or("-"),
            status,
            took.as_micros(),
        );
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        if !self.ended {
            self.record(GONE);
        }
    }
}

/// Whether a request can be called so, as its caller wants it: it is written to the log, where nobody's identity code or bank
/// account belongs.
fn is_identifier(given: &str) -> bool {
    (1..=100).contains(&given.len())
        && given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        && (Uuid::try_parse(given).is_ok() || !tells_of_somebody(given))
}

/// The name of a method, of those that we know: what clients make up is neither counted nor logged.
fn name(method: &Method) -> &'static str {
    METHODS.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}
