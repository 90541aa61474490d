//! Requests of the guides, written once and shown in every language that readers may work in.
//!
//! A guide has a request as it goes over the wire, in a block of `http`, with notes in comments before it:
//!
//! ```text
//! # @as orderer                      who sends it: the variable with their token
//! # @name order                      what to call the answer
//! # @save order_id = /id             a value of the answer's body that is needed later
//! # @save revision: json = /revision the same for one that is not text
//! # @save delivery = Location        a header of the answer
//! # @expect 409                      the status, if the request is meant to be refused
//! ```
//!
//! `# @sign-in orderer = tilaaja@example.fi` signs a person in, `# @client hr = HR Lappi` a machine client of the demo.
//! `{{name}}` stands for a value that was kept, `{{today}}` and `{{next_week}}` for days. A block of `editor` is a request as well,
//! only for the file of requests: what programs do in lines of their own, which stand before it in each language. Its body may be
//! text, for what is no JSON. `<!-- walk chain.md until Payroll, expert = kokemus33@posti.example -->` has the requests of another
//! guide come first.

pub(super) mod collection;
mod curl;
mod literal;
mod python;
mod typescript;

use std::collections::BTreeSet;

use serde_json::Value;

/// Something that a guide does.
pub(super) enum Example {
    /// A person signs in.
    SignIn { name: String, email: String },
    /// A machine client of the demo signs in.
    Client { name: String, client: String },
    /// A request is sent.
    Request(Request),
}

/// A request, and what is needed of its answer.
#[derive(Default)]
pub(super) struct Request {
    pub(super) name: String,
    pub(super) sender: Option<String>,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Value>,
    pub(super) saves: Vec<Save>,
    pub(super) expect: Option<u16>,
}

/// A value of an answer that is needed later.
pub(super) struct Save {
    pub(super) name: String,
    /// A JSON Pointer into the body, or the name of a header.
    pub(super) from: String,
    /// Whether it is something else than text.
    pub(super) json: bool,
}

impl Save {
    pub(super) fn header(&self) -> bool {
        !self.from.starts_with('/')
    }

    /// The steps of the pointer.
    fn steps(&self) -> impl Iterator<Item = &str> {
        self.from.split('/').skip(1)
    }
}

/// A language of examples: the name in the markup, and the name for people.
pub(super) const LANGUAGES: [(&str, &str); 3] =
    [("curl", "curl"), ("typescript", "TypeScript"), ("python", "Python")];

/// The lines that every program of a guide begins with, by language.
pub(super) const BEGINNINGS: [&str; 3] =
    [curl::BEGINNING, typescript::BEGINNING, python::BEGINNING];

impl Example {
    /// Reads a block of a guide.
    ///
    /// # Errors
    ///
    /// What cannot be understood in it.
    pub(super) fn read(block: &str) -> Result<Self, String> {
        let mut request = Request::default();
        let mut lines = block.lines();
        for line in lines.by_ref() {
            let Some(note) = line.strip_prefix("# @") else {
                let (method, path) = line.split_once(' ').ok_or(format!("no request: {line}"))?;
                (request.method, request.path) = (method.to_owned(), path.trim().to_owned());
                break;
            };
            let (key, rest) = note.split_once(' ').ok_or(format!("an empty note: {line}"))?;
            let pair = || rest.split_once(" = ").ok_or(format!("{line} lacks its second half"));
            match key {
                "sign-in" => {
                    let (name, email) = pair()?;
                    return Ok(Self::SignIn { name: name.to_owned(), email: email.to_owned() });
                }
                "client" => {
                    let (name, client) = pair()?;
                    return Ok(Self::Client { name: name.to_owned(), client: client.to_owned() });
                }
                "name" => rest.clone_into(&mut request.name),
                "as" => request.sender = Some(rest.to_owned()),
                "expect" => request.expect = Some(rest.parse().map_err(|_| rest.to_owned())?),
                "save" => {
                    let (name, from) = pair()?;
                    let (name, json) = match name.strip_suffix(": json") {
                        Some(name) => (name, true),
                        None => (name, false),
                    };
                    request.saves.push(Save { name: name.to_owned(), from: from.to_owned(), json });
                }
                _ => return Err(format!("an unknown note: {line}")),
            }
        }
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            let (name, value) = line.split_once(": ").ok_or(format!("no header: {line}"))?;
            request.headers.push((name.to_owned(), value.to_owned()));
        }
        let body: String = lines.collect::<Vec<_>>().join("\n");
        if !body.trim().is_empty() {
            request.body = Some(serde_json::from_str(&body).map_err(|error| error.to_string())?);
        }
        if request.name.is_empty() {
            "answer".clone_into(&mut request.name);
        }
        Ok(Self::Request(request))
    }

    /// The example in every language, in the order of [`LANGUAGES`]. `json` has the names of kept values that are not
    /// text, and gets those of this one.
    pub(super) fn written(&self, json: &mut BTreeSet<String>) -> [String; 3] {
        let written =
            [curl::write(self, json), typescript::write(self, json), python::write(self, json)];
        if let Self::Request(request) = self {
            json.extend(
                request.saves.iter().filter(|save| save.json).map(|save| save.name.clone()),
            );
        }
        written
    }
}

