//! The stage of the demonstration: people who call the server, and a voice that tells what happens.

use std::{cell::Cell, thread, time::Duration};

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{App, region};

/// How often a request is sent to a server that has too much to do, before the play is given up.
const TRIES: u32 = 30;

/// What a step of the play gives, or what went wrong in it.
pub(in crate::commands) type Step<T> = Result<T, String>;

/// Whether the play is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::commands) enum Voice {
    Aloud,
    Silent,
}

/// Where the play happens.
pub(in crate::commands) struct Stage {
    pub(super) app: App,
    pub(super) url: String,
    agent: ureq::Agent,
    voice: Cell<Voice>,
}

/// Someone on the stage.
#[derive(Clone)]
pub(super) struct Player<'a> {
    stage: &'a Stage,
    name: String,
    email: String,
    token: String,
}

/// What the server answered.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) text: String,
    location: String,
    retry_after: u64,
}

impl Stage {
    pub(in crate::commands) fn new(app: App, port: u16, voice: Voice) -> Self {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Self { app, url: format!("http://127.0.0.1:{port}"), agent, voice: Cell::new(voice) }
    }

    /// A new scene.
    pub(super) fn scene(&self, title: &str) {
        if self.voice.get() == Voice::Aloud {
            println!("\n── {title} ──");
        }
    }

    /// Something that happens.
    pub(super) fn tell(&self, text: &str) {
        if self.voice.get() == Voice::Aloud {
            println!("  {text}");
        }
    }

    /// What happens without a word.
    pub(super) fn quietly<T>(&self, act: impl FnOnce() -> Step<T>) -> Step<T> {
        let voice = self.voice.replace(Voice::Silent);
        let done = act();
        self.voice.set(voice);
        done
    }

    /// Lets time pass.
    pub(super) fn pass(&self, by: TimeDelta, text: &str) {
        self.app.clock.advance(by);
        self.scene(text);
    }

