//! Access tokens: JWTs as RFC 9068 has them, signed with Ed25519.

mod keys;

use std::{
    collections::HashMap,
    sync::{Arc, RwLock, RwLockReadGuard},
};

use chrono::TimeDelta;
use domain::{policy::ClientScope, time::Moment};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::keys::Key;
pub(crate) use self::keys::generate;
use crate::issuers::Guest;

/// How long an access token lives.
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// How far clocks may differ.
const LEEWAY: i64 = 5;

/// A time that no token needs: the year 9999.
pub(crate) const FAR: i64 = 253_402_300_799;

/// How many tokens are remembered as ours and unaltered: the callers of a quarter of an hour, and two megabytes.
const REMEMBERED: usize = 4096;

/// The type that RFC 9068 gives access tokens.
const TYPE: &str = "at+jwt";

/// Who a token was given to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Bearer {
    /// A person in a session.
    Person { id: Uuid, session: Uuid },
    /// A machine with scopes, and the identifier of its token.
    Client { id: Uuid, token: Uuid, scopes: Vec<ClientScope> },
    /// Somebody with a token of another issuer.
    Guest(Guest),
}

/// What signs and verifies.
#[derive(Clone, Debug)]
pub struct Tokens {
    issuer: String,
    keys: Arc<RwLock<Ring>>,
}

#[derive(Debug, Default)]
struct Ring {
    signing: Option<Arc<Key>>,
    verifying: HashMap<String, Arc<Key>>,
    /// What the tokens say that these keys were found to have signed. Whoever calls does so more than once, and to check
    /// a signature costs more than the rest of the way to the handler. Their times are checked at every call.
    verified: HashMap<String, Claims>,
}

/// What one of our tokens says (RFC 9068).
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Claims {
    iss: String,
    aud: String,
    pub(crate) sub: Uuid,
    client_id: String,
    pub(crate) iat: i64,
    nbf: i64,
    pub(crate) exp: i64,
    pub(crate) jti: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sid: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scope: Option<String>,
}

impl Tokens {
    /// Tokens of this issuer, which is also their audience. There are no keys yet.
    pub fn new(issuer: &str) -> Self {
        Self { issuer: issuer.to_owned(), keys: Arc::default() }
    }

    /// Takes the keys into use: the first one signs, and all verify. What one of them signed that is gone is forgotten.
    pub fn use_keys(&self, keys: Vec<Key>) {
        let keys: Vec<Arc<Key>> = keys.into_iter().map(Arc::new).collect();
        let mut ring = self.keys.write().expect("nobody panics while holding it");
        ring.signing = keys.first().cloned();
        let verifying = keys.into_iter().map(|key| (key.id.clone(), key)).collect();
        let before = std::mem::replace(&mut ring.verifying, verifying);
        if before.keys().any(|id| !ring.verifying.contains_key(id)) {
            ring.verified.clear();
        }
    }

    /// Whose tokens these are.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The public keys, as in a JSON Web Key Set (RFC 7517).
    pub(crate) fn public_keys(&self) -> Vec<serde_json::Value> {
        let ring = self.ring();
        let mut keys: Vec<_> = ring.verifying.values().collect();
        keys.sort_by(|one, other| one.id.cmp(&other.id));
        keys.into_iter().map(|key| key.public()).collect()
    }

