//! A machine's whole table, states × events, as text that a person can read.

use domain::{refusal::Refusal, workflow::Workflow};

/// Writes the table and holds it against the published workflow: `apply` says which state an event leads to, and an
/// event that the workflow has no arrow for must be out of turn.
pub(crate) fn table<T: Clone, E: Clone>(
    workflow: &Workflow,
    states: &[(&'static str, T)],
    events: &[(&'static str, &'static str, E)],
    apply: impl Fn(T, E) -> Result<&'static str, Refusal>,
) -> String {
    let mut table = format!("{:<14}", "");
    events.iter().for_each(|(title, ..)| table += &format!("{title:<20}"));
    for (state, thing) in states {
        table += &format!("\n{state:<14}");
        for (title, action, event) in events {
            let arrow = workflow.arrow(state, action);
            let cell = match apply(thing.clone(), event.clone()) {
                Ok(next) => {
                    let to = arrow.map_or(&[][..], |arrow| arrow.to);
                    assert!(to.contains(&next), "{title}: {state} → {next} is not published");
                    next.to_owned()
                }
                Err(Refusal::OutOfTurn { machine, state: from, action: by }) => {
                    assert!(arrow.is_none(), "{title} from {state} is published");
                    assert_eq!((machine, from, by), (workflow.name, *state, *action));
                    "·".to_owned()
                }
                Err(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => format!("{}!", rule.code()),
                Err(Refusal::Invalid(faults)) => {
                    format!("{} {}!", faults[0].pointer, faults[0].code)
                }
            };
            table += &format!("{cell:<20}");
        }
    }
    let named: Vec<_> = states.iter().map(|(state, _)| *state).collect();
    assert_eq!(named, workflow.states, "every published state is tried");
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
