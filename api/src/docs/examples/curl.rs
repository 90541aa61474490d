//! Examples for the shell: curl, and jq for what is needed of an answer.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Example, Request, Save, alone,
    literal::{Style, literal},
    parts,
};
use crate::region;

pub(super) const BEGINNING: &str = r#"# It takes curl, jq and uuidgen.
set -euo pipefail
URL=${URL:-http://127.0.0.1:8080}
TODAY=${TODAY:-$(date --utc +%F)}
NEXT_WEEK=$(date --utc --date="$TODAY 7 days" +%F)

# Signs somebody in: the code is asked for, comes by e-mail, and is traded for a token.
sign_in() {
  curl --silent --show-error --fail-with-body --output /dev/null \
    "$URL/v1/sign-in/codes" --json "{ \"email\": \"$1\" }"
  read -r -p "The code that was sent to $1: " code
  curl --silent --show-error --fail-with-body "$URL/v1/sign-in/tokens" \
    --json "{ \"email\": \"$1\", \"code\": \"$code\" }" | jq --raw-output .access_token
}
"#;

pub(super) fn write(example: &Example, json: &BTreeSet<String>) -> String {
    match example {
        Example::SignIn { name, email } => format!("{}=$(sign_in {email})\n", upper(name)),
        Example::Client { name, client } => format!(
            "{}=$(curl --silent --show-error --fail-with-body \"$URL/v1/oauth/token\" \\\n  --user {}:{} \\\n  --data grant_type=client_credentials | jq --raw-output .access_token)\n",
            upper(name),
            region::client(client),
            region::PAYROLL_SECRET,
        ),
        Example::Request(request) => sent(request, json),
    }
}

pub(super) fn form(path: &str, fields: &Value) -> String {
    let fields = fields.as_object().into_iter().flatten();
    let fields = fields.filter_map(|(name, value)| Some((name, value.as_str()?)));
    let fields: String = fields
        .map(|(name, value)| format!(" \\\n  --data-urlencode \"{name}={}\"", quoted(value)))
        .collect();
    format!("curl --silent --show-error --fail-with-body \"$URL{}\"{fields}\n", quoted(path))
}

pub(super) fn file(path: &str) -> String {
    let headers = [
        "Authorization: Bearer $TOKEN",
        "Idempotency-Key: $(uuidgen)",
        "Content-Type: application/octet-stream",
    ];
    let headers = headers.map(|header| format!(" \\\n  --header \"{header}\"")).concat();
    let path = quoted(path);
    format!(
        "curl --silent --show-error --fail-with-body \"$URL{path}\"{headers} \\\n  --data-binary @kuitti.pdf\n"
    )
}

fn sent(request: &Request, json: &BTreeSet<String>) -> String {
    let header = request.saves.iter().find(|save| save.header());
    let refused = request.expect.is_some();
    let mut command = String::from("curl --silent --show-error");
    if !refused {
        command += " --fail-with-body";
    }
    command += &format!(" \"$URL{}\"", quoted(&request.path));
    let mut options = Vec::new();
    if !(request.method == "GET" || request.method == "POST" && request.body.is_some()) {
        options.push(format!("--request {}", request.method));
    }
    if let Some(sender) = &request.sender {
        options.push(format!("--header \"Authorization: Bearer ${}\"", upper(sender)));
    }
    if request.method == "POST" {
        options.push("--header \"Idempotency-Key: $(uuidgen)\"".to_owned());
    }
    for (name, value) in &request.headers {
        options.push(format!("--header \"{name}: {}\"", quoted(value)));
    }
    if refused {
        options.push("--output answer.json --write-out '%{http_code}'".to_owned());
    }
    if let Some(save) = header {
        options.push(format!(
            "--output answer.json --write-out '%header{{{}}}'",
            save.from.to_lowercase()
        ));
    }
    let mut here = String::new();
    if let Some(body) = &request.body {
        options.push("--json @- <<END".to_owned());
        here = format!("\n{}\nEND", literal(body, &Shell { json }, 0, 0));
    }
    for option in options {
        command += &format!(" \\\n  {option}");
    }
    command += &here;
    let close = if here.is_empty() { "" } else { "\n" };
    if let Some(status) = request.expect {
        let shown = if status < 400 { "" } else { "\njq --raw-output .detail answer.json" };
        return format!("status=$({command}{close})\ntest \"$status\" = {status}{shown}\n");
    }
    if let Some(save) = header {
        return format!("{}=$({command}{close})\n", upper(&save.name));
    }
    if request.saves.is_empty() {
        return command + "\n";
    }
    let kept: String = request.saves.iter().map(|save| kept(&request.name, save)).collect();
    format!("{0}=$({command}{close})\n{kept}", request.name)
}

fn kept(answer: &str, save: &Save) -> String {
    let path: String = save
        .steps()
        .map(|step| match step.parse::<usize>() {
            Ok(index) => format!("[{index}]"),
            Err(_) => format!(".{step}"),
        })
        .collect();
    let form = if save.json { "--compact-output" } else { "--raw-output" };
    format!("{}=$(jq {form} '{path}' <<<\"${answer}\")\n", upper(&save.name))
}

/// JSON within a here document, in which variables stand for themselves.
struct Shell<'a> {
    json: &'a BTreeSet<String>,
}

impl Style for Shell<'_> {
    fn key(&self, key: &str) -> String {
        format!("\"{key}\": ")
    }

    fn text(&self, text: &str) -> String {
        match alone(text) {
            Some(name) if self.json.contains(name) => format!("${}", upper(name)),
            _ => {
                let quoted: Vec<String> = parts(text)
                    .into_iter()
                    .enumerate()
                    .map(|(index, part)| {
                        if index % 2 == 0 { escaped(part) } else { format!("${{{}}}", upper(part)) }
                    })
                    .collect();
                let whole = format!("\"{}\"", quoted.concat());
                match alone(text) {
                    Some(name) => format!("\"${}\"", upper(name)),
                    None => whole,
                }
            }
        }
    }

    fn word(&self, value: &Value) -> String {
        value.to_string()
    }

    fn gap(&self) -> &'static str {
        " "
    }

    fn trailing(&self) -> bool {
        false
    }
}

/// The inside of a JSON string, with what the shell would understand made harmless.
fn escaped(text: &str) -> String {
    let json = Value::from(text).to_string();
    json[1..json.len() - 1].replace('\\', "\\\\").replace('$', "\\$").replace('`', "\\`")
}

/// Text within double quotes.
fn quoted(text: &str) -> String {
    let text = parts(text).into_iter().enumerate().map(|(index, part)| {
        if index % 2 == 0 { part.replace('"', "\\\"") } else { format!("${}", upper(part)) }
    });
    text.collect()
}

fn upper(name: &str) -> String {
    name.to_uppercase()
}
