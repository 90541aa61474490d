//! The keys that tokens are signed with.

use std::fmt;

use aws_lc_rs::{
    digest,
    signature::{Ed25519KeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use domain::time::Moment;
use jsonwebtoken::{DecodingKey, EncodingKey};
use persistence::{
    Database, secrets,
    signing_keys::{self, Kept, SigningKey},
};
use serde_json::json;

use super::LIFETIME;

/// The name that the first key is noted by, so that of nodes that start together only one makes it.
const FIRST: &str = "first-signing-key";

/// How long after its making every node has taken a key into use: they look every five seconds.
const HEARD_OF: TimeDelta = TimeDelta::seconds(20);

/// A key pair for Ed25519.
pub struct Key {
    pub(super) id: String,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    public: String,
}

impl Key {
    /// Reads a private key, PKCS#8.
    fn read(id: &str, private: &[u8]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(private).ok()?;
        let public = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        Some(Self {
            id: id.to_owned(),
            encoding: EncodingKey::from_ed_der(private),
            decoding: DecodingKey::from_ed_components(&public).ok()?,
            public,
        })
    }

    /// A key that nobody keeps.
    #[cfg(test)]
    pub(crate) fn made(now: Moment) -> Self {
        let key = generate(now);
        Self::read(&key.id, &key.private).expect("it was just made")
    }

    /// The public half as a JSON Web Key (RFC 8037).
    pub(super) fn public(&self) -> serde_json::Value {
        json!({
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
            "kid": self.id, "x": self.public,
        })
    }

    /// The keys of the installation that still matter at `now`, first the one to sign with. Makes the first one.
    ///
    /// # Errors
    ///
    /// If the database cannot be read, or the data key does not fit.
    pub fn load(database: &Database, now: Moment) -> persistence::Result<Vec<Self>> {
        let mut keys = database.read(signing_keys::all)?;
        if keys.is_empty() {
            let made = database.write(|session| {
                let key = generate(now);
                secrets::keep(session, FIRST, key.id.as_bytes())?;
                signing_keys::rotate(session, &key)
            });
            match made {
                // Another node has made it meanwhile.
                Ok(()) | Err(persistence::Error::Exists) => {}
                Err(error) => return Err(error),
            }
            keys = database.read(signing_keys::all)?;
        }
        let matters = |key: &Kept| {
            key.retired.is_none_or(|at| now.since(at) < LIFETIME + TimeDelta::minutes(5))
        };
        // One that was made with another data key must not keep the others from being used.
        let (mut keys, others): (Vec<Kept>, Vec<Kept>) =
            keys.into_iter().partition(|key| key.private.is_some());
        if keys.is_empty() {
            return Err(persistence::Error::Key);
        }
        for other in others.iter().filter(|key| matters(key)) {
            log::warn!("the data key does not open the signing key {}: rotate the keys", other.id);
        }
        // The first one signs, also if all have stopped because of one that nobody can use. A new key waits until every node
        // has had the time to hear of it.
        let heard_of = keys.iter().position(|key| now.since(key.created) >= HEARD_OF);
        let at = heard_of.unwrap_or(keys.len() - 1);
        keys[..=at].rotate_right(1);
        let used = keys.iter().enumerate().filter(|(at, key)| *at == 0 || matters(key));
        let read = |key: &Kept| Self::read(&key.id, key.private.as_ref()?);
        Ok(used.filter_map(|(_, key)| read(key)).collect())
    }
}

/// A new key. Its identifier is the beginning of the digest of its public half.
pub(crate) fn generate(now: Moment) -> SigningKey {
    let private = Ed25519KeyPair::generate_pkcs8(&aws_lc_rs::rand::SystemRandom::new())
        .expect("the system has randomness");
    let pair = Ed25519KeyPair::from_pkcs8(private.as_ref()).expect("it was just made");
    let digest = digest::digest(&digest::SHA256, pair.public_key().as_ref());
    SigningKey {
        id: URL_SAFE_NO_PAD.encode(&digest.as_ref()[..12]),
        private: private.as_ref().to_vec(),
        created: now,
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}
