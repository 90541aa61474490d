//! The server: threads that take connections, and what becomes of each.

use std::{
    io,
    net::{SocketAddr, TcpListener, ToSocketAddrs},
    sync::Arc,
    time::Duration,
};

use actix_http::{HttpServiceBuilder, Protocol, body::BoxBody, error::DispatchError};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::{
    App as ActixApp, Error,
    dev::{AppConfig, Server},
    middleware::from_fn,
    rt::net::TcpStream,
    web::{Data, PathConfig},
};
use tokio::net::TcpSocket;

use crate::{
    App, background, edge,
    line::{FIRST_HEAD_TIME, Line},
    openapi, problem,
    routes::{self, ServiceConfig},
};

/// How many connections wait in the system's queue until there is room for them.
const QUEUE: u32 = 2048;

/// How many connections there are at the most. What each of them can hold is bounded, and so is all of it.
const MOST_CONNECTIONS: usize = 1024;

/// How a server is run.
#[derive(Clone, Debug)]
pub struct Running {
    /// The address and port to listen on. Port 0 takes a free one.
    pub listen: String,
    /// How many threads handle requests.
    pub workers: usize,
    /// How long to finish what has begun when asked to stop.
    pub grace: Duration,
    /// How long whoever asked may take nothing of their answer.
    pub answer_time: Duration,
    /// How long a connection may rest between two requests.
    pub idle_time: Duration,
}

/// Serves `app`. Gives the server and the port that it listens on.
///
/// # Errors
///
/// If the address cannot be bound.
pub fn serve(app: App, running: &Running) -> io::Result<(Server, u16)> {
    // The document is made before the first request, not during it.
    openapi::json();
    let serving = Arc::new(());
    background::start(&app, &serving);
    let app = Data::new(app);
    let listeners = listen(&running.listen)?;
    let port = listeners.first().map_or(Ok(0), |one| one.local_addr().map(|at| at.port()))?;
    let mut server = Server::build()
        .workers(running.workers)
        .disable_signals()
        .worker_max_blocking_threads(64)
        .max_concurrent_connections(most_connections(running.workers))
        .shutdown_timeout(running.grace.as_secs());
    let stopping = server.graceful_shutdown_signal();
    let (answer_time, idle_time) = (running.answer_time, running.idle_time);
    for listener in listeners {
        let (app, serving, stopping) = (app.clone(), serving.clone(), stopping.clone());
        server = server.listen("kokemusvayla", listener, move || {
            let _ = &serving;
            let stopping = stopping.clone();
            let handlers = ActixApp::new()
                .app_data(app.clone())
                .app_data(
                    PathConfig::default().error_handler(|_, _| problem::Problem::NotFound.into()),
                )
                .wrap(from_fn(edge::edge))
                .configure(|actix| {
                    let mut config = ServiceConfig::serving(openapi::patterns());
                    routes::configure(&mut config);
                    config.finish(actix);
                })
                .into_factory()
                .map_err(|error: Error| error.error_response());
            let requests = HttpServiceBuilder::<Line, _>::default()
                .client_request_timeout(FIRST_HEAD_TIME)
                .client_disconnect_timeout(Duration::from_secs(1))
                .keep_alive(idle_time)
                .graceful_shutdown_signal(move || {
                    let stopping = stopping.clone();
                    async move { stopping.notified().await }
                })
                .on_connect_ext(|line: &Line, about| {
                    about.insert(line.turn());
                })
                .finish::<_, BoxBody>(map_config(handlers, |()| AppConfig::default()));
            fn_service(move |stream: TcpStream| async move {
                // An answer is sent at once, and not when the next one joins it.
                stream.set_nodelay(true).map_err(DispatchError::Io)?;
                let peer = stream.peer_addr().ok();
                Ok::<_, DispatchError>((Line::new(stream, answer_time), Protocol::Http1, peer))
            })
            .and_then(requests)
        })?;
    }
    Ok((server.run(), port))
}

/// Listens on the addresses that a name stands for, as far as this machine has them.
fn listen(name: &str) -> io::Result<Vec<TcpListener>> {
    let (listeners, errors): (Vec<_>, Vec<_>) =
        name.to_socket_addrs()?.map(listen_on).partition(Result::is_ok);
    match errors.into_iter().find_map(Result::err) {
        Some(error) if listeners.is_empty() => Err(error),
        _ => listeners.into_iter().collect(),
    }
}

fn listen_on(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Whoever starts again need not wait until the system has forgotten the connections of before.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)?.into_std()
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
    ((files - kept).min(MOST_CONNECTIONS) / workers.max(1)).max(1)
}
