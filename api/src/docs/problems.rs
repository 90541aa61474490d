//! The page of problems: what each code means, as the texts that callers get say it.

use std::{collections::BTreeMap, fmt::Write};

use domain::{
    localized::Language,
    refusal::{Refusal, Rule},
};
use serde_json::{Value, json};

use super::{
    Page,
    html::{escape, inline, table},
};
use crate::{locale, problem::Problem};

/// The page.
pub(super) fn page() -> Page {
    let mut body = String::from(
        "<p>Every answer from 400 up to a request that can be read is a problem document (RFC 9457), <code>application/problem+json</code>. What is no request of HTTP/1.1, such as one with a head of more than 32 KiB, is answered 400 or 431 with an empty body. The <code>code</code> of a problem document is one of these and never changes its meaning. <code>title</code> and <code>detail</code> are for people: show them as they are, in the language that <code>Accept-Language</code> asked for. Both are below in English, Finnish and Swedish.</p>\n",
    );
    let mut by_status: BTreeMap<u16, Vec<Problem>> = BTreeMap::new();
    for problem in every() {
        by_status.entry(problem.row().0.as_u16()).or_default().push(problem);
    }
    for (status, problems) in &by_status {
        let reason = problems[0].row().0.canonical_reason().unwrap_or_default();
        let _ = writeln!(body, "<h2 id=\"status-{status}\">{status} {reason}</h2>");
        let _ = writeln!(body, "<p><strong>Your program:</strong> {}</p>", inline(advice(*status)));
        body.extend(problems.iter().map(entry));
    }
    body += "<h2 id=\"fields\">Codes of single fields</h2>\n<p>In <code>errors</code>, each with the place of the value: a JSON Pointer, or the name of a parameter. Show the text beside the field.</p>\n";
    let row = |key: &str| {
        let about = [("about", "…")];
        let text = |language| escape(&locale::find(language, key, &about).unwrap_or_default());
        let code = field_code(key);
        format!(
            "<tr><th scope=\"row\"><code>{code}</code></th><td>{}</td><td lang=\"fi\">{}</td><td lang=\"sv\">{}</td></tr>\n",
            text(Language::En),
            text(Language::Fi),
            text(Language::Sv),
        )
    };
    let rows: String = field_keys().map(row).collect();
    body += &table("Codes of single fields", &["code", "English", "Finnish", "Swedish"], &rows);
    let title = "Errors, and what to do about each".to_owned();
    Page { name: "problems".to_owned(), title, language: "en", body, examples: false }
}

/// A problem with its texts.
fn entry(problem: &Problem) -> String {
    let code = problem.row().1;
    let key = locale::key(code);
    let mut text = format!("<h3 id=\"{code}\"><code>{code}</code></h3>\n");
    for language in [Language::En, Language::Fi, Language::Sv] {
        let values = [("machine", "…"), ("state", "…"), ("action", "…")];
        let detail = locale::find(language, &format!("{key}.detail"), &values);
        let _ = writeln!(
            text,
            "<p lang=\"{}\"><strong>{}.</strong> {}</p>",
            locale::tag(language),
            escape(&locale::text(language, &key)),
            escape(&detail.unwrap_or_default()),
        );
    }
    if let Some(own) = own_advice(code) {
        let _ = writeln!(text, "<p><strong>Your program:</strong> {}</p>", inline(own));
    }
    text
}

/// What a program does about any answer with this status.
const fn advice(status: u16) -> &'static str {
    match status {
        400 => {
            "put the request right; the same one is refused again. `errors` has every wrong value at once, so show each text beside its field. Unless the code below says otherwise, nothing has been changed, and the idempotency key is still free."
        }
        401 => {
            "get a new token and send the request once more under the same idempotency key: with the refresh token for a person, with the client's identifier and secret for a machine. If that is refused too, the person signs in anew."
        }
        403 => {
            "do not try again. Show the text, and leave out what is not allowed: `actions` of a thing say in advance what the caller may do."
        }
        404 => {
            "do not try again. Either the thing is not there, or the caller may not know of it; the answer is the same for both, on purpose. Take it out of lists that you keep."
        }
        405 => "this is a mistake in the program: `Allow` has the methods of the path.",
        406 => {
            "this is a mistake in the program: ask for `application/json`, or for the type in the reference."
        }
        408 => {
            "send it again under the same idempotency key; on a slow network, send less at once."
        }
        409 => {
            "get the thing again and show what it says now. Unless the code is `stale`, sending the same request again does not help until somebody has done something: the text says who and what."
        }
        412 => {
            "get the thing again, show what has changed, make the change to that, and send it with the new `ETag`."
        }
        413 => "send less: 256 KiB for JSON, 10 MiB for an attachment.",
        415 => {
            "this is a mistake in the program: send `Content-Type: application/json`, unpacked, or the type in the reference."
        }
        422 => {
            "this is a mistake in the program: a new intention takes a new `Idempotency-Key`, and only another try at the same request the same one."
        }
        428 => {
            "this is a mistake in the program: read the thing first, and send its `ETag` in `If-Match`."
        }
        429 => {
            "wait for as many seconds as `Retry-After` says, then send it again under the same idempotency key. Ask with `If-None-Match`: an answer of 304 costs nothing."
        }
        503 => {
            "wait for as many seconds as `Retry-After` says, then send it again under the same idempotency key."
        }
        _ => {
            "send it again after a while under the same idempotency key, and more rarely each time. If it stays, tell the `request_id` to those who run the service."
        }
    }
}

