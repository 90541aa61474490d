//! The codes that programs go by and that the document does not list: those of problems, of single fields, and the code sets.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Every code that there is now: of problems with their statuses (rules are among them), of single fields, and of the code sets
/// that the program fixes.
pub fn codes() -> Value {
    let mut codes = api::problem_codes();
    let sets = domain::codes::ALL.iter().map(|set| {
        let mut entries: Vec<&str> = set.codes().collect();
        entries.sort_unstable();
        (set.name.to_owned(), json!(entries))
    });
    codes["sets"] = json!(sets.collect::<BTreeMap<_, _>>());
    codes
}

/// Everything in which `new` codes would break a client of the `old` ones, each as one line. A code that is new breaks nobody.
pub fn broken_codes(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (code, status) in old["problems"].as_object().into_iter().flatten() {
        match &new["problems"][code] {
            Value::Null => found.push(format!("problem {code}: removed")),
            now if now == status => {}
            now => found.push(format!("problem {code}: status changed from {status} to {now}")),
        }
    }
    for code in missing(&old["fields"], &new["fields"]) {
        found.push(format!("field error {code}: removed"));
    }
    for (set, entries) in old["sets"].as_object().into_iter().flatten() {
        match &new["sets"][set] {
            Value::Null => found.push(format!("code set {set}: removed")),
            now => {
                let gone = missing(entries, now).into_iter();
                found.extend(gone.map(|code| format!("code set {set}: {code} removed")));
            }
        }
    }
    found
}

/// What the one list has and the other one has not.
fn missing<'a>(old: &'a Value, new: &Value) -> Vec<&'a str> {
    let listed = |list: &Value, code: &Value| list.as_array().is_some_and(|all| all.contains(code));
    let all = old.as_array().into_iter().flatten();
    all.filter(|code| !listed(new, code)).filter_map(Value::as_str).collect()
}
