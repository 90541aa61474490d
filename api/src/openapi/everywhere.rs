//! What holds for every operation and is therefore said at none: security, problems, headers, conditions, keys, paging
//! and examples.

use serde_json::{Map, Value, json};

use super::{
    bounds::{not_null, tidy},
    codes, descriptions, example, samples, states, tags, unions,
};

/// The parameters that come with every operation of a kind.
const IDEMPOTENCY: &str = "An idempotency key: 1–255 printable characters without spaces, unique to the intention. The same key with the same request gives the first answer again, with `Idempotent-Replayed: true`, for seven days; with another request it is refused with 422.";
const IF_MATCH: &str = "The entity tag of the version that is changed, as `ETag` gave it. Without it the answer is 428; if the thing has changed since, 412.";
const IF_MATCH_OR_NONE: &str = "The entity tag of the version that is changed, as `ETag` gave it; whoever makes what is not there yet says `If-None-Match: *` instead. Without either the answer is 428; if the thing has changed since, 412.";
const IF_MATCH_ACTING: &str = "The entity tag of the version that the caller has seen, as `ETag` gave it: if the thing has changed since, nothing is done, and the answer is 412. Without it, the action is done to what is there.";
const IF_MATCH_SEEN: &str = "The entity tag of the version that the caller has seen, as `ETag` gave it: if the thing has changed since, nothing is done, and the answer is 412. Where it takes two people, the second one must name it, and without it the answer is 428; else the action is done to what is there.";
const IF_NONE_MATCH: &str =
    "An entity tag that the caller has already: if it still is the current one, the answer is 304.";
/// The key bare, or in quotes as RFC 8941 has it: what `Meta::bare_key` takes.
const KEY: &str = "^(\"[!#-~]{1,255}\"|[!#-~]{1,255})$";
/// The actions that can be such that the caller must have seen what they are done to.
const ON_WHAT_WAS_SEEN: [&str; 1] = ["approve_fee_form"];
/// What answers with one thing and gives no entity tag: what is looked at only to see that it goes, what is given once and
/// never again, and several things that were made at once.
const UNTAGGED: [&str; 8] = [
    "get_client_token",
    "get_health",
    "get_readiness",
    "introspect_client_token",
    "refresh_sign_in",
    "revoke_client_token",
    "send_offers",
    "sign_in_with_code",
];
/// What gives an entity tag although its answer is no JSON.
const TAGGED: [&str; 6] = [
    "get_catalog",
    "get_docs",
    "get_docs_page",
    "print_agreement",
    "print_payroll_agreement",
    "show_offer_link_page",
];
/// The headers that only some operations give.
const OWN: [(&str, &str); 2] =
    [("get_attachment_content", "Content-Disposition"), ("get_catalog", "Link")];
/// The headers of every answer.
const ALWAYS: [&str; 6] = [
    "API-Version",
    "Content-Language",
    "RateLimit",
    "RateLimit-Policy",
    "Traceparent",
    "X-Request-Id",
];
/// An entity tag.
const TAG: &str = "\"3.5f1d0c2b9a7e4d68\"";

/// The answers that are the same nearly everywhere: their status, what they are called, and the code of the problem.
pub(super) const PROBLEMS: [(&str, &str, &str); 17] = [
    ("304", "NotModified", ""),
    ("400", "BadRequest", "invalid"),
    ("401", "Unauthenticated", "unauthenticated"),
    ("403", "Forbidden", "forbidden"),
    ("404", "NotFound", "not_found"),
    ("405", "MethodNotAllowed", "method_not_allowed"),
    ("406", "NotAcceptable", "not_acceptable"),
    ("408", "TooSlow", "too_slow"),
    ("409", "Conflict", "out_of_turn"),
    ("412", "PreconditionFailed", "precondition_failed"),
    ("413", "TooLarge", "too_large"),
    ("415", "UnsupportedMediaType", "unsupported_media_type"),
    ("422", "KeyReused", "idempotency_key_reused"),
    ("428", "PreconditionRequired", "precondition_required"),
    ("429", "TooManyRequests", "too_many_requests"),
    ("500", "Internal", "internal"),
    ("503", "Overloaded", "overloaded"),
];

/// The operations that tell people on a page what stands in the way.
const PAGES: [&str; 2] = ["show_offer_link_page", "answer_offer_link_page"];

