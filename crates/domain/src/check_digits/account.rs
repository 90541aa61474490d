use std::fmt;

use iban::{BaseIban, Iban, IbanLike, ParseBaseIbanError, ParseIbanError};

use super::Wrong;

/// A bank account as an IBAN, Finnish or foreign, such as `FI2112345600000785`.
///
/// **Invariant:** it neither prints nor serializes itself: [`Self::reveal`] is the only way to see it whole.
#[derive(Clone, Eq, PartialEq)]
pub struct Account(Iban);

impl Account {
    /// Reads an account, with or without spaces between its groups.
    ///
    /// # Errors
    ///
    /// [`Wrong`] if its shape, its length for its country, or its check digits are not right.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let text: String = text.chars().filter(|character| *character != ' ').collect();
        let text = text.to_ascii_uppercase();
        match text.parse::<Iban>() {
            Ok(iban) => Ok(Self(iban)),
            Err(ParseIbanError::InvalidBaseIban {
                source: ParseBaseIbanError::InvalidChecksum,
            }) => Err(of_right_length(&text)),
            Err(
                ParseIbanError::InvalidBaseIban { source: ParseBaseIbanError::InvalidFormat }
                | ParseIbanError::InvalidBban(_)
                | ParseIbanError::UnknownCountry(_),
            ) => Err(Wrong::Malformed),
        }
    }

    /// The account whole, without spaces, for those who may see it.
    pub fn reveal(&self) -> &str {
        self.0.electronic_str()
    }

    /// The account as its owner recognizes it: its country and its last four characters.
    pub fn masked(&self) -> String {
        let (all, country) = (self.reveal(), self.0.country_code());
        format!("{country}** **** {}", &all[all.len() - 4..])
    }
}

/// Whether it is the check digits or the length that is wrong: with digits dropped or added, the sum fails too. The right
/// check digits for the same account tell, as only the length can then be wrong.
fn of_right_length(text: &str) -> Wrong {
    let (Some(country), Some(account)) = (text.get(..2), text.get(4..)) else {
        return Wrong::Malformed;
    };
    let fits = |check: u32| {
        let candidate = format!("{country}{check:02}{account}");
        candidate.parse::<BaseIban>().is_ok() && candidate.parse::<Iban>().is_ok()
    };
    if (2..=98).any(fits) { Wrong::CheckDigit } else { Wrong::Malformed }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account(…)")
    }
}
