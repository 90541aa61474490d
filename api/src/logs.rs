//! Logs: one JSON object a line, so that machines can read them. Nothing personal is ever logged.

use std::io::Write;

use chrono::{SecondsFormat, Utc};
use serde_json::json;

/// Starts logging to standard error, at the levels that `RUST_LOG` says, or `usually` if it says nothing.
pub fn start(usually: &str) {
    let env = env_logger::Env::default().default_filter_or(usually);
    let logger = env_logger::Builder::from_env(env)
        .format(|out, record| {
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

fn request(at: &str, text: &str) -> serde_json::Value {
    let mut parts = text.split(' ');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let (id, method, route, status, micros) = (next(), next(), next(), next(), next());
    json!({
        "at": at, "level": "INFO", "target": "request", "request_id": id, "method": method, "route": route,
        "status": status.parse::<u16>().unwrap_or(0), "microseconds": micros.parse::<u64>().unwrap_or(0),
    })
}
