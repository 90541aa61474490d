//! Someone who calls the server.

use std::{
    marker::PhantomData,
    time::{Duration, Instant},
};

use api::region;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Server, contract};

/// What a call is written and read through, in bytes.
const BUFFER: usize = 16 * 1024;

/// How many bytes of a request: its head must fit, also that with the longest token.
const OUTPUT: usize = 40 * 1024;

/// Someone who calls the server.
#[derive(Clone)]
pub struct Person<'a> {
    url: String,
    token: Option<String>,
    // Nobody calls a server that is gone.
    server: PhantomData<&'a Server>,
}

/// What the server answered. It kept its contract, or the test would have failed already.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Value,
    pub text: String,
}

impl<'a> Person<'a> {
    pub(crate) fn new(server: &'a Server, token: Option<String>) -> Self {
        Self { url: server.url.clone(), token, server: PhantomData }
    }

    /// The same caller at another server on the same database.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// The same caller with another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The access token.
    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap_or_default()
    }

    /// The whole address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// GETs `path`.
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], None)
    }

    /// The pages of a listing, from the first to the last.
    pub fn pages(&self, listing: &str) -> Vec<Answer> {
        let sign = if listing.contains('?') { '&' } else { '?' };
        let mut pages = vec![self.get(listing).expect(200)];
        while let Some(next) = pages.last().and_then(|page| page.body["next"].as_str()) {
            let page = self.get(&format!("{listing}{sign}cursor={next}")).expect(200);
            pages.push(page);
        }
        pages
    }

    /// How many notices of this kind the person has got.
    pub fn times_told(&self, kind: &str) -> usize {
        self.items("/v1/notices?limit=200").iter().filter(|notice| notice["kind"] == kind).count()
    }

    /// Of which kinds the notices to the person about `reference` are, the oldest first.
    pub fn told(&self, reference: &str) -> Vec<String> {
        let notices = self.items("/v1/notices?limit=200");
        let there = notices.iter().filter(|notice| notice["reference"] == reference);
        there.filter_map(|notice| notice["kind"].as_str().map(str::to_owned)).collect()
    }

    /// The things of a listing, on all its pages.
    pub fn items(&self, listing: &str) -> Vec<Value> {
        let items = |page: Answer| page.body["items"].as_array().expect("items").clone();
        self.pages(listing).into_iter().flat_map(items).collect()
    }

    /// POSTs `body` to `path`; nothing, if it is null.
    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, &[], Some(body).filter(|body| !body.is_null()))
    }

    /// PATCHes `path` with `body`, naming the version that is there now.
    pub fn patch(&self, path: &str, body: Value) -> Answer {
        let tag = self.get(path).tag();
        self.call("PATCH", path, &[("if-match", &tag)], Some(body))
    }

    /// PUTs `body` at `path`: over the version that is there now, or as a new thing if there is none.
    pub fn put(&self, path: &str, body: Value) -> Answer {
        let known = self.get(path);
        let tag = known.tag();
        let condition =
            if known.status == 200 { ("if-match", tag.as_str()) } else { ("if-none-match", "*") };
        self.call("PUT", path, &[condition], Some(body))
    }

    /// POSTs bytes of some type.
    pub fn upload(&self, path: &str, kind: &str, bytes: &[u8]) -> Answer {
        self.send("POST", path, &[("content-type", kind)], Some(bytes.to_vec()))
    }

    /// Calls `method` on `path` and holds the answer against the contract.
    pub fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let mut all = headers.to_vec();
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            all.push(("content-type", "application/json"));
        }
        self.send(method, path, &all, body.map(|body| body.to_string().into_bytes()))
    }

    /// Calls with a raw body and holds the answer against the contract.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        let answer = self.raw(method, path, headers, body);
        contract::check(method, path, &answer);
        answer
    }

    /// Calls without holding the answer against the contract: for what the contract does not have.
    pub fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        self.try_raw(method, path, headers, body).expect("the server answers")
    }

    /// Calls a server that may be gone.
    ///
    /// # Errors
    ///
    /// If it does not answer, or not to the end.
    pub fn try_raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, ureq::Error> {
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let agent: ureq::Agent = ureq::Agent::config_builder()
            // Unless told otherwise, it fills 128 kB with zeros for each call, which is a twentieth of a run's time.
            .input_buffer_size(BUFFER)
            .output_buffer_size(OUTPUT)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let mut response = match body {
            Some(bytes) => agent.run(request.body(bytes)?),
            None => agent.run(request.body(())?),
        }?;
        let text = response.body_mut().with_config().lossy_utf8(true).read_to_string()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { status, headers, body, text })
    }

    /// Who it is.
    pub fn id(&self) -> Uuid {
        self.get("/v1/me").id()
    }
}

