//! Who gets what from each operation of the contract, as a table that a person can read.
//!
//! 401: nobody knows who asks. 403: not for them, though they may know that it exists. 404: they may not even know. What
//! comes after that – a rule, a state, a value – is no matter of who asks: they may. A listing in which there is nothing
//! for them is `none`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use acceptance::{
    Answer, Kind, Server, golden,
    world::{PERSONAS, Persona, Try, World, for_everyone},
};
use domain::policy::Action;
use uuid::Uuid;

/// What an answer says of whether the caller may.
fn word(answer: &Answer) -> &'static str {
    match answer.status {
        401 => "401",
        403 => "403",
        404 => "404",
        200 if answer.body["items"].as_array().is_some_and(Vec::is_empty) => "none",
        _ => "may",
    }
}

/// What a persona gets, call by call: first what they read, then what they change. Whatever one call does to a thing that
/// is there is not so for the next one.
fn column(world: &World, persona: &Persona, tries: &[Try]) -> Vec<&'static str> {
    let mut server: Option<Server> = None;
    let mut words = vec![""; tries.len()];
    let reads = |one: &Try| one.operation.method == "GET";
    let (first, then): (Vec<_>, Vec<_>) = tries.iter().enumerate().partition(|(_, one)| reads(one));
    for (row, one) in first.into_iter().chain(then) {
        let copy = server.get_or_insert_with(|| world.copy());
        let answer = world.call(&world.caller(copy, persona), one);
        words[row] = word(&answer);
        let is_about_something = one.operation.parameters().next().is_some();
        // Signing out, and becoming an expert, change who asks.
        let changes_who_asks = ["/v1/sign-out", "/v1/sign-out/everywhere", "/v1/experts"]
            .contains(&&*one.operation.path);
        if !reads(one) && answer.status < 300 && (is_about_something || changes_who_asks) {
            server = None;
        }
    }
    words
}

fn table(kind: Kind) -> String {
    let world = World::of(kind);
    let tries = world.all_tries();
    let columns = for_everyone(|persona| column(world, persona, &tries));
    let mut table = String::new();
    for (row, one) in tries.iter().enumerate() {
        let Try { operation, which, .. } = one;
        table += &format!("{} {}", operation.method, operation.path);
        table += &if which.is_empty() { "\n".to_owned() } else { format!("  ({which})\n") };
        table += &cells(&columns.iter().map(|column| column[row]).collect::<Vec<_>>());
    }
    table
}

/// The cells of a row, by what is in them. Those of whom there are most come last, as everyone else.
fn cells(row: &[&'static str]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for word in ["may", "none", "401", "403", "404"] {
        let these = PERSONAS.iter().zip(row).filter(|(_, cell)| **cell == word);
        groups.push((word, these.map(|(persona, _)| persona.name).collect()));
    }
    groups.retain(|(_, names)| !names.is_empty());
    groups.sort_by_key(|(_, names)| names.len() > PERSONAS.len() / 2);
    let most = groups.iter().position(|(_, names)| names.len() > PERSONAS.len() / 2);
    let line = |(at, (word, names)): (usize, &(&str, Vec<&str>))| match most {
        Some(0) if names.len() == PERSONAS.len() => format!("    {word:<4}  everyone\n"),
        Some(most) if most == at => format!("    {word:<4}  everyone else\n"),
        _ => format!("    {word:<4}  {}\n", names.join(", ")),
    };
    groups.iter().enumerate().map(line).collect()
}

#[test]
fn the_whole_table_on_sqlite() {
    golden("tests/golden/authorization.txt", &table(Kind::Sqlite));
}

#[test]
fn the_whole_table_on_postgres() {
    golden("tests/golden/authorization.txt", &table(Kind::Postgres));
}

/// What can be read alone and is in its listing only if asked for: drafts, files of others, packages that payroll has by now.
const ONLY_IF_ASKED_FOR: [&str; 3] = ["/v1/attachments", "/v1/documents", "/v1/payroll/packages"];

