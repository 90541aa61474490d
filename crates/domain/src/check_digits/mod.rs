//! Codes that carry a check digit, so that a slip of a finger is told as such: the personal identity code
//! (*henkilötunnus*), the business identity code (*Y-tunnus*), the bank account (IBAN) and the reference number
//! (*viitenumero*).
//!
//! **Invariant:** a value of these types has the right check digit. The two that are secret, [`IdentityCode`] and
//! [`Account`], do not print themselves.

mod account;
mod identity_code;
mod reference;
mod within;
mod y_tunnus;

pub use self::{
    account::Account, identity_code::IdentityCode, reference::Reference, within::tells_of_somebody,
    y_tunnus::YTunnus,
};
use thiserror::Error;

use crate::refusal::Fault;

/// What is wrong with a code, without the code itself.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum Wrong {
    /// Its shape is right, but its check digit is not that of the rest.
    #[error("the check digit does not match")]
    CheckDigit,
    /// It does not have the shape of such a code.
    #[error("this is not the form of such a code")]
    Malformed,
}

impl Wrong {
    /// The code in the catalogue of field errors.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CheckDigit => "wrong_check_digit",
            Self::Malformed => "wrong_form",
        }
    }

    /// The fault of the value at `pointer`.
    pub fn at(self, pointer: impl Into<String>) -> Fault {
        Fault::new(pointer, self.code())
    }
}

/// The fault of the value at `pointer`, if it has one: `fault("/y_tunnus", YTunnus::parse(text))`.
pub fn fault<T>(pointer: &str, parsed: Result<T, Wrong>) -> Option<Fault> {
    parsed.err().map(|wrong| wrong.at(pointer))
}

/// The formats of the contract that promise a right check digit, each with what tells whether a text keeps the promise.
pub const FORMATS: [(&str, Check); 3] = [
    ("hetu", |text| IdentityCode::parse(text).err()),
    ("iban", |text| Account::parse(text).err()),
    ("y-tunnus", |text| YTunnus::parse(text).err()),
];

/// What is wrong with a text, if anything.
pub type Check = fn(&str) -> Option<Wrong>;

/// The value of an ASCII digit.
fn digit(character: u8) -> Result<u32, Wrong> {
    match character {
        b'0'..=b'9' => Ok(u32::from(character - b'0')),
        _ => Err(Wrong::Malformed),
    }
}

/// The number that some ASCII digits write.
fn number(digits: &[u8]) -> Result<u32, Wrong> {
    digits.iter().try_fold(0, |sum: u32, character| Ok(sum * 10 + digit(*character)?))
}
