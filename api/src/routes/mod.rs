//! One module for each resource: its views, its requests and its handlers.

mod access_requests;
mod appointments;
mod attachments;
mod bank;
mod codes;
mod concerns;
mod decisions;
mod development_actions;
mod disclosures;
mod discovery;
mod docs;
mod documents;
mod expense_rates;
mod experts;
mod fee_schedules;
mod grants;
mod health;
mod letters;
mod me;
mod nodes;
mod notices;
mod oauth;
mod offers;
mod open_calls;
mod orders;
mod payroll_identities;
mod people;
mod question_sets;
mod sign_in;
mod sourcing_requests;
mod steering_groups;
mod supervision_sessions;
mod task_types;
mod workflows;

use utoipa_actix_web::service_config::ServiceConfig;

/// All the routes. A resource is registered here, and thereby in the OpenAPI document.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    access_requests::configure(config);
    appointments::configure(config);
    attachments::configure(config);
    bank::configure(config);
    codes::configure(config);
    concerns::configure(config);
    decisions::configure(config);
    development_actions::configure(config);
    disclosures::configure(config);
    discovery::configure(config);
    docs::configure(config);
    documents::configure(config);
    expense_rates::configure(config);
    experts::configure(config);
    fee_schedules::configure(config);
    grants::configure(config);
    health::configure(config);
    letters::configure(config);
    me::configure(config);
    nodes::configure(config);
    notices::configure(config);
    oauth::configure(config);
    offers::configure(config);
    open_calls::configure(config);
    orders::configure(config);
    payroll_identities::configure(config);
    people::configure(config);
    question_sets::configure(config);
    sign_in::configure(config);
    sourcing_requests::configure(config);
    steering_groups::configure(config);
    supervision_sessions::configure(config);
    task_types::configure(config);
    workflows::configure(config);
}
