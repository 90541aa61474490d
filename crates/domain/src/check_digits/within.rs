use iban::Iban;

use super::IdentityCode;

/// How many characters an identity code has.
const IDENTITY_CODE: usize = 11;

/// How many characters an IBAN has at the least, and at the most.
const IBAN: std::ops::RangeInclusive<usize> = 15..=34;

/// Whether an identity code or an IBAN stands anywhere in a text of ASCII, whatever is before and after it; also if the groups
/// of an IBAN are kept apart.
pub fn tells_of_somebody(text: &str) -> bool {
    let codes = text.as_bytes().windows(IDENTITY_CODE);
    let mut codes = codes.filter_map(|code| std::str::from_utf8(code).ok());
    codes.any(|code| IdentityCode::parse(code).is_ok()) || holds_account(text)
}

fn holds_account(text: &str) -> bool {
    let close: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let close = close.to_ascii_uppercase();
    let begins = |at: usize| {
        let start = close.as_bytes()[at..].iter().take(4);
        start.map(u8::is_ascii_digit).eq([false, false, true, true])
    };
    let from = |at: usize| IBAN.filter_map(move |length| Some((at, at.checked_add(length)?)));
    let places = (0..close.len()).filter(|at| begins(*at)).flat_map(from);
    places
        .filter_map(|(from, to)| close.get(from..to))
        .any(|account| account.parse::<Iban>().is_ok())
}
