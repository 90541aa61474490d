//! The guides as files of requests, for editors and for httpYac.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Example, Request, Save};
use crate::region;

/// A file of the collection.
pub(in crate::docs) struct File {
    text: String,
    titles: BTreeMap<String, usize>,
    /// The kept values that are not text.
    json: BTreeSet<String>,
    /// Who has to sign in before it is sent, with their e-mail addresses.
    pub(in crate::docs) people: Vec<(String, String)>,
}

impl File {
    pub(in crate::docs) fn new(title: &str) -> Self {
        let text = format!(
            "# Written from {title} by `make openapi`; `make check-docs` sends it.\n# These sign in with sign-in.http first, and their tokens go into http-client.env.json:\n"
        );
        Self { text, titles: BTreeMap::new(), json: BTreeSet::new(), people: Vec::new() }
    }

    pub(in crate::docs) fn add(&mut self, section: &str, example: &Example) {
        let text = match example {
            Example::SignIn { name, email } => {
                // All of them are named at the top, whenever the guide comes to them.
                let top = self.text.find("\n\n").map_or(self.text.len(), |place| place + 1);
                self.text.insert_str(top, &format!("# {name}: {email}\n"));
                self.people.push((name.clone(), email.clone()));
                return;
            }
            Example::Client { name, client } => format!(
                "POST {{{{url}}}}/v1/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&client_id={}&client_secret={}\n\n?? status == 200\n{{{{\n  exports.{name} = response.parsedBody.access_token;\n}}}}\n",
                region::client(client),
                region::PAYROLL_SECRET,
            ),
            Example::Request(request) => {
                let text = sent(request, &self.json);
                let json = request.saves.iter().filter(|save| save.json);
                self.json.extend(json.map(|save| save.name.clone()));
                text
            }
        };
        let number = self.titles.entry(section.to_owned()).or_default();
        *number += 1;
        self.text += &format!("\n### {section} ({number})\n{text}");
    }

    pub(in crate::docs) fn finish(mut self) -> String {
        if self.text.contains("{{today}}") || self.text.contains("{{next_week}}") {
            let top = self.text.find("\n\n").map_or(self.text.len(), |place| place + 1);
            self.text.insert_str(top, DAYS);
        }
        self.text
    }
}

/// The days that the requests of a file are about.
const DAYS: &str = "
{{
  // `clock` is empty, or what a sandbox whose clock was moved says on GET /clock.
  const now = clock ? Date.parse(clock) : Date.now();
  const day = (after) => new Date(now + after * 86400000).toISOString().slice(0, 10);
  exports.today = day(0);
  exports.next_week = day(7);
}}
";

/// The requests that sign a person in.
pub(in crate::docs) const SIGN_IN: &str =
    "# Signing in. The code comes by e-mail; the demo shows it in its own terminal.

### Ask for a code
# @name ask
POST {{url}}/v1/sign-in/codes
Content-Type: application/json
Idempotency-Key: {{$uuid}}

{\"email\": \"{{email}}\"}

?? status == 202

### Trade it for a token, which goes into http-client.env.json
# @name trade
POST {{url}}/v1/sign-in/tokens
Content-Type: application/json
Idempotency-Key: {{$uuid}}

{\"email\": \"{{email}}\", \"code\": \"{{code}}\"}

?? status == 200
";

/// The variables that the files need.
pub(in crate::docs) fn environment(people: &[(String, String)]) -> String {
    let mut names = json!({ "url": "http://127.0.0.1:8080", "clock": "", "email": "tilaaja@satakunta.example", "code": "" });
    for (name, email) in people {
        let several = people.iter().any(|(other, address)| other == name && address != email);
        let whose = if several { "the one that the file names at its top" } else { email };
        names[name] = json!(format!("the access token of {whose}"));
    }
    serde_json::to_string_pretty(&json!({ "demo": names })).unwrap_or_default() + "\n"
}

fn sent(request: &Request, json: &BTreeSet<String>) -> String {
    let mut text = format!("{} {{{{url}}}}{}\n", request.method, request.path);
    if let Some(sender) = &request.sender {
        text += &format!("Authorization: Bearer {{{{{sender}}}}}\n");
    }
    if request.method == "POST" {
        text += "Idempotency-Key: {{$uuid}}\n";
    }
    for (name, value) in &request.headers {
        text += &format!("{name}: {value}\n");
    }
    if let Some(Value::String(bytes)) = &request.body {
        text += &format!("\n{bytes}\n");
    } else if let Some(body) = &request.body {
        text += &format!("Content-Type: application/json\n\n{}\n", body_of(body, json));
    }
    text += &match request.expect {
        Some(status) => format!("\n?? status == {status}\n"),
        None => "\n?? status >= 200\n?? status < 300\n".to_owned(),
    };
    if !request.saves.is_empty() {
        let kept: String = request.saves.iter().map(kept).collect();
        text += &format!("{{{{\n{kept}}}}}\n");
    }
    text
}

fn kept(save: &Save) -> String {
    if save.header() {
        return format!(
            "  exports.{} = response.headers['{}'];\n",
            save.name,
            save.from.to_lowercase()
        );
    }
    let path: String = save
        .steps()
        .map(|step| match step.parse::<usize>() {
            Ok(index) => format!("[{index}]"),
            Err(_) => format!(".{step}"),
        })
        .collect();
    let value = format!("response.parsedBody{path}");
    let value = if save.json { format!("JSON.stringify({value})") } else { value };
    format!("  exports.{} = {value};\n", save.name)
}

/// The body, in which values that are not text stand without quotes.
fn body_of(body: &Value, json: &BTreeSet<String>) -> String {
    let text = serde_json::to_string_pretty(body).unwrap_or_default();
    json.iter().fold(text, |text, name| {
        text.replace(&format!("\"{{{{{name}}}}}\""), &format!("{{{{{name}}}}}"))
    })
}
