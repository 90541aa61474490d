//! Logs: one JSON object a line, so that machines can read them. Nothing personal is ever logged.

mod gathered;

use std::{
    env,
    io::{Stderr, Write, stderr},
    sync::{LazyLock, Once},
    thread,
};

use chrono::{SecondsFormat, Utc};
use log::{Level, LevelFilter, Log, Metadata, Record};
use serde::Serialize;

use self::gathered::Gathered;

/// How long a line is, by and large: room for it is made once.
const USUAL: usize = 512;

/// The lines about requests, of which there are many.
static REQUESTS: LazyLock<Gathered<Stderr>> = LazyLock::new(|| Gathered::new(stderr()));

/// Starts logging to standard error, at the levels that `RUST_LOG` says, and `usually` for whatever it says nothing of.
///
/// # Errors
///
/// If `RUST_LOG` cannot be read.
pub fn start(usually: LevelFilter) -> Result<(), BadLevels> {
    let said = env::var_os("RUST_LOG").unwrap_or_default();
    let said = Levels::read(&said.to_string_lossy())?;
    let mut others = env_logger::Builder::new();
    others.filter_level(said.of_the_rest.unwrap_or(usually));
    for (target, level) in &said.of_targets {
        others.filter(Some(target), *level);
    }
    let others = others.format(|out, record| out.write_all(&line(record))).build();
    let most = others.filter();
    match log::set_boxed_logger(Box::new(Logger { others })) {
        Ok(()) => log::set_max_level(most),
        // A second server in the same process, in tests, finds the first one's logger.
        Err(error) => log::debug!("{error}"),
    }
    for target in said.of_nothing() {
        log::warn!("RUST_LOG: nothing here is called {target:?}, and it is no level");
    }
    Ok(())
}

/// `RUST_LOG` has something in it that is no level.
#[derive(Debug, thiserror::Error)]
#[error(
    "RUST_LOG: {0:?} is not like warn, nor like request=info: the levels are off, error, warn, info, debug and trace"
)]
pub struct BadLevels(String);

/// What `RUST_LOG` says.
#[derive(Debug, Default)]
struct Levels {
    /// The level of whatever has none of its own.
    of_the_rest: Option<LevelFilter>,
    /// The levels of targets, and all below each.
    of_targets: Vec<(String, LevelFilter)>,
    /// The targets that were named without a level.
    bare: Vec<String>,
}

impl Levels {
    /// Reads levels, and targets with theirs, with commas. A target without one says all that it can.
    fn read(text: &str) -> Result<Self, BadLevels> {
        let mut levels = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let bad = || BadLevels(part.to_owned());
            match part.split_once('=') {
                Some((target, level)) if is_target(target.trim()) => {
                    let level = level.trim().parse().map_err(|_| bad())?;
                    levels.of_targets.push((target.trim().to_owned(), level));
                }
                Some(_) => return Err(bad()),
                None => match part.parse() {
                    Ok(level) => levels.of_the_rest = Some(level),
                    Err(_) if is_target(part) => {
                        levels.of_targets.push((part.to_owned(), LevelFilter::Trace));
                        levels.bare.push(part.to_owned());
                    }
                    Err(_) => return Err(bad()),
                },
            }
        }
        Ok(levels)
    }

    /// What stands there without a level and is nothing of ours: it may have been meant for one.
    fn of_nothing(&self) -> impl Iterator<Item = &String> {
        self.bare.iter().filter(|target| !is_ours(target))
    }
}

/// Whether it is made as the names of modules are.
fn is_target(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || "_:-".contains(sign))
}

/// Whether a target is a part of this program, and not of a library.
fn is_ours(target: &str) -> bool {
    let ours = ["api", "domain", "persistence", "problem", "request"];
    ours.contains(&target.split("::").next().unwrap_or_default())
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
    about.level() <= Level::Info || is_ours(about.target())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_has_its_level_and_the_rest_has_the_usual_one() {
        let said = Levels::read("request=warn, api::issuers=DEBUG,").expect("it can be read");
        let wanted = [
            ("request".to_owned(), LevelFilter::Warn),
            ("api::issuers".to_owned(), LevelFilter::Debug),
        ];
        assert_eq!((said.of_the_rest, &said.of_targets[..]), (None, &wanted[..]));
        let said = Levels::read("warn,request=info").expect("it can be read");
        assert_eq!(said.of_the_rest, Some(LevelFilter::Warn));
        let said = Levels::read("").expect("it says nothing");
        assert!(said.of_the_rest.is_none() && said.of_targets.is_empty());
    }

    #[test]
    fn what_is_no_level_is_refused_or_told_of() {
        for text in ["request=debgu", "=debug", "request=", "info;debug", "a b", "a=b=c"] {
            assert!(Levels::read(text).is_err(), "{text}");
        }
        let said = Levels::read("wran,api,request").expect("they may be targets");
        assert_eq!(said.of_nothing().collect::<Vec<_>>(), ["wran"]);
    }
}
