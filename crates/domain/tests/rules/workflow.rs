//! What holds of every machine as it is published.

use std::collections::BTreeSet;

use domain::{codes, workflow};

#[test]
fn every_machine_state_and_action_has_a_label() {
    for machine in workflow::ALL {
        assert!(codes::WORKFLOWS.has(machine.name), "{}", machine.name);
        for state in machine.states {
            assert!(codes::STATES.has(state), "{} {state}", machine.name);
        }
        for arrow in machine.arrows {
            assert!(codes::ACTIONS.has(arrow.action), "{} {}", machine.name, arrow.action);
        }
    }
}

/// What only some things are about, as it begins in Finnish.
const OF_ONE: &[&str] = &[
    "tehtäv", "tilau", "sopimu", "lomak", "asiakirj", "koost", "tapaam", "rooli", "päätö", "pyyn",
    "haku", "haun", "ohje", "vasta", "tekijä",
];

/// Words whose machines are all about the same: offers, orders and assignments about a task, and an assignment is confirmed by
/// its agreement.
const OF_ALL: &[(&str, &str)] =
    &[("accept", "tehtäv"), ("step-back", "tehtäv"), ("confirm", "sopimu"), ("answer", "vasta")];

#[test]
fn what_a_word_of_several_machines_says_in_easy_finnish_is_true_of_each() {
    let shared = |is_word: &dyn Fn(&workflow::Workflow) -> bool| {
        workflow::ALL.iter().filter(|machine| is_word(machine)).count() > 1
    };
    let states = codes::STATES
        .entries
        .iter()
        .filter(|entry| shared(&|machine| machine.states.contains(&entry.code)));
    let actions = codes::ACTIONS.entries.iter().filter(|entry| {
        shared(&|machine| machine.arrows.iter().any(|arrow| arrow.action == entry.code))
    });
    let words: Vec<_> = states.chain(actions).collect();
    assert!(words.len() > 15, "{words:?}");
    for word in words {
        let easy = word.easy_fi.unwrap_or_default().to_lowercase();
        for stem in OF_ONE.iter().filter(|stem| easy.contains(**stem)) {
            assert!(OF_ALL.contains(&(word.code, stem)), "{}: {easy}", word.code);
        }
    }
}

#[test]
fn every_machine_is_named_once_and_found_by_its_name() {
    let names: BTreeSet<_> = workflow::ALL.iter().map(|machine| machine.name).collect();
    assert_eq!(names.len(), workflow::ALL.len());
    for name in names {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        assert_eq!(workflow::named(name).map(|machine| machine.name), Some(name));
    }
    assert!(workflow::named("nothing").is_none());
}

#[test]
fn every_arrow_joins_states_of_its_machine_and_every_state_is_reached() {
    for machine in workflow::ALL {
        let mut reached: BTreeSet<_> = machine.states.iter().take(1).copied().collect();
        for arrow in machine.arrows {
            assert!(!arrow.from.is_empty() && !arrow.to.is_empty());
            for state in arrow.from.iter().chain(arrow.to) {
                assert!(machine.states.contains(state), "{} {state}", machine.name);
            }
            reached.extend(arrow.to);
        }
        // An offer that is asked at once begins as sent, so the first state need not be the only beginning.
        let missed: Vec<_> = machine.states.iter().filter(|s| !reached.contains(*s)).collect();
        assert!(missed.is_empty(), "{} {missed:?}", machine.name);
    }
}

/// Where each machine ends, as people would say it and not as the arrows are read.
const ENDS: &[(&str, &[&str])] = &[
    ("access-request", &["approved", "rejected"]),
    ("grant", &["ended"]),
    ("decision", &["revoked"]),
    ("order", &["closed", "cancelled", "unfilled"]),
    ("open-call", &["closed"]),
    ("interest", &["selected", "withdrawn"]),
    ("sourcing-request", &["answered", "withdrawn"]),
    ("offer", &["declined", "expired", "withdrawn", "superseded"]),
    ("assignment", &["closed", "stepped_back"]),
    ("agreement", &["amended", "lapsed"]),
    ("document", &["withdrawn"]),
    ("fee-form", &["paid", "withdrawn"]),
    ("supervision-session", &["held", "cancelled"]),
    ("question-set", &["retired"]),
    ("compilation", &["published"]),
    ("development-action", &["done", "dropped"]),
    ("steering-meeting", &["cancelled"]),
    ("concern", &["handled"]),
    ("person", &[]),
];

#[test]
fn every_machine_ends_where_nothing_leads_on() {
    let ends: Vec<_> = workflow::ALL
        .iter()
        .map(|machine| (machine.name, machine.terminal().collect::<Vec<_>>()))
        .collect();
    let expected: Vec<_> = ENDS.iter().map(|(name, ends)| (*name, ends.to_vec())).collect();
    assert_eq!(ends, expected);
}

#[test]
fn an_arrow_that_keeps_a_state_is_of_that_state_alone() {
    for machine in workflow::ALL {
        for arrow in machine.arrows.iter().filter(|arrow| arrow.from.len() > 1) {
            // Read as data, it would lead from each of its states to each of the others.
            let keeps = arrow.to.len() > 1 && arrow.from.iter().any(|from| arrow.to.contains(from));
            assert!(!keeps, "{} {}", machine.name, arrow.action);
        }
    }
}