#[test]
fn a_listing_shows_what_can_be_read_one_by_one_and_nothing_else() {
    let world = World::of(Kind::Sqlite);
    let server = world.copy();
    let reads: BTreeMap<String, Try> = world
        .all_tries()
        .into_iter()
        .filter(|one| one.operation.method == "GET")
        .map(|one| (one.path.clone(), one))
        .collect();
    let mut compared = 0;
    for persona in PERSONAS {
        let person = world.caller(&server, persona);
        for (path, one) in &reads {
            let Some((above, id)) =
                path.rsplit_once('/').filter(|(_, id)| Uuid::try_parse(id).is_ok())
            else {
                continue;
            };
            let Some(listing) = reads.get(above) else { continue };
            let listed = world.call(&person, listing);
            let Some(items) = listed.body["items"].as_array() else { continue };
            let (inside, alone) =
                (items.iter().any(|item| item["id"] == id), world.call(&person, one).status == 200);
            let may_differ = alone && ONLY_IF_ASKED_FOR.contains(&above);
            assert!(inside == alone || may_differ, "{} at {path} ({})", persona.name, one.which);
            compared += 1;
        }
    }
    assert!(compared > 500, "{compared}");
}

/// A row of the policy that nobody asks for promises what no operation does. That an arrow of a machine names it is no use of it.
#[test]
fn every_row_of_the_policy_is_asked_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut text = String::new();
    sources(&root.join("api/src"), &mut text);
    sources(&root.join("crates/domain/src"), &mut text);
    let pieces: Vec<&str> = text.split("Action::").collect();
    let word =
        |rest: &str| -> String { rest.chars().take_while(char::is_ascii_alphanumeric).collect() };
    let asked: BTreeSet<String> = pieces
        .windows(2)
        .filter(|pair| !pair[0].trim_end().ends_with("may: Some("))
        .map(|pair| word(pair[1]))
        .collect();
    let unused: Vec<_> =
        Action::ALL.iter().filter(|one| !asked.contains(&format!("{one:?}"))).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The text of every source file below a folder.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            *text += &fs::read_to_string(&path).expect("a source file");
        }
    }
}

/// Whatever names a version is done to that version or not at all: an action, and what is posted below a thing.
#[test]
fn no_action_is_done_to_another_version_than_the_caller_names() {
    let world = World::of(Kind::Sqlite);
    let acting: Vec<Try> = world.all_tries().into_iter().filter(names_a_version).collect();
    let found = for_everyone(|persona| {
        let mut server = world.copy();
        let mut refused = BTreeSet::new();
        for one in &acting {
            let call = |server: &Server, tag: &str| {
                let body = world.body(one.operation);
                let kind = one.operation.kind.clone().unwrap_or_default();
                let mut headers = vec![("if-match", tag)];
                headers.extend(body.is_some().then_some(("content-type", kind.as_str())));
                world.caller(server, persona).send("POST", &one.path, &headers, body)
            };
            let name = &one.operation.name;
            let other = call(&server, "\"0\"");
            assert!(other.status >= 400, "{} {name} ({})", persona.name, one.which);
            if other.status != 412 {
                continue;
            }
            refused.insert(name.clone());
            let thing = world.caller(&server, persona).get(&thing_of(one));
            if thing.status != 200 {
                continue;
            }
            let this = call(&server, &thing.tag());
            assert_ne!(this.status, 412, "{} {name} ({})", persona.name, one.which);
            if this.status < 300 {
                server = world.copy();
            }
        }
        refused
    });
    let refused: BTreeSet<String> = found.into_iter().flatten().collect();
    let never: BTreeSet<&str> = acting
        .iter()
        .map(|one| one.operation.name.as_str())
        .filter(|name| !refused.contains(*name))
        .collect();
    assert_eq!(never, BTreeSet::new(), "somebody may do each of them");
}

/// Whether an operation is posted to a thing that has an entity tag, or below one. The contract says then that a version can be
/// named.
fn names_a_version(one: &Try) -> bool {
    let operation = &api::json()["paths"][&one.operation.path]["post"];
    let named = one.operation.method == "POST" && tagged_above(&one.operation.path).is_some();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let says = parameters.map(api::follow).any(|one| one["name"] == "If-Match");
    assert_eq!(named, says && one.operation.method == "POST", "{}", one.operation.path);
    named
}

/// The path in the contract of the nearest thing with an entity tag above `path` that is named by a parameter.
fn tagged_above(path: &str) -> Option<&str> {
    let above = path.rmatch_indices('/').map(|(end, _)| &path[..end]);
    let mut named = above.filter(|above| above.ends_with('}'));
    named.find(|above| {
        let get = &api::json()["paths"][*above]["get"]["responses"]["200"];
        !api::follow(get)["headers"]["ETag"].is_null()
    })
}

/// The path of the thing that a call is about.
fn thing_of(one: &Try) -> String {
    let parts = tagged_above(&one.operation.path).expect("a thing").split('/').count();
    one.path.split('/').take(parts).collect::<Vec<_>>().join("/")
}
