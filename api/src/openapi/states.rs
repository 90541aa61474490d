//! A filter by state takes the states that the machine of the listed things knows, and nothing else.

use serde_json::{Value, json};

use super::machine_of;

/// Publishes those states for the parameter `state` of a listing, unless it has a type of its own.
///
/// # Panics
///
/// If the things of the listing have no machine.
pub(super) fn of_filter(path: &str, operation: &mut Value) {
    let parameters = operation["parameters"].as_array_mut();
    let state = parameters.into_iter().flatten().find(|one| one["name"] == "state");
    if let Some(state) = state
        && state["schema"] == json!({ "type": "string" })
    {
        let machine = machine_of(path).unwrap_or_else(|| panic!("what {path} lists has states"));
        state["schema"]["enum"] = json!(machine.states);
    }
}
