//! Whether what breaks clients is declared as `docs/versioning.md` has it: with a reason, on a day, in the changelog, and, for
//! what is taken away, when its time is over.

use chrono::{Months, NaiveDate};
use serde_json::Value;

use super::{METHODS, items_of};

/// From this day on, the changelog names what each declaration is about. Those before it stand for many places of one kind.
const NAMED_SINCE: &str = "2026-12-02";

/// A change that is declared in `docs/breaking.yaml`.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The line of the gate.
    pub change: String,
    /// The day on which it was announced.
    pub announced: NaiveDate,
}

/// What is declared, or what is wrong with how it is.
pub fn declarations(document: &Value) -> Result<Vec<Declaration>, String> {
    let one = |entry: &Value| {
        let text = |key: &str| {
            let text = entry[key].as_str().filter(|text| !text.trim().is_empty());
            text.map(str::to_owned).ok_or_else(|| format!("{entry} has no {key}"))
        };
        text("reason")?;
        let announced = text("announced")?;
        let announced = day(&announced)
            .ok_or_else(|| format!("{entry} is announced on {announced}, which is no day"))?;
        Ok(Declaration { change: text("change")?, announced })
    };
    document["breaks"].as_array().into_iter().flatten().map(one).collect()
}

/// What the changelog says of what is not released yet, and what it says of releases.
#[derive(Debug)]
pub struct Changelog<'a> {
    unreleased: &'a str,
    /// The day of the last release, if there was one.
    pub released: Option<NaiveDate>,
}

impl<'a> Changelog<'a> {
    /// Reads it: a release is a heading of a version with a day, `## [1.0.0] - 2027-01-31`.
    pub fn read(text: &'a str) -> Self {
        let mut before = 0;
        for line in text.split_inclusive('\n') {
            let heading = line.strip_prefix("## [").and_then(|rest| rest.split_once("] - "));
            if let Some(released) = heading.and_then(|(_, rest)| day(rest.trim())) {
                return Self { unreleased: &text[..before], released: Some(released) };
            }
            before += line.len();
        }
        Self { unreleased: text, released: None }
    }

    /// The words in backticks of each entry that says of what is not released that it breaks clients.
    fn names(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for entry in self.unreleased.split("\n- ").skip(1) {
            // An entry ends where a heading begins.
            let entry = entry.split("\n#").next().unwrap_or_default();
            if entry.contains("**Breaking:**") {
                names.extend(entry.split('`').skip(1).step_by(2));
            }
        }
        names
    }
}

/// What is wrong with the declarations: a day to come or of before the last release, or nothing about it in the changelog.
pub fn ill_declared(
    declarations: &[Declaration],
    changelog: &Changelog<'_>,
    today: NaiveDate,
) -> Vec<String> {
    let mut wrong = Vec::new();
    if !declarations.is_empty() && !changelog.unreleased.contains("**Breaking:**") {
        wrong.push(
            "nothing above the last release in CHANGELOG.md begins with **Breaking:**".to_owned(),
        );
    }
    let names = changelog.names();
    for Declaration { change, announced } in declarations {
        if *announced > today {
            wrong.push(format!("{change}: it is announced on a day to come, {announced}"));
        }
        if changelog.released.is_some_and(|released| *announced < released) {
            wrong.push(format!(
                "{change}: it was announced before the last release, which empties the declarations"
            ));
        }
        let named = || names.iter().any(|name| says(change, name));
        if day(NAMED_SINCE).is_some_and(|since| *announced >= since) && !named() {
            wrong.push(format!("{change}: no entry with **Breaking:** above the last release in CHANGELOG.md names in backticks what it is about"));
        }
    }
    wrong
}

/// Whether the line has this name in it as a whole.
fn says(line: &str, name: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    name.chars().any(|letter| letter.is_alphabetic() || letter == '_')
        && line.match_indices(name).any(|(at, _)| {
            !line[..at].ends_with(part) && !line[at + name.len()..].starts_with(part)
        })
}

/// The operations that are gone from the `new` contract, although the `released` one does not say that their time is over by
/// `today`: it has them as `deprecated`, with the day of their end.
pub fn gone_too_early(released: &Value, new: &Value, today: NaiveDate) -> Vec<String> {
    let mut early = Vec::new();
    for (path, method, operation) in items_of(released, "paths") {
        if !METHODS.contains(&method) || !new["paths"][path][method].is_null() {
            continue;
        }
        let sunset = operation["x-sunset"].as_str().and_then(day);
        if operation["deprecated"] != true || sunset.is_none_or(|sunset| sunset > today) {
            early.push(format!("{} {path}", method.to_uppercase()));
        }
    }
    early
}

/// How many months an operation goes on after it was announced that it will not.
const NOTICE: Months = Months::new(24);

/// The operations of which the `new` contract says for the first time that they end, and that end within 24 months of `today`:
/// whoever reads only what is released hears of it no earlier, whatever day the row says.
pub fn announced_too_late(released: &Value, new: &Value, today: NaiveDate) -> Vec<String> {
    let mut late = Vec::new();
    for (path, method, operation) in items_of(new, "paths") {
        let Some(sunset) = operation["x-sunset"].as_str() else { continue };
        if !METHODS.contains(&method) || !released["paths"][path][method]["x-sunset"].is_null() {
            continue;
        }
        let promised = today.checked_add_months(NOTICE);
        if day(sunset).zip(promised).is_none_or(|(sunset, promised)| sunset < promised) {
            late.push(format!("{} {path} ends on {sunset}", method.to_uppercase()));
        }
    }
    late
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}
