//! The HTTP face of Kokemusväylä.
//!
//! **Invariant:** a handler only finds, requires, applies, saves and answers. A rule that could be wrong belongs to
//! `domain`, a query to `persistence`, and what holds for every request to `edge`.

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
#[cfg(test)]
mod fuzz;
mod headers;
mod issuers;
mod limits;
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
mod secret;
mod security;
mod stopping;
mod tokens;
mod trace;

use std::{sync::Arc, time::Duration};

use actix_web::{
    App as ActixApp, HttpServer,
    dev::Server,
    middleware::from_fn,
    web::{Data, PathConfig},
};

use self::routes::ServiceConfig;
pub use self::{
    app::{App, Gate},
    clock::Clock,
    delivery::{remind, send_due},
    deprecations::{Deprecation, TABLE as DEPRECATIONS},
    docs::collection,
    issuers::{BadIssuers, Issuers},
    limits::{BadQuota, Limits, Quota, Quotas},
    mail::{Letter, Mailer},
    metrics::Metrics,
    openapi::{follow, json, yaml},
    secret::Pepper,
    security::Security,
    stopping::{Stopping, until_asked},
    tokens::{Key, Tokens},
};

/// How a server is run.
#[derive(Clone, Debug)]
pub struct Running {
    /// The address and port to listen on. Port 0 takes a free one.
    pub listen: String,
    /// How many threads handle requests.
    pub workers: usize,
    /// How long to finish what has begun when asked to stop.
    pub grace: Duration,
}

/// Serves `app`. Gives the server and the port that it listens on.
///
/// # Errors
///
/// If the address cannot be bound.
pub fn serve(app: App, running: &Running) -> std::io::Result<(Server, u16)> {
    // The document is made before the first request, not during it.
    openapi::json();
    let serving = Arc::new(());
    background::start(&app, &serving);
    let app = Data::new(app);
    let server = HttpServer::new(move || {
        let _ = &serving;
        ActixApp::new()
            .app_data(app.clone())
            .app_data(PathConfig::default().error_handler(|_, _| problem::Problem::NotFound.into()))
            .wrap(from_fn(edge::edge))
            .configure(|config| routes::configure(&mut ServiceConfig::serving(config)))
    })
    .workers(running.workers)
    .disable_signals()
    .worker_max_blocking_threads(64)
    .client_request_timeout(Duration::from_secs(5))
    .keep_alive(Duration::from_secs(30))
    .max_connections(most_connections(running.workers))
    .shutdown_timeout(running.grace.as_secs())
    .bind(&running.listen)?;
    let port = server.addrs().first().map_or(0, std::net::SocketAddr::port);
    Ok((server.run(), port))
}

/// How many connections a thread takes at the most: fewer than there are files to open, of which the database, too, needs
/// some. Whoever comes when there are no more waits in the system's queue until idle ones have been cut off.
fn most_connections(workers: usize) -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits
        .lines()
        .find_map(|line| {
            line.strip_prefix("Max open files")?.split_whitespace().next()?.parse().ok()
        })
        .unwrap_or(1024_usize);
    let kept = (files / 2).min(256);
    ((files - kept) / workers.max(1)).clamp(1, 2000)
}
