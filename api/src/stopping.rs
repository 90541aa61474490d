//! Stopping without failing anybody: first the service says that it is about to go, and whoever spreads the requests sends
//! them elsewhere; then what has begun is finished; then it goes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use actix_web::dev::Server;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Whether the service is about to go.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// Whether it is.
    pub(crate) fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Says so from now on.
    pub fn announce(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The signals by which a server is asked to stop. They are listened to before anybody is told that it serves: who asks it at
/// once would end it otherwise, with all that it has yet to tidy up.
#[derive(Debug)]
pub struct Signals {
    term: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Listens to SIGTERM and SIGINT from now on.
    ///
    /// # Errors
    ///
    /// If signals cannot be listened to.
    pub fn listen() -> std::io::Result<Self> {
        let (term, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
        Ok(Self { term: signal(term)?, interrupt: signal(interrupt)? })
    }
}

/// Serves until SIGTERM or SIGINT asks to stop. SIGTERM, which is what machines send, is announced for `drain` first.
///
/// # Errors
///
/// Those of the server.
pub async fn until_asked(
    server: Server,
    signals: Signals,
    stopping: &Stopping,
    drain: Duration,
) -> std::io::Result<Instant> {
    let Signals { mut term, mut interrupt } = signals;
    let handle = server.handle();
    let mut server = std::pin::pin!(server);
    let wait = tokio::select! {
        done = &mut server => return done.map(|()| Instant::now()),
        _ = term.recv() => drain,
        _ = interrupt.recv() => Duration::ZERO,
    };
    stopping.announce();
    log::info!("stopping in {} s", wait.as_secs());
    tokio::select! {
        () = tokio::time::sleep(wait) => (),
        _ = interrupt.recv() => (),
    }
    // The server finishes what has begun while it is waited for.
    let began = Instant::now();
    drop(handle.stop(true));
    server.await.map(|()| began)
}
