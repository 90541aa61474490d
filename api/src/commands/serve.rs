//! `kokemusvayla serve`

use std::{thread, time::Duration};

use crate::{
    Clock, Running, background,
    config::{Error, Serve},
    openapi, region,
};

/// Serves until asked to stop.
///
/// # Errors
///
/// If the database cannot be reached or the address cannot be bound.
pub fn run(serve: &Serve, clock: &Clock) -> Result<(), Error> {
    // Making the document takes as long as opening the database, and needs nothing of it.
    thread::spawn(openapi::json);
    let app = serve.app(clock)?;
    region::tree::settle(&app.database)?;
    let running = Running {
        listen: serve.listen.clone(),
        workers: usize::from(serve.workers),
        grace: Duration::from_secs(serve.grace),
        answer_time: Duration::from_secs(serve.answer_time),
        idle_time: Duration::from_secs(serve.idle_time),
    };
    let io = |error| Error::Io(format!("--listen {:?}", serve.listen), error);
    actix_web::rt::System::new().block_on(async move {
        let (stopping, drain) = (app.stopping.clone(), Duration::from_secs(serve.drain));
        let signals = crate::Signals::listen().map_err(io)?;
        let metrics = match &serve.metrics_listen {
            None => None,
            Some(listen) => {
                let io = |error| Error::Io(format!("--metrics-listen {listen:?}"), error);
                let (metrics, port) = crate::metrics::serve(app.clone(), listen).map_err(io)?;
                log::info!("metrics are on port {port}");
                let handle = metrics.handle();
                actix_web::rt::spawn(metrics);
                Some(handle)
            }
        };
        let (server, port) = crate::serve(app.clone(), &running).map_err(io)?;
        log::info!("listening on port {port}");
        let served = crate::until_asked(server, signals, &stopping, drain).await;
        if let Some(metrics) = metrics {
            metrics.stop(false).await;
        }
        background::release(&app);
        let finishing = served.map_err(io)?;
        // Who asked for a code has been answered, and the code may still wait for the mail server.
        let left = app.mailer.finish(running.grace.saturating_sub(finishing.elapsed()));
        if left > 0 {
            log::warn!("stopping although {left} messages are on their way to the mail server");
        }
        Ok(())
    })
}
