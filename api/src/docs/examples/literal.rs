//! JSON values as literals of a language.

use serde_json::Value;

/// How a language writes literals.
pub(super) trait Style {
    /// A key of an object, with what follows it.
    fn key(&self, key: &str) -> String;
    /// A text, which may have names in double braces.
    fn text(&self, text: &str) -> String;
    /// True, false and null.
    fn word(&self, value: &Value) -> String;
    /// What stands between a brace and what is in it, on one line.
    fn gap(&self) -> &'static str;
    /// Whether a comma may follow the last one.
    fn trailing(&self) -> bool;
}

/// How long a line may be.
const WIDTH: usize = 88;

/// The value, on one line if it fits within the width after `used` characters, or else on several, indented by `depth`.
pub(super) fn literal(value: &Value, style: &impl Style, depth: usize, used: usize) -> String {
    let flat = flat(value, style);
    if used + flat.chars().count() <= WIDTH {
        return flat;
    }
    let indent = "  ".repeat(depth + 1);
    let lines: Vec<String> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| {
                let key = style.key(key);
                let used = indent.len() + key.chars().count() + 1;
                format!("{indent}{key}{}", literal(value, style, depth + 1, used))
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .map(|item| format!("{indent}{}", literal(item, style, depth + 1, indent.len() + 1)))
            .collect(),
        _ => return flat,
    };
    let (open, close) = if value.is_object() { ("{", "}") } else { ("[", "]") };
    let comma = if style.trailing() { "," } else { "" };
    format!("{open}\n{}{comma}\n{}{close}", lines.join(",\n"), "  ".repeat(depth))
}

fn flat(value: &Value, style: &impl Style) -> String {
    match value {
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| style.key(key) + &flat(value, style)).collect();
            format!("{{{0}{1}{0}}}", style.gap(), fields.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| flat(item, style)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => style.text(text),
        Value::Number(number) => number.to_string(),
        word => style.word(word),
    }
}
