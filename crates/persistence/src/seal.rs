//! Encryption at rest, for what must not be readable in a copy of the database: identity codes, bank accounts, tax
//! cards, signing keys and stored answers.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{Error, Result};

/// How keys are written.
const FORM: &str = "NUMBER:BASE64 of 32 bytes is wanted, several with commas";

/// The keys that data is encrypted with: the first one seals, all of them open.
pub struct Keyring {
    keys: Vec<(u8, RandomizedNonceKey)>,
}

impl Keyring {
    /// Reads keys written as `1:BASE64,2:BASE64`, each of 32 bytes with a number of its own. To rotate, put a new key
    /// first and keep the old ones behind it.
    ///
    /// # Errors
    ///
    /// [`Error::KeyForm`] if there is none, or one is not of that form, or two have the same number.
    pub fn parse(text: &str) -> Result<Self> {
        let mut keys: Vec<(u8, RandomizedNonceKey)> = Vec::new();
        for part in text.split(',') {
            let (number, key) = part.trim().split_once(':').ok_or(Error::KeyForm(FORM))?;
            let number = number.parse().map_err(|_| Error::KeyForm(FORM))?;
            let bytes = STANDARD.decode(key).map_err(|_| Error::KeyForm(FORM))?;
            let key =
                RandomizedNonceKey::new(&AES_256_GCM, &bytes).map_err(|_| Error::KeyForm(FORM))?;
            if keys.iter().any(|(other, _)| *other == number) {
                return Err(Error::KeyForm("two keys have the same number"));
            }
            keys.push((number, key));
        }
        Ok(Self { keys })
    }

    /// The numbers of the keys, that of the one which seals first.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u8> {
        self.keys.iter().map(|(number, _)| *number)
    }

    /// Encrypts `plain`. The result says which key it needs.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if the cipher fails.
    pub fn seal(&self, plain: &[u8]) -> Result<Vec<u8>> {
        let number = self.numbers().next().ok_or(Error::Key)?;
        self.seal_with(number, plain)
    }

    /// Encrypts `plain` with the key that has this number.
    pub(crate) fn seal_with(&self, number: u8, plain: &[u8]) -> Result<Vec<u8>> {
        let key = self.key(number)?;
        let mut text = plain.to_vec();
        let nonce =
            key.seal_in_place_append_tag(Aad::from([number]), &mut text).map_err(|_| Error::Key)?;
        let mut sealed = vec![number];
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(&text);
        Ok(sealed)
    }

    fn key(&self, number: u8) -> Result<&RandomizedNonceKey> {
        let found = self.keys.iter().find(|(key, _)| *key == number);
        found.map(|(_, key)| key).ok_or(Error::Key)
    }

    /// Decrypts what [`Self::seal`] made.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if the key is not in the ring, or the bytes are not what was sealed.
    pub fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        let (number, rest) = sealed.split_first().ok_or(Error::Key)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(Error::Key)?;
        let key = self.key(*number)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Error::Key)?;
        let mut text = text.to_vec();
        let plain =
            key.open_in_place(nonce, Aad::from([*number]), &mut text).map_err(|_| Error::Key)?;
        Ok(plain.to_vec())
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({} keys)", self.keys.len())
    }
}
