//! The keys of an issuer: fetched when they are needed, kept for a while, and fetched anew when a token names one that is
//! not known yet.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::Duration,
};

use actix_web::web;
use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey,
    jwk::{Jwk, KeyOperations, PublicKeyUse},
};
use serde_json::Value;
use tokio::sync::Mutex;

use super::{
    Unreachable,
    fetch::{KeySet, Source},
    settings::Settings,
};

/// How long keys are used without being asked for anew.
const FRESH: Duration = Duration::from_secs(10 * 60);

/// How long keys are used while the issuer cannot be reached.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// How long to wait before asking again, so that made-up key names do not make us a burden.
const PAUSE: Duration = Duration::from_secs(30);

/// How many keys an issuer may have.
const MOST: usize = 50;

#[derive(Debug)]
pub(super) struct Keys {
    source: Arc<Source>,
    held: RwLock<Held>,
    /// When they were last asked for. Whoever holds it is asking.
    asked: Mutex<Option<Duration>>,
}

/// The keys of each name: several kinds of key may share one (RFC 7517, 4.5).
type Names = HashMap<String, Vec<Arc<Key>>>;

#[derive(Clone, Debug, Default)]
struct Held {
    keys: Arc<Names>,
    fetched: Option<Duration>,
}

/// A public key.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) key: DecodingKey,
    /// The only algorithm that it is for, if its owner says so.
    algorithm: Option<String>,
}

impl Key {
    pub(super) fn signs_with(&self, algorithm: Algorithm) -> bool {
        let named = format!("{algorithm:?}");
        algorithm.family() == self.key.family()
            && algorithm.family() != AlgorithmFamily::Hmac
            && self.algorithm.as_ref().is_none_or(|only| *only == named)
    }

    /// Whether a token could be checked with either of them: then only the first counts.
    fn stands_for(&self, other: &Self) -> bool {
        let apart = self.algorithm.is_some() && other.algorithm.is_some();
        self.key.family() == other.key.family() && !(apart && self.algorithm != other.algorithm)
    }

    fn read(jwk: &Jwk) -> Option<(String, Arc<Self>)> {
        let key = DecodingKey::from_jwk(jwk).ok()?;
        let algorithm = jwk.common.key_algorithm.map(|algorithm| algorithm.to_string());
        Some((jwk.common.key_id.clone()?, Arc::new(Self { key, algorithm })))
    }
}

/// Whether a key is there to verify what was signed, as far as its owner says so.
fn verifies(jwk: &Jwk) -> bool {
    let of_use = |purpose: &PublicKeyUse| *purpose == PublicKeyUse::Signature;
    let of_work = |work: &Vec<KeyOperations>| work.contains(&KeyOperations::Verify);
    jwk.common.public_key_use.as_ref().is_none_or(of_use)
        && jwk.common.key_operations.as_ref().is_none_or(of_work)
}

impl Held {
    fn is_younger(&self, age: Duration, now: Duration) -> bool {
        self.fetched.is_some_and(|at| now.saturating_sub(at) < age)
    }

    fn find(&self, kid: &str, algorithm: Algorithm) -> Option<Arc<Key>> {
        self.keys.get(kid)?.iter().find(|key| key.signs_with(algorithm)).cloned()
    }
}

/// The keys of a set that can be used. What cannot be, and should be known of, is told by `warn`: which one, and nothing of what it
/// says.
fn usable(set: &KeySet, warn: impl Fn(usize, &str)) -> Names {
    let (mut names, mut count) = (Names::new(), 0);
    for (index, value) in set.keys.iter().enumerate() {
        let Some((kid, key)) = understood(value, index, &warn) else { continue };
        let alike = names.entry(kid).or_default();
        if alike.iter().any(|known| known.stands_for(&key)) {
            warn(index, "has the name of one before it, and is left out");
        } else if count == MOST {
            warn(index, "and those after it are too many, and left out");
            break;
        } else {
            alike.push(key);
            count += 1;
        }
    }
    names
}

/// A key with its name; nothing if it is for other work, or of a kind that is not known here, which RFC 7517 (5) wants ignored.
fn understood(
    value: &Value,
    index: usize,
    warn: impl Fn(usize, &str),
) -> Option<(String, Arc<Key>)> {
    let jwk = serde_json::from_value::<Jwk>(value.clone()).ok();
    if jwk.as_ref().is_some_and(|jwk| !verifies(jwk)) {
        return None;
    }
    let key = jwk.as_ref().and_then(Key::read);
    if key.is_none() {
        warn(index, "is not understood, and left out");
    }
    key
}

