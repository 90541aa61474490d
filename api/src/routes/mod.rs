//! One module for each resource: its views, its requests and its handlers.

mod discovery;
mod docs;
mod health;
mod me;
mod nodes;
mod oauth;
mod sign_in;

use utoipa_actix_web::service_config::ServiceConfig;

/// All the routes. A resource is registered here, and thereby in the OpenAPI document.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    discovery::configure(config);
    docs::configure(config);
    health::configure(config);
    me::configure(config);
    nodes::configure(config);
    oauth::configure(config);
    sign_in::configure(config);
}
