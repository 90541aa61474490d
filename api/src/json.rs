//! JSON as strangers send it. A name that an object has twice is told: readers differ in which of the two they heed, so
//! whoever looks through a request before it comes here may have seen another one (RFC 8259, 4; RFC 7493, 2.3). A number
//! without a fraction is a whole one however it is written: `4500.0` and `45e2`, as JSON Schema has it.

use std::{borrow::Cow, fmt};

use domain::refusal::Fault;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::{
    body::{MOST_FAULTS, place},
    problem::{Problem, Result},
};

/// Reads a JSON text.
///
/// # Errors
///
/// [`Problem::Malformed`] if it is none, [`Problem::Invalid`] with every name that is there twice.
pub(crate) fn read(bytes: &[u8]) -> Result<Value> {
    let mut twice = Vec::new();
    let bytes = plainly(bytes);
    let mut source = serde_json::Deserializer::from_slice(&bytes);
    let value = Reader { at: &At::Root, twice: &mut twice }.deserialize(&mut source);
    let value = value.and_then(|value| source.end().map(|()| value));
    match value {
        Err(_) => Err(Problem::Malformed),
        Ok(_) if !twice.is_empty() => Err(Problem::Invalid(twice)),
        Ok(value) => Ok(value),
    }
}

/// The text with every whole number written plainly, if an `i64` has room for it: the library would take it for one of those that
/// are rounded. What is no JSON stays none.
fn plainly(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (mut plain, mut done, mut at) = (Vec::new(), 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at += text(&bytes[at..]),
            b'-' | b'0'..=b'9' => {
                let rest = &bytes[at..];
                let of_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                let end = rest.iter().position(|byte| !of_number(byte)).unwrap_or(rest.len());
                if let Some(number) = whole(&rest[..end]) {
                    plain.extend_from_slice(&bytes[done..at]);
                    plain.extend_from_slice(number.to_string().as_bytes());
                    done = at + end;
                }
                at += end;
            }
            _ => at += 1,
        }
    }
    if done == 0 {
        return Cow::Borrowed(bytes);
    }
    plain.extend_from_slice(&bytes[done..]);
    Cow::Owned(plain)
}

