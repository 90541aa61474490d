//! Tokens of others: access tokens of OpenID Connect issuers that the installation trusts, such as a county's own identity
//! service, or a broker in front of Suomi.fi identification.
//!
//! A token is checked as strictly as our own (RFC 9068, RFC 8725): its issuer is known by configuration, its key comes from
//! that issuer's key set and nowhere else, and its type, algorithm, audience and times must be right. It says who somebody
//! is. What they may do is what they are trusted with here; a token can only make that less.

mod fetch;
mod keys;
mod settings;

use std::{collections::HashMap, path::Path, sync::Arc, time::Duration};

use domain::{policy::Role, time::Moment};
use jsonwebtoken::{Algorithm, Validation};
use serde_json::{Map, Value};
use uuid::Uuid;

use self::{
    keys::{Key, Keys},
    settings::{Mapping, Settings},
};
use crate::{
    secret::sha256_bytes,
    tokens::{FAR, in_time},
};

/// How long a token of another issuer may be good: one that is good for days cannot be taken back.
const LONGEST: i64 = 24 * 60 * 60;

/// The issuers whose tokens are accepted.
#[derive(Clone, Debug, Default)]
pub struct Issuers(Arc<HashMap<String, Issuer>>);

#[derive(Debug)]
struct Issuer {
    settings: Settings,
    keys: Keys,
}

/// Somebody whom another issuer knows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Guest {
    /// A name made from those of the issuer and of the subject: for quotas and idempotency keys.
    pub(crate) id: Uuid,
    /// Who it is here.
    pub(crate) person: Known,
    /// The roles that the issuer leaves them, if it has a say in that.
    pub(crate) roles: Option<Vec<Role>>,
}

