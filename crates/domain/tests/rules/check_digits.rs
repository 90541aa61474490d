//! The check digits, held against published numbers and against slips of a finger.

use domain::check_digits::{
    Account, IdentityCode, Reference, Wrong, Wrong::CheckDigit, Wrong::Malformed, YTunnus, fault,
    tells_of_somebody,
};
use proptest::prelude::*;

const CHECK_CHARACTERS: &str = "0123456789ABCDEFHJKLMNPRSTUVWXY";

#[test]
fn published_identity_codes_are_right() {
    for code in [
        "131052-902Y",
        "010594Y9032",
        "010594Y9021",
        "020594X903P",
        "030594W903B",
        "050594U903M",
        "010516B903X",
        "020516C903K",
        "030516D9037",
        "010501E9032",
        "020503F9037",
        "100190-999P",
        " 131052-902y ",
    ] {
        assert!(IdentityCode::parse(code).is_ok(), "{code}");
    }
}

#[test]
fn wrong_identity_codes_are_told_what_is_wrong() {
    for (code, wrong) in [
        ("131052-902X", CheckDigit),
        ("010190-999K", CheckDigit),
        ("", Malformed),
        ("131052-902", Malformed),
        ("131052G902Y", Malformed),
        ("131052Z902Y", Malformed),
        ("310252-9025", Malformed),
        ("290201-9025", Malformed),
        ("131352-902Y", Malformed),
        ("131052-001T", Malformed),
        ("131052-902G", Malformed),
        ("131052-9O2Y", Malformed),
        ("13105２-902Y", Malformed),
        ("äääää1", Malformed),
    ] {
        assert_eq!(IdentityCode::parse(code), Err(wrong), "{code}");
    }
}

#[test]
fn what_names_somebody_is_found_within_other_text() {
    for text in [
        "131052-902Y",
        "131052-902y",
        "hetu.131052-902Y.1",
        "order-131052-902Y",
        "x010594Y9032x",
        "FI2112345600000785",
        "fi2112345600000785",
        "FI21-1234-5600-0007-85",
        "pay.FI21.1234.5600.0007.85.again",
        "DE89370400440532013000",
    ] {
        assert!(tells_of_somebody(text), "{text}");
    }
    for text in [
        "",
        "mine",
        "131052-902X",
        "131052902Y",
        "FI2212345600000785",
        "FI21",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "019aa5d0-0000-7000-8000-00000000abcd",
        "01JDXQ5K7Z8F9M2N3P4Q5R6S7T",
        "ääääää",
    ] {
        assert!(!tells_of_somebody(text), "{text}");
    }
}

#[test]
fn an_identity_code_hides_itself() {
    let code = IdentityCode::parse("131052-902Y").expect("it is right");
    assert_eq!(code.masked(), "131052-****");
    assert_eq!(format!("{code:?}"), "IdentityCode(…)");
    assert_eq!(code.reveal(), "131052-902Y");
}

#[test]
fn the_separator_is_part_of_the_identity() {
    let (old, new) = (IdentityCode::parse("010594-9032"), IdentityCode::parse("010594Y9032"));
    assert!(old.is_ok() && new.is_ok() && old != new);
}

#[test]
fn published_business_codes() {
    for (code, right) in [
        ("2077474-0", Ok("2077474-0")),
        ("1572860-0", Ok("1572860-0")),
        ("2691340-6", Ok("2691340-6")),
        ("737546-2", Ok("0737546-2")),
        ("2077474-1", Err(CheckDigit)),
        ("0737546-1", Err(CheckDigit)),
        ("20774740", Err(Malformed)),
        ("2077474-", Err(Malformed)),
        ("2077474-00", Err(Malformed)),
        ("207747A-0", Err(Malformed)),
        ("", Err(Malformed)),
    ] {
        assert_eq!(
            YTunnus::parse(code).as_ref().map(YTunnus::as_str),
            right.as_ref().copied(),
            "{code}"
        );
    }
}

#[test]
fn published_accounts() {
    for (account, right) in [
        ("FI21 1234 5600 0007 85", Ok("FI2112345600000785")),
        ("fi2112345600000785", Ok("FI2112345600000785")),
        ("DE89 3704 0044 0532 0130 00", Ok("DE89370400440532013000")),
        ("GB82 WEST 1234 5698 7654 32", Ok("GB82WEST12345698765432")),
        ("FI21 1234 5600 0007 86", Err(CheckDigit)),
        ("FI22 1234 5600 0007 85", Err(CheckDigit)),
        ("DE88 3704 0044 0532 0130 00", Err(CheckDigit)),
        ("FI21 1234 5600 0007 8", Err(Malformed)),
        ("FI21 1234 5600 0007 855", Err(Malformed)),
        ("12345600000785", Err(Malformed)),
        ("ÄÖ21 1234", Err(Malformed)),
        ("", Err(Malformed)),
    ] {
        assert_eq!(
            Account::parse(account).as_ref().map(Account::reveal),
            right.as_ref().copied(),
            "{account}"
        );
    }
}