impl Answer {
    /// The identifier of the thing in the answer.
    pub fn id(&self) -> Uuid {
        self.body["id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .unwrap_or_else(|| panic!("{self:?} has an id"))
    }

    /// The entity tag.
    pub fn tag(&self) -> String {
        self.header("etag").to_owned()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The answer, if it has this status: the beginning of most tests' steps.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The code of the problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The pointers to wrong fields, or the names of wrong parameters, each with what is wrong.
    pub fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let fault = |fault: &Value| {
            let place =
                if fault["pointer"].is_null() { &fault["parameter"] } else { &fault["pointer"] };
            (text(place), text(&fault["code"]))
        };
        self.body["errors"].as_array().into_iter().flatten().map(fault).collect()
    }

    /// The same as [`Self::faults`], to be compared with what a test expects.
    pub fn wrong(&self) -> Vec<(&str, &str)> {
        let place =
            |fault: &Value| if fault["pointer"].is_null() { "parameter" } else { "pointer" };
        fn text<'a>(fault: &'a Value, key: &str) -> &'a str {
            fault[key].as_str().unwrap_or_default()
        }
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|fault| (text(fault, place(fault)), text(fault, "code"))).collect()
    }

    /// How many things the page holds.
    pub fn count(&self) -> usize {
        self.body["items"].as_array().map_or(0, Vec::len)
    }

    /// What may be done with the thing now.
    pub fn allowed(&self) -> Vec<&str> {
        let actions = self.body["actions"].as_array().into_iter().flatten();
        actions
            .filter(|action| action["allowed"] == true)
            .filter_map(|action| action["name"].as_str())
            .collect()
    }

    /// What the answer says about one of the actions.
    pub fn action(&self, name: &str) -> Value {
        let mut actions = self.body["actions"].as_array().into_iter().flatten();
        actions.find(|action| action["name"] == name).expect("the action is listed").clone()
    }
}

pub(crate) fn sign_in<'a>(server: &'a Server, email: &str) -> Person<'a> {
    let signed_in = sign_in_fully(server, email);
    server.stranger().with_token(signed_in["access_token"].as_str().expect("a token"))
}

pub(crate) fn sign_in_fully(server: &Server, email: &str) -> Value {
    let stranger = server.stranger();
    let before = server.app.mailer.sent().len();
    stranger.post("/v1/sign-in/codes", json!({ "email": email })).expect(202);
    let code = server.code_to(email, before);
    stranger.post("/v1/sign-in/tokens", json!({ "email": email, "code": code })).expect(200).body
}

impl Server {
    /// The messages after the first `before`, once none is on its way.
    pub fn letters(&self, before: usize) -> Vec<api::Letter> {
        let asked = Instant::now();
        while !self.app.mailer.is_idle() {
            assert!(asked.elapsed() < Duration::from_secs(10), "it comes in time");
            std::thread::park_timeout(Duration::from_millis(1));
        }
        self.app.mailer.sent().split_off(before)
    }

    /// Does what is done without anyone asking, until nothing is left of it: nothing changes then while somebody only reads.
    pub fn come_to_rest(&self) {
        self.app.run_jobs();
        while api::send_due(&self.app).expect("the database answers") > 0 {}
        // The server's own worker may have taken some, and sends them at this moment.
        self.letters(0);
    }

    /// The code in the newest message to this address, of those after the first `before`.
    pub fn code_to(&self, email: &str, before: usize) -> String {
        let letters = self.letters(before).into_iter().rev();
        let mut codes =
            letters.filter(|letter| letter.to == email).filter_map(|letter| letter.code);
        codes.next().unwrap_or_else(|| panic!("{email} gets a code"))
    }
}

pub(crate) fn machine<'a>(server: &'a Server, name: &str) -> Person<'a> {
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        region::client(name),
        region::PAYROLL_SECRET
    );
    let stranger = server.stranger();
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let signed_in =
        stranger.send("POST", "/v1/oauth/token", &kind, Some(form.into_bytes())).expect(200);
    stranger.with_token(signed_in.body["access_token"].as_str().expect("a token"))
}
