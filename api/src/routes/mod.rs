//! One module for each resource: its views, its requests and its handlers.

mod attachments;
mod codes;
mod development_actions;
mod disclosures;
mod discovery;
mod docs;
mod documents;
mod expense_rates;
mod experts;
mod fee_schedules;
mod health;
mod me;
mod nodes;
mod oauth;
mod payroll_identities;
mod question_sets;
mod sign_in;
mod steering_groups;
mod task_types;
mod workflows;

use utoipa_actix_web::service_config::ServiceConfig;

/// All the routes. A resource is registered here, and thereby in the OpenAPI document.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    attachments::configure(config);
    codes::configure(config);
    development_actions::configure(config);
    disclosures::configure(config);
    discovery::configure(config);
    docs::configure(config);
    documents::configure(config);
    expense_rates::configure(config);
    experts::configure(config);
    fee_schedules::configure(config);
    health::configure(config);
    me::configure(config);
    nodes::configure(config);
    oauth::configure(config);
    payroll_identities::configure(config);
    question_sets::configure(config);
    sign_in::configure(config);
    steering_groups::configure(config);
    task_types::configure(config);
    workflows::configure(config);
}
