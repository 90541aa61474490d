use std::fmt;

use super::{Wrong, digit};

const WEIGHTS: [u32; 7] = [7, 9, 10, 5, 8, 4, 2];

/// A business identity code (*Y-tunnus*), such as `2077474-0`. It is public.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct YTunnus(String);

impl YTunnus {
    /// Reads a code; an old one of six digits gets its leading zero.
    ///
    /// # Errors
    ///
    /// [`Wrong`] if its shape or its check digit is not right.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let (body, check) = text.trim().split_once('-').ok_or(Wrong::Malformed)?;
        if !matches!(body.len(), 6 | 7) || check.len() != 1 {
            return Err(Wrong::Malformed);
        }
        let body = format!("{body:0>7}");
        let mut sum = 0;
        for (weight, character) in WEIGHTS.iter().zip(body.bytes()) {
            sum += weight * digit(character)?;
        }
        let given = check.bytes().next().map(digit).ok_or(Wrong::Malformed)??;
        let right = match sum % 11 {
            0 => Some(0),
            1 => None, // such numbers are never given
            remainder => Some(11 - remainder),
        };
        if right == Some(given) {
            Ok(Self(format!("{body}-{given}")))
        } else {
            Err(Wrong::CheckDigit)
        }
    }

    /// The code as text, with all of its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for YTunnus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
