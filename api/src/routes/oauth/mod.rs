//! `/v1/oauth/…`: what machine clients and their tokens need, as OAuth 2.0 has it.

mod introspect;
mod revoke;
mod token;

use actix_web::{HttpRequest, http::header};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{client::Client, id::Id, refusal::Fault, time::Moment};
use persistence::{Session, clients};
use uuid::Uuid;

use crate::{
    App,
    answer::Answer,
    call::Caller,
    meta::Visit,
    problem::{Problem, Result},
    routes::ServiceConfig,
    secret::sha256,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(token::get_client_token)
        .service(introspect::introspect_client_token)
        .service(revoke::revoke_client_token);
}

/// Who somebody says they are, and the digest of the secret that they show for it.
struct Shown {
    id: Uuid,
    digest: String,
}

impl Shown {
    /// The credentials of a request: from its header, or from its form, and not from both (RFC 6749, 2.3).
    fn read(request: &HttpRequest, id: Option<&String>, secret: Option<&String>) -> Result<Self> {
        let given = match basic(request) {
            Some(given) => {
                let mut faults = Vec::new();
                if id.is_some_and(|id| *id != given.0) {
                    faults.push(Fault::new("/client_id", "not_allowed"));
                }
                if secret.is_some() {
                    faults.push(Fault::new("/client_secret", "not_allowed"));
                }
                if !faults.is_empty() {
                    return Err(Problem::BadTokenRequest { error: "invalid_request", faults });
                }
                Some(given)
            }
            None => id.cloned().zip(secret.cloned()),
        };
        let (id, secret) = given.ok_or(Problem::BadClient)?;
        let id = Uuid::try_parse(&id).map_err(|_| Problem::BadClient)?;
        Ok(Self { id, digest: sha256(secret.as_bytes()) })
    }

    /// Lets `work` do what its client asks for, if the credentials are right. An idempotency key is bound to both of them.
    async fn write(
        self,
        app: &App,
        visit: Visit,
        work: impl Fn(&mut Session<'_>, Client, Moment) -> Result<(Answer, Option<Caller>)>
        + Send
        + 'static,
    ) -> Result<Answer> {
        let both = format!("{} {}", self.id, self.digest);
        app.write_as(visit, both, move |session, _| self.client(session), work).await
    }

    /// The client whose they are, if it is not shut out.
    fn client(&self, session: &mut Session<'_>) -> Result<Client> {
        let found = clients::find(session, Id::new(self.id)).map_err(|error| match error {
            persistence::Error::NotFound => Problem::BadClient,
            error => error.into(),
        })?;
        // Digests of random secrets: how long they are equal tells nothing.
        if found.secret_digest != self.digest || found.client.revoked.is_some() {
            return Err(Problem::BadClient);
        }
        Ok(found.client.clone())
    }
}

/// The same problem in the words of RFC 6749 (5.2), which libraries read.
fn in_oauth(problem: Problem) -> Problem {
    let faults = match problem {
        Problem::Invalid(faults) => faults,
        Problem::Malformed => Vec::new(),
        other => return other,
    };
    let kind = |fault: &Fault| fault.pointer == "/grant_type" && fault.code == "not_allowed";
    let error = if faults.iter().any(kind) { "unsupported_grant_type" } else { "invalid_request" };
    Problem::BadTokenRequest { error, faults }
}

/// The identifier and secret of a Basic `Authorization` header.
fn basic(request: &HttpRequest) -> Option<(String, String)> {
    read(request.headers().get(header::AUTHORIZATION)?.to_str().ok()?)
}

/// The same of the header's value.
fn read(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decoded(id)?, decoded(secret)?))
}

/// A value that was written as in a form before it was put into the header (RFC 6749, 2.3.1). Ours are the same in both ways.
fn decoded(value: &str) -> Option<String> {
    let form = format!("value={}", value.replace('&', "%26"));
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(&form).ok()?;
    fields.into_iter().next().map(|(_, value)| value)
}

#[cfg(test)]
mod fuzz {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_comes_as_basic_is_read_or_refused(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            read(&text);
            read(&format!("Basic {text}"));
            read(&format!("Basic {}", STANDARD.encode(bytes)));
        }

        #[test]
        fn what_a_client_writes_is_what_is_read(id in ".{0,40}", secret in ".{0,40}") {
            let encoded = serde_urlencoded::to_string([(&id, ""), (&secret, "")]).expect("pairs");
            let (first, second) = encoded.split_once("=&").expect("two");
            let both = format!("{first}:{}", second.trim_end_matches('='));
            let value = format!("basic {}", STANDARD.encode(both));
            prop_assert_eq!(read(&value), Some((id, secret)));
        }

        /// What is written as it is, as many do who know that nothing in it has to be changed.
        #[test]
        fn what_we_give_out_is_read_as_it_is(id in "[0-9a-f-]{36}", secret in "[A-Za-z0-9_-]{43}") {
            let value = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
            prop_assert_eq!(read(&value), Some((id, secret)));
        }
    }
}
