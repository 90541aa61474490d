//! An operation that is on its way out says so on every answer (RFC 9745, RFC 8594).

use acceptance::{Kind, Server};
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
    let answer = person.get("/v1/workflows").expect(200);
    assert_eq!(answer.header("deprecation"), "@1795392000");
    assert_eq!(answer.header("sunset"), "Mon, 01 Jan 2029 00:00:00 GMT");
    let links = answer.header("link");
    assert!(links.contains("</docs/versions#list_workflows>; rel=\"deprecation\""), "{links}");
    assert!(links.contains("rel=\"sunset\""), "{links}");
    // Also those who ask in vain should hear of it.
    assert_eq!(
        server.stranger().get("/v1/workflows").expect(401).header("deprecation"),
        "@1795392000"
    );
    let other = person.get("/v1/workflows/order").expect(200);
    assert_eq!(other.header("deprecation"), "");
    assert_eq!(other.header("sunset"), "");
}
