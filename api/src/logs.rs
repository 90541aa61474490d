//! Logs: one JSON object a line, so that machines can read them. Nothing personal is ever logged.

use std::io::Write;

use chrono::{SecondsFormat, Utc};
use log::{Level, Metadata};
use serde_json::json;

/// Starts logging to standard error, at the levels that `RUST_LOG` says, or `usually` if it says nothing.
pub fn start(usually: &str) {
    let env = env_logger::Env::default().default_filter_or(usually);
    let logger = env_logger::Builder::from_env(env)
        .format(|out, record| {
            if !may_be_logged(record.metadata()) {
                return Ok(());
            }
            #[expect(clippy::disallowed_methods, reason = "log lines tell the real time")]
            let at = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
            let text = record.args().to_string();
            let line = match record.target() {
                "request" => request(&at, &text),
                target => json!({ "at": at, "level": record.level().as_str(), "target": target, "message": text }),
            };
            writeln!(out, "{line}")
        })
        .try_init();
    if let Err(error) = logger {
        // A second server in the same process, in tests, finds the first one's logger.
        log::debug!("{error}");
    }
}

/// Whether a line may be logged at all. What libraries say in detail is not ours to vouch for: actix-web, for one, tells
/// paths with all that clients wrote into them. So they are heard from `info` up, whatever `RUST_LOG` says.
pub fn may_be_logged(about: &Metadata<'_>) -> bool {
    let ours = ["api", "domain", "persistence", "problem", "request"];
    let module = about.target().split("::").next().unwrap_or_default();
    about.level() <= Level::Info || ours.contains(&module)
}

fn request(at: &str, text: &str) -> serde_json::Value {
    let mut parts = text.split(' ');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let (id, trace, method) = (next(), next(), next());
    let (route, status, micros) = (next(), next(), next());
    json!({
        "at": at, "level": "INFO", "target": "request", "request_id": id, "trace_id": trace, "method": method, "route": route,
        "status": status.parse::<u16>().unwrap_or(0), "microseconds": micros.parse::<u64>().unwrap_or(0),
    })
}