    /// The person of the region with this e-mail address signs in as people do.
    pub(super) fn person(&self, email: &str) -> Step<Player<'_>> {
        let ask = json!({ "email": email });
        let before = self.app.mailer.sent().len();
        self.call("POST", "/v1/sign-in/codes", None, &[], Some(ask))?.must(202, "a code")?;
        let code = (0..6000)
            .find_map(|_| {
                thread::park_timeout(Duration::from_millis(5));
                let mut sent = self.app.mailer.sent().into_iter().skip(before);
                sent.find_map(|letter| letter.code.filter(|_| letter.to == email))
            })
            .ok_or_else(|| format!("{email} got no code"))?;
        let sign_in = json!({ "email": email, "code": code });
        let signed_in = self
            .call("POST", "/v1/sign-in/tokens", None, &[], Some(sign_in))?
            .must(200, "a token")?;
        let token = signed_in.body["access_token"].as_str().unwrap_or_default().to_owned();
        let mut player =
            Player { stage: self, name: email.to_owned(), email: email.to_owned(), token };
        let me = player.get("/v1/me")?;
        player.name = me.body["facts"]["name"].as_str().unwrap_or(email).to_owned();
        Ok(player)
    }

    /// The machine client of the region with this name.
    pub(super) fn machine(&self, name: &str) -> Step<Player<'_>> {
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            region::client(name),
            region::PAYROLL_SECRET
        );
        let request = ureq::http::Request::post(format!("{}/v1/oauth/token", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .map_err(|error| error.to_string())?;
        let signed_in = self.answered(self.agent.run(request))?.must(200, "a token")?;
        let token = signed_in.body["access_token"].as_str().unwrap_or_default().to_owned();
        Ok(Player { stage: self, name: name.to_owned(), email: String::new(), token })
    }

    /// Asks, and asks again later whenever the server says so, as every client should: nothing was done then.
    fn call(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Step<Answered> {
        let body = body.map(|body| body.to_string());
        for _ in 1..TRIES {
            let answered = self.ask(method, path, token, headers, body.as_deref())?;
            if answered.status != 503 {
                return Ok(answered);
            }
            thread::park_timeout(Duration::from_secs(answered.retry_after));
        }
        self.ask(method, path, token, headers, body.as_deref())
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Step<Answered> {
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = match body {
            Some(body) => {
                let request = request.header("content-type", "application/json").body(body);
                self.agent.run(request.map_err(|error| error.to_string())?)
            }
            None => self.agent.run(request.body(()).map_err(|error| error.to_string())?),
        };
        self.answered(sent)
    }

    fn answered(
        &self,
        sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Step<Answered> {
        let mut response = sent.map_err(|error| error.to_string())?;
        let text = response.body_mut().read_to_string().map_err(|error| error.to_string())?;
        let header = |name: &str| response.headers().get(name).and_then(|text| text.to_str().ok());
        let location = header("location").unwrap_or_default().to_owned();
        let retry_after = header("retry-after").and_then(|text| text.parse().ok()).unwrap_or(1);
        Ok(Answered {
            status: response.status().as_u16(),
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            location,
            retry_after,
            text,
        })
    }
}

impl Player<'_> {
    /// What the player is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Signs in again: tokens live for a quarter of an hour, and time has passed.
    pub(super) fn again(&mut self) -> Step<()> {
        self.token = self.stage.person(&self.email)?.token;
        Ok(())
    }

    pub(super) fn get(&self, path: &str) -> Step<Answered> {
        self.stage.call("GET", path, Some(&self.token), &[], None)?.must(200, path)
    }

    pub(super) fn post(&self, path: &str, body: Value) -> Step<Answered> {
        let answered = self.try_post(path, body)?;
        let done = matches!(answered.status, 200..=204);
        if done {
            Ok(answered)
        } else {
            Err(format!("{} could not POST {path}: {}", self.name, answered.text))
        }
    }

    /// Tries something that may be refused.
    pub(super) fn try_post(&self, path: &str, body: Value) -> Step<Answered> {
        let body = Some(body).filter(|body| !body.is_null());
        self.stage.call("POST", path, Some(&self.token), &[], body)
    }

    /// Changes what is there, naming the version that was read.
    pub(super) fn patch(&self, path: &str, body: Value) -> Step<Answered> {
        self.stage
            .call("PATCH", path, Some(&self.token), &[("if-match", "*")], Some(body))?
            .must(200, path)
    }

    /// Puts something where nothing is yet.
    pub(super) fn put(&self, path: &str, body: Value) -> Step<Answered> {
        let answered = self.stage.call(
            "PUT",
            path,
            Some(&self.token),
            &[("if-none-match", "*")],
            Some(body),
        )?;
        let done = matches!(answered.status, 200..=204);
        if done {
            Ok(answered)
        } else {
            Err(format!("{} could not PUT {path}: {}", self.name, answered.text))
        }
    }
}

impl Answered {
    fn must(self, status: u16, what: &str) -> Step<Self> {
        if self.status == status {
            return Ok(self);
        }
        Err(format!("{what}: {} instead of {status}: {}", self.status, self.text))
    }

    /// The identifier of the thing in the answer.
    pub(super) fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Where the new thing is.
    pub(super) fn location(&self) -> &str {
        &self.location
    }

    /// The state of the thing, by name.
    pub(super) fn state(&self) -> String {
        let state = &self.body["state"];
        state.as_str().or_else(|| state["name"].as_str()).unwrap_or_default().to_owned()
    }

    /// What the caller may do with the thing now.
    pub(super) fn allowed(&self) -> String {
        let actions = self.body["actions"].as_array().into_iter().flatten();
        let names: Vec<&str> = actions
            .filter(|action| action["allowed"] == true)
            .filter_map(|action| action["name"].as_str())
            .collect();
        if names.is_empty() {
            "nothing, it is somebody else's turn".to_owned()
        } else {
            names.join(", ")
        }
    }

    /// What a refusal says.
    pub(super) fn refusal(&self) -> String {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default().to_owned();
        format!("{} {} — {}", self.status, text("code"), text("detail"))
    }
}
