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

/// The headers that the scripts of other sites may send besides those that need no asking.
const SENT_BY_SCRIPTS: &str = "If-None-Match, X-Request-Id, traceparent";

/// How many seconds browsers remember what scripts may do.
const A_DAY: &str = "86400";

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
    let resource = place.resource.ok_or(Problem::NotFound)?;
    let allow = resource.allow.as_str();
    // No name or identifier of ours needs to be written so. The web framework would undo it for the handler, and what is done
    // around a handler, such as to write down what was done, would not know what the path names.
    if request.path().contains('%') {
        return Err(Problem::NotFound);
    }
    if meta.method == Method::OPTIONS {
        return Ok(Admitted::Answer(options(resource)));
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
    if request.headers().get_all(header::CONTENT_TYPE).count() > 1 {
        // Programs between may have read it as the other one.
        return Err(Problem::UnsupportedMediaType);
    }
    let kind = request.content_type().to_ascii_lowercase();
    if !facts.consumes.is_empty() && !facts.consumes.contains(&kind) {
        // Who picks a file that is not taken is told which are; any other body is the program's.
        let file = facts.takes_file();
        return Err(if file { Problem::FileKind } else { Problem::UnsupportedMediaType });
    }
    let packed = meta::lines(request.request(), &header::CONTENT_ENCODING);
    let plain = |coding: &str| coding.trim().eq_ignore_ascii_case("identity");
    if packed.is_some_and(|codings| !codings.split(',').all(plain)) {
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
    let endless = has_no_end(request);
    let reading = read(request, facts.most, announced.filter(|_| endless));
    let body = tokio::time::timeout(app.body_time, reading).await;
    let body = body.map_err(|_| Problem::TooSlow)??;
    if !endless {
        serving.has_read();
    }
    if meta.method == Method::POST && facts.consumes.is_empty() {
        body::check_none(&body)?;
    }
    Ok(Admitted::Pass(body, room))
}

/// What can be done at a resource. The scripts of other sites may read what anyone may read anyway, and ask whether it is new:
/// browsers ask first, wherever a script sends more than the simplest headers.
fn options(resource: &Resource) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    response.insert_header((header::ALLOW, resource.allow.as_str()));
    if resource.operation(&Method::GET).is_some_and(|facts| facts.public) {
        response
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, SENT_BY_SCRIPTS))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, A_DAY));
    }
    response.finish()
}

/// Room for a file. Strangers get none.
fn make_room(app: &App, meta: &Meta) -> Result<OwnedSemaphorePermit> {
    match &meta.bearer {
        Ok(Some(_)) => app.gate.take_file(),
        Ok(None) => Err(Problem::Unauthenticated),
        Err(unreachable) => Err((*unreachable).into()),
    }
}

/// Whether the HTTP library takes all that comes on the connection for the body, whatever its length is said to be: it would
/// speak WebSocket, which nobody here does, and which whoever asks for it need not get (RFC 9110, 7.8).
fn has_no_end(request: &ServiceRequest) -> bool {
    let mut wished = request.headers().get_all(header::UPGRADE);
    wished.any(|wish| wish.as_bytes().trim_ascii().eq_ignore_ascii_case(b"websocket"))
        && !request.headers().contains_key(header::TRANSFER_ENCODING)
}

/// Reads the body, to its end or as long as it was announced.
async fn read(request: &mut ServiceRequest, most: usize, announced: Option<u64>) -> Result<Bytes> {
    let mut payload = request.take_payload();
    let mut bytes = BytesMut::new();
    while announced.is_none_or(|length| length > bytes.len() as u64)
        && let Some(chunk) = payload.next().await
    {
        let chunk = chunk.map_err(|_| Problem::Malformed)?;
        if bytes.len() + chunk.len() > most {
            return Err(Problem::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// Whether an `Accept` header takes one of `produced` (RFC 9110, 12.5.1).
pub(crate) fn accepts(accept: Option<&str>, produced: &[String]) -> bool {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return true };
    if produced.is_empty() {
        return true;
    }
    let ranges: Vec<(&str, bool)> = accept.split(',').map(range).collect();
    produced.iter().any(|kind| {
        let fitting = ranges.iter().filter_map(|(range, taken)| Some((fits(range, kind)?, *taken)));
        // The narrowest says it; of two that are the same, the one that takes it.
        fitting.max().is_some_and(|(_, taken)| taken)
    })
}

/// Whether an `Accept` header asks for pages by name, as browsers do. Programs that take anything get problem documents.
pub(crate) fn asks_for_page(accept: Option<&str>) -> bool {
    let page = |(range, taken): (&str, bool)| taken && fits(range, "text/html") > Some(0);
    accept.is_some_and(|accept| accept.split(',').map(range).any(page))
}

/// A range of types, and whether it is taken: it is not at the weight 0.
fn range(text: &str) -> (&str, bool) {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default();
    let weight = |part: &str| {
        let (name, weight) = part.split_once('=')?;
        name.eq_ignore_ascii_case("q").then(|| weight.parse::<f32>().ok())?
    };
    (range, !parts.filter_map(weight).any(|weight| weight == 0.0))
}

/// How narrowly `range` names the type `kind`, if it does.
fn fits(range: &str, kind: &str) -> Option<u8> {
    let same = |family: &str| {
        kind.split_once('/').is_some_and(|(known, _)| known.eq_ignore_ascii_case(family))
    };
    if range.eq_ignore_ascii_case(kind) {
        Some(2)
    } else if range == "*/*" {
        Some(0)
    } else {
        range.strip_suffix("/*").filter(|family| same(family)).map(|_| 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_by_name() {
        for (accept, asks) in [
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), true),
            (Some("Text/*"), true),
            (Some("text/html;q=0, */*"), false),
            (Some("*/*"), false),
            (None, false),
        ] {
            assert_eq!(asks_for_page(accept), asks, "{accept:?}");
        }
    }

    #[test]
    fn the_narrowest_range_says_whether_a_type_is_taken_however_it_is_written() {
        let json = ["application/json".to_owned()];
        let both = ["application/json".to_owned(), "text/html".to_owned()];
        for (accept, produced, taken) in [
            ("application/json", &json[..], true),
            ("APPLICATION/JSON", &json, true),
            ("APPLICATION/*", &json, true),
            ("Text/*", &json, false),
            ("Text/*", &both, true),
            ("text/html, */*;q=0.1", &json, true),
            ("application/json;q=0", &json, false),
            ("application/json;Q=0.000", &json, false),
            ("application/json; charset=utf-8; q=0", &json, false),
            ("application/json;q=0, */*", &json, false),
            ("*/*, application/json;q=0", &json, false),
            ("*/*, application/json;q=0", &both, true),
            ("application/*;q=0, */*", &json, false),
            ("application/*;q=0, application/json", &json, true),
            ("*/*;q=0, application/*", &json, true),
            ("*/*;q=0", &both, false),
            ("application/json;q=0, application/json", &json, true),
            ("", &json, true),
        ] {
            assert_eq!(accepts(Some(accept), produced), taken, "{accept:?} of {produced:?}");
        }
    }
}