/// Adds to the collected document what holds everywhere.
pub(super) fn complete(document: &mut Value) {
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An access token (RFC 9068, checked as RFC8725 advises) from `POST /v1/sign-in/tokens` or, for machine clients, `POST /v1/oauth/token`. It lives for 15 minutes." },
        "client": { "type": "http", "scheme": "basic", "description": "A machine client's identifier and secret (RFC 6749, 2.3.1)." },
    });
    document["components"]["headers"] = headers();
    document["tags"] = tags::used(document);
    document["x-tagGroups"] = tags::groups(document);
    // OWASP asks whether a server is for insiders only: it is not.
    for server in document["servers"].as_array_mut().into_iter().flatten() {
        server["x-internal"] = json!(false);
    }
    descriptions::of_schemas(&mut document["components"]["schemas"]);
    for schema in
        document["components"]["schemas"].as_object_mut().into_iter().flat_map(Map::values_mut)
    {
        tidy(schema);
        codes::name_sets(schema);
    }
    unions::discriminate(&mut document["components"]["schemas"]);
    samples::fill(&mut document["components"]["schemas"]);
    let schemas = document["components"]["schemas"].clone();
    let tagged = things(document);
    for (path, item) in document["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            name_places(path, operation);
            states::of_filter(path, operation);
            descriptions::of_operation(path, operation);
            let condition = match method.as_str() {
                "put" if makes(operation) => Some(IF_MATCH_OR_NONE),
                "patch" | "put" | "delete" => Some(IF_MATCH),
                "post" if on_what_was_seen(operation) => Some(IF_MATCH_SEEN),
                "post" if acts_on(path, &tagged) => Some(IF_MATCH_ACTING),
                _ => None,
            };
            operation_of(method, condition, operation, &schemas);
        }
    }
}

/// The paths of single things, each of which has an entity tag.
fn things(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let single = paths.filter(|(path, item)| names_one(path) && tagged(&item["get"]));
    single.map(|(path, _)| path.clone()).collect()
}

/// Whether the end of `path` says which thing is meant: by its identifier, or by a link that begins with one.
fn names_one(path: &str) -> bool {
    path.ends_with("_id}") || path.ends_with("{token}")
}

/// The path of the thing that something posted to `path` is done to, or that it comes to belong to: the nearest that is named.
pub(crate) fn acted_on(path: &str) -> Option<&str> {
    path.rmatch_indices('/').map(|(end, _)| &path[..end]).find(|path| names_one(path))
}

/// Whether what is posted to `path` is done to one of these things, or to what belongs to it.
fn acts_on(path: &str, things: &[String]) -> bool {
    acted_on(path).is_some_and(|thing| things.iter().any(|one| one == thing))
}

/// Whether the operation can be such that the caller must have seen what it is done to.
fn on_what_was_seen(operation: &Value) -> bool {
    ON_WHAT_WAS_SEEN.iter().any(|id| operation["operationId"] == *id)
}

/// Whether the operation can make what is not there yet.
fn makes(operation: &Value) -> bool {
    !operation["responses"]["201"].is_null()
}