    /// A token for `bearer`.
    ///
    /// # Errors
    ///
    /// If there is no key to sign with.
    pub(crate) fn issue(
        &self,
        bearer: &Bearer,
        now: Moment,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let (sub, jti, sid, scope) = match bearer {
            Bearer::Person { id, session } => (*id, crate::clock::new_id(), Some(*session), None),
            Bearer::Client { id, token, scopes } => {
                let names: Vec<String> = scopes.iter().map(crate::call::name_of).collect();
                (*id, *token, None, Some(names.join(" ")))
            }
            // Guests get their tokens elsewhere.
            Bearer::Guest(_) => return Err(jsonwebtoken::errors::ErrorKind::InvalidToken.into()),
        };
        let iat = now.timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.issuer.clone(),
            sub,
            client_id: sid.map_or_else(|| sub.to_string(), |_| "kokemusvayla".to_owned()),
            iat,
            nbf: iat,
            exp: iat + LIFETIME.num_seconds(),
            jti,
            sid,
            scope,
        };
        self.sign_anything(TYPE, &claims)
    }

    /// Signs any claims under any type: what `Self::verify` must not take for granted, and tests try it with.
    ///
    /// # Errors
    ///
    /// If there is no key to sign with.
    pub fn sign_anything(
        &self,
        kind: &str,
        claims: &impl Serialize,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let ring = self.ring();
        let key = ring.signing.as_ref().ok_or(jsonwebtoken::errors::ErrorKind::InvalidEddsaKey)?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(kind.to_owned());
        header.kid = Some(key.id.clone());
        jsonwebtoken::encode(&header, claims, &key.encoding)
    }

    /// Who the token was given to, if it is ours, unaltered, and good at `now`.
    pub(crate) fn verify(&self, token: &str, now: Moment) -> Option<Bearer> {
        let claims = self.read(token, now)?;
        match (claims.sid, claims.scope) {
            (Some(session), None) => Some(Bearer::Person { id: claims.sub, session }),
            (None, Some(scope)) => {
                Some(Bearer::Client { id: claims.sub, token: claims.jti, scopes: scopes(&scope)? })
            }
            _ => None,
        }
    }

    /// What the token says, if it is ours, unaltered, and good at `now`.
    pub(crate) fn read(&self, token: &str, now: Moment) -> Option<Claims> {
        let known = self.ring().verified.get(token).cloned();
        let claims = known.or_else(|| self.check(token))?;
        if !in_time(claims.exp, claims.nbf, claims.iat, now)
            || claims.exp - claims.iat > LIFETIME.num_seconds()
        {
            return None;
        }
        Some(claims)
    }

    /// What a token says, if one of our keys has signed it as it is.
    fn check(&self, token: &str) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TYPE) || header.alg != Algorithm::EdDSA {
            return None;
        }
        let kid = header.kid?;
        let key = self.ring().verifying.get(&kid)?.clone();
        let claims =
            jsonwebtoken::decode::<Claims>(token, &key.decoding, &self.validation()).ok()?.claims;
        let mut ring = self.keys.write().expect("nobody panics while holding it");
        // The key may have gone meanwhile.
        if ring.verifying.contains_key(&kid) {
            if ring.verified.len() >= REMEMBERED {
                ring.verified.clear();
            }
            ring.verified.insert(token.to_owned(), claims.clone());
        }
        Some(claims)
    }

    fn ring(&self) -> RwLockReadGuard<'_, Ring> {
        self.keys.read().expect("nobody panics while holding it")
    }

    /// What the library checks. Times are checked here, by this process's own clock.
    fn validation(&self) -> Validation {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[&self.issuer]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["aud", "exp", "iss", "nbf", "sub"]);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation
    }
}

/// Whether a token that says so is good at `now`, as far as clocks may differ.
pub(crate) fn in_time(exp: i64, nbf: i64, iat: i64, now: Moment) -> bool {
    let at = now.timestamp();
    let sane = [exp, nbf, iat].iter().all(|time| (0..=FAR).contains(time));
    sane && exp + LEEWAY > at && nbf <= at + LEEWAY && iat <= at + LEEWAY
}

/// The scopes named in a list with spaces; nothing if one of them is unknown.
pub(crate) fn scopes(list: &str) -> Option<Vec<ClientScope>> {
    list.split_ascii_whitespace()
        .map(|name| serde_json::from_value(serde_json::Value::String(name.to_owned())).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn what_a_key_signed_is_good_no_more_when_it_is_gone_though_it_was_seen_before() {
        let now = clock::Clock::default().now();
        let (first, second) = (Key::made(now), Key::made(now));
        let tokens = Tokens::new("https://kokemusvayla.example");
        tokens.use_keys(vec![first]);
        let bearer = Bearer::Person { id: clock::new_id(), session: clock::new_id() };
        let token = tokens.issue(&bearer, now).expect("there is a key");
        assert_eq!(tokens.verify(&token, now), Some(bearer.clone()));
        assert_eq!(tokens.verify(&token, now), Some(bearer));
        tokens.use_keys(vec![second]);
        assert_eq!(tokens.verify(&token, now), None);
    }

    #[test]
    fn a_token_that_was_good_ends_all_the_same() {
        let clock = clock::Clock::default();
        let now = clock.now();
        let tokens = Tokens::new("https://kokemusvayla.example");
        tokens.use_keys(vec![Key::made(now)]);
        let bearer =
            Bearer::Client { id: clock::new_id(), token: clock::new_id(), scopes: Vec::new() };
        let token = tokens.issue(&bearer, now).expect("there is a key");
        assert_eq!(tokens.verify(&token, now), Some(bearer));
        clock.advance(LIFETIME + TimeDelta::seconds(LEEWAY + 1));
        assert_eq!(tokens.verify(&token, clock.now()), None);
    }
}
