//! Logs: one JSON object a line, so that machines can read them. Nothing personal is ever logged.

mod gathered;

use std::{
    io::{Stderr, Write, stderr},
    sync::{LazyLock, Once},
    thread,
};

use chrono::{SecondsFormat, Utc};
use log::{Level, Log, Metadata, Record};
use serde::Serialize;

use self::gathered::Gathered;

/// How long a line is, by and large: room for it is made once.
const USUAL: usize = 512;

/// The lines about requests, of which there are many.
static REQUESTS: LazyLock<Gathered<Stderr>> = LazyLock::new(|| Gathered::new(stderr()));

/// Starts logging to standard error, at the levels that `RUST_LOG` says, or `usually` if it says nothing.
pub fn start(usually: &str) {
    let env = env_logger::Env::default().default_filter_or(usually);
    let others = env_logger::Builder::from_env(env)
        .format(|out, record| out.write_all(&line(record)))
        .build();
    let most = others.filter();
    match log::set_boxed_logger(Box::new(Logger { others })) {
        Ok(()) => log::set_max_level(most),
        // A second server in the same process, in tests, finds the first one's logger.
        Err(error) => log::debug!("{error}"),
    }
}

/// What has been logged and not been written yet is written: a process is about to end.
pub fn finish() {
    log::logger().flush();
}

/// Logs what is said of requests a little later, and together, and everything else at once.
struct Logger {
    others: env_logger::Logger,
}

impl Log for Logger {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        may_be_logged(about) && self.others.enabled(about)
    }

    fn log(&self, record: &Record<'_>) {
        static WRITER: Once = Once::new();
        if !may_be_logged(record.metadata()) || !self.others.matches(record) {
            return;
        }
        if record.target() == "request" {
            WRITER.call_once(|| drop(thread::spawn(|| REQUESTS.keep_writing())));
            REQUESTS.add(&line(record));
        } else {
            // What came before stands before it.
            REQUESTS.write();
            self.others.log(record);
        }
    }

    fn flush(&self) {
        REQUESTS.write();
    }
}

/// A line of the log.
fn line(record: &Record<'_>) -> Vec<u8> {
    #[expect(clippy::disallowed_methods, reason = "log lines tell the real time")]
    let at = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    let (level, text) = (record.level().as_str(), record.args().to_string());
    let mut line = Vec::with_capacity(USUAL);
    let written = match record.target() {
        "request" => serde_json::to_writer(&mut line, &Request::read(&at, level, &text)),
        target => {
            serde_json::to_writer(&mut line, &Line { at: &at, level, target, message: &text })
        }
    };
    written.expect("texts and numbers are JSON");
    line.push(b'\n');
    line
}

/// Whether a line may be logged at all. What libraries say in detail is not ours to vouch for: actix-web, for one, tells
/// paths with all that clients wrote into them. So they are heard from `info` up, whatever `RUST_LOG` says.
pub fn may_be_logged(about: &Metadata<'_>) -> bool {
    let ours = ["api", "domain", "persistence", "problem", "request"];
    let module = about.target().split("::").next().unwrap_or_default();
    about.level() <= Level::Info || ours.contains(&module)
}

/// What is said of most things.
#[derive(Serialize)]
struct Line<'a> {
    at: &'a str,
    level: &'a str,
    target: &'a str,
    message: &'a str,
}

/// What is said of a request.
#[derive(Serialize)]
struct Request<'a> {
    at: &'a str,
    level: &'a str,
    target: &'static str,
    request_id: &'a str,
    trace_id: &'a str,
    method: &'a str,
    route: &'a str,
    status: u16,
    microseconds: u64,
}

impl<'a> Request<'a> {
    /// Reads what the edge says of it, which has a space between one thing and the next.
    fn read(at: &'a str, level: &'a str, text: &'a str) -> Self {
        let mut parts = text.split(' ');
        let mut next = || parts.next().unwrap_or_default();
        Self {
            at,
            level,
            target: "request",
            request_id: next(),
            trace_id: next(),
            method: next(),
            route: next(),
            status: next().parse().unwrap_or(0),
            microseconds: next().parse().unwrap_or(0),
        }
    }
}
