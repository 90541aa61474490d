//! `kokemusvayla serve`

use std::time::Duration;

use crate::{
    Running,
    config::{Error, Serve},
    region,
};

/// Serves until asked to stop.
///
/// # Errors
///
/// If the database cannot be reached or the address cannot be bound.
pub fn run(serve: &Serve) -> Result<(), Error> {
    let app = serve.app()?;
    region::tree::settle(&app.database)?;
    let running = Running {
        listen: serve.listen.clone(),
        workers: usize::from(serve.workers),
        grace: Duration::from_secs(serve.grace),
    };
    let io = |error| Error::Io(serve.listen.clone(), error);
    actix_web::rt::System::new().block_on(async move {
        let (server, port) = crate::serve(app, &running).map_err(io)?;
        log::info!("listening on port {port}");
        server.await.map_err(io)
    })
}