/// How long the text is that these bytes begin with, its quotes included.
fn text(bytes: &[u8]) -> usize {
    let mut at = 1;
    loop {
        match bytes.get(at) {
            None => return bytes.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

/// The number that the letters of a JSON number stand for, if it is a whole one that is not written plainly, and fits exactly.
fn whole(letters: &[u8]) -> Option<i64> {
    let letters = std::str::from_utf8(letters).ok()?;
    if letters != "-0" && !letters.contains(['.', 'e', 'E']) {
        return None;
    }
    let (sign, amount) = letters.strip_prefix('-').map_or(("", letters), |rest| ("-", rest));
    let (amount, power) = amount.split_once(['e', 'E']).unwrap_or((amount, "0"));
    let (units, parts) = match amount.split_once('.') {
        Some((units, parts)) => (units, Some(parts)),
        None => (amount, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let leads = units.len() > 1 && units.starts_with('0');
    let power_digits = power.strip_prefix(['+', '-']).unwrap_or(power);
    if !digits(units) || leads || !parts.is_none_or(digits) || !digits(power_digits) {
        return None; // no number
    }
    let parts = parts.unwrap_or_default();
    let written = format!("{units}{parts}");
    let significant = written.trim_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // How many zeros follow the digits that count: none of them is behind the point.
    let trailing = written.len() - written.trim_end_matches('0').len();
    let zeros = i64::try_from(trailing).ok()? - i64::try_from(parts.len()).ok()?;
    let zeros = usize::try_from(zeros.checked_add(power.parse().ok()?)?).ok()?;
    if significant.len().checked_add(zeros)? > MOST_DIGITS {
        return None;
    }
    format!("{sign}{significant}{}", "0".repeat(zeros)).parse().ok()
}

/// How many digits an `i64` has at the most.
const MOST_DIGITS: usize = 19;

/// Where something is in the text.
enum At<'a> {
    Root,
    Name(&'a At<'a>, &'a str),
    Index(&'a At<'a>, usize),
}

impl At<'_> {
    /// Its JSON Pointer, as far as the names are like ours.
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Name(above, name) => place(&above.pointer(), name),
            Self::Index(above, number) => place(&above.pointer(), &number.to_string()),
        }
    }
}

/// Reads the value at a place.
struct Reader<'a> {
    at: &'a At<'a>,
    twice: &'a mut Vec<Fault>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> std::result::Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> std::result::Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let at = &At::Index(self.at, items.len());
            match source.next_element_seed(Reader { at, twice: self.twice })? {
                Some(item) => items.push(item),
                None => return Ok(items.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> std::result::Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = source.next_key::<String>()? {
            let at = &At::Name(self.at, &name);
            let value = source.next_value_seed(Reader { at, twice: self.twice })?;
            if fields.contains_key(&name) && self.twice.len() < MOST_FAULTS {
                self.twice.push(Fault::new(at.pointer(), "duplicate"));
            }
            fields.insert(name, value);
        }
        Ok(fields.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twice(text: &str) -> Vec<String> {
        match read(text.as_bytes()) {
            Ok(_) => Vec::new(),
            Err(Problem::Invalid(faults)) => faults
                .into_iter()
                .map(|fault| {
                    assert_eq!(fault.code, "duplicate");
                    fault.pointer
                })
                .collect(),
            Err(problem) => panic!("{problem}"),
        }
    }

    #[test]
    fn every_name_that_is_there_twice_is_pointed_to() {
        assert_eq!(twice(r#"{"a":1,"b":{"a":2}}"#), [""; 0]);
        assert_eq!(twice(r#"{"a":1,"a":1}"#), ["/a"]);
        assert_eq!(twice(r#"{"a":1,"\u0061":1}"#), ["/a"]);
        assert_eq!(twice(r#"{"a":[{},{"b":1,"b":2,"b":3}],"a":{}}"#), ["/a/1/b", "/a/1/b", "/a"]);
        // A name that the caller has made up is not repeated.
        assert_eq!(twice(r#"{"form":{"a/b":1,"a/b":2}}"#), ["/form"]);
        let many = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(MOST_FAULTS + 10));
        assert_eq!(twice(&many).len(), MOST_FAULTS);
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        let deep = "[".repeat(100_000);
        for text in ["", "{", "{\"a\":1,\"a\":", "1 2", "nul", "1e999", "\"\\ud800\"", &deep] {
            assert!(matches!(read(text.as_bytes()), Err(Problem::Malformed)), "{text:.20}");
        }
        assert!(matches!(read(b"\"\xff\""), Err(Problem::Malformed)));
    }

    #[test]
    fn a_number_without_a_fraction_is_a_whole_one_however_it_is_written() {
        let written = |text: &str| read(text.as_bytes()).expect("JSON").to_string();
        for (text, plain) in [
            ("4500.0", "4500"),
            ("45e2", "4500"),
            ("0.45E+4", "4500"),
            ("450000e-2", "4500"),
            ("-1.0", "-1"),
            ("-0", "0"),
            ("-0.0e999999999999999999999", "0"),
            ("100", "100"),
            ("9223372036854775807.000", "9223372036854775807"),
            ("-9223372036854775808.0", "-9223372036854775808"),
            ("9007199254740993.0", "9007199254740993"),
            ("92233720368547758070e-1", "9223372036854775807"),
            // What is not whole, or too large, is not made so.
            ("4500.5", "4500.5"),
            ("45e-1", "4.5"),
            ("1e300", "1e+300"),
            ("9223372036854775808.0", "9.223372036854776e+18"),
            ("[1.0,{\"a\":[2e1]},3.5]", "[1,{\"a\":[20]},3.5]"),
            ("{\"1.0\":\"2.0 \\\\\",\"\\\"3.0\":4.0}", "{\"1.0\":\"2.0 \\\\\",\"\\\"3.0\":4}"),
        ] {
            assert_eq!(written(text), plain, "{text}");
        }
        let nearly = read(b"4500.00000000000000000001").expect("JSON");
        assert!(!nearly.is_i64(), "it is rounded, and still no whole number");
        for text in
            ["01.0", "1.", ".5", "1.0.0", "1e", "1e+", "--1.0", "1.0-2", "+1.0", "-", "1.0e1.0"]
        {
            assert!(matches!(read(text.as_bytes()), Err(Problem::Malformed)), "{text}");
        }
    }

    /// A library keeps a name for itself by which it hands on texts as they are: a stranger has no use of it.
    #[test]
    fn no_name_means_anything_to_the_library() {
        let text = r#"{"$serde_json::private::RawValue":"[1]"}"#;
        assert_eq!(read(text.as_bytes()).expect("an object").to_string(), text);
    }
}

#[cfg(test)]
mod fuzz {
    use proptest::prelude::*;

    use super::*;

    /// Whether the two are the same, but for how their numbers are kept.
    fn alike(one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| alike(one, other))
            }
            (Value::Object(one), Value::Object(other)) => {
                let same =
                    |name: &String, value| other.get(name).is_some_and(|other| alike(value, other));
                one.len() == other.len() && one.iter().all(|(name, value)| same(name, value))
            }
            (one, other) => one == other,
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_as_the_library_reads_it(text in r#"[\[\]{}:,"ab0-9.eE+\\tnul -]{0,60}"#) {
            let theirs = serde_json::from_str::<Value>(&text).ok();
            match read(text.as_bytes()) {
                Ok(value) => prop_assert!(theirs.is_some_and(|theirs| alike(&value, &theirs)), "{}", value),
                Err(Problem::Invalid(_)) => prop_assert!(theirs.is_some()),
                Err(_) => prop_assert_eq!(None, theirs),
            }
        }

        #[test]
        fn a_whole_number_is_read_exactly_in_every_form(number in any::<i64>(), zeros in 0_usize..30, other in 1_u8..10) {
            prop_assume!(number != 0, "nothing follows a zero but a point");
            let zero = "0".repeat(zeros);
            for text in [format!("{number}.0{zero}"), format!("{number}{zero}e-{zeros}"), format!("{number}{zero}0.0E-{}", zeros + 1)] {
                prop_assert_eq!(read(text.as_bytes()).ok().and_then(|value| value.as_i64()), Some(number), "{}", text);
            }
            let text = format!("{number}.{zero}{other}");
            prop_assert!(read(text.as_bytes()).is_ok_and(|value| !value.is_i64() && !value.is_u64()), "{}", text);
        }
    }
}