fn operation_of(method: &str, condition: Option<&str>, operation: &mut Value, schemas: &Value) {
    let public = operation["security"].as_array().is_some_and(|one| {
        one.is_empty() || one.iter().all(|one| one.as_object().is_some_and(Map::is_empty))
    });
    if public {
        operation["security"] = json!([]);
    } else if operation["security"].is_null() {
        operation["security"] = json!([{ "bearer": [] }]);
    }
    let paging = pages(operation);
    let in_path = has(operation, "path");
    let filtered = has(operation, "query");
    let body = operation["requestBody"].is_object();
    let changes = method != "get";
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    for parameter in &mut parameters {
        let optional = parameter["in"] == "query" && parameter["required"] != true;
        if parameter["description"].as_str().unwrap_or_default().is_empty() {
            let name = parameter["name"].as_str().unwrap_or_default().replace('_', " ");
            parameter["description"] = json!(format!("The {name}."));
        }
        if optional {
            not_null(&mut parameter["schema"]);
        }
        tidy(&mut parameter["schema"]);
        let description = parameter["description"].as_str().unwrap_or_default().to_owned();
        codes::name_set(&description, &mut parameter["schema"]);
    }
    if paging {
        parameters.push(json!({ "name": "cursor", "in": "query", "required": false, "description": "The cursor of a page, from `next` of the page before. It belongs to this listing with these filters.", "schema": { "type": "string", "minLength": 1, "maxLength": 1000, "pattern": "^[A-Za-z0-9_-]+$" }, "example": "AZqlkAAAcACAAAAAAAAAAQ" }));
        parameters.push(json!({ "name": "limit", "in": "query", "required": false, "description": "How many things the page holds.", "schema": { "type": "integer", "format": "int32", "minimum": 1, "maximum": crate::query::MOST, "default": crate::query::USUAL }, "example": 50 }));
    }
    // What a header means is not checked here, as HTTP has it: only that it is text of a reasonable length.
    let header = |name: &str, description: &str, example: &str| json!({ "name": name, "in": "header", "required": false, "description": description, "schema": { "type": "string", "minLength": 0, "maxLength": 2000, "pattern": "^[ -~]*$" }, "example": example });
    if method == "post" {
        let mut key =
            header("Idempotency-Key", IDEMPOTENCY, "5f1d0c2b-9a7e-4d68-8f3a-2b1c0d9e8f7a");
        key["schema"] =
            json!({ "type": "string", "minLength": 1, "maxLength": 257, "pattern": KEY });
        parameters.push(key);
    }
    if let Some(description) = condition {
        let mut version = header("If-Match", description, TAG);
        // In the other cases there is a way without it.
        version["required"] = json!(description == IF_MATCH);
        parameters.push(version);
    }
    if method == "put" && makes(operation) {
        parameters.push(header("If-None-Match", "`*` to create what is not there yet.", "*"));
    }
    if method == "get" && tagged(operation) {
        parameters.push(header("If-None-Match", IF_NONE_MATCH, TAG));
    }
    parameters.push(header("Accept-Language", "The language of texts: `fi`, `sv` or `en`.", "fi"));
    parameters.sort_by_key(|parameter| parameter["required"] != true);
    operation["parameters"] = Value::Array(parameters);

    for (kind, content) in contents(operation.get_mut("requestBody")) {
        plain(kind, content);
        illustrate(content, schemas);
    }
    if method == "patch"
        && let Some(contents) =
            operation["requestBody"].get_mut("content").and_then(Value::as_object_mut)
        && let Some(content) = contents.get("application/json").cloned()
    {
        contents.insert("application/merge-patch+json".to_owned(), content);
    }
    if body {
        operation["requestBody"]["required"] = json!(true);
        if operation["requestBody"]["description"].is_null() {
            operation["requestBody"]["description"] = json!("What is asked for.");
        }
    }
    let single = tagged(operation);
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    let must_name = matches!(method, "patch" | "put" | "delete") || on_what_was_seen(operation);
    // What anybody may read, the scripts of any site may read, whatever is answered.
    let open = public && method == "get";
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        if response["description"].as_str().unwrap_or_default().is_empty() {
            response["description"] = json!(describe(status));
        }
        for (kind, content) in contents(Some(response)) {
            plain(kind, content);
            illustrate(content, schemas);
        }
        let mut names = names(status, open);
        if status.starts_with('2') {
            if single {
                names.push("ETag");
            }
            if paging {
                names.push("Link");
            }
            if method == "post" {
                names.push("Idempotent-Replayed");
            }
            names.extend(OWN.iter().filter(|(one, _)| *one == id).map(|(_, header)| *header));
        }
        response["headers"] = refer(status, &names);
    }
    let applies = |status| match status {
        "304" => method == "get" && single,
        "401" | "403" => !public,
        "404" => in_path || filtered || body,
        "408" | "413" | "415" => body,
        "409" => changes,
        "412" => condition.is_some(),
        "428" => must_name,
        "422" => method == "post",
        _ => true,
    };
    for (status, name, code) in PROBLEMS.into_iter().filter(|(status, ..)| applies(*status)) {
        let answer = &mut operation["responses"][status];
        if answer.is_null() {
            let shown = PAGES.contains(&id.as_str()) && matches!(status, "400" | "404" | "409");
            *answer = match open || shown {
                true => problem(status, code, open),
                false => json!({ "$ref": format!("#/components/responses/{name}") }),
            };
            if shown {
                let mut page = json!({ "schema": { "type": "string" } });
                plain("text/html", &mut page);
                answer["content"]["text/html"] = page;
            }
        }
    }
}

