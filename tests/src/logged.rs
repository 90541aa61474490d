//! What the servers of the tests log, and that nothing of it is anybody's data: every line of the whole suite is looked
//! through as it comes, whichever test it comes from, and one that holds what it must not ends the run.

use std::{
    io::Write,
    sync::{Mutex, Once, PoisonError},
};

use api::region;
use log::{LevelFilter, Log, Metadata, Record};

/// What no log line may hold: words that stand in the things of the world, and in what tests send. Digits are long enough not to
/// stand by chance in an identifier, of which there are a million.
const SECRETS: &[&str] = &[
    // Names, addresses and telephone numbers.
    "Tiina",
    "Tilaaja",
    "Veera",
    "Kerttu",
    "Porokangas",
    "Näkkäläjärvi",
    "Ulla Uusi",
    "@posti.example",
    "@lappi.example",
    "@kokemuspolku.example",
    "@uusi.example",
    "+358",
    "Kuvitteellinen",
    "Keskuskatu",
    // Identity codes and bank accounts.
    "131052-",
    "FI21",
    "1234 5600 0007",
    "12345600000785",
    // Words of people.
    "remontti",
    "hoitopolustasi",
    "Tervetuloa!",
    "Minua ei tervehditty",
    "Sovittiin puhelu",
    "vakiintuneen tuntipalkkion",
    "Juna",
    "liite.pdf",
    // Experience themes are health data.
    "mental_health",
    "substance_use",
    "Mielenterveys",
    // What is sent where it does not belong.
    "Salaisuus",
    // Tokens and passwords.
    "eyJ",
    region::PAYROLL_SECRET,
    "Bearer",
];

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Keep;

impl Log for Keep {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // The client of the tests runs in the same process, and what it logs is no matter of the server.
        !metadata.target().starts_with("ureq") && api::logs::may_be_logged(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format!("{} {} {}", record.level(), record.target(), record.args());
            look_through(&line);
            LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    }

    fn flush(&self) {}
}

/// Keeps every line that is logged from now on, however small.
pub(crate) fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Keep).expect("nothing else logs in the tests");
        log::set_max_level(LevelFilter::Debug);
    });
}

/// The first thing in a line that must not be in one.
pub fn secret_in(line: &str) -> Option<&'static str> {
    SECRETS.iter().copied().find(|secret| line.contains(secret))
}

/// Ends the run if a line holds what it must not. A panic would be caught, as it would be in a request.
pub(crate) fn look_through(line: &str) {
    if let Some(secret) = secret_in(line) {
        // Past what the test harness keeps back.
        let _ = writeln!(std::io::stderr().lock(), "a log line holds {secret:?}: {line}");
        std::process::exit(101);
    }
}

/// Every line that the servers of this run have logged so far.
pub fn logged() -> Vec<String> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
