//! One module for each resource: its views, its requests and its handlers.

mod development_actions;
mod attachments;
mod codes;
mod disclosures;
mod discovery;
mod docs;
mod documents;
mod expense_rates;
mod fee_schedules;
mod documents;
mod experts;
mod health;
mod me;
mod nodes;
mod oauth;
mod payroll_identities;
mod question_sets;
mod sign_in;
mod steering_groups;
mod workflows;
mod task_types;

use utoipa_actix_web::service_config::ServiceConfig;

/// All the routes. A resource is registered here, and thereby in the OpenAPI document.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    development_actions::configure(config);
    attachments::configure(config);
    codes::configure(config);
    disclosures::configure(config);
    discovery::configure(config);
    docs::configure(config);
    expense_rates::configure(config);
    fee_schedules::configure(config);
    documents::configure(config);
    experts::configure(config);
    health::configure(config);
    me::configure(config);
    nodes::configure(config);
    oauth::configure(config);
    payroll_identities::configure(config);
    question_sets::configure(config);
    sign_in::configure(config);
    steering_groups::configure(config);
    workflows::configure(config);
    task_types::configure(config);
}
