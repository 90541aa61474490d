//! The tags of operations: what each is about, in the order of the chain.

use serde_json::{Map, Value, json};

const TAGS: &[(&str, &str)] = &[
    (
        "discovery",
        "What programs and people read first: the contract, its documentation, and the keys of tokens.",
    ),
    ("signing in", "One-time codes for people, client credentials for machines."),
    ("nodes", "The tree that everything hangs on: nation, areas, organisations, units and teams."),
    ("people", "Those who sign in, and who they are to others."),
    ("grants", "What people are trusted with, where and for how long."),
    ("appointments", "Liaisons and persons in charge, by area and unit."),
    (
        "decisions",
        "Areas' decisions to use experts by experience: without one in force nobody can order.",
    ),
    ("access requests", "Asking for credentials, and deciding on it."),
    ("clients", "Machine clients of an area."),
    ("codes", "Code sets with their names in Finnish, Swedish and English."),
    ("workflows", "The machines, as data: states, actions, and who may."),
    ("fee schedules", "What areas pay, from which day."),
    ("settings", "What areas and units set for themselves: approvals, forms, deadlines, terms."),
    ("task types", "What each kind of task means in an area."),
    ("experts", "Profiles of experts: consents, needs, availability, support, and who looked."),
    ("bank", "The experience bank: searched by pseudonymous cards, and its public part."),
    ("orders", "A team's need, from the draft to the closing."),
    ("offers", "Requests to experts, which they freely accept or decline."),
    ("disclosures", "Which contact details went to whom, when and on what ground."),
    ("assignments", "The task itself: preparing, doing, cancelling, stepping back."),
    ("agreements", "What both sides confirm, in versions."),
    ("documents", "Orientation and forms that are delivered before the task."),
    ("fee forms", "Claims: filled in, checked, approved, returned."),
    (
        "payroll",
        "What the area's payroll reads, acknowledges and reports, and the identity it pays to.",
    ),
    ("attachments", "Receipts and tax cards."),
    ("feedback", "What both sides say afterwards."),
    ("figures", "Figures that are counted as they are asked for, and open data."),
    ("compilations", "The coordinator's yearly compilation."),
    (
        "steering",
        "Groups that steer the work, their meetings, and what is done because of feedback.",
    ),
    ("support", "Supervision of experts' work, and notes of those who support them."),
    ("concerns", "What went wrong, told to those who can put it right."),
    ("notices", "What people are told, on screen or on paper, and whether it has reached them."),
    ("operation", "For those who run the service."),
];

/// The steps of the process, and which tags belong to each.
const STEPS: &[(&str, &[&str])] = &[
    ("Getting in", &["discovery", "signing in", "codes", "workflows"]),
    (
        "Setting up an area",
        &[
            "nodes",
            "people",
            "grants",
            "appointments",
            "decisions",
            "access requests",
            "clients",
            "fee schedules",
            "settings",
            "task types",
        ],
    ),
    ("Step 1: the experience bank", &["experts", "bank"]),
    ("Step 2: order and offer", &["orders", "offers", "disclosures"]),
    ("Step 3: agreement and task", &["assignments", "agreements", "documents"]),
    ("Step 4: fee and payroll", &["fee forms", "payroll", "attachments"]),
    ("Step 5: feedback and figures", &["feedback", "figures", "compilations"]),
    ("Around the chain", &["steering", "support", "concerns", "notices"]),
    ("Running the service", &["operation"]),
];

/// What the step of a tag is called that is in none.
const OTHER: &str = "Around the chain";

/// The tags of the document by step of the process. Readers of other makers know them by this name, too.
pub(super) fn groups(document: &Value) -> Value {
    let tags: Vec<&str> = document["tags"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|tag| tag["name"].as_str())
        .collect();
    let listed = |tag: &str| STEPS.iter().any(|(_, tags)| tags.contains(&tag));
    let groups = STEPS.iter().map(|(name, of)| {
        let mut of: Vec<&str> = of.iter().copied().filter(|tag| tags.contains(tag)).collect();
        if *name == OTHER {
            of.extend(tags.iter().filter(|tag| !listed(tag)));
        }
        json!({ "name": name, "tags": of })
    });
    groups.collect()
}

/// The tags that the document's operations have, each described. One that is not in the table comes last.
pub(super) fn used(document: &Value) -> Value {
    let operations = document["paths"].as_object().into_iter().flatten();
    let used: Vec<&str> = operations
        .flat_map(|(_, item)| item.as_object().into_iter().flat_map(Map::values))
        .filter_map(|operation| operation["tags"][0].as_str())
        .collect();
    let mut tags: Vec<Value> = TAGS
        .iter()
        .filter(|(name, _)| used.contains(name))
        .map(|(name, description)| json!({ "name": name, "description": description }))
        .collect();
    for name in used {
        if !tags.iter().any(|tag| tag["name"] == name) {
            tags.push(json!({ "name": name, "description": format!("Operations on {name}.") }));
        }
    }
    Value::Array(tags)
}
