//! The program itself, for tests that kill it. The variable `KOKEMUSVAYLA_TEST_NOW` sets its clock.

use api::Clock;
use chrono::{DateTime, Utc};

fn main() -> std::process::ExitCode {
    let now = std::env::var("KOKEMUSVAYLA_TEST_NOW").ok();
    let clock = now.map(|now| {
        let now: DateTime<Utc> = now.parse().expect("a moment, as in 2026-11-23T08:00:00Z");
        Clock::at(now.into())
    });
    api::commands::main_by(&clock.unwrap_or_default())
}
