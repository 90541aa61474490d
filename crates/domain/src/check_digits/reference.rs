use std::fmt;

use super::{Wrong, digit};

/// A Finnish reference number (*viitenumero*) of a payment, such as `12344`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reference(String);

impl Reference {
    /// Reads a reference, with or without spaces between its groups; leading zeros mean nothing.
    ///
    /// # Errors
    ///
    /// [`Wrong`] if it has not 3–19 digits before its check digit, or that is not right.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let digits: String = text.chars().filter(|character| *character != ' ').collect();
        let digits = digits.trim_start_matches('0');
        let (body, check) = match digits.char_indices().next_back() {
            Some((at, last)) if last.is_ascii_digit() => digits.split_at(at),
            _ => return Err(Wrong::Malformed),
        };
        if check == check_digit(body)?.to_string() {
            Ok(Self(digits.to_owned()))
        } else {
            Err(Wrong::CheckDigit)
        }
    }

    /// The reference whose digits before the check digit are `body`.
    ///
    /// # Errors
    ///
    /// [`Wrong::Malformed`] if `body` is not 3–19 digits, the first one not zero.
    pub fn of(body: &str) -> Result<Self, Wrong> {
        if body.starts_with('0') {
            return Err(Wrong::Malformed);
        }
        Ok(Self(format!("{body}{}", check_digit(body)?)))
    }

    /// The reference as text, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_digit(body: &str) -> Result<u32, Wrong> {
    if !(3..=19).contains(&body.len()) {
        return Err(Wrong::Malformed);
    }
    let mut sum = 0;
    for (character, weight) in body.bytes().rev().zip([7, 3, 1].into_iter().cycle()) {
        sum += weight * digit(character)?;
    }
    Ok((10 - sum % 10) % 10)
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
