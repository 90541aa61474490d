//! The keys of an issuer: fetched when they are needed, kept for a while, and fetched anew when a token names one that is
//! not known yet.
//!
//! **Invariant:** an issuer that does not answer keeps nobody waiting whose key is known: one fetch goes on at a time, beside
//! the requests.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use actix_web::rt;
use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey,
    jwk::{Jwk, KeyOperations, PublicKeyUse},
};
use serde_json::Value;
use tokio::sync::{Semaphore, watch};

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

/// The same while nothing is known of the keys that could be used, so that all who come by this issuer are turned away.
const SHORT_PAUSE: Duration = Duration::from_secs(10);

/// How long keys that are no longer fresh wait for newer ones before they are used. An issuer that answers does so within
/// that, and what it has taken back ends then; one that does not is waited for once.
const MOMENT: Duration = Duration::from_secs(1);

/// How many requests may wait for a key that is not known.
const MOST_WAITING: usize = 32;

/// How many keys an issuer may have.
const MOST: usize = 50;

#[derive(Debug)]
pub(super) struct Keys {
    source: Arc<Source>,
    known: Arc<Mutex<Known>>,
    /// Room for those who wait for a key that is not known.
    room: Semaphore,
}

/// What is known of an issuer.
#[derive(Debug, Default)]
struct Known {
    held: Held,
    /// When its keys were last asked for.
    asked: Option<Duration>,
    /// Whether it did not tell them then, or takes its time.
    away: bool,
    /// Closed as soon as the last fetch is over.
    fetch: Option<watch::Receiver<()>>,
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

impl Known {
    /// The key, if it is known and may still be used.
    fn find(&self, kid: &str, algorithm: Algorithm, now: Duration) -> Option<Arc<Key>> {
        self.held.find(kid, algorithm).filter(|_| self.held.is_younger(STALE, now))
    }

    /// How long the issuer is not asked again.
    fn pause(&self, now: Duration) -> Duration {
        let whole = if self.held.is_younger(STALE, now) { PAUSE } else { SHORT_PAUSE };
        self.asked.map_or(Duration::ZERO, |at| whole.saturating_sub(now.saturating_sub(at)))
    }

    /// The fetch that goes on, if one does.
    fn going_on(&self) -> Option<watch::Receiver<()>> {
        self.fetch.clone().filter(|fetch| fetch.has_changed().is_ok())
    }

    fn unreachable(&self, now: Duration) -> Unreachable {
        Unreachable { retry_after: self.pause(now).as_millis().div_ceil(1000).max(1) as u64 }
    }
}

impl Keys {
    pub(super) fn new(settings: &Settings) -> Self {
        let room = Semaphore::new(MOST_WAITING);
        Self { source: Arc::new(Source::new(settings)), known: Arc::default(), room }
    }

    /// The key with this name that signs with this algorithm, if it is known already.
    pub(super) fn recall(
        &self,
        kid: &str,
        algorithm: Algorithm,
        now: Duration,
    ) -> Option<Arc<Key>> {
        self.known().find(kid, algorithm, now)
    }

    /// The key with this name that signs with this algorithm, if the issuer has it.
    ///
    /// # Errors
    ///
    /// [`Unreachable`] if nothing is known of the issuer's keys, or too many wait for one that is not known.
    pub(super) async fn find(
        &self,
        kid: &str,
        algorithm: Algorithm,
        now: Duration,
    ) -> Result<Option<Arc<Key>>, Unreachable> {
        let (key, fetch) = {
            let mut known = self.known();
            let key = known.find(kid, algorithm, now);
            if key.is_some() && known.held.is_younger(FRESH, now) {
                return Ok(key);
            }
            let fetch = self.fetch(&mut known, now);
            if key.is_some() && known.away {
                return Ok(key);
            }
            (key, fetch)
        };
        if let Some(fetch) = fetch {
            self.wait(fetch, key.as_ref(), now).await?;
        }
        let known = self.known();
        if known.held.is_younger(STALE, now) {
            Ok(known.held.find(kid, algorithm))
        } else {
            Err(known.unreachable(now))
        }
    }

    /// Waits until a fetch is over: for a moment, if there is a key that will do.
    async fn wait(
        &self,
        fetch: watch::Receiver<()>,
        key: Option<&Arc<Key>>,
        now: Duration,
    ) -> Result<(), Unreachable> {
        if key.is_none() {
            let room = self.room.try_acquire();
            let _room = room.map_err(|_| self.known().unreachable(now))?;
            over(fetch).await;
            return Ok(());
        }
        if rt::time::timeout(MOMENT, over(fetch)).await.is_err() {
            let mut known = self.known();
            known.away |= known.going_on().is_some();
        }
        Ok(())
    }

    /// The fetch that goes on: a new one, unless the issuer was asked just now.
    fn fetch(&self, known: &mut Known, now: Duration) -> Option<watch::Receiver<()>> {
        let going_on = known.going_on();
        if going_on.is_some() || !known.pause(now).is_zero() {
            return going_on;
        }
        let (going_on, fetch) = watch::channel(());
        known.asked = Some(now);
        known.fetch = Some(fetch.clone());
        let (source, known) = (self.source.clone(), self.known.clone());
        // Nobody waits for this handle: the channel is closed as the fetch ends, however that is.
        drop(rt::task::spawn_blocking(move || {
            let _going_on = going_on;
            let found = fetched(&source);
            let mut known = lock(&known);
            known.away = found.is_none();
            if let Some(keys) = found {
                known.held = Held { keys: Arc::new(keys), fetched: Some(now) };
            }
        }));
        Some(fetch)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        lock(&self.known)
    }
}

fn lock(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().expect("nobody panics while holding it")
}

/// Waits until a fetch is over.
async fn over(mut fetch: watch::Receiver<()>) {
    while fetch.changed().await.is_ok() {}
}

/// The keys as the issuer tells them now.
fn fetched(source: &Source) -> Option<Names> {
    let set = source.keys();
    let set = set.inspect_err(|error| log::warn!("the keys of {source} did not come: {error}"));
    Some(usable(&set.ok()?, |index, what| log::warn!("key {} of {source} {what}", index + 1)))
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
