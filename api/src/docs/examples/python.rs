//! Examples in Python, with nothing but its standard library.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Example, Request, Save, alone,
    literal::{Style, literal},
    parts,
};
use crate::region;

pub(super) const BEGINNING: &str = r#"import json
import os
import urllib.error
import urllib.parse
import urllib.request
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from uuid import uuid4

url = os.environ.get("URL", "http://127.0.0.1:8080")
today = os.environ.get("TODAY") or datetime.now(timezone.utc).date().isoformat()
next_week = (date.fromisoformat(today) + timedelta(days=7)).isoformat()


def call(method, path, token=None, body=None, headers=None, expect=None):
    """One request. An answer that is not expected raises what the problem document says."""
    head = dict(headers or {})
    if token:
        head["Authorization"] = f"Bearer {token}"
    if body is not None:
        head["Content-Type"] = "application/json"
    if method == "POST":
        head["Idempotency-Key"] = str(uuid4())
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, sent, head, method=method)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        text = answer.read()
    result = SimpleNamespace(
        status=answer.status, headers=answer.headers, body=json.loads(text) if text else None
    )
    if result.status != expect if expect else result.status >= 300:
        raise RuntimeError(f"{result.status} {result.body['code']}: {result.body['detail']}")
    return result


def sign_in(email):
    """Signs somebody in: the code is asked for, comes by e-mail, and is traded for a token."""
    call("POST", "/v1/sign-in/codes", body={"email": email})
    code = input(f"The code that was sent to {email}: ")
    tokens = call("POST", "/v1/sign-in/tokens", body={"email": email, "code": code})
    return tokens.body["access_token"]


def client_token(client_id, client_secret):
    """Signs a machine client in: OAuth 2.0, client credentials."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
    sent = urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(f"{url}/v1/oauth/token", sent, timeout=30) as answer:
        return json.load(answer)["access_token"]
"#;

pub(super) fn write(example: &Example, _: &BTreeSet<String>) -> String {
    match example {
        Example::SignIn { name, email } => format!("{name} = sign_in(\"{email}\")\n"),
        Example::Client { name, client } => format!(
            "{name} = client_token(\n    \"{}\",\n    \"{}\",\n)\n",
            region::client(client),
            region::PAYROLL_SECRET,
        ),
        Example::Request(request) => sent(request),
    }
}

pub(super) fn form(path: &str, fields: &Value) -> String {
    let fields = literal(fields, &Snake, 0, 40);
    format!(
        "form = urllib.parse.urlencode({fields}).encode()\nwith urllib.request.urlopen(f\"{{url}}{path}\", form, timeout=30) as answer:\n    print(answer.read().decode())\n"
    )
}

pub(super) fn file(path: &str) -> String {
    let head = r#"    data=b"%PDF-1.7\n",
    headers={
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/octet-stream",
        "Idempotency-Key": str(uuid4()),
    },
)
with urllib.request.urlopen(request, timeout=30) as answer:
    print(answer.read().decode())
"#;
    format!("request = urllib.request.Request(\n    f\"{{url}}{path}\",\n{head}")
}

fn sent(request: &Request) -> String {
    let mut arguments = vec![format!("\"{}\"", request.method), Snake.text(&request.path)];
    if let Some(sender) = &request.sender {
        arguments.push(format!("token={sender}"));
    }
    if !request.headers.is_empty() {
        let headers: Vec<String> = request
            .headers
            .iter()
            .map(|(name, value)| format!("\"{name}\": {}", Snake.text(value)))
            .collect();
        arguments.push(format!("headers={{{}}}", headers.join(", ")));
    }
    if let Some(status) = request.expect {
        arguments.push(format!("expect={status}"));
    }
    let used = 20 + arguments.iter().map(String::len).sum::<usize>();
    if let Some(body) = &request.body {
        arguments.push(format!("body={}", literal(body, &Snake, 0, used)));
    }
    let refused = request.expect.is_some_and(|status| status >= 400);
    let needed = refused || !request.saves.is_empty();
    let keep = if needed { format!("{} = ", request.name) } else { String::new() };
    let mut text = format!("{keep}call({})\n", arguments.join(", "));
    for save in &request.saves {
        text += &kept(&request.name, save);
    }
    if refused {
        text += &format!("print({}.body[\"detail\"])\n", request.name);
    }
    text
}

fn kept(answer: &str, save: &Save) -> String {
    if save.header() {
        return format!("{} = {answer}.headers[\"{}\"]\n", save.name, save.from);
    }
    let path: String = save
        .steps()
        .map(|step| match step.parse::<usize>() {
            Ok(index) => format!("[{index}]"),
            Err(_) => format!("[\"{step}\"]"),
        })
        .collect();
    format!("{} = {answer}.body{path}\n", save.name)
}

struct Snake;

impl Style for Snake {
    fn key(&self, key: &str) -> String {
        format!("\"{key}\": ")
    }

    fn text(&self, text: &str) -> String {
        if let Some(name) = alone(text) {
            return name.to_owned();
        }
        let parts = parts(text);
        let sign = if parts.len() == 1 { "" } else { "f" };
        let inside = parts.into_iter().enumerate().map(|(index, part)| {
            if index % 2 == 1 {
                return format!("{{{part}}}");
            }
            let json = Value::from(part).to_string();
            json[1..json.len() - 1].to_owned()
        });
        format!("{sign}\"{}\"", inside.collect::<String>())
    }

    fn word(&self, value: &Value) -> String {
        match value {
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            _ => "None".to_owned(),
        }
    }

    fn gap(&self) -> &'static str {
        ""
    }

    fn trailing(&self) -> bool {
        true
    }
}
