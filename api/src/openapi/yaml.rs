//! The document as YAML that readers of YAML 1.1 take for the same as those of 1.2.

use serde_json::Value;

use super::json;

/// The document as it is committed.
pub fn yaml() -> String {
    written(json())
}

fn written(document: &Value) -> String {
    let yaml = serde_norway::to_string(document).expect("JSON is YAML");
    yaml.lines().map(|line| quoted(line) + "\n").collect()
}

/// A line in which words that older readers take for something else stand in quotes.
fn quoted(line: &str) -> String {
    let mut rest = line.trim_start_matches(' ');
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item;
    }
    let indent = &line[..line.len() - rest.len()];
    let (key, value) = match rest.split_once(": ") {
        Some((key, value)) => (Some(key), value),
        None => match rest.strip_suffix(':') {
            Some(key) => (Some(key), ""),
            None => (None, rest),
        },
    };
    let safe = |word: &str| if misread(word) { format!("'{word}'") } else { word.to_owned() };
    let value = safe(value);
    match key {
        Some(key) => {
            let gap = if value.is_empty() { "" } else { " " };
            format!("{indent}{}:{gap}{value}", safe(key))
        }
        None => format!("{indent}{value}"),
    }
}

/// Whether YAML 1.1 takes this for something else than the text that it is. What JSON, too, takes for a number is one.
fn misread(word: &str) -> bool {
    let is_number = serde_json::from_str::<serde_json::Number>(word).is_ok();
    !is_number && (is_word(word) || is_day(word) || is_numeral(word))
}

/// Truth values, what is nothing, and the keys that merge mappings and give them a value.
fn is_word(word: &str) -> bool {
    matches!(
        word,
        "n" | "N"
            | "no"
            | "No"
            | "NO"
            | "off"
            | "Off"
            | "OFF"
            | "on"
            | "On"
            | "ON"
            | "y"
            | "Y"
            | "yes"
            | "Yes"
            | "YES"
            | "="
            | "<<"
    )
}

/// A day, or a moment.
fn is_day(word: &str) -> bool {
    let mut parts = word.splitn(3, '-');
    let digits = |part: Option<&str>, lengths: &[usize]| {
        part.is_some_and(|part| {
            lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let (year, month) = (parts.next(), parts.next());
    let day = parts.next().map(|rest| rest.split(['T', 't', ' ', '\t']).next().unwrap_or(rest));
    digits(year, &[4]) && digits(month, &[1, 2]) && digits(day, &[1, 2])
}

/// Numbers in other bases, with underscores, with a point and nothing after it, or in sixties.
fn is_numeral(word: &str) -> bool {
    let plain = word.strip_prefix(['+', '-']).unwrap_or(word);
    let of = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || more.contains(c))
    };
    if let Some(digits) = plain.strip_prefix("0x") {
        return of(digits, "_abcdefABCDEF");
    }
    if let Some(digits) = plain.strip_prefix("0b").or_else(|| plain.strip_prefix("0o")) {
        return of(digits, "_");
    }
    let begins = plain.starts_with(|c: char| c.is_ascii_digit())
        || plain.strip_prefix('.').is_some_and(|rest| of(rest.get(..1).unwrap_or_default(), ""));
    begins && (of(plain, "_:.") && plain.matches('.').count() < 2 || exponential(plain))
}

fn exponential(plain: &str) -> bool {
    plain.split_once(['e', 'E']).is_some_and(|(number, power)| {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        let digits = |text: &str, more: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || more.contains(c))
        };
        digits(number, "_.") && digits(power, "")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::json as document, written, yaml};

    #[test]
    fn both_forms_say_the_same() {
        let read: Value = serde_norway::from_str(&yaml()).expect("it is YAML");
        assert!(read == *document());
    }

    /// What the types of YAML 1.1 (yaml.org/type) take for no text.
    const AMBIGUOUS: &[&str] = &[
        "y",
        "Y",
        "yes",
        "Yes",
        "YES",
        "n",
        "N",
        "no",
        "No",
        "NO",
        "on",
        "On",
        "ON",
        "off",
        "Off",
        "OFF",
        "true",
        "True",
        "FALSE",
        "null",
        "Null",
        "~",
        "=",
        "<<",
        "2_3",
        "1_000",
        "-1_000",
        "+12",
        "0b1010",
        "0b1_0",
        "0o17",
        "017",
        "0x1F",
        "0x_A",
        "190:20:30",
        "10:30",
        "-1:00",
        "190:20:30.15",
        "1_0.5",
        "685_230.15",
        "1.",
        ".5",
        "6.8523015e+5",
        "1e3",
        "1_0e+3",
        ".inf",
        "-.INF",
        ".nan",
        "2026-11-30",
        "2026-1-5",
        "2001-12-14t21:59:43.10-05:00",
        "2001-12-14 21:59:43.10 -5",
        "12",
        "1.5",
        "0",
        "",
    ];

    /// What is text to everybody.
    const PLAIN: &[&str] = &[
        "yess",
        "none",
        "1.2.3",
        "12:00 noon",
        "2026-11",
        "2026-11-30x",
        "a_1",
        "1_a",
        "e5",
        "v1",
        "-",
        "x-10",
        "order",
        "nO",
        "ON-TIME",
    ];

    #[test]
    fn what_yaml_1_1_takes_for_no_text_stands_in_quotes() {
        for word in AMBIGUOUS {
            let document = json!({ "value": word, (*word): [word, { (*word): word }] });
            let yaml = written(&document);
            let read: Value = serde_norway::from_str(&yaml).expect("it is YAML");
            assert_eq!(read, document, "{yaml}");
            for line in yaml.lines() {
                for part in line.trim_start_matches([' ', '-']).split(": ") {
                    let part = part.strip_suffix(':').unwrap_or(part);
                    let quoted = part.starts_with('\'') || part.starts_with('"');
                    assert!(quoted || part == "value" || part.is_empty(), "{word:?} in {line}");
                }
            }
        }
    }

    #[test]
    fn text_and_numbers_stay_as_they_are() {
        for word in PLAIN {
            let yaml = written(&json!({ "value": word }));
            let read: Value = serde_norway::from_str(&yaml).expect("it is YAML");
            assert_eq!(read["value"], *word);
        }
        let numbers = json!({ "a": 1, "b": -12, "c": 1.5, "d": true, "e": null, "f": [2, -3] });
        assert_eq!(written(&numbers), "a: 1\nb: -12\nc: 1.5\nd: true\ne: null\nf:\n- 2\n- -3\n");
    }
}
