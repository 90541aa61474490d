//! `docs/requirements.md` names only what is there.

use std::{collections::HashSet, fs, path::Path};

/// A row of the table.
struct Row {
    name: String,
    operations: String,
    tests: String,
}

#[test]
fn every_operation_named_exists() {
    let known: HashSet<&str> =
        acceptance::operations().iter().map(|one| one.name.as_str()).collect();
    for row in rows() {
        for operation in names(&row.operations) {
            assert!(known.contains(operation), "{} names the operation {operation}", row.name);
        }
    }
}

#[test]
fn every_test_named_exists() {
    for row in rows() {
        for test in names(&row.tests) {
            let (source, name) = find(test);
            assert!(
                source.contains(&format!("fn {name}(")),
                "{} names {test}, and there is no such test",
                row.name
            );
        }
    }
}

#[test]
fn every_row_is_carried_by_operations_and_tests_or_not_yet() {
    for row in rows() {
        let carried = names(&row.operations).next().is_some() && names(&row.tests).next().is_some();
        let open = row.operations == "not yet" && row.tests.is_empty();
        assert!(carried || open, "{} is neither carried nor open", row.name);
    }
}

#[test]
fn every_row_is_there_once() {
    let mut seen = HashSet::new();
    for row in rows() {
        assert!(seen.insert(row.name.clone()), "{} is there twice", row.name);
    }
    assert_eq!(seen.len(), 206);
}

/// The source of a test's module, which is one file or a folder of them, and the test's name in it.
pub(crate) fn find(test: &str) -> (String, &str) {
    let (module, name) = test.rsplit_once("::").unwrap_or(("", test));
    let module = match module.strip_prefix("domain::") {
        Some(module) => format!("crates/domain/tests/rules/{module}"),
        None => format!("tests/suite/{module}"),
    };
    let whole = fs::read_to_string(root().join(format!("{module}.rs")));
    let source = whole.unwrap_or_else(|_| {
        let files = fs::read_dir(root().join(module)).into_iter().flatten().flatten();
        files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
    });
    (source, name)
}

fn rows() -> Vec<Row> {
    let text =
        fs::read_to_string(root().join("docs/requirements.md")).expect("the document is there");
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, operations, tests] = cells[..] else { panic!("{line} has four cells") };
        Row { name: name.to_owned(), operations: operations.to_owned(), tests: tests.to_owned() }
    };
    text.lines()
        .filter(|line| line.starts_with("| S") && line.as_bytes().get(4) == Some(&b'-'))
        .map(row)
        .collect()
}

/// What stands between backquotes.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
