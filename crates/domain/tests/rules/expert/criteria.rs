//! What can be looked for in the bank.

use domain::expert::{Criteria, Perspective, Search};

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|&code| code.to_owned()).collect()
}

#[test]
fn every_code_of_a_search_is_looked_up_in_its_own_set() {
    let right = Criteria {
        themes: codes(&["grief"]),
        perspective: Some(Perspective::Both),
        titles: codes(&["panel_member"]),
        languages: codes(&["fi"]),
        areas: codes(&["21"]),
        municipality: Some("698".to_owned()),
        task_types: codes(&["lecture"]),
        modes: codes(&["remote"]),
        activity_fields: codes(&["peer_support"]),
        training_models: codes(&["national"]),
        trained: true,
        adjustments: codes(&["step_free"]),
    };
    let search = Search { required: right.clone(), wished: right.clone() };
    assert_eq!(search.faults("/search"), []);

    let unknown = || codes(&["ylihuominen"]);
    let wrong = Criteria {
        themes: unknown(),
        titles: unknown(),
        languages: codes(&["fi", "fi"]),
        areas: unknown(),
        municipality: Some("69".to_owned()),
        task_types: unknown(),
        modes: unknown(),
        activity_fields: unknown(),
        training_models: unknown(),
        adjustments: unknown(),
        ..right
    };
    let told = |search: Search| {
        let faults = search.faults("/search").into_iter();
        faults.map(|fault| format!("{} {}", fault.pointer, fault.code)).collect::<Vec<_>>()
    };
    let expected = |part: &str| {
        [
            "themes/0 unknown_code",
            "titles/0 unknown_code",
            "languages/1 duplicate",
            "areas/0 unknown_code",
            "task_types/0 unknown_code",
            "modes/0 unknown_code",
            "activity_fields/0 unknown_code",
            "training_models/0 unknown_code",
            "adjustments/0 unknown_code",
            "municipality unknown_code",
        ]
        .map(|fault| format!("/search/{part}/{fault}"))
    };
    assert_eq!(told(Search { required: wrong.clone(), ..Search::default() }), expected("required"));
    assert_eq!(told(Search { wished: wrong, ..Search::default() }), expected("wished"));
}