/// A form that is sent to `path`, in every language.
pub(super) fn form(path: &str, fields: &Value) -> [String; 3] {
    [curl::form(path, fields), typescript::form(path, fields), python::form(path, fields)]
}

/// A file that is sent to `path` by somebody with a token, in every language.
pub(super) fn file(path: &str) -> [String; 3] {
    [curl::file(path), typescript::file(path), python::file(path)]
}

/// A text with the names in its double braces taken apart: text and names take turns, text first.
fn parts(text: &str) -> Vec<&str> {
    text.split("{{").enumerate().fold(Vec::new(), |mut parts, (index, piece)| {
        match piece.split_once("}}").filter(|_| index > 0) {
            Some((name, rest)) => parts.extend([name, rest]),
            None => parts.push(piece),
        }
        parts
    })
}

/// The name that is all of a text in double braces.
fn alone(text: &str) -> Option<&str> {
    text.strip_prefix("{{")?.strip_suffix("}}").filter(|name| !name.contains('}'))
}

/// `order_id` as `orderId`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |whole, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        whole + &head.to_uppercase() + tail
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Example, camel, parts};

    #[test]
    fn names_in_braces_are_found() {
        assert_eq!(parts("/v1/orders/{{order_id}}/submit"), ["/v1/orders/", "order_id", "/submit"]);
        assert_eq!(parts("plain"), ["plain"]);
        assert_eq!(camel("order_id"), "orderId");
    }

    #[test]
    fn a_request_is_written_in_every_language() {
        let block = "# @as orderer\n# @name order\n# @save order_id = /items/0/id\nPOST /v1/orders/{{a}}\nIf-Match: {{tag}}\n\n{\"n\": \"{{n}}\", \"day\": \"{{today}}T10:00:00Z\", \"sure\": true}";
        let example = Example::read(block).expect("it is well-formed");
        let [curl, typescript, python] = example.written(&mut BTreeSet::from(["n".to_owned()]));
        assert!(curl.contains("\"$URL/v1/orders/$A\""), "{curl}");
        assert!(
            curl.contains("{ \"n\": $N, \"day\": \"${TODAY}T10:00:00Z\", \"sure\": true }"),
            "{curl}"
        );
        assert!(
            curl.contains("ORDER_ID=$(jq --raw-output '.items[0].id' <<<\"$order\")"),
            "{curl}"
        );
        assert!(
            typescript.contains(
                "\n  body: {\n    n: n,\n    day: `${today}T10:00:00Z`,\n    sure: true,\n  },\n"
            ),
            "{typescript}"
        );
        assert!(typescript.contains("const orderId = order.body.items[0].id;"), "{typescript}");
        assert!(
            python.contains(
                "body={\n  \"n\": n,\n  \"day\": f\"{today}T10:00:00Z\",\n  \"sure\": True,\n}"
            ),
            "{python}"
        );
        assert!(python.contains("order_id = order.body[\"items\"][0][\"id\"]"), "{python}");
    }

    #[test]
    fn what_is_misspelt_is_noticed() {
        for block in
            ["# @expect soon\nGET /", "# @wish x\nGET /", "# @save x\nGET /", "GET", "POST /\n\n{"]
        {
            assert!(Example::read(block).is_err(), "{block}");
        }
    }
}
