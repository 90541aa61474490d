//! Whom payroll pays: encrypted, masked, and never repeated.

use acceptance::{Server, on_both_databases};
use api::region;
use serde_json::{Value, json};

const HETU: &str = "131052-902Y";
const IBAN: &str = "FI2112345600000785";

fn identity() -> Value {
    json!({ "hetu": HETU, "iban": "FI21 1234 5600 0007 85", "address": "Kuja 1, 99999 Esimerkkilä" })
}

fn expert(number: usize) -> String {
    format!("kokemus{number:02}@posti.example")
}

fn path(number: usize) -> String {
    format!("/v1/people/{}/payroll-identity", region::person(&expert(number)))
}

fn shows_it(text: &str) -> bool {
    ["902Y", "12345600", "1234 5600"].iter().any(|part| text.contains(part))
}

fn others(server: &Server) {
    for email in [
        expert(2).as_str(),
        "tilaaja@lappi.example",
        "keskus@lappi.example",
        "yllapito@kokemusvayla.example",
    ] {
        let person = server.sign_in(email);
        person.get(&path(1)).expect(404);
        person.call("PUT", &path(1), &[("if-none-match", "*")], Some(identity())).expect(404);
    }
    server.machine("HR Lappi").get(&path(1)).expect(404);
    server.stranger().get(&path(1)).expect(401);
}

on_both_databases! {
    fn invariant_13_the_owner_gives_it_once_and_sees_it_masked(server) {
        let owner = server.sign_in(&expert(1));
        owner.get(&path(1)).expect(404);
        let create = [("if-none-match", "*")];
        // There is no version of what is not there, whatever else is said.
        owner.call("PUT", &path(1), &[("if-match", "*")], Some(identity())).expect(412);
        let both = [("if-match", "*"), ("if-none-match", "*")];
        owner.call("PUT", &path(1), &both, Some(identity())).expect(412);
        let given = owner.call("PUT", &path(1), &create, Some(identity())).expect(201);
        assert_eq!(given.header("location"), path(1));
        assert_eq!((&given.body["hetu"], &given.body["iban"]), (&json!("131052-****"), &json!("FI** **** 0785")));
        let seen = owner.get(&path(1)).expect(200);
        assert!(!shows_it(&seen.text) && !shows_it(&given.text));

        owner.call("PUT", &path(1), &create, Some(identity())).expect(412);
        owner.call("PUT", &path(1), &both, Some(identity())).expect(412);
        owner.call("PUT", &path(1), &[], Some(identity())).expect(428);
        let mut moved = identity();
        moved["municipality"] = json!("698");
        let tag = seen.tag();
        owner.call("PUT", &path(1), &[("if-match", &tag)], Some(moved.clone())).expect(200);
        owner.call("PUT", &path(1), &[("if-match", &tag)], Some(moved)).expect(412);
        others(server);
    }

    fn wrong_check_digits_are_told_by_their_place_and_never_repeated(server) {
        let owner = server.sign_in(&expert(1));
        let mut wrong = identity();
        wrong["hetu"] = json!("131052-902X");
        wrong["iban"] = json!("FI21 1234 5600 0007 86");
        let refused = owner.call("PUT", &path(1), &[("if-none-match", "*")], Some(wrong.clone())).expect(400);
        let expected = [("#/hetu", "wrong_check_digit"), ("#/iban", "wrong_check_digit")];
        assert_eq!(refused.faults(), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
        assert!(!refused.text.contains("902X") && !refused.text.contains("0007"));
        let mut worse = wrong.clone();
        worse["municipality"] = json!("69");
        let refused = owner.call("PUT", &path(1), &[("if-none-match", "*")], Some(worse)).expect(400);
        for fault in [("#/hetu", "wrong_check_digit"), ("#/iban", "wrong_check_digit"), ("#/municipality", "too_short")] {
            assert!(refused.wrong().contains(&fault), "check digits are told with the rest: {:?}", refused.wrong());
        }
        wrong["hetu"] = json!("131052-902Y-and-more");
        let refused = owner.call("PUT", &path(1), &[("if-none-match", "*")], Some(wrong)).expect(400);
        assert!(!refused.text.contains("and-more"));
        owner.get(&path(1)).expect(404);
    }

    fn invariant_13_the_database_does_not_hold_it_readably(server) {
        let owner = server.sign_in(&expert(1));
        owner.call("PUT", &path(1), &[("if-none-match", "*")], Some(identity())).expect(201);
        let stored = server.stored();
        assert!(stored.contains(&region::person(&expert(1)).to_string()), "the row is there");
        assert!(!shows_it(&stored) && !stored.contains(HETU) && !stored.contains(IBAN));
        assert!(!stored.contains("Kuja 1, 99999"));
    }
}
