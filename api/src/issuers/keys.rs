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
    jwk::{Jwk, JwkSet, KeyOperations, PublicKeyUse},
};
use tokio::sync::Mutex;

use super::{Unreachable, fetch::Source, settings::Settings};

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

#[derive(Clone, Debug, Default)]
struct Held {
    keys: Arc<HashMap<String, Arc<Key>>>,
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

    fn read(jwk: &Jwk) -> Option<(String, Arc<Self>)> {
        let common = &jwk.common;
        let other_use = |purpose: &PublicKeyUse| *purpose != PublicKeyUse::Signature;
        let other_work = |work: &Vec<KeyOperations>| !work.contains(&KeyOperations::Verify);
        if common.public_key_use.as_ref().is_some_and(other_use)
            || common.key_operations.as_ref().is_some_and(other_work)
        {
            return None;
        }
        let key = DecodingKey::from_jwk(jwk).ok()?;
        let algorithm = common.key_algorithm.map(|algorithm| algorithm.to_string());
        Some((common.key_id.clone()?, Arc::new(Self { key, algorithm })))
    }
}

impl Held {
    fn is_younger(&self, age: Duration, now: Duration) -> bool {
        self.fetched.is_some_and(|at| now.saturating_sub(at) < age)
    }
}

impl Keys {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            source: Arc::new(Source::new(settings)),
            held: RwLock::default(),
            asked: Mutex::default(),
        }
    }

    /// The key with this name, if the issuer has it.
    ///
    /// # Errors
    ///
    /// [`Unreachable`] if nothing is known of the issuer's keys.
    pub(super) async fn find(
        &self,
        kid: &str,
        now: Duration,
    ) -> Result<Option<Arc<Key>>, Unreachable> {
        let held = self.held();
        if held.is_younger(FRESH, now)
            && let Some(key) = held.keys.get(kid)
        {
            return Ok(Some(key.clone()));
        }
        let mut asked = self.asked.lock().await;
        if asked.is_none_or(|at| now.saturating_sub(at) >= PAUSE) {
            *asked = Some(now);
            self.fetch(now).await;
        }
        drop(asked);
        let held = self.held();
        if held.is_younger(STALE, now) { Ok(held.keys.get(kid).cloned()) } else { Err(Unreachable) }
    }

    async fn fetch(&self, now: Duration) {
        let source = self.source.clone();
        let set: JwkSet = match web::block(move || source.keys()).await {
            Ok(Ok(set)) => set,
            Ok(Err(error)) => {
                return log::warn!("the keys of {} did not come: {error}", self.source);
            }
            Err(_) => return,
        };
        let keys = set.keys.iter().take(MOST).filter_map(Key::read).collect();
        *self.held.write().expect("nobody panics while holding it") =
            Held { keys: Arc::new(keys), fetched: Some(now) };
    }

    fn held(&self) -> Held {
        self.held.read().expect("nobody panics while holding it").clone()
    }
}