#[test]
fn an_account_hides_itself() {
    let account = Account::parse("FI21 1234 5600 0007 85").expect("it is right");
    assert_eq!(
        (account.masked().as_str(), format!("{account:?}").as_str()),
        ("FI** **** 0785", "Account(…)")
    );
}

#[test]
fn reference_numbers() {
    for (reference, right) in [
        ("12344", Ok("12344")),
        ("0001 2344", Ok("12344")),
        ("12345", Err(CheckDigit)),
        ("123", Err(Malformed)),
        ("12a44", Err(Malformed)),
        ("1234ä", Err(Malformed)),
        ("123456789012345678901", Err(Malformed)),
        ("", Err(Malformed)),
    ] {
        assert_eq!(
            Reference::parse(reference).as_ref().map(Reference::as_str),
            right.as_ref().copied(),
            "{reference}"
        );
    }
    assert_eq!(Reference::of("1234").as_ref().map(Reference::as_str), Ok("12344"));
    assert_eq!(Reference::of("0234"), Err(Malformed));
}

#[test]
fn a_fault_points_and_does_not_echo() {
    let fault = fault("/y_tunnus", YTunnus::parse("2077474-1")).expect("the check digit is wrong");
    assert_eq!((fault.pointer.as_str(), fault.code), ("/y_tunnus", "wrong_check_digit"));
    assert!(!Wrong::CheckDigit.to_string().contains("2077474"));
}

proptest! {
    #[test]
    fn anything_at_all_is_answered(text in ".{0,30}") {
        let _ = (IdentityCode::parse(&text), YTunnus::parse(&text), Account::parse(&text), Reference::parse(&text));
    }

    #[test]
    fn a_slip_in_an_identity_code_is_noticed(
        (day, month, year) in (1..=28_u32, 1..=12_u32, 0..=99_u32),
        individual in 2..=899_u32,
        separator in prop::sample::select("+-YXWVUABCDEF".chars().collect::<Vec<_>>()),
        check in 0..31_usize,
    ) {
        let digits = format!("{day:02}{month:02}{year:02}{individual:03}");
        let right = digits.parse::<usize>().expect("nine digits") % 31;
        let check_character = CHECK_CHARACTERS.as_bytes()[check] as char;
        let code = format!("{}{separator}{}{check_character}", &digits[..6], &digits[6..]);
        let parsed = IdentityCode::parse(&code);
        prop_assert_eq!(parsed.is_ok(), check == right);
        if let Ok(parsed) = parsed {
            prop_assert!(!parsed.masked().contains(&code[7..]));
        }
    }

    #[test]
    fn one_check_digit_at_most_fits_a_business_code(body in 0..10_000_000_u32) {
        let right = (0..10).filter(|check| YTunnus::parse(&format!("{body:07}-{check}")).is_ok());
        prop_assert!(right.count() <= 1);
    }

    #[test]
    fn a_changed_digit_of_a_business_code_is_noticed(body in 0..10_000_000_u32, at in 0..7_usize, to in 0..10_u8) {
        let Some(code) = (0..10).find_map(|check| YTunnus::parse(&format!("{body:07}-{check}")).ok()) else {
            return Ok(());
        };
        let mut changed = code.as_str().as_bytes().to_vec();
        changed[at] = b'0' + to;
        let changed = String::from_utf8(changed).expect("digits");
        prop_assert_eq!(YTunnus::parse(&changed).is_ok(), changed == code.as_str());
    }

    #[test]
    fn a_reference_reads_back(body in 100..10_000_000_000_000_000_000_u64) {
        let reference = Reference::of(&body.to_string()).expect("3–19 digits");
        prop_assert_eq!(Reference::parse(reference.as_str()), Ok(reference));
    }
}

#[test]
fn what_was_read_is_written_as_it_is_written_everywhere() {
    let business = YTunnus::parse(" 737546-2 ").expect("it is right");
    assert_eq!(business.to_string(), "0737546-2");
    let reference = Reference::of("1234").expect("digits");
    assert_eq!(reference.to_string(), "12344");
    assert_eq!(Reference::parse(&reference.to_string()), Ok(reference));
}