/// Declares the parameters in the path that the generator could not read from the handler's types.
fn name_places(path: &str, operation: &mut Value) {
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        if parameters.iter().any(|one| one["in"] == "path" && one["name"] == name) {
            continue;
        }
        let (schema, what) = match name.strip_suffix("_id") {
            Some(thing) => (
                json!({ "$ref": "#/components/schemas/Id" }),
                format!("The identifier of the {}.", thing.replace('_', " ")),
            ),
            None => (
                json!({ "type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[a-z0-9_-]+$" }),
                format!("The {}.", name.replace('_', " ")),
            ),
        };
        parameters.push(json!({ "name": name, "in": "path", "required": true, "description": what, "schema": schema }));
    }
    operation["parameters"] = Value::Array(parameters);
}

/// Whether the operation answers with a page of a listing.
fn pages(operation: &Value) -> bool {
    operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        .as_str()
        .is_some_and(|name| name.ends_with("Page"))
}

/// Whether the operation answers with one thing, which has an entity tag.
fn tagged(operation: &Value) -> bool {
    let id = operation["operationId"].as_str().unwrap_or_default();
    if TAGGED.contains(&id) || UNTAGGED.contains(&id) {
        return TAGGED.contains(&id);
    }
    let of = |status: &str| &operation["responses"][status]["content"]["application/json"];
    !pages(operation) && (of("200").is_object() || of("201").is_object())
}

fn has(operation: &Value, place: &str) -> bool {
    operation["parameters"].as_array().into_iter().flatten().any(|one| one["in"] == place)
}

/// The contents of a body, by type. To index for writing would make what is not there.
fn contents(body: Option<&mut Value>) -> impl Iterator<Item = (&String, &mut Value)> {
    body.and_then(|body| body.get_mut("content"))
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
}

/// Describes what is not JSON: bytes, or text to be shown as it is.
fn plain(kind: &str, content: &mut Value) {
    let schema = &mut content["schema"];
    if schema["type"] == "array" && schema["items"]["type"] == "integer" {
        *schema = json!({ "type": "string", "format": "binary", "description": "The bytes of the file.", "minLength": 1, "maxLength": crate::operations::MOST_FILE });
        content["example"] = json!("%PDF-1.7");
    } else if schema["type"] == "string" && schema["description"].is_null() {
        schema["description"] = json!("The text.");
        schema["minLength"] = json!(1);
        schema["maxLength"] = json!(crate::operations::MOST_FILE);
        tidy(schema);
        let example = match kind {
            "text/html" => "<!DOCTYPE html><html lang=\"fi\"><title>Kokemusväylä</title></html>",
            "text/plain" => "Tila on toisessa kerroksessa.",
            _ => return,
        };
        content["example"] = json!(example);
    }
}

/// Adds an example made from those of the fields, unless there is one.
fn illustrate(content: &mut Value, schemas: &Value) {
    if content["example"].is_null()
        && content["examples"].is_null()
        && let Some(example) = example::of(&content["schema"], schemas)
    {
        content["example"] = example;
    }
}

fn describe(status: &str) -> &'static str {
    match status {
        "200" => "Done.",
        "201" => "Made. `Location` says where it is.",
        "202" => "Taken on.",
        "204" => "Done; there is nothing to say.",
        "304" => "The caller has the current version already.",
        "400" => {
            "The request is malformed, or some values are wrong: all of them are told at once."
        }
        "401" => "The request has no valid token.",
        "403" => "The caller may not do this.",
        "404" => "There is no such thing, or the caller may not know of it.",
        "405" => "The path does not know the method; `Allow` says which it knows.",
        "406" => "There is nothing to offer that the caller accepts.",
        "408" => "The body came too slowly.",
        "409" => "It is not the time for this, a rule stands in the way, or others were faster.",
        "412" => "The thing has changed since the version that the request names.",
        "413" => "The body is too large.",
        "415" => "The body is of a type that is not taken here.",
        "422" => "The idempotency key was used for another request.",
        "428" => "The request must name the version that it changes.",
        "429" => "More than the quota has room for; `Retry-After` says when to go on.",
        "503" => "Too much to do at the moment; `Retry-After` says when to try again.",
        _ => "Something went wrong on our side.",
    }
}

/// What is said once of each problem, and referred to by every operation that has nothing else to say of it.
pub(crate) fn problems() -> Map<String, Value> {
    let named =
        |(status, name, code): (&str, &str, _)| (name.to_owned(), problem(status, code, false));
    PROBLEMS.into_iter().map(named).collect()
}

