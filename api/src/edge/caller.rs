//! Who asks, from where, and out of which quotas.

use std::net::IpAddr;

use actix_web::{
    HttpRequest,
    dev::ServiceRequest,
    http::{
        Method,
        header::{self, HeaderName},
    },
};

use super::Place;
use crate::{
    App,
    issuers::Unreachable,
    limits::Toll,
    meta::{self, Meta},
    tokens::Bearer,
};

/// What proxies say of where a request came from.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Takes the request out of the quotas that it falls under.
pub(super) fn charge(request: &ServiceRequest, app: &App, meta: &Meta, place: &Place) -> Toll {
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
pub(super) fn origin(request: &HttpRequest, app: &App) -> Option<IpAddr> {
    let forwarded = meta::lines(request, &FORWARDED);
    app.limits.origin(request.peer_addr().map(|peer| peer.ip()), forwarded.as_deref())
}

/// Who is calling, if the request has a token that is good. Where it makes no difference but to the quotas, no other issuer is
/// waited for.
pub(super) async fn identify(
    request: &HttpRequest,
    app: &App,
    place: &Place,
) -> std::result::Result<Option<Bearer>, Unreachable> {
    let Some(token) = token(request) else { return Ok(None) };
    let (now, uptime) = (app.clock.now(), app.clock.uptime());
    if let Some(bearer) = app.tokens.verify(token, now) {
        return Ok(Some(bearer));
    }
    let guest = if place.needs_token() {
        app.issuers.verify(token, now, uptime).await?
    } else {
        app.issuers.recognize(token, now, uptime)
    };
    Ok(guest.map(Bearer::Guest))
}

/// The bearer token of the request. Of two, none counts: who asks must not depend on which one is read.
pub(super) fn token(request: &HttpRequest) -> Option<&str> {
    let mut values = request.headers().get_all(header::AUTHORIZATION);
    bearer(values.next().filter(|_| values.next().is_none())?.to_str().ok()?)
}

/// The token in an `Authorization` header.
pub(crate) fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
