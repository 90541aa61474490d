use std::fmt;

use super::{Wrong, number};
use crate::time::Day;

const CHECK_CHARACTERS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

/// A personal identity code (*henkilötunnus*), such as `131052-902Y`.
///
/// Its separator is a part of it: `010190-…` and `010190Y…` are different people, although the check character does not
/// depend on it. What the code says of its bearer's gender is not read from it.
///
/// **Invariant:** it neither prints nor serializes itself (`process.md`, invariant 13): [`Self::reveal`] is the only way
/// to see it whole.
#[derive(Clone, Eq, PartialEq)]
pub struct IdentityCode(String);

impl IdentityCode {
    /// Reads a code, in either case.
    ///
    /// # Errors
    ///
    /// [`Wrong`] if its shape, its date or its check character is not right.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let text = text.trim().to_ascii_uppercase();
        let code: &[u8; 11] = text.as_bytes().try_into().map_err(|_| Wrong::Malformed)?;
        let [d1, d2, m1, m2, y1, y2, separator, z1, z2, z3, check] = *code;
        let century = century(separator)?;
        let (day, month, year) = (number(&[d1, d2])?, number(&[m1, m2])?, number(&[y1, y2])?);
        let born = i32::try_from(century + year).ok().and_then(|year| Day::new(year, month, day));
        let individual = number(&[z1, z2, z3])?;
        if born.is_none() || individual < 2 || !CHECK_CHARACTERS.contains(&check) {
            return Err(Wrong::Malformed);
        }
        let whole = number(&[d1, d2, m1, m2, y1, y2, z1, z2, z3])?;
        if CHECK_CHARACTERS.get(whole as usize % 31) != Some(&check) {
            return Err(Wrong::CheckDigit);
        }
        Ok(Self(text))
    }

    /// The code whole, for those who may see it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The code as its owner recognizes it, and nobody else can use it.
    pub fn masked(&self) -> String {
        format!("{}****", &self.0[..7])
    }
}

fn century(separator: u8) -> Result<u32, Wrong> {
    match separator {
        b'+' => Ok(1800),
        b'-' | b'Y' | b'X' | b'W' | b'V' | b'U' => Ok(1900),
        b'A' | b'B' | b'C' | b'D' | b'E' | b'F' => Ok(2000),
        _ => Err(Wrong::Malformed),
    }
}

impl fmt::Debug for IdentityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityCode(…)")
    }
}
