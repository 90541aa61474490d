//! An operation that is on its way out says so on every answer (RFC 9745, RFC 8594).

use acceptance::{Kind, Person, Server, hold};
use api::Deprecation;

/// No operation is: one is put into the table of this server alone.
static ROWS: &[Deprecation] = &[Deprecation {
    operation: "list_workflows",
    since: 1_795_392_000,
    sunset: 1_861_920_000,
    link: "/docs/versions#list_workflows",
}];

#[test]
fn an_operation_on_its_way_out_says_since_when_and_until_when() {
    let server = Server::start_with(Kind::Sqlite, |app, _| app.deprecations = ROWS);
    let person = server.sign_in("tilaaja@lappi.example");
    // What the contract says of such an operation is what its answers are.
    let document = api::marked(ROWS);
    let get = |who: &Person<'_>, headers: &[(&str, &str)]| {
        let answer = who.raw("GET", "/v1/workflows", headers, None);
        hold(&document, "GET", "/v1/workflows", &answer);
        answer
    };
    let answer = get(&person, &[]).expect(200);
    assert_eq!(answer.header("deprecation"), "@1795392000");
    assert_eq!(answer.header("sunset"), "Mon, 01 Jan 2029 00:00:00 GMT");
    let links = answer.header("link");
    assert!(links.contains("</docs/versions#list_workflows>; rel=\"deprecation\""), "{links}");
    assert!(links.contains("rel=\"sunset\""), "{links}");
    // Also those who ask in vain should hear of it.
    assert_eq!(get(&server.stranger(), &[]).expect(401).header("deprecation"), "@1795392000");
    let known = answer.tag();
    for (headers, status) in
        [([("if-none-match", known.as_str())], 304), ([("accept", "text/csv")], 406)]
    {
        assert_eq!(get(&person, &headers).expect(status).header("sunset"), answer.header("sunset"));
    }
    let other = person.get("/v1/workflows/order").expect(200);
    assert_eq!(other.header("deprecation"), "");
    assert_eq!(other.header("sunset"), "");
}