impl Keys {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            source: Arc::new(Source::new(settings)),
            held: RwLock::default(),
            asked: Mutex::default(),
        }
    }

    /// The key with this name that signs with this algorithm, if the issuer has it.
    ///
    /// # Errors
    ///
    /// [`Unreachable`] if nothing is known of the issuer's keys.
    pub(super) async fn find(
        &self,
        kid: &str,
        algorithm: Algorithm,
        now: Duration,
    ) -> Result<Option<Arc<Key>>, Unreachable> {
        let held = self.held();
        if held.is_younger(FRESH, now)
            && let Some(key) = held.find(kid, algorithm)
        {
            return Ok(Some(key));
        }
        let mut asked = self.asked.lock().await;
        if asked.is_none_or(|at| now.saturating_sub(at) >= PAUSE) {
            *asked = Some(now);
            self.fetch(now).await;
        }
        drop(asked);
        let held = self.held();
        if held.is_younger(STALE, now) { Ok(held.find(kid, algorithm)) } else { Err(Unreachable) }
    }

    async fn fetch(&self, now: Duration) {
        let source = self.source.clone();
        let set = match web::block(move || source.keys()).await {
            Ok(Ok(set)) => set,
            Ok(Err(error)) => {
                return log::warn!("the keys of {} did not come: {error}", self.source);
            }
            Err(_) => return,
        };
        let keys = usable(&set, |index, what| {
            log::warn!("key {} of {} {what}", index + 1, self.source);
        });
        *self.held.write().expect("nobody panics while holding it") =
            Held { keys: Arc::new(keys), fetched: Some(now) };
    }

    fn held(&self) -> Held {
        self.held.read().expect("nobody panics while holding it").clone()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use serde_json::json;

    use super::*;

    fn edwards(kid: &str) -> Value {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid })
    }

    fn elliptic(kid: &str) -> Value {
        let (x, y) = (
            "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        );
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid })
    }

    /// What can be used of these keys, and the numbers of those that are told of.
    fn held(keys: Vec<Value>) -> (Held, Vec<usize>) {
        let told = RefCell::new(Vec::new());
        let names = usable(&KeySet { keys }, |index, _| told.borrow_mut().push(index));
        (Held { keys: Arc::new(names), fetched: None }, told.into_inner())
    }

    #[test]
    fn an_odd_key_does_not_keep_the_others_from_being_used() {
        let with = |name: &str, value: Value| {
            let mut key = edwards("odd");
            key[name] = value;
            key
        };
        for odd in [
            with("kid", json!(5)),
            with("x5c", json!("text")),
            with("key_ops", json!("verify")),
            with("kty", json!("AKP")),
            json!({ "kty": "OKP", "crv": "Ed25519" }),
            json!(7),
            Value::Null,
        ] {
            let (found, told) = held(vec![edwards("a"), odd.clone(), elliptic("b")]);
            assert!(found.find("a", Algorithm::EdDSA).is_some(), "{odd}");
            assert!(found.find("b", Algorithm::ES256).is_some(), "{odd}");
            assert_eq!((found.keys.len(), told), (2, vec![1]), "{odd}");
        }
        let (found, told) = held(vec![with("use", json!("enc")), edwards("a")]);
        assert_eq!(
            (found.keys.len(), told.len()),
            (1, 0),
            "that it is for other work is nothing odd"
        );
    }

    #[test]
    fn keys_of_two_kinds_may_have_one_name_and_of_one_kind_the_first_counts() {
        let (found, told) = held(vec![edwards("a"), elliptic("a")]);
        assert!(found.find("a", Algorithm::EdDSA).is_some());
        assert!(found.find("a", Algorithm::ES256).is_some());
        assert!(told.is_empty());
        let (found, told) = held(vec![edwards("a"), edwards("a")]);
        assert_eq!((found.keys["a"].len(), told), (1, vec![1]));
    }

    #[test]
    fn what_is_too_much_is_told_of() {
        let many = (0..MOST + 3).map(|number| edwards(&number.to_string())).collect();
        let (found, told) = held(many);
        assert!(found.find("49", Algorithm::EdDSA).is_some());
        assert!(found.find("50", Algorithm::EdDSA).is_none());
        assert_eq!(told, [MOST]);
    }
}
