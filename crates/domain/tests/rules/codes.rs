//! Properties of the code sets.

use std::collections::BTreeSet;

use domain::codes::{self, ALL};
use serde::Serialize;

use crate::policy::{POWERS, ROLES};

#[test]
fn the_sets_are_in_order_and_named_once() {
    let names: Vec<_> = ALL.iter().map(|set| set.name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted);
    assert!(names.iter().all(|name| codes::set(name).is_some()));
}

#[test]
fn every_code_is_unique_in_its_set_and_has_labels_in_three_languages() {
    for set in ALL {
        let codes: BTreeSet<_> = set.codes().collect();
        assert_eq!(codes.len(), set.entries.len(), "{} repeats a code", set.name);
        for entry in set.entries {
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
            assert!(entry.code.len() <= 60 && entry.code.chars().all(fits), "{}", entry.code);
            for label in [entry.fi, entry.sv, entry.en] {
                assert!(!label.is_empty() && label == label.trim(), "{}/{}", set.name, entry.code);
            }
        }
    }
}

#[test]
fn every_code_is_explained_in_easy_finnish() {
    for set in ALL {
        for entry in set.entries {
            let easy = entry.easy_fi.unwrap_or_default();
            assert!(easy.ends_with('.'), "{}/{} has no sentence", set.name, entry.code);
            let longest = easy.split('.').map(|part| part.split_whitespace().count()).max();
            assert!(longest <= Some(14), "{}/{} is not easy", set.name, entry.code);
        }
    }
}

#[test]
fn languages_have_their_northern_sami_names_where_one_is_known() {
    let of = |code| codes::LANGUAGES.find(code).and_then(|language| language.se);
    assert_eq!(of("se"), Some("davvisámegiella"));
    assert_eq!(of("sms"), Some("nuortalašgiella"));
    assert_eq!(of("fse"), None, "nothing is translated by guess");
}

#[test]
fn the_areas_are_the_twenty_three_of_statistics_finland() {
    let codes: Vec<_> = codes::AREAS.codes().collect();
    let mut expected: Vec<_> = (1..=21).map(|code| format!("{code:02}")).collect();
    expected.extend(["90".to_owned(), "91".to_owned()]);
    assert_eq!(codes, expected);
    assert_eq!(codes::AREAS.find("21").map(|area| area.fi), Some("Lapin hyvinvointialue"));
}

#[test]
fn the_roles_and_powers_of_the_policy_are_in_the_sets() {
    fn code(value: impl Serialize) -> String {
        serde_json::to_value(value).expect("plain").as_str().expect("a word").to_owned()
    }
    assert!(ROLES.into_iter().all(|role| codes::ROLES.has(&code(role))));
    assert_eq!(codes::ROLES.entries.len(), 15);
    assert!(POWERS.into_iter().all(|power| codes::SUPPORT_POWERS.has(&code(power))));
}
