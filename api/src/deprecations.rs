//! Operations that are on their way out: one table, which the document and the answers are marked from.
//!
//! The policy is in `docs/versioning.md`.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::openapi::everywhere::{self, always};

/// `Deprecation` (RFC 9745).
const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");

/// `Sunset` (RFC 8594).
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// An operation that is on its way out.
#[derive(Clone, Copy, Debug)]
pub struct Deprecation {
    /// The operation, by its `operationId`.
    pub operation: &'static str,
    /// Since when nobody should begin to use it, in seconds since 1970.
    pub since: i64,
    /// When it ends, in seconds since 1970: at least 24 months after `since`, which a test sees to.
    pub sunset: i64,
    /// Where it says what to use instead: a part of `docs/versioning.md`.
    pub link: &'static str,
}

/// Every operation that is on its way out. There is none yet.
pub const TABLE: &[Deprecation] = &[];

impl Deprecation {
    /// Adds the headers that announce it.
    pub(crate) fn announce(&self, headers: &mut HeaderMap) {
        let links = format!(
            "<{0}>; rel=\"deprecation\"; type=\"text/html\", <{0}>; rel=\"sunset\"; type=\"text/html\"",
            self.link
        );
        let values = [
            (DEPRECATION, format!("@{}", self.since)),
            (SUNSET, date(self.sunset)),
            (header::LINK, links),
        ];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(name, value);
            }
        }
    }
}

/// A moment as HTTP writes it.
fn date(seconds: i64) -> String {
    moment(seconds).format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

/// Marks the operations of the `table` in the document.
pub(crate) fn mark(document: &mut Value, table: &[Deprecation]) {
    let mut marked = false;
    let mut problems = everywhere::problems();
    // They are there already if they have been gathered.
    problems.extend(document["components"]["responses"].as_object().cloned().unwrap_or_default());
    let items = document["paths"].as_object_mut().into_iter().flatten();
    for operation in items.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten()) {
        let operation = operation.1;
        let Some(row) = table.iter().find(|row| operation["operationId"] == row.operation) else {
            continue;
        };
        marked = true;
        operation["deprecated"] = json!(true);
        // What compares two documents reads it here: nothing is removed before this day.
        operation["x-sunset"] = json!(moment(row.sunset).format("%Y-%m-%d").to_string());
        let said = operation["description"].as_str().unwrap_or_default();
        operation["description"] =
            json!(format!("{said}\n\nIt ends on {}: see <{}>.", date(row.sunset), row.link));
        for (_, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            // What is the same for all operations says no more, of this one, than what it says itself.
            let shared = response["$ref"].as_str().and_then(|place| place.rsplit('/').next());
            if let Some(shared) = shared.and_then(|name| problems.get(name)) {
                *response = shared.clone();
            }
            for name in ["Deprecation", "Sunset", "Link"] {
                response["headers"][name] =
                    json!({ "$ref": format!("#/components/headers/{name}") });
            }
        }
    }
    // A header that no operation has is not in the document.
    if marked {
        let headers = &mut document["components"]["headers"];
        headers["Deprecation"] = always(
            "Since when nobody should begin to use this operation (RFC 9745).",
            "@1795392000",
        );
        headers["Sunset"] =
            always("When this operation ends (RFC 8594).", "Mon, 01 Jan 2029 00:00:00 GMT");
    }
}

#[cfg(test)]
mod tests {
    use super::{Deprecation, TABLE, date, mark};
    use crate::openapi;

    /// How long an operation goes on after it was announced that it will not, in seconds.
    const NOTICE: i64 = 731 * 24 * 60 * 60;

    const ROW: Deprecation = Deprecation {
        operation: "list_workflows",
        since: 1_795_392_000,
        sunset: 1_861_920_000,
        link: "/docs/versions#list_workflows",
    };

    #[test]
    fn nothing_ends_before_its_time() {
        for row in TABLE.iter().chain([&ROW]) {
            assert!(row.sunset - row.since >= NOTICE, "{row:?}");
            assert!(openapi::json().to_string().contains(&format!("\"{}\"", row.operation)));
        }
    }

    #[test]
    fn a_day_is_written_as_http_does() {
        assert_eq!(date(ROW.sunset), "Mon, 01 Jan 2029 00:00:00 GMT");
    }

    #[test]
    fn the_document_tells_what_is_on_its_way_out() {
        let mut document = openapi::json().clone();
        mark(&mut document, &[ROW]);
        let operation = &document["paths"]["/v1/workflows"]["get"];
        assert_eq!(operation["deprecated"], true);
        assert_eq!(operation["x-sunset"], "2029-01-01");
        assert!(operation["description"].as_str().is_some_and(|text| text.contains("2029")));
        for name in ["Deprecation", "Sunset", "Link"] {
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                assert!(!response["headers"][name].is_null(), "{status} {name}");
            }
            assert!(!document["components"]["headers"][name].is_null(), "{name}");
        }
        assert!(document["paths"]["/v1/workflows/{workflow_name}"]["get"]["deprecated"].is_null());
    }
}
