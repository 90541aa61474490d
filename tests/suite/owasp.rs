//! OWASP's ten for APIs (2023), one by one. docs/security.md names the tests of each.

use std::{fs, io::ErrorKind, net::TcpListener, path::Path};

use acceptance::{
    Kind, on_both_databases, operations,
    world::{PERSONAS, Persona, World},
};
use api::region::{self, expert_email};
use domain::attachment::MOST_LOOSE;
use serde_json::{Map, Value, json};

/// A row of the table of who gets what: the call, and who may.
struct Row {
    call: String,
    may: Vec<String>,
}

/// What is in a row of the table, and for whom.
type Cell = (String, Vec<String>);

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn table() -> Vec<Row> {
    let text =
        fs::read_to_string(root().join("tests/golden/authorization.txt")).expect("the table");
    let mut rows: Vec<(String, Vec<Cell>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("    ") {
            None => rows.push((line.to_owned(), Vec::new())),
            Some(cell) => {
                let (word, names) = cell.split_once(' ').expect("a word and names");
                let names = names.trim().split(", ").map(str::to_owned).collect();
                rows.last_mut().expect("a row").1.push((word.to_owned(), names));
            }
        }
    }
    rows.into_iter().map(|(call, cells)| Row { may: who_may(&cells), call }).collect()
}

/// Who may, with `everyone` and `everyone else` spelt out.
fn who_may(cells: &[Cell]) -> Vec<String> {
    let Some((_, names)) = cells.iter().find(|(word, _)| word == "may") else { return Vec::new() };
    let all = PERSONAS.iter().map(|persona| persona.name.to_owned());
    match names[0].as_str() {
        "everyone" => all.collect(),
        "everyone else" => {
            let named = |name: &String| cells.iter().any(|(_, names)| names.contains(name));
            all.filter(|name| !named(name)).collect()
        }
        _ => names.clone(),
    }
}

/// What is about nobody in particular: whoever is signed in reads it, in every area.
const OPEN: &[&str] = &[
    "/v1/codes/",
    "/docs",
    "/v1/nodes/{node_id}",
    "/v1/decisions/{",
    "/v1/documents/{document_id}",
    "/v1/expense-rate-tables/{",
    "/v1/fee-schedules/{",
    "/v1/question-sets/{",
    "/v1/task-types/{",
    "/v1/workflows/{",
];

#[test]
fn api1_nobody_of_another_area_reads_or_changes_a_thing() {
    for row in table().iter().filter(|row| row.call.contains('{')) {
        if row.call.starts_with("GET") && OPEN.iter().any(|open| row.call.contains(open)) {
            continue;
        }
        // Whoever reads a document may say so, and a link to an offer is a secret that answers whoever holds it, signed in
        // or not.
        let own =
            row.call.contains("/acknowledgements") || row.call.contains("/v1/offer-links/{token}");
        let strangers =
            row.may.iter().filter(|name| name.ends_with("elsewhere")).collect::<Vec<_>>();
        assert!(strangers.is_empty() || own, "{}: {strangers:?}", row.call);
    }
}

#[test]
fn api2_nothing_but_what_is_public_is_answered_without_a_token() {
    let public: Vec<String> = operations()
        .iter()
        .filter(|one| one.public || one.path == "/v1/oauth/token")
        .map(|one| format!("{} {}", one.method, one.path))
        .collect();
    for row in table() {
        if row.may.iter().any(|name| name == "stranger") {
            let call = row.call.split("  (").next().unwrap_or_default();
            assert!(public.iter().any(|one| one == call), "{call}");
        }
    }
}

/// Fields that say what only the server says.
const ONLY_OURS: &[&str] =
    &["id", "state", "version", "owner_id", "approved", "role_of", "handler"];

#[test]
fn api3_no_field_that_the_contract_does_not_have_is_taken() {
    let world = World::of(Kind::Sqlite);
    let server = world.copy();
    let orderer = world.caller(&server, Persona::named("orderer"));
    for operation in operations() {
        let Some(example) = &operation.example else { continue };
        let Some(fields) = example.as_object() else { continue };
        let kind = operation.kind.as_deref().unwrap_or_default();
        for name in ONLY_OURS.iter().filter(|name| !fields.contains_key(**name)) {
            let mut body = example.clone();
            body[*name] = json!("00000000-0000-7000-8000-000000000000");
            let path = world.tries(operation)[0].path.clone();
            let headers = [("content-type", kind), ("if-match", "\"0\"")];
            let answer = orderer.send(
                &operation.method,
                &path,
                &headers,
                Some(body.to_string().into_bytes()),
            );
            assert_eq!(answer.status, 400, "{} takes {name}: {}", operation.name, answer.text);
            let expected = (format!("#/{name}"), "unknown_field".to_owned());
            assert!(
                answer.faults().contains(&expected),
                "{} {name}: {}",
                operation.name,
                answer.text
            );
        }
    }
}

