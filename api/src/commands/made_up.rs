//! What the demonstration and the sandbox have in common: everything that a server needs, and nobody real.

use std::{sync::mpsc, thread, time::Duration};

use actix_web::dev::ServerHandle;
use chrono::TimeDelta;
use persistence::{Database, Keyring, Settings};

use super::sandbox::control;
use crate::{
    App, Clock, DEPRECATIONS, Gate, Issuers, Limits, Mailer, Metrics, Pepper, Quotas, Running,
    Security, Stopping, Tokens,
    clock::new_id,
    config::{Error, open_at},
    tokens::Key,
};

/// Servers that have begun to listen.
pub(super) struct Begun {
    /// The port of the API.
    pub(super) port: u16,
    /// The port of the controls, if there are any.
    pub(super) control: Option<u16>,
    handle: ServerHandle,
    serving: thread::JoinHandle<Result<(), Error>>,
}

/// Opens the database at `url`.
pub(super) fn open(url: &str, key: &str) -> Result<Database, Error> {
    open_at(Settings {
        url: url.to_owned(),
        connections: 8,
        timeout: Duration::from_secs(3),
        full_sync: false,
        keys: Keyring::parse(key)?,
        files: None,
    })
}

/// Everything that handlers need. Messages stay in memory.
pub(super) fn app(
    database: Database,
    key: &str,
    issuer: &str,
    clock: &Clock,
) -> Result<App, Error> {
    let pepper = Pepper::load(&database, key)?;
    let tokens = Tokens::new(issuer);
    let contact = "mailto:tietoturva@kokemusvayla.example".to_owned();
    let in_a_year = clock.now().plus(TimeDelta::days(365)).into();
    let security = Security::new(&[contact], Some(in_a_year))?;
    tokens.use_keys(Key::load(&database, clock.now())?);
    Ok(App {
        database,
        clock: clock.clone(),
        tokens,
        pepper,
        mailer: Mailer::memory(),
        front_end: None,
        gate: Gate::new(8, 64, Duration::from_secs(2)),
        issuers: Issuers::default(),
        security,
        // Everybody who tries it out comes from one address.
        limits: Limits::new(Quotas::GENEROUS, Vec::new()),
        metrics: Metrics::default(),
        node: new_id(),
        stopping: Stopping::default(),
        body_time: Duration::from_secs(15),
        audit_kept: None,
        uploads_kept: TimeDelta::days(30),
        deprecations: DEPRECATIONS,
    })
}

/// Begins to serve `app` on `listen`, and its controls on `controls`.
pub(super) fn begin(app: &App, listen: &str, controls: Option<&str>) -> Result<Begun, Error> {
    let running = Running {
        listen: listen.to_owned(),
        workers: 2,
        grace: Duration::from_secs(5),
        answer_time: Duration::from_secs(30),
        idle_time: Duration::from_secs(30),
    };
    let controls = controls.map(str::to_owned);
    let (send, receive) = mpsc::channel();
    let (app, stopping) = (app.clone(), app.stopping.clone());
    let serving = thread::spawn(move || {
        let io = |place: &str| {
            let place = place.to_owned();
            move |error| Error::Io(place, error)
        };
        actix_web::rt::System::new().block_on(async move {
            let control = match &controls {
                Some(listen) => {
                    let (server, port) = control::serve(app.clone(), listen).map_err(io(listen))?;
                    actix_web::rt::spawn(server);
                    Some(port)
                }
                None => None,
            };
            let (server, port) = crate::serve(app, &running).map_err(io(&running.listen))?;
            let signals = crate::Signals::listen().map_err(io(&running.listen))?;
            // Whoever waits for the ports has gone only if the program ends anyway.
            let _ = send.send((port, control, server.handle()));
            let served = crate::until_asked(server, signals, &stopping, Duration::ZERO).await;
            served.map(drop).map_err(io(&running.listen))
        })
    });
    match receive.recv() {
        Ok((port, control, handle)) => Ok(Begun { port, control, handle, serving }),
        Err(mpsc::RecvError) => Err(ended(serving)
            .err()
            .unwrap_or_else(|| Error::Usage("the server ended before it began".to_owned()))),
    }
}

impl Begun {
    /// Ends what is served, once what has begun is done.
    pub(super) fn end(self) -> Result<(), Error> {
        // It is waited for below.
        drop(self.handle.stop(true));
        ended(self.serving)
    }

    /// Serves until asked to stop.
    pub(super) fn wait(self) -> Result<(), Error> {
        ended(self.serving)
    }
}

fn ended(serving: thread::JoinHandle<Result<(), Error>>) -> Result<(), Error> {
    serving.join().unwrap_or_else(|_| Err(Error::Usage("the server has failed".to_owned())))
}