/// What a program does about this one, where that is something else.
fn own_advice(code: &str) -> Option<&'static str> {
    Some(match code {
        "malformed" => "this is a mistake in the program: the body is not JSON.",
        "bad_cursor" => {
            "begin at the first page, without `cursor`. A cursor belongs to its filters."
        }
        "bad_code" => {
            "let the person type the code again, and offer to send a new one. This was counted as a try: after a few that are wrong, no code but a new one is good."
        }
        "bad_refresh_token" => {
            "forget both tokens and let the person sign in. If it had been used before, somebody may have copied it, and the whole session has ended with this request."
        }
        "bad_client" => {
            "stop and tell whoever looks after the connection. Trying again does not help."
        }
        "file_kind_not_taken" => {
            "make a picture a JPEG before it is uploaded, as a phone does for whoever asks it to (HEIC is not taken), or let the person choose another file. What a file is, is told by its content and not by its name."
        }
        "stale" => {
            "get the thing again, and send the request once more under the same idempotency key if it still makes sense. Nothing has been changed."
        }
        "exists" => "get what is there already: it may well be the effect of an earlier try.",
        "already_done" => {
            "do not send it again, under this key or another one. `Location`, if it is there, says what was made; get the thing, as far as the caller may still know of it, to show how it stands."
        }
        "out_of_turn" => {
            "get the thing again and offer what its `actions` allow: somebody else has probably acted."
        }
        "description_changed" => {
            "show what has changed (`errors` points to it), and let the expert answer the new description."
        }
        "revision_changed" => "get the newest revision, show it, and act on that one.",
        "package_changed" => {
            "get the package again, store it in the place of what you have of it, and acknowledge that."
        }
        _ => return None,
    })
}

/// The codes that programs go by: of problems with their statuses, and of single fields.
pub fn codes() -> Value {
    let problems = every().into_iter().map(|problem| {
        let (status, code) = problem.row();
        (code.to_owned(), json!(status.as_u16()))
    });
    let mut fields: Vec<String> = field_keys().map(field_code).collect();
    fields.sort_unstable();
    json!({ "fields": fields, "problems": problems.collect::<BTreeMap<_, _>>() })
}

/// The keys of the texts about single fields.
fn field_keys() -> impl Iterator<Item = &'static str> {
    locale::keys().filter(|key| key.starts_with("field-"))
}

/// The code that such a text is about.
fn field_code(key: &str) -> String {
    key.trim_start_matches("field-").replace('-', "_")
}

/// Every problem there is.
fn every() -> Vec<Problem> {
    let mut all = vec![
        Problem::Malformed,
        Problem::Invalid(Vec::new()),
        Problem::InvalidParameters(Vec::new()),
        Problem::BadCursor,
        Problem::BadKey,
        Problem::BadCode,
        Problem::BadRefreshToken,
        Problem::Unauthenticated,
        Problem::BadClient,
        Problem::Forbidden,
        Problem::NotFound,
        Problem::MethodNotAllowed { allow: "" },
        Problem::NotAcceptable,
        Problem::TooSlow,
        Problem::Refused(Refusal::OutOfTurn { machine: "", state: "", action: "" }),
        Problem::Stale,
        Problem::Exists,
        Problem::AlreadyDone { place: None },
        Problem::PreconditionFailed,
        Problem::TooLarge,
        Problem::UnsupportedMediaType,
        Problem::FileKind,
        Problem::KeyReused,
        Problem::PreconditionRequired,
        Problem::TooMany { policies: Vec::new(), retry_after: 0 },
        Problem::Internal("".into()),
        Problem::Overloaded,
        Problem::IssuerUnreachable { retry_after: 0 },
    ];
    all.extend(Rule::ALL.iter().map(|rule| Problem::from(*rule)));
    all
}

#[cfg(test)]
mod tests {
    use domain::localized::Language;

    use super::{every, locale};

    #[test]
    fn every_problem_that_has_a_text_is_on_the_page() {
        for key in locale::keys() {
            if locale::find(Language::En, &format!("{key}.detail"), &[]).is_none() {
                continue;
            }
            let listed = every().iter().any(|problem| locale::key(problem.row().1) == key);
            assert!(listed, "{key} is not on the page");
        }
    }
}