/// The headers of an answer with this status, whatever the operation is.
fn names(status: &str, open: bool) -> Vec<&'static str> {
    let mut names = ALWAYS.to_vec();
    match status {
        "201" => names.push("Location"),
        "304" => names.push("ETag"),
        "401" => names.push("WWW-Authenticate"),
        "405" => names.push("Allow"),
        "429" | "503" => names.push("Retry-After"),
        _ => (),
    }
    if open {
        names.push(TO_ANYBODY);
    }
    names
}

/// The header of what the scripts of any site may read.
pub(super) const TO_ANYBODY: &str = "Access-Control-Allow-Origin";

fn problem(status: &str, code: &str, open: bool) -> Value {
    let names = names(status, open);
    let mut response = json!({ "description": describe(status), "headers": refer(status, &names) });
    if status != "304" {
        let number: u16 = status.parse().unwrap_or(500);
        response["content"]["application/problem+json"] = json!({
            "schema": { "$ref": "#/components/schemas/Problem" },
            "example": {
                "type": format!("/docs/problems#{code}"), "title": describe(status), "status": number,
                "detail": describe(status), "instance": "/v1/orders", "code": code,
                "request_id": "019aa5d0-0000-7000-8000-00000000abcd",
            },
        });
    }
    response
}

/// The headers of an answer with this status, as they are said once for all. With 409 there is a place only if an earlier try
/// has made something.
fn refer(status: &str, names: &[&str]) -> Value {
    let mut headers: Map<String, Value> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") })))
        .collect();
    if status == "409" {
        let place = text("Where the one is that an earlier try has made.", AN_ORDER);
        headers.insert("Location".to_owned(), place);
    }
    Value::Object(headers)
}

/// The place of an order, as an example.
const AN_ORDER: &str = "/v1/orders/019aa5d0-0000-7000-8000-000000000001";

/// A header whose value is text.
pub(crate) fn text(description: &str, example: &str) -> Value {
    json!({
        "description": description,
        "schema": { "type": "string", "minLength": 1, "maxLength": 2000, "pattern": "^[ -~]+$" },
        "example": example,
    })
}

/// The same for a header that is on every answer for which it is declared.
pub(crate) fn always(description: &str, example: &str) -> Value {
    let mut header = text(description, example);
    header["required"] = json!(true);
    header
}

fn headers() -> Value {
    json!({
        "API-Version": always("The full version of the contract.", crate::edge::API_VERSION),
        "Content-Language": always("The language of the texts in the answer.", "fi"),
        "RateLimit": always("How much of each quota is left, and in how many seconds it is whole again.", "\"default\";r=599;t=1"),
        "RateLimit-Policy": always("The quotas that the request falls under: so many requests in so many seconds.", "\"default\";q=600;w=60"),
        "Traceparent": always("The chain of calls that the request belongs to (W3C Trace Context): the caller's own, or one begun here.", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"),
        "X-Request-Id": always("The request's identifier: the caller's own, or else the name of the chain of calls.", "4bf92f3577b34da6a3ce929d0e0e4736"),
        (TO_ANYBODY): always("Scripts of any site may read this.", "*"),
        "Content-Disposition": always("That the file is to be kept, and under which name (RFC 6266).", "attachment; filename=\"kuitti.pdf\"; filename*=UTF-8''kuitti.pdf"),
        "ETag": always("The entity tag of this version: to be named in `If-Match` by whoever changes it.", "\"3.5f1d0c2b9a7e4d68\""),
        "Location": always("Where the new thing is.", AN_ORDER),
        "Link": text("The next page (RFC 8288), if there is one; where the catalogue is; what to use instead, if the operation is on its way out.", "</v1/orders?limit=50&cursor=AZqlk>; rel=\"next\""),
        "Allow": always("The methods that the path knows.", "GET, HEAD, OPTIONS"),
        "Idempotent-Replayed": text("`true` if this is the answer of an earlier request with the same key.", "true"),
        "Retry-After": { "description": "After how many seconds to try again.", "required": true, "schema": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 86400 }, "example": 1 },
        "WWW-Authenticate": always("How to sign in; `error=\"invalid_token\"` where a token came that is not good (RFC 6750).", "Bearer realm=\"kokemusvayla\""),
    })
}
