//! Unions: none of their cases that was taken may go, none that is read may come.

use serde_json::{Value, json};

use super::{Compare, Way, kinds};
use crate::breaking::follow;

/// The cases of a schema but null, and whether null is one. What is no union is its only case.
struct Cases<'a> {
    keyword: Option<&'static str>,
    null: bool,
    cases: Vec<&'a Value>,
}

impl Compare<'_> {
    /// Compares the cases of two schemas, if one of them has some. Whether that is all there is to compare.
    pub(super) fn choices(&mut self, place: &str, way: Way, was: &Value, is: &Value) -> bool {
        let (before, now) = (cases(self.old, was), cases(self.new, is));
        let Some(keyword) = now.keyword.or(before.keyword) else { return false };
        match way {
            Way::Request if before.null && !now.null => self.say(place, "null is no longer taken"),
            Way::Answer if now.null && !before.null => self.say(place, "can be null"),
            _ => (),
        }
        if let (Some(was), Some(is)) = (before.keyword, now.keyword)
            && was != is
            && before.cases.len().max(now.cases.len()) > 1
        {
            self.say(place, &format!("its cases are said by {is}, and were by {was}: another type of generated clients"));
        }
        let place = format!("{place}/{keyword}");
        if let ([case], [other]) = (before.cases.as_slice(), now.cases.as_slice()) {
            self.schemas(&place, way, &filled(self.old, case), &filled(self.new, other));
        } else {
            self.pairs(&place, way, &before.cases, &now.cases);
        }
        // What a union says besides its cases is compared with what another union says; a thing was compared with its case.
        before.keyword.is_none() || now.keyword.is_none()
    }

    fn pairs(&mut self, place: &str, way: Way, before: &[&Value], now: &[&Value]) {
        for (number, case) in before.iter().enumerate() {
            match find(now, case, number) {
                Some(other) => self.schemas(&format!("{place}/{number}"), way, case, other),
                None if way == Way::Request => {
                    self.say(place, &format!("case {} removed", name(case, number)))
                }
                None => (),
            }
        }
        for (number, case) in now.iter().enumerate() {
            if way == Way::Answer && find(before, case, number).is_none() {
                self.say(place, &format!("case {} is new in an answer", name(case, number)));
            }
        }
    }
}

fn cases<'a>(document: &'a Value, schema: &'a Value) -> Cases<'a> {
    let there = follow(document, schema);
    let keyword = ["oneOf", "anyOf"].into_iter().find(|keyword| there[*keyword].is_array());
    let Some(keyword) = keyword else {
        let null = kinds(there).iter().any(|kind| kind == "null");
        return Cases { keyword: None, null, cases: vec![schema] };
    };
    let all: Vec<&Value> = there[keyword].as_array().into_iter().flatten().collect();
    let is_null = |case: &&Value| case["type"] == "null";
    Cases {
        keyword: Some(keyword),
        null: all.iter().any(is_null),
        cases: all.into_iter().filter(|case| !is_null(case)).collect(),
    }
}

/// The case without null, which has been compared. What is named keeps its name.
fn filled(document: &Value, case: &Value) -> Value {
    let there = follow(document, case);
    let kinds = kinds(there);
    if !kinds.iter().any(|kind| kind == "null") {
        return case.clone();
    }
    let mut filled = there.clone();
    filled["type"] = json!(kinds.iter().filter(|kind| *kind != "null").collect::<Vec<_>>());
    filled
}

fn name(case: &Value, number: usize) -> String {
    let named =
        case["$ref"].as_str().and_then(|name| name.rsplit('/').next()).or(case["type"].as_str());
    named.map_or_else(|| number.to_string(), str::to_owned)
}

fn find<'a>(cases: &[&'a Value], case: &Value, number: usize) -> Option<&'a Value> {
    let wanted = name(case, number);
    let mut numbered = cases.iter().enumerate();
    numbered.find(|(number, one)| name(one, *number) == wanted).map(|(_, one)| *one)
}
