//! The stage of the demonstration: people who call the server, and a voice that tells what happens.

use std::{cell::Cell, thread, time::Duration};

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::player::{Answered, Player};
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
        let me = self.call("GET", "/v1/me", Some(&token), &[], None)?.must(200, "/v1/me")?;
        let name = me.body["facts"]["name"].as_str().unwrap_or(email);
        Ok(Player::new(self, name, email, token))
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
        Ok(Player::new(self, name, "", token))
    }

    /// Asks, and asks again later whenever the server says so, as every client should: nothing was done then.
    pub(super) fn call(
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

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Write},
        net::TcpListener,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };

    use super::*;
    use crate::{Clock, commands::made_up, config::new_data_key};

    /// What the play makes of a server that answers in turn with these, each on a connection of its own.
    fn asked(answers: &'static [&'static str]) -> Step<Answered> {
        let (folder, key) = (tempfile::tempdir().expect("a folder"), new_data_key());
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let database = made_up::open(&url, &key).expect("it opens");
        database.migrate().expect("the schema is made");
        let app = made_up::app(database, &key, "http://127.0.0.1", &Clock::default());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().expect("somebody asks");
                let head = BufReader::new(&stream).lines().map_while(Result::ok);
                assert!(head.take_while(|line| !line.is_empty()).count() > 0, "a head comes");
                counted.fetch_add(1, Ordering::SeqCst);
                write!(
                    stream,
                    "HTTP/1.1 {answer}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
                )
                .expect("sent");
            }
        });
        let stage = Stage::new(app.expect("an app"), port, Voice::Silent);
        let answered = stage.call("GET", "/v1/me", None, &[], None);
        assert_eq!(count.load(Ordering::SeqCst), answers.len(), "all are asked for");
        answered
    }

    #[test]
    fn who_is_told_that_there_is_too_much_to_do_asks_again_and_nobody_else_does() {
        const LATER: &str = "503 Service Unavailable\r\nRetry-After: 0";
        assert_eq!(asked(&[LATER, LATER, "200 OK"]).expect("an answer").status, 200);
        assert_eq!(asked(&["500 Internal Server Error"]).expect("an answer").status, 500);
    }
}
