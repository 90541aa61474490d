//! The README and the other documents of the project say what is there.

use std::{collections::BTreeSet, fs, path::Path};

use api::config::Cli;
use clap::CommandFactory;

const DOCUMENTS: [&str; 8] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "docs/api.md",
    "docs/collection/README.md",
    "docs/sandbox.md",
    "migrations/README.md",
];

#[test]
fn links_between_documents_lead_somewhere() {
    for document in DOCUMENTS {
        let folder = root().join(document).parent().expect("a folder").to_owned();
        for link in links(&read(document)) {
            let path = link.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            assert!(folder.join(path).exists(), "{document} links to {link}, which is not there");
        }
    }
}

#[test]
fn no_test_stands_where_none_is_run() {
    for krate in ["domain", "persistence"] {
        let mut folders = vec![root().join("crates").join(krate).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the folder is there") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = fs::read_to_string(&path).expect("source is text");
                assert!(
                    !text.contains("#[test]"),
                    "move the tests of {} to tests/",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_readme_lists_every_setting_with_its_default() {
    let rows: Vec<String> = read("README.md")
        .lines()
        .filter(|line| line.starts_with("| `--"))
        .map(str::to_owned)
        .collect();
    let command = Cli::command();
    let serve = command.find_subcommand("serve").expect("the program serves");
    let mut expected = Vec::new();
    for argument in serve.get_arguments() {
        let (Some(flag), Some(variable)) = (argument.get_long(), argument.get_env()) else {
            continue;
        };
        let defaults: Vec<_> = argument
            .get_default_values()
            .iter()
            .map(|value| format!("`{}`", value.display()))
            .collect();
        expected.push(format!(
            "| `--{flag}` | `{}` | {} | {} |",
            variable.display(),
            if argument.get_action().takes_values() { defaults.join(" ") } else { String::new() },
            argument.get_help().map(ToString::to_string).unwrap_or_default(),
        ));
    }
    assert_eq!(rows.join("\n"), expected.join("\n"));
}

#[test]
fn a_sandbox_takes_every_setting_of_limits_that_an_installation_takes() {
    let command = Cli::command();
    let of = |name: &str| {
        let limits = command.find_subcommand(name).expect("it is there").get_arguments();
        let limits = limits.filter_map(|one| one.get_long().zip(one.get_env()));
        let limits = limits.filter(|(long, _)| {
            long.starts_with("rate-") || long.starts_with("codes-") || *long == "proxies"
        });
        limits.map(|(long, env)| format!("{long} {}", env.display())).collect::<BTreeSet<_>>()
    };
    assert_eq!(of("sandbox"), of("serve"));
    assert_eq!(of("sandbox").len(), 7);
}

#[test]
fn the_targets_that_documents_name_are_in_the_makefile() {
    let makefile = read("Makefile");
    for document in DOCUMENTS {
        for target in read(document).split("`make ").skip(1) {
            let name =
                target.split(|letter: char| !letter.is_ascii_lowercase() && letter != '-').next();
            let name = name.unwrap_or_default();
            let found = name.is_empty()
                || makefile.lines().any(|line| line.starts_with(&format!("{name}:")));
            assert!(found, "{document} names make {name}, which is not there");
        }
    }
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the document can be read")
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
