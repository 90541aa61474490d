//! Digests, signatures and randomness.

use aws_lc_rs::{
    digest, hkdf, hmac,
    rand::{SecureRandom, SystemRandom},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use persistence::{Database, secrets};
use uuid::Uuid;

/// What signs cursors and blinds digests. It is kept in the database, sealed, so that all nodes agree, and so that it
/// outlives the data key: a new data key must not end sessions or lose the answers to idempotency keys.
#[derive(Clone, Debug)]
pub struct Pepper(hmac::Key);

/// The name that it is kept by.
const PEPPER: &str = "pepper";

impl Pepper {
    /// The pepper of the installation. The first time, it is derived from the text of the data keys and kept.
    ///
    /// # Errors
    ///
    /// If the database cannot be read or written, or the data key does not fit.
    pub fn load(database: &Database, data_keys: &str) -> persistence::Result<Self> {
        let find = || database.read(|session| secrets::find(session, PEPPER));
        if let Some(bytes) = find()? {
            return Ok(Self::new(&bytes));
        }
        let bytes = Self::derive(data_keys);
        match database.write(|session| secrets::keep(session, PEPPER, &bytes)) {
            // Another node was faster, and perhaps with another first data key.
            Err(persistence::Error::Exists) => Ok(Self::new(&find()?.unwrap_or(bytes.to_vec()))),
            kept => kept.map(|()| Self::new(&bytes)),
        }
    }

    /// A pepper for tests.
    #[cfg(test)]
    pub(crate) fn of_test() -> Self {
        Self::new(&Self::derive("test"))
    }

    fn new(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    fn derive(data_keys: &str) -> [u8; 32] {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"kokemusvayla");
        let material = salt.extract(data_keys.as_bytes());
        let mut bytes = [0; 32];
        material
            .expand(&[b"cursors and digests"], hkdf::HKDF_SHA256)
            .and_then(|output| output.fill(&mut bytes))
            .expect("32 bytes are what the algorithm gives");
        bytes
    }

    /// A keyed digest of the parts, which cannot run into each other.
    pub(crate) fn digest(&self, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(self.tag(parts))
    }

    /// A keyed digest as bytes.
    pub(crate) fn tag(&self, parts: &[&str]) -> Vec<u8> {
        hmac::sign(&self.0, &joined(parts)).as_ref().to_vec()
    }
}

fn joined(parts: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

/// The SHA-256 of `bytes`.
pub(crate) fn sha256_bytes(bytes: &[u8]) -> [u8; 32] {
    let mut sum = [0; 32];
    sum.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    sum
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let sum = sha256_bytes(bytes);
    let half =
        |at: usize| sum[at..at + 16].iter().fold(0, |sum, byte| sum << 8 | u128::from(*byte));
    format!("{:032x}{:032x}", half(0), half(16))
}

/// A new secret that nobody can guess: 32 random bytes as text.
pub(crate) fn random_secret() -> String {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).expect("the system has randomness");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A new identifier that tells nothing, not even when it was made: for pseudonyms.
pub(crate) fn random_id() -> Uuid {
    Uuid::new_v4()
}

/// A one-time code of eight digits.
pub(crate) fn random_code() -> String {
    let mut bytes = [0; 8];
    SystemRandom::new().fill(&mut bytes).expect("the system has randomness");
    // 2^64 is so much larger than 10^8 that the remainder favours no code measurably.
    format!("{:08}", u64::from_be_bytes(bytes) % 100_000_000)
}
