//! A port of its own for Prometheus, which is not for the world to see.

use actix_web::{
    App as ActixApp, HttpResponse, HttpServer,
    dev::Server,
    web::{self, Data},
};

use crate::App;

/// Serves `GET /metrics` of `app` on `listen`. Gives the server and its port.
///
/// # Errors
///
/// If the address cannot be bound.
pub fn serve(app: App, listen: &str) -> std::io::Result<(Server, u16)> {
    let app = Data::new(app);
    let server = HttpServer::new(move || {
        ActixApp::new().app_data(app.clone()).route("/metrics", web::get().to(get_metrics))
    })
    .workers(1)
    .disable_signals()
    .bind(listen)?;
    let port = server.addrs().first().map_or(0, std::net::SocketAddr::port);
    Ok((server.run(), port))
}

async fn get_metrics(app: Data<App>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(app.metrics.text(&app))
}
