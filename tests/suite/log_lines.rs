//! Nobody's data is in a log line: the whole chain is played, much is sent that is wrong or refused, and then everything
//! that the servers of this run have logged is looked through. (What the other tests make them log is looked through line
//! by line, as it comes: `acceptance::logged`.)

use acceptance::{
    Kind, Person, Server, logged, operations, secret_in,
    world::{PERSONAS, Persona, World},
};
use serde_json::{Value, json};

/// A word that stands nowhere but in what is sent. It is one of those that end the run when they are logged.
const SENTINEL: &str = "Salaisuus";

/// Calls every operation as this persona, as it is meant to be called.
fn play(world: &World, server: &Server, persona: &Persona) {
    let caller = world.caller(server, persona);
    for operation in operations() {
        for one in world.tries(operation) {
            world.call(&caller, &one);
        }
    }
}

/// Sends the word in every place of every operation where something can be sent.
fn send_nonsense(world: &World, caller: &Person<'_>) {
    for operation in operations() {
        let one = &world.tries(operation)[0];
        let path = one.path.split('?').next().unwrap_or_default().to_owned();
        let kind = operation.kind.as_deref().unwrap_or("application/json");
        let names = ["131052-902Y", "FI2112345600000785", "palkka.131052-902Y"];
        let headers = [
            ("content-type", kind),
            ("x-request-id", names[one.path.len() % names.len()]),
            ("if-match", "\"Salaisuus\""),
            ("idempotency-key", "Salaisuus-avain"),
            ("accept-language", "Salaisuus"),
            ("user-agent", "Salaisuus"),
            ("referer", "https://salaisuus.example/Salaisuus"),
            ("cookie", "a=Salaisuus"),
        ];
        let bodies: [Option<Vec<u8>>; 4] = [
            None,
            Some(b"{\"Salaisuus\": \"Salaisuus\"".to_vec()),
            Some(json!({ "Salaisuus": "Salaisuus" }).to_string().into_bytes()),
            operation
                .example
                .as_ref()
                .map(|example| spoilt(example.clone()).to_string().into_bytes()),
        ];
        for body in bodies {
            let path = format!("{path}?Salaisuus=Salaisuus&cursor=Salaisuus&limit=Salaisuus");
            caller.raw(&operation.method, &path, &headers, body);
        }
        let somewhere = path.rsplit_once('/').map_or("", |(before, _)| before);
        caller.raw(&operation.method, &format!("{somewhere}/Salaisuus"), &headers[..2], None);
        caller.raw(SENTINEL, &operation.path, &headers[..2], None);
    }
}

/// The example with the word in place of every text in it.
fn spoilt(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| *field = spoilt(field.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = spoilt(item.take())),
        Value::String(text) => *text = SENTINEL.to_owned(),
        _ => (),
    }
    value
}

fn look_through(kind: Kind) {
    let world = World::of(kind);
    for name in ["expert", "orderer", "liaison", "broker", "centre", "payroll", "stranger"] {
        let server = world.copy();
        play(world, &server, Persona::named(name));
        if ["expert", "stranger"].contains(&name) {
            send_nonsense(world, &world.caller(&server, Persona::named(name)));
        }
    }
    let lines = logged();
    let requests = lines.iter().filter(|line| line.contains(" request ")).count();
    assert!(requests > 2 * PERSONAS.len() * 10, "{requests} requests are logged");
    for line in &lines {
        assert_eq!(secret_in(line), None, "a log line holds it: {line}");
    }
}

#[test]
fn invariant_03_no_log_line_holds_anybodys_data_on_sqlite() {
    look_through(Kind::Sqlite);
}

#[test]
fn invariant_03_no_log_line_holds_anybodys_data_on_postgres() {
    look_through(Kind::Postgres);
}
