//! JSON as strangers send it. A name that an object has twice is told: readers differ in which of the two they heed, so
//! whoever looks through a request before it comes here may have seen another one (RFC 8259, 4; RFC 7493, 2.3).

use std::fmt;

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
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let value = Reader { at: &At::Root, twice: &mut twice }.deserialize(&mut source);
    let value = value.and_then(|value| source.end().map(|()| value));
    match value {
        Err(_) => Err(Problem::Malformed),
        Ok(_) if !twice.is_empty() => Err(Problem::Invalid(twice)),
        Ok(value) => Ok(value),
    }
}

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

    proptest! {
        #[test]
        fn whatever_comes_is_read_as_the_library_reads_it(text in r#"[\[\]{}:,"ab0-9.eE+\\tnul -]{0,60}"#) {
            let theirs = serde_json::from_str::<Value>(&text).ok();
            match read(text.as_bytes()) {
                Ok(value) => prop_assert_eq!(Some(value), theirs),
                Err(Problem::Invalid(_)) => prop_assert!(theirs.is_some()),
                Err(_) => prop_assert_eq!(None, theirs),
            }
        }
    }
}
