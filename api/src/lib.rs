//! The HTTP face of Kokemusväylä.
//!
//! **Invariant:** a handler only finds, requires, applies, saves and answers. A rule that could be wrong belongs to
//! `domain`, a query to `persistence`, and what holds for every request to `edge`.

mod actions;
mod answer;
mod app;
mod audit;
mod background;
mod body;
mod brokering;
mod call;
mod clock;
pub mod commands;
pub mod config;
mod cursor;
mod delivery;
mod deprecations;
mod docs;
mod edge;
mod front_end;
#[cfg(test)]
mod fuzz;
mod gate;
mod grounds;
mod headers;
mod issuers;
mod json;
mod limits;
mod line;
mod locale;
pub mod logs;
mod mail;
mod meta;
pub mod metrics;
mod offer_link;
mod openapi;
mod operations;
mod patch;
mod problem;
mod query;
pub mod region;
mod reminders;
mod routes;
pub mod schemas;
mod secret;
mod security;
mod serving;
mod stopping;
mod tokens;
mod trace;
mod writer;

pub use self::{
    app::App,
    clock::Clock,
    delivery::send_due,
    deprecations::{Deprecation, TABLE as DEPRECATIONS},
    docs::{collection, problem_codes},
    front_end::{BadFrontEnd, FrontEnd},
    gate::Gate,
    issuers::{BadIssuers, Issuers},
    limits::{BadQuota, Limits, Quota, Quotas},
    mail::{Letter, Mailer},
    metrics::Metrics,
    openapi::{follow, json, marked, yaml},
    secret::Pepper,
    security::Security,
    serving::{Running, serve},
    stopping::{Signals, Stopping, until_asked},
    tokens::{Key, Tokens},
};

/// What memory is got from, by the libraries in C as well. Many threads ask for little and give it back, which the system's own
/// way is slow at and keeps pieces of in many places.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;
