//! The controls of a sandbox, on a port of their own, so that its API is the one of a real installation to the letter.

use std::time::{Duration, Instant};

use actix_web::{
    App as ActixApp, HttpResponse, HttpServer,
    dev::Server,
    error::InternalError,
    http::StatusCode,
    rt::time::sleep,
    web::{self, Data, Json, JsonConfig, Query, QueryConfig},
};
use chrono::TimeDelta;
use domain::time::Moment;
use persistence::sandbox;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{App, Letter, delivery, region};

/// How far the clock is moved at once, at the most, in seconds: ten years.
const FARTHEST: i64 = 10 * 366 * 24 * 60 * 60;

/// How long letters that are on their way are waited for, and how often it is looked whether they have come.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN: Duration = Duration::from_millis(2);

/// Serves the controls of `app` on `listen`. Gives the server and its port.
///
/// # Errors
///
/// If the address cannot be bound.
pub(in crate::commands) fn serve(app: App, listen: &str) -> std::io::Result<(Server, u16)> {
    let app = Data::new(app);
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(app.clone())
            .app_data(JsonConfig::default().error_handler(|error, _| bad(error.to_string())))
            .app_data(QueryConfig::default().error_handler(|error, _| bad(error.to_string())))
            .route("/people", web::get().to(list_people))
            .route("/clients", web::get().to(list_clients))
            .route("/letters", web::get().to(list_letters))
            .route("/clock", web::get().to(get_clock))
            .route("/clock", web::post().to(advance_clock))
            .default_service(web::to(|| async {
                problem(StatusCode::NOT_FOUND, "there are /people, /clients, /letters and /clock")
            }))
    })
    .workers(1)
    .disable_signals()
    .bind(listen)?;
    let port = server.addrs().first().map_or(0, std::net::SocketAddr::port);
    Ok((server.run(), port))
}

/// Everybody who can sign in.
async fn list_people() -> HttpResponse {
    let people: Vec<_> = region::cast()
        .map(|(email, name, role)| {
            let role = role.map_or(json!("expert"), |role| json!(role));
            json!({ "email": email, "name": name, "role": role })
        })
        .collect();
    HttpResponse::Ok().json(json!({ "items": people }))
}

/// The machine clients with their secret.
async fn list_clients() -> HttpResponse {
    let clients: Vec<_> = region::MACHINES
        .iter()
        .map(|(name, area, scope)| {
            json!({
                "name": name,
                "area": area,
                "scope": scope,
                "client_id": region::client(name),
                "client_secret": region::PAYROLL_SECRET,
            })
        })
        .collect();
    HttpResponse::Ok().json(json!({ "items": clients }))
}

/// Whose letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Addressee {
    to: Option<String>,
}

/// A message that a real installation would have sent.
#[derive(Serialize)]
struct Sent<'a> {
    to: &'a str,
    subject: &'a str,
    text: &'a str,
    code: Option<&'a str>,
}

/// What has been sent, the newest first: also what was due, and what was on its way when this was asked for. A test that asks
/// for a code and then for the letter finds it.
async fn list_letters(app: Data<App>, addressee: Query<Addressee>) -> HttpResponse {
    let due = app.clone();
    let sent = web::block(move || delivery::send_all_due(&due)).await;
    if !matches!(sent, Ok(Ok(()))) {
        return problem(StatusCode::SERVICE_UNAVAILABLE, "what is due could not be sent");
    }
    let asked = Instant::now();
    while !app.mailer.is_idle() && asked.elapsed() < PATIENCE {
        sleep(BETWEEN).await;
    }
    let letters = app.mailer.sent();
    let items: Vec<_> = letters
        .iter()
        .rev()
        .filter(|letter| addressee.to.as_ref().is_none_or(|to| letter.to.eq_ignore_ascii_case(to)))
        .map(|letter: &Letter| Sent {
            to: &letter.to,
            subject: &letter.subject,
            text: &letter.text,
            code: letter.code.as_deref(),
        })
        .collect();
    HttpResponse::Ok().json(json!({ "items": items }))
}

async fn get_clock(app: Data<App>) -> HttpResponse {
    shows(app.clock.now())
}

/// How far to move the clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

/// Moves the clock on, and does what has become due.
async fn advance_clock(app: Data<App>, advance: Json<Advance>) -> HttpResponse {
    if !(1..=FARTHEST).contains(&advance.advance_seconds) {
        let why = format!("advance_seconds is a number from 1 to {FARTHEST}; no clock goes back");
        return problem(StatusCode::BAD_REQUEST, &why);
    }
    let by = TimeDelta::seconds(advance.advance_seconds);
    let moved = web::block(move || {
        // Remembered first: a sandbox that is started again must not be in the past of what it holds.
        app.database.write(|session| sandbox::advance(session, by))?;
        app.clock.advance(by);
        app.run_jobs();
        Ok::<_, persistence::Error>(app.clock.now())
    })
    .await;
    match moved {
        Ok(Ok(now)) => shows(now),
        Ok(Err(error)) => problem(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
        Err(error) => problem(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
    }
}

fn shows(now: Moment) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "now": now }))
}

fn bad(why: String) -> actix_web::Error {
    let response = problem(StatusCode::BAD_REQUEST, &why);
    InternalError::from_response(why, response).into()
}

fn problem(status: StatusCode, detail: &str) -> HttpResponse {
    let title = status.canonical_reason().unwrap_or_default();
    let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
    HttpResponse::build(status).content_type("application/problem+json").body(body.to_string())
}
