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

#[test]
fn nothing_leads_out_of_what_is_over() {
    let over = |name| workflow::named(name).map(|machine| machine.terminal().collect::<Vec<_>>());
    assert_eq!(over("order"), Some(vec!["closed", "cancelled", "unfilled"]));
    assert_eq!(over("fee-form"), Some(vec!["paid", "withdrawn"]));
    for machine in workflow::ALL {
        let from = |state| machine.arrows.iter().any(|arrow| arrow.from.contains(&state));
        assert!(machine.terminal().all(|state| !from(state)), "{}", machine.name);
    }
}
