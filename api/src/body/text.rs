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
                if name == NAME && faults.len() == before {
                    gather_hidden(field, &at, faults);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Points to the name, or to it in each of its languages, if there are signs in it that are not seen.
fn gather_hidden(name: &Value, at: &str, faults: &mut Vec<Fault>) {
    match name {
        Value::String(name) if hides(name) => faults.push(Fault::new(at, "hidden_character")),
        Value::Object(languages) => {
            for (language, name) in languages {
                gather_hidden(name, &place(at, language), faults);
            }
        }
        _ => {}
    }
}

/// Whether there are signs in a name that are not seen. Between the letters of some scripts, whether they are joined is a matter
/// of spelling, and shows in how they are drawn.
fn hides(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    let spells = |at: usize| {
        let beside = [at.checked_sub(1), at.checked_add(1)];
        let beside = beside.map(|at| at.and_then(|at| letters.get(at)));
        is_joiner(letters[at]) && beside.iter().all(|one| one.is_some_and(|one| is_joined(*one)))
    };
    (0..letters.len()).any(|at| is_hidden(letters[at]) && !spells(at))
}

const fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

/// Whether it is of a script whose letters change with what they are joined to: the Arabic one and its kin, and those of India.
const fn is_joined(letter: char) -> bool {
    matches!(letter, '\u{0620}'..='\u{074F}' | '\u{0750}'..='\u{07BF}' | '\u{0840}'..='\u{0DFF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
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
        let spelt = json!({ "name": { "fi": "رضا می\u{200C}روم", "en": "ക്\u{200D}ഷ" } });
        assert!(told(&spelt).is_empty());
        for hidden in
            ["Ai\u{200C}no", "\u{200C}رضا", "رضا\u{200D}", "رضا\u{200C} می", "رض\u{202E}ا"]
        {
            let named = json!({ "name": { "fi": hidden, "sv": "Anna" } });
            assert_eq!(told(&named), [("/name/fi".to_owned(), "hidden_character")], "{hidden:?}");
        }
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