/// By what a guest is known here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Known {
    /// An e-mail address that the issuer has verified.
    Email(String),
    /// The identifier of a person, which the settings give the subject.
    Person(Uuid),
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadIssuers {
    /// The file cannot be read.
    #[error("the file of issuers cannot be read")]
    File(#[from] std::io::Error),
    /// It is not what it should be.
    #[error("the file of issuers is not well-formed: {0}")]
    Form(#[from] serde_json::Error),
    /// A value in it cannot be used.
    #[error("issuer {0}: {1}")]
    Value(String, &'static str),
}

/// The issuer does not tell its keys, so that nobody knows whether a token of it is good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unreachable {
    /// After how many seconds it is asked again.
    pub(crate) retry_after: u64,
}

impl Issuers {
    /// Reads the file at `path`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or names an issuer that cannot be used.
    pub fn read(path: &Path) -> Result<Self, BadIssuers> {
        Self::parse(&std::fs::read_to_string(path)?)
    }

    /// Reads settings, as JSON.
    ///
    /// # Errors
    ///
    /// If they are malformed, or name an issuer that cannot be used.
    pub fn parse(text: &str) -> Result<Self, BadIssuers> {
        let mut issuers = HashMap::new();
        for settings in settings::parse(text)? {
            let (name, keys) = (settings.issuer.clone(), Keys::new(&settings));
            if issuers.insert(name.clone(), Issuer { settings, keys }).is_some() {
                return Err(BadIssuers::Value(name, "it is there twice, and only one can hold"));
            }
        }
        Ok(Self(Arc::new(issuers)))
    }

    /// Who the token was given to, if one of the issuers has issued it and it is good at `now`.
    ///
    /// # Errors
    ///
    /// [`Unreachable`] if the issuer does not tell its keys.
    pub(crate) async fn verify(
        &self,
        token: &str,
        now: Moment,
        uptime: Duration,
    ) -> Result<Option<Guest>, Unreachable> {
        let Some((issuer, kid, algorithm)) = self.named(token) else { return Ok(None) };
        let key = issuer.keys.find(&kid, algorithm, uptime).await?;
        Ok(key.and_then(|key| issuer.read(token, algorithm, &key, now)))
    }

    /// The same as far as it is known at once: nobody is asked, nor waited for.
    pub(crate) fn recognize(&self, token: &str, now: Moment, uptime: Duration) -> Option<Guest> {
        let (issuer, kid, algorithm) = self.named(token)?;
        issuer.read(token, algorithm, &*issuer.keys.recall(&kid, algorithm, uptime)?, now)
    }

    /// The issuer that the token names, and its key. Nothing of that is believed: it only says whose key to try.
    fn named(&self, token: &str) -> Option<(&Issuer, String, Algorithm)> {
        if self.0.is_empty() {
            return None;
        }
        let claims: Map<String, Value> =
            jsonwebtoken::dangerous::insecure_decode_claims(token).ok()?;
        let issuer = self.0.get(claims.get("iss")?.as_str()?)?;
        let (kid, algorithm) = issuer.key_of(token)?;
        Some((issuer, kid, algorithm))
    }
}

impl Issuer {
    /// The name of the key that a token says it is signed with, and how, if it is of the kind that is taken.
    fn key_of(&self, token: &str) -> Option<(String, Algorithm)> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        let typed = header.typ.as_deref().is_some_and(|kind| self.settings.takes(kind));
        // What a token demands to be understood (RFC 7515, 4.1.11) is nothing that anybody here does.
        let plain = header.crit.is_none();
        let known = self.settings.algorithms.contains(&header.alg);
        Some((header.kid.filter(|_| typed && plain && known)?, header.alg))
    }

    /// Who the token was given to, if this key has signed it.
    fn read(&self, token: &str, algorithm: Algorithm, key: &Key, now: Moment) -> Option<Guest> {
        let mut validation = Validation::new(algorithm);
        validation.set_audience(&[&self.settings.audience]);
        validation.set_issuer(&[&self.settings.issuer]);
        validation.set_required_spec_claims(&["aud", "exp", "iss", "sub"]);
        // Times are checked by this process's own clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let claims = jsonwebtoken::decode::<Map<String, Value>>(token, &key.key, &validation);
        self.guest(&claims.ok()?.claims, now)
    }

    /// Whom the claims are about, if they hold at `now` and are enough for this installation.
    fn guest(&self, claims: &Map<String, Value>, now: Moment) -> Option<Guest> {
        let time = |name: &str| claims.get(name).and_then(seconds);
        let (exp, iat) = (time("exp")?, time("iat")?);
        let nbf = if claims.contains_key("nbf") { time("nbf")? } else { iat };
        if !in_time(exp, nbf, iat, now) || exp - iat > LONGEST {
            return None;
        }
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let subject = text("sub").filter(|subject| !subject.is_empty())?;
        let enough = self.settings.require.iter().all(|(name, values)| {
            text(name).is_some_and(|value| values.iter().any(|one| one == value))
        });
        if !enough {
            return None;
        }
        let person = match &self.settings.person {
            Mapping::Email => {
                let verified = claims.get("email_verified") == Some(&Value::Bool(true));
                Known::Email(text("email").filter(|_| verified)?.to_owned())
            }
            Mapping::Subject { people } => Known::Person(*people.get(subject)?),
        };
        let roles = self.settings.roles.as_ref().map(|roles| roles.of(claims));
        let name = sha256_bytes(format!("{}\n{subject}", self.settings.issuer).as_bytes());
        Some(Guest { id: Uuid::from_slice(&name[..16]).ok()?, person, roles })
    }
}

/// A moment as RFC 7519 (2, NumericDate) has it, in whole seconds: there may be a fraction, too.
fn seconds(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let whole = value.as_f64()?.floor();
        // What is out of all bounds stays out of them.
        (0.0..=FAR as f64).contains(&whole).then_some(whole as i64)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_moment_may_have_a_fraction() {
        for (value, read) in [
            (json!(1_790_000_000), Some(1_790_000_000)),
            (json!(1_790_000_000.0), Some(1_790_000_000)),
            (json!(1_790_000_000.999), Some(1_790_000_000)),
            (json!(1.79e9), Some(1_790_000_000)),
            (json!(0.5), Some(0)),
            (json!(-0.5), None),
            (json!(1e300), None),
            (json!(u64::MAX), None),
            (json!("1790000000"), None),
            (json!(null), None),
        ] {
            assert_eq!(seconds(&value), read, "{value}");
        }
    }

    #[test]
    fn an_issuer_that_is_there_twice_is_refused() {
        let one = |issuer: &str, acr: &str| {
            json!({
                "issuer": issuer, "audience": "us", "person": { "by": "email" },
                "require": { "acr": [acr] },
            })
        };
        let read = |second: &str| {
            let both = [one("https://id.example", "high"), one(second, "low")];
            Issuers::parse(&json!({ "issuers": both }).to_string())
        };
        assert!(read("https://other.example").is_ok());
        let refused = read("https://id.example").expect_err("only one can hold");
        assert!(refused.to_string().contains("https://id.example"), "{refused}");
    }
}
