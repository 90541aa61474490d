//! What comes in, and what the contract does not have.

use actix_web::{
    HttpMessage, HttpResponse,
    dev::ServiceRequest,
    http::{Method, header},
    web::{Bytes, BytesMut},
};
use futures_util::StreamExt;
use tokio::sync::OwnedSemaphorePermit;

use super::Place;
use crate::{
    App, body, headers,
    line::Serving,
    meta::{self, Meta},
    operations::Resource,
    problem::{Problem, Result},
    query,
};

/// What becomes of a request.
pub(super) enum Admitted {
    /// Goes on with this body, and what it holds until it is answered.
    Pass(Bytes, Option<OwnedSemaphorePermit>),
    Answer(HttpResponse),
}

/// Turns away what the contract does not have: unknown paths, methods, types, and bodies too large or too slow.
pub(super) async fn admit(
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
    if !accepts(meta::lines(request.request(), &header::ACCEPT).as_deref(), &facts.produces) {
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
    if !facts.consumes.is_empty() && !facts.consumes.contains(&kind) {
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
