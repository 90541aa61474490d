//! The migrations keep to the SQL that SQLite and PostgreSQL understand the same way (`migrations/README.md`).

use std::{fs, path::PathBuf};

const TYPES: [&str; 7] = ["BIGINT", "BOOLEAN", "BYTEA", "DATE", "INTEGER", "TEXT", "TIMESTAMP"];

/// Words that the two databases read differently, or that hide a rule from the code.
const FORBIDDEN: [&str; 12] = [
    "ARRAY",
    "CHECK",
    "COLLATE",
    "CONFLICT",
    "DEFAULT",
    "GENERATED",
    "JSON",
    "JSONB",
    "NOW",
    "RETURNING",
    "SERIAL",
    "TRIGGER",
];

#[test]
fn every_migration_goes_up_and_down() {
    for folder in folders() {
        for file in ["up.sql", "down.sql"] {
            assert!(folder.join(file).is_file(), "{} has no {file}", folder.display());
        }
    }
}

/// Of two with the same number, only one would ever be applied.
#[test]
fn every_migration_has_a_number_of_its_own() {
    let mut numbers: Vec<String> = folders()
        .iter()
        .filter_map(|folder| folder.file_name()?.to_str()?.split('_').next().map(str::to_owned))
        .collect();
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "two migrations have the same number");
}

#[test]
fn every_migration_is_portable() {
    for folder in folders() {
        let sql = read(&folder, "up.sql").to_uppercase();
        for word in sql.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
            assert!(!FORBIDDEN.contains(&word), "{} says {word}", folder.display());
        }
    }
}

#[test]
fn every_column_has_a_portable_type() {
    for folder in folders() {
        let sql = read(&folder, "up.sql");
        for line in sql.lines().filter(|line| line.starts_with("    ")) {
            let mut words = line.split_whitespace();
            let (Some(name), Some(kind)) = (words.next(), words.next()) else { continue };
            if name.chars().all(|letter| !letter.is_ascii_lowercase()) {
                continue; // A key of several columns, or a condition.
            }
            let kind = kind.trim_end_matches(',');
            assert!(TYPES.contains(&kind), "{}: {name} is {kind}", folder.display());
        }
    }
}

#[test]
fn every_table_that_goes_up_comes_down() {
    for folder in folders() {
        let down = read(&folder, "down.sql");
        for line in read(&folder, "up.sql").lines() {
            let Some(rest) = line.strip_prefix("CREATE TABLE ") else { continue };
            let table = rest.trim_end_matches(['(', ' ']);
            let drop = format!("DROP TABLE {table};");
            assert!(down.contains(&drop), "{} does not say {drop}", folder.display());
        }
    }
}

fn read(folder: &std::path::Path, file: &str) -> String {
    let text = fs::read_to_string(folder.join(file)).expect("the file can be read");
    text.lines()
        .map(|line| line.split("--").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

fn folders() -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let mut folders: Vec<_> = fs::read_dir(root)
        .expect("the folder of migrations is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}
