//! `/v1/oauth/revoke`: a token is taken back before its time is over (RFC 7009).

use actix_web::{HttpRequest, post, web::Data};
use domain::{client::Client, time::Moment};
use persistence::{Session, callers, revoked_tokens};

use super::{
    Shown, in_oauth,
    introspect::{TokenForm, TokenState, own},
};
use crate::{
    App,
    answer::Answer,
    body::Form,
    call::Caller,
    meta::Visit,
    problem::{Problem, Result},
    tokens,
};

/// Take back a machine client's token
///
/// For a token that may have come into other hands. A client takes back its own tokens; for one that is not good, not its own
/// or taken back already, nothing happens, and the answer is the same. To shut out a client altogether is for the
/// administrators.
#[utoipa::path(
    tag = "signing in",
    security(("client" = []), ()),
    request_body(content = TokenForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = OK, body = TokenState, example = json!({ "active": false })))
)]
#[post("/v1/oauth/revoke")]
pub(super) async fn revoke_client_token(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    form: Result<Form<TokenForm>>,
) -> Result<Answer> {
    let form = form.map_err(in_oauth)?.0;
    let shown = Shown::read(&request, form.client_id.as_ref(), form.client_secret.as_ref())?;
    let (inner, meta) = (app.clone(), visit.0.clone());
    let write = move |session: &mut Session<'_>, client: Client, now| {
        let over = Answer::ok(&TokenState::default())?;
        let Some(claims) = own(&inner, &client, &form.token, now) else { return Ok((over, None)) };
        if revoked_tokens::holds(session, claims.jti)? {
            return Ok((over, None));
        }
        let scopes = claims.scope.as_deref().and_then(tokens::scopes).unwrap_or_default();
        let actor = callers::client(session, client.id.raw(), claims.jti, &scopes)?;
        let until = Moment::from_timestamp(claims.exp).ok_or(Problem::NotFound)?;
        revoked_tokens::revoke(session, claims.jti, until)?;
        Ok((over, Some(Caller::new(actor, meta.clone(), now))))
    };
    shown.write(&app, visit, write).await
}