/// The names of all properties of a schema, with those of the schemas that it refers to.
fn properties(schema: &Value, found: &mut Vec<String>, seen: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str);
            if let Some(name) = name.filter(|name| !seen.iter().any(|known| known == name)) {
                seen.push(name.to_owned());
                let name = name.rsplit('/').next().unwrap_or_default();
                properties(&api::json()["components"]["schemas"][name], found, seen);
            }
            let named = fields.get("properties").and_then(Value::as_object).map(Map::keys);
            found.extend(named.into_iter().flatten().cloned());
            fields.values().for_each(|value| properties(value, found, seen));
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, found, seen)),
        _ => (),
    }
}

fn shown_by(operation: &str) -> Vec<String> {
    let one = operations().iter().find(|one| one.name == operation).expect("it is in the contract");
    let responses = &api::json()["paths"][&one.path][one.method.to_lowercase()]["responses"];
    let mut found = Vec::new();
    properties(&responses["200"], &mut found, &mut Vec::new());
    found
}

#[test]
fn api3_payroll_and_websites_are_shown_no_more_than_they_need() {
    for operation in ["list_payroll_packages", "get_payroll_package"] {
        for field in [
            "themes",
            "adjustments",
            "closed_topics",
            "perspective",
            "nature",
            "needs",
            "email",
            "phone",
        ] {
            assert!(!shown_by(operation).contains(&field.to_owned()), "{operation} shows {field}");
        }
    }
    assert!(!shown_by("list_payroll_packages").contains(&"hetu".to_owned()));
    for field in ["name", "email", "phone", "address", "person_id", "expert_id", "node_id", "needs"]
    {
        assert!(
            !shown_by("list_public_cards").contains(&field.to_owned()),
            "the public bank shows {field}"
        );
    }
    for field in ["name", "email", "phone", "address", "person_id", "expert_id"] {
        assert!(!shown_by("look_at_card").contains(&field.to_owned()), "a card shows {field}");
    }
}

/// Where in the contract a text or a list stands that has no end.
fn endless(at: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            let is = |kind: &str| match &value["type"] {
                Value::Array(kinds) => kinds.iter().any(|one| one == kind),
                one => one == kind,
            };
            let has = |keys: &[&str]| keys.iter().any(|key| fields.contains_key(*key));
            let is_file = value["format"] == "binary";
            if is("string") && !is_file && !has(&["enum", "const", "maxLength"])
                || is("array") && !has(&["maxItems"])
            {
                found.push(at.to_owned());
            }
            // An example is a value, not a schema.
            for (key, value) in fields {
                if !matches!(key.as_str(), "default" | "example" | "examples") {
                    endless(&format!("{at}/{key}"), value, found);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|one| endless(at, one, found)),
        _ => (),
    }
}

#[test]
fn api4_every_text_and_every_list_has_an_end() {
    let mut found = Vec::new();
    endless("#", api::json(), &mut found);
    assert!(found.is_empty(), "without an end: {}", found.join(", "));
}

#[test]
fn api5_what_the_centre_and_the_administrators_do_nobody_else_does() {
    let theirs = [
        "POST /v1/grants",
        "POST /v1/nodes",
        "PATCH /v1/nodes/",
        "POST /v1/people",
        "POST /v1/decisions",
        "POST /v1/fee-schedules",
        "POST /v1/question-sets",
        "POST /v1/task-types",
        "PUT /v1/task-types",
        "POST /v1/access-requests/",
    ];
    for row in table() {
        // Nobody who manages an area could sign in as its people.
        if row.call.starts_with("POST /v1/people/{person_id}/replace-address") {
            assert_eq!(row.may, ["administrator"], "{}", row.call);
        } else if theirs.iter().any(|call| row.call.starts_with(call)) {
            assert_eq!(row.may, ["centre", "administrator"], "{}", row.call);
        }
    }
}

