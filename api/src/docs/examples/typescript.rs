//! Examples in TypeScript, with nothing but `fetch`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Example, Request, Save, alone, camel,
    literal::{Style, literal},
    parts,
};
use crate::region;

pub(super) const BEGINNING: &str = r#"import { createInterface } from "node:readline/promises";

const url = process.env["URL"] ?? "http://127.0.0.1:8080";
const today = process.env["TODAY"] ?? new Date().toISOString().slice(0, 10);
const nextWeek = new Date(Date.parse(today) + 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

type Options = { token?: string; body?: unknown; headers?: Record<string, string>; expect?: number };

// One request. An answer that is not expected throws what the problem document says.
async function call(method: string, path: string, { token, body, headers, expect }: Options = {}) {
  const head = new Headers(headers);
  if (token) head.set("Authorization", `Bearer ${token}`);
  if (body !== undefined) head.set("Content-Type", "application/json");
  if (method === "POST") head.set("Idempotency-Key", crypto.randomUUID());
  const sent = body === undefined ? null : JSON.stringify(body);
  const answer = await fetch(url + path, { method, headers: head, body: sent });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : undefined;
  if (expect ? answer.status !== expect : !answer.ok) {
    throw new Error(`${answer.status} ${json?.code}: ${json?.detail}`);
  }
  return { status: answer.status, headers: answer.headers, body: json };
}

// Signs somebody in: the code is asked for, comes by e-mail, and is traded for a token.
async function signIn(email: string): Promise<string> {
  await call("POST", "/v1/sign-in/codes", { body: { email } });
  const terminal = createInterface(process.stdin, process.stdout);
  const code = await terminal.question(`The code that was sent to ${email}: `);
  terminal.close();
  return (await call("POST", "/v1/sign-in/tokens", { body: { email, code } })).body.access_token;
}

// Signs a machine client in: OAuth 2.0, client credentials.
async function clientToken(id: string, secret: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: secret });
  const answer = await fetch(`${url}/v1/oauth/token`, { method: "POST", body });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { access_token: string }).access_token;
}
"#;

pub(super) fn write(example: &Example, _: &BTreeSet<String>) -> String {
    match example {
        Example::SignIn { name, email } => {
            format!("const {} = await signIn(\"{email}\");\n", camel(name))
        }
        Example::Client { name, client } => format!(
            "const {} = await clientToken(\n  \"{}\",\n  \"{}\",\n);\n",
            camel(name),
            region::client(client),
            region::PAYROLL_SECRET,
        ),
        Example::Request(request) => sent(request),
    }
}

pub(super) fn form(path: &str, fields: &Value) -> String {
    let fields = literal(fields, &Script, 1, 40);
    format!(
        "const answer = await fetch(`${{url}}{path}`, {{\n  method: \"POST\",\n  body: new URLSearchParams({fields}),\n}});\nconsole.log(await answer.text());\n"
    )
}

pub(super) fn file(path: &str) -> String {
    let head = r#"  method: "POST",
  headers: {
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/octet-stream",
    "Idempotency-Key": crypto.randomUUID(),
  },
  body: new TextEncoder().encode("%PDF-1.7\n"),
"#;
    format!(
        "const answer = await fetch(`${{url}}{path}`, {{\n{head}}});\nconsole.log(await answer.text());\n"
    )
}

fn sent(request: &Request) -> String {
    let mut options = Vec::new();
    if let Some(sender) = &request.sender {
        let sender = camel(sender);
        options.push(if sender == "token" { sender } else { format!("token: {sender}") });
    }
    if !request.headers.is_empty() {
        let headers: Vec<String> = request
            .headers
            .iter()
            .map(|(name, value)| format!("\"{name}\": {}", Script.text(value)))
            .collect();
        options.push(format!("headers: {{ {} }}", headers.join(", ")));
    }
    if let Some(status) = request.expect {
        options.push(format!("expect: {status}"));
    }
    if let Some(body) = &request.body {
        let used = 60 + options.iter().map(String::len).sum::<usize>();
        options.push(format!("body: {}", literal(body, &Script, 1, used)));
    }
    let refused = request.expect.is_some_and(|status| status >= 400);
    let needed = refused || !request.saves.is_empty();
    let answer = camel(&request.name);
    let keep = if needed { format!("const {answer} = ") } else { String::new() };
    let options = match options.as_slice() {
        [] => String::new(),
        options if options.iter().any(|option| option.contains('\n')) => {
            format!(", {{\n  {},\n}}", options.join(",\n  "))
        }
        options => format!(", {{ {} }}", options.join(", ")),
    };
    let mut text = format!(
        "{keep}await call(\"{}\", {}{options});\n",
        request.method,
        Script.text(&request.path)
    );
    for save in &request.saves {
        text += &kept(&answer, save);
    }
    if refused {
        text += &format!("console.log({answer}.body.detail);\n");
    }
    text
}

fn kept(answer: &str, save: &Save) -> String {
    let name = camel(&save.name);
    if save.header() {
        return format!("const {name} = {answer}.headers.get(\"{}\") ?? \"\";\n", save.from);
    }
    let path: String = save
        .steps()
        .map(|step| match step.parse::<usize>() {
            Ok(index) => format!("[{index}]"),
            Err(_) => format!(".{step}"),
        })
        .collect();
    format!("const {name} = {answer}.body{path};\n")
}

struct Script;

impl Style for Script {
    fn key(&self, key: &str) -> String {
        let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if plain { format!("{key}: ") } else { format!("\"{key}\": ") }
    }

    fn text(&self, text: &str) -> String {
        if let Some(name) = alone(text) {
            return camel(name);
        }
        let parts = parts(text);
        if parts.len() == 1 {
            return Value::from(text).to_string();
        }
        let inside = parts.into_iter().enumerate().map(|(index, part)| {
            if index % 2 == 0 { part.replace('`', "\\`") } else { format!("${{{}}}", camel(part)) }
        });
        format!("`{}`", inside.collect::<String>())
    }

    fn word(&self, value: &Value) -> String {
        value.to_string()
    }

    fn gap(&self) -> &'static str {
        " "
    }

    fn trailing(&self) -> bool {
        true
    }
}
