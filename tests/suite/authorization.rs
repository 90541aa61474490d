//! Who gets what from each operation, as a table that a person can read.

use acceptance::{Kind, Operation, Person, Server, golden, operations, world::World};
use serde_json::Value;

/// Everyone who asks, by what they are.
const PERSONAS: &[(&str, &str)] = &[
    ("expert", "kokemus01@posti.example"),
    ("other expert", "kokemus02@posti.example"),
    ("orderer", "tilaaja@lappi.example"),
    ("other unit", "vammais@lappi.example"),
    ("liaison", "yhteys.mieli@lappi.example"),
    ("broker", "valittaja@kokemuspolku.example"),
    ("coordinator", "koordinaattori@lappi.example"),
    ("centre", "keskus@lappi.example"),
    ("steering", "ohjausryhma@lappi.example"),
    ("administrator", "yllapito@kokemusvayla.example"),
    ("elsewhere", "keskus@satakunta.example"),
];

/// Calls an operation on the things of the world, with the example of its body.
fn call(person: &Person<'_>, operation: &Operation, world: &World) -> u16 {
    let path = world.fill_in(&operation.path);
    let body = operation.example.as_ref().map(|example| example.to_string().into_bytes());
    let kind = operation.kind.as_deref().unwrap_or("application/json");
    let mut headers = vec![("content-type", kind)];
    if matches!(operation.method.as_str(), "PATCH" | "PUT" | "DELETE") {
        headers.push(("if-match", "*"));
    }
    person.send(&operation.method, &path, &headers, body).status
}

/// What a status means for the table: whether one may, may not, or may not know. What comes after that – a rule, a state,
/// a value – depends on the example and is no matter of authorisation.
const fn word(status: u16) -> &'static str {
    match status {
        401 => "401",
        403 => "403",
        404 => "404",
        _ => "may",
    }
}

fn table(kind: Kind) -> String {
    let mut table = format!("{:<34}{:<14}", "", "stranger");
    PERSONAS.iter().for_each(|(name, _)| table += &format!("{name:<14}"));
    table += "payroll\n";
    // Each persona comes into a world of their own: what one does must not stand in another's way.
    let mut columns: Vec<Vec<&'static str>> = Vec::new();
    let mut column = |who: &dyn Fn(&Server) -> Option<String>| {
        let server = Server::start(kind);
        let world = World::make(&server);
        let token = who(&server);
        let stranger = server.stranger();
        let person = token.map_or_else(|| stranger.clone(), |token| stranger.with_token(&token));
        columns.push(
            operations()
                .iter()
                .filter(|operation| operation.name != "sign_out")
                .map(|operation| word(call(&person, operation, &world)))
                .collect(),
        );
    };
    column(&|_| None);
    for (_, email) in PERSONAS {
        column(&|server| Some(server.sign_in(email).token().to_owned()));
    }
    column(&|server| Some(server.machine("HR Lappi").token().to_owned()));
    let named = operations().iter().filter(|operation| operation.name != "sign_out");
    for (row, operation) in named.enumerate() {
        let mut line = format!("{:<34}", operation.name);
        columns.iter().for_each(|column| line += &format!("{:<14}", column[row]));
        table += line.trim_end();
        table.push('\n');
    }
    table
}

#[test]
fn the_whole_table_on_sqlite() {
    golden("tests/golden/authorization.txt", &table(Kind::Sqlite));
}

#[test]
fn the_whole_table_on_postgres() {
    golden("tests/golden/authorization.txt", &table(Kind::Postgres));
}

/// A stranger gets nowhere but where the contract says that no signing in is needed.
#[test]
fn only_public_operations_need_no_token() {
    let server = Server::start(Kind::Sqlite);
    let world = World::empty();
    for operation in operations() {
        let status = call(&server.stranger(), operation, &world);
        assert_eq!(status == 401 && !operation.public, !operation.public, "{}: {status}", operation.name);
    }
    drop(Value::Null);
}