#[test]
fn api5_machines_do_what_their_scope_says_and_nothing_else() {
    for row in table() {
        let machines: Vec<&String> = row
            .may
            .iter()
            .filter(|name| PERSONAS.iter().any(|one| one.name == name.as_str() && one.is_machine()))
            .collect();
        let call = row.call.split("  (").next().unwrap_or_default();
        let theirs = call.contains("/v1/payroll/")
            || call.contains("/v1/attachments/")
            || call == "GET /v1/public-bank"
            || [
                "GET /v1/expense-rates",
                "GET /v1/workflows",
                "GET /v1/workflows/{workflow_name}",
                "POST /v1/sign-out",
            ]
            .contains(&call)
            || row.may.iter().any(|name| name == "stranger");
        assert!(machines.is_empty() || theirs, "{}: {machines:?}", row.call);
    }
}

on_both_databases! {
    fn api2_a_code_is_guessed_five_times_and_no_more(server) {
        let stranger = server.stranger();
        stranger.post("/v1/sign-in/codes", json!({ "email": "tilaaja@lappi.example" })).expect(202);
        let letter = server.mails_to("tilaaja@lappi.example", "").pop().expect("a letter");
        let code = letter.code.expect("a code");
        let guess = |code: &str| stranger.post("/v1/sign-in/tokens", json!({ "email": "tilaaja@lappi.example", "code": code })).status;
        for wrong in 0..10 {
            guess(&format!("{wrong:08}"));
        }
        assert_ne!(guess(&code), 200, "the code is worth nothing after so many guesses");
    }

    fn api4_what_is_asked_for_is_bounded(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        for limit in ["0", "201", "1000000000", "-1", "x"] {
            orderer.get(&format!("/v1/orders?limit={limit}")).expect(400);
        }
        let deep = format!("{{\"node_id\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let headers = [("content-type", "application/json")];
        orderer.send("POST", "/v1/orders", &headers, Some(deep.into_bytes())).expect(400);
        let wide = json!({ "node_id": "x", "form": { "units_involved": vec![1; 500] } });
        orderer.post("/v1/orders", wide).expect(400);
        let long = json!({ "node_id": region::node(acceptance::story::UNIT), "text": "x".repeat(100_000) });
        assert_eq!(orderer.post("/v1/concerns", long).expect(400).faults()[0].1, "too_long");
        let large = vec![b' '; 300 * 1024];
        orderer.send("POST", "/v1/concerns", &headers, Some(large)).expect(413);
        let name = "x".repeat(60_000);
        assert!(orderer.try_raw("GET", &format!("/v1/nodes?name={name}"), &[], None).map_or(true, |answer| answer.status >= 400));
    }

    fn api4_nobody_fills_the_disk_with_files_that_belong_to_nothing(server) {
        let expert = server.sign_in(&expert_email(1));
        let upload = |n: usize| {
            let place = format!("/v1/attachments?purpose=receipt&name=kuitti{n}.pdf");
            expert.upload(&place, "application/octet-stream", b"%PDF-1.7\n% made up\n")
        };
        let first = upload(0).expect(201);
        for n in 1..MOST_LOOSE {
            upload(n).expect(201);
        }
        assert_eq!(upload(MOST_LOOSE).expect(409).code(), "too_many_files");
        expert.post(&format!("/v1/attachments/{}/discard", first.id()), Value::Null).expect(204);
        upload(MOST_LOOSE).expect(201);
    }

    fn api6_codes_and_requests_for_access_are_not_had_by_the_hundred(server) {
        let stranger = server.stranger();
        let refused = (0..20).any(|_| stranger.post("/v1/sign-in/codes", json!({ "email": "tilaaja@lappi.example" })).status == 429);
        assert!(refused, "codes");
        let form = json!({
            "area_code": "21", "name": "Ulla Uusi", "email": "ulla@uusi.example", "language": "fi",
            "organisation": "Vammaispalvelut", "role": "orderer", "reason": "Tilaan yksikköömme.",
        });
        let refused = (0..20).any(|_| stranger.post("/v1/access-requests", form.clone()).status == 429);
        assert!(refused, "requests for access");
    }

    fn api7_no_address_that_a_client_names_is_fetched(server) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        listener.set_nonblocking(true).expect("it does not wait");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let centre = server.sign_in("keskus@lappi.example");
        let node = format!("/v1/nodes/{}", region::node("Kokemuspolku ry"));
        centre.patch(&node, json!({ "contact": { "website": url } }));
        let facts = json!({ "kind": "operating_model", "name": "Malli", "phase": "in_use" });
        let document = json!({ "node_id": region::node("Lapin hyvinvointialue"), "facts": facts });
        let document = centre.post("/v1/documents", document).expect(201).id();
        let text = json!({ "language": "fi", "title": "Malli", "text": format!("![]({url}) <img src=\"{url}\">") });
        centre.post(&format!("/v1/documents/{document}/versions"), text).expect(201);
        centre.post(&format!("/v1/documents/{document}/publish"), Value::Null).expect(200);
        for header in ["host", "x-forwarded-host", "x-original-url", "forwarded", "origin", "referer", "jku", "x5u"] {
            if header != "host" {
                centre.raw("GET", &format!("/v1/documents/{document}"), &[(header, url.as_str())], None);
            }
        }
        let part = |value: Value| {
            use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
            URL_SAFE_NO_PAD.encode(value.to_string())
        };
        for name in ["jku", "x5u", "iss", "kid"] {
            let mut header = json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": "x" });
            header[name] = json!(url);
            let token = format!("{}.{}.{}", part(header), part(json!({ "iss": url, "aud": url, "sub": url })), "A".repeat(86));
            centre.with_token(&token).raw("GET", "/v1/me", &[], None).expect(401);
        }
        let asked = listener.accept().err().map(|error| error.kind());
        assert_eq!(asked, Some(ErrorKind::WouldBlock), "nobody came to fetch anything");
    }

    fn api8_every_answer_is_guarded_and_nothing_is_told_of_the_inside(server) {
        let stranger = server.stranger();
        for operation in operations() {
            let path = operation.path.replace(['{', '}'], "");
            let answer = stranger.raw(&operation.method, &path, &[("origin", "https://elsewhere.example")], None);
            for (name, value) in [
                ("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "no-referrer"),
            ] {
                assert_eq!(answer.header(name), value, "{}", operation.name);
            }
            assert!(answer.header("strict-transport-security").starts_with("max-age="), "{}", operation.name);
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{}", operation.name);
            let open = answer.header("access-control-allow-origin");
            assert!(open.is_empty() || (open == "*" && operation.public), "{}", operation.name);
            assert_eq!(answer.header("access-control-allow-credentials"), "");
            assert_eq!((answer.header("server"), answer.header("x-powered-by")), ("", ""));
        }
        for (method, path) in [("TRACE", "/v1/me"), ("CONNECT", "/v1/me"), ("DEBUG", "/v1/orders")] {
            let answer = stranger.try_raw(method, path, &[], None);
            assert!(answer.map_or(true, |answer| answer.status >= 400), "{method}");
        }
        let orderer = server.sign_in("tilaaja@lappi.example");
        for path in ["/v1/orders/'%20OR%201=1", "/v1/orders/%00", "/v1/orders/..%2f..%2fetc%2fpasswd", "/v1/orders?state=%27"] {
            let answer = orderer.raw("GET", path, &[], None);
            assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
            for inside in ["SQL", "sqlite", "postgres", "diesel", "panicked", ".rs:", "stack"] {
                assert!(!answer.text.contains(inside), "{path}: {}", answer.text);
            }
        }
    }

    fn api9_no_route_answers_that_the_contract_does_not_have(server) {
        let paths: Vec<&str> = operations().iter().map(|one| one.path.as_str()).collect();
        let orderer = server.sign_in("yllapito@kokemusvayla.example");
        for path in [
            "/", "/v1", "/v1/", "/v0/me", "/v2/me", "/v1/admin", "/v1/internal", "/v1/debug", "/v1/test", "/v1/sandbox",
            "/admin", "/actuator", "/metrics", "/graphql", "/swagger", "/swagger-ui", "/api-docs", "/openapi.json",
            "/v1/openapi.yaml", "/.env", "/.git/config", "/server-status", "/v1/users", "/v1/tokens", "/v1/clients",
            "/v1/me/", "//v1/me", "/V1/me", "/v1/orders/all", "/v1/experts/all", "/v1/payroll", "/v1/payroll/identities",
        ] {
            assert!(!paths.contains(&path), "{path} is in the contract");
            assert_eq!(orderer.raw("GET", path, &[], None).status, 404, "{path}");
        }
    }
}

/// docs/security.md names for each of the ten tests that exist.
#[test]
fn every_risk_is_listed_with_its_tests() {
    let text = fs::read_to_string(root().join("docs/security.md")).expect("it is there");
    for number in 1..=10 {
        let row = text.lines().find(|line| line.starts_with(&format!("| API{number} ")));
        let row = row.unwrap_or_else(|| panic!("API{number} is in docs/security.md"));
        let tests: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "API{number} has no test");
        for test in tests {
            let (module, name) =
                test.rsplit_once("::").unwrap_or_else(|| panic!("{test} has a module"));
            let source = fs::read_to_string(root().join(format!("tests/suite/{module}.rs")));
            assert!(source.unwrap_or_default().contains(&format!("fn {name}(")), "{test} is there");
        }
    }
}
