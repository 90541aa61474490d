//! `/healthz`, `/readyz`: for those who run the service.

use actix_web::{get, web::Data};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    App,
    answer::Answer,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_health).service(get_readiness);
}

/// How the service is
#[derive(Serialize, ToSchema)]
struct HealthView {
    /// Always `ok`: anything else is a problem document.
    #[schema(example = "ok", max_length = 20)]
    status: &'static str,
}

/// Tell whether the process lives
///
/// It asks nothing of the database: a process that answers need not be started anew.
#[utoipa::path(tag = "operation", security(()), responses((status = OK, body = HealthView)))]
#[get("/healthz")]
async fn get_health() -> Result<Answer> {
    Answer::ok(&HealthView { status: "ok" })
}

/// Tell whether the service can do its work
///
/// It asks the database and looks at its schema. While this is 503, also when the process is about to stop, nothing should be sent here.
#[utoipa::path(tag = "operation", security(()), responses((status = OK, body = HealthView)))]
#[get("/readyz")]
async fn get_readiness(app: Data<App>) -> Result<Answer> {
    if app.stopping.is_on() {
        return Err(Problem::Overloaded);
    }
    let database = app.database.clone();
    app.read_open(move |_, _| {
        if database.is_current()? {
            Answer::ok(&HealthView { status: "ok" })
        } else {
            Err(Problem::Overloaded)
        }
    })
    .await
}
