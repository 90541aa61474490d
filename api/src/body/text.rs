//! What holds of every text in a body, whatever it is for: there is something to see in it, and in a name all is seen.

use domain::refusal::Fault;
use serde_json::Value;

use super::place;

/// The field that holds the name of a person, an organisation or a thing.
const NAME: &str = "name";

/// Points to the texts that are not empty and yet show nothing, and to names with signs in them that are not seen.
pub(super) fn gather(value: &Value, at: &str, faults: &mut Vec<Fault>) {
    match value {
        Value::String(text) => {
            if !text.is_empty() && !text.chars().any(is_seen) {
                faults.push(Fault::new(at, "blank"));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(item, &format!("{at}/{index}"), faults);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let at = place(at, name);
                let before = faults.len();
                gather(field, &at, faults);
                let hides = || field.as_str().is_some_and(|text| text.chars().any(is_hidden));
                if name == NAME && faults.len() == before && hides() {
                    faults.push(Fault::new(at, "hidden_character"));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_seen(letter: char) -> bool {
    !(letter.is_whitespace() || letter.is_control() || is_hidden(letter) || is_blank(letter))
}

/// Whether a sign only says how those around it are joined, ordered or read: Unicode's category Cf without the signs of some
/// scripts that are seen, and the variation selectors.
const fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether a letter is drawn as nothing: the fillers of Hangul and Khmer, and Braille without a dot.
const fn is_blank(letter: char) -> bool {
    matches!(
        letter,
        '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}'
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(value: &Value) -> Vec<(String, &'static str)> {
        let mut faults = Vec::new();
        gather(value, "", &mut faults);
        faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn a_text_shows_something_and_a_name_shows_all_of_itself() {
        let seen = json!({
            "name": "Áile Ä. О’Нил-李 𐐷", "text": "👨‍👩‍👧 می‌روم", "list": ["", "x\u{200B}"], "other": 1, "none": null,
        });
        assert!(told(&seen).is_empty());
        let unseen = json!({
            "facts": { "name": "\u{200B}" }, "name": "Ai\u{202E}no", "list": [" \n", { "text": "\u{3164}\u{2800}" }],
        });
        let place = |pointer: &str, code| (pointer.to_owned(), code);
        let mut told = told(&unseen);
        told.sort();
        assert_eq!(
            told,
            [
                place("/facts/name", "blank"),
                place("/list/0", "blank"),
                place("/list/1/text", "blank"),
                place("/name", "hidden_character"),
            ]
        );
    }
}
