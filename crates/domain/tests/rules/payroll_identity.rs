//! Whom payroll pays, and how little of that shows.

use domain::payroll_identity::PayrollIdentity;

fn identity(hetu: &str, iban: &str) -> PayrollIdentity {
    PayrollIdentity {
        hetu: hetu.to_owned(),
        iban: iban.to_owned(),
        address: "Kotikatu 2, 96100 Rovaniemi".to_owned(),
        municipality: Some("698".to_owned()),
    }
}

#[test]
fn wrong_codes_are_told_by_their_place_and_never_repeated() {
    let wrong = identity("131052-902X", "FI21 1234 5600 0007 86");
    let faults = wrong.faults();
    let found: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
    assert_eq!(found, [("/hetu", "wrong_check_digit"), ("/iban", "wrong_check_digit")]);
    let shown = format!("{faults:?} {wrong:?}");
    assert!(!shown.contains("902X") && !shown.contains("0007"));
    assert_eq!(identity("310252-902Y", "FI2112345600000785").faults()[0].code, "wrong_form");
}

#[test]
fn the_owner_sees_a_mask() {
    let right = identity("131052-902y", "fi21 1234 5600 0007 85").in_order().expect("right");
    assert_eq!((right.hetu.as_str(), right.iban.as_str()), ("131052-902Y", "FI2112345600000785"));
    let masked = serde_json::to_string(&right.masked()).expect("plain");
    assert!(!masked.contains("902Y") && !masked.contains("12345600"));
    assert!(masked.contains("131052-****") && masked.contains("0785"));
}
