//! `/v1/audit-events`: who did what to which thing and when (S3-11, S4-58).

use actix_web::{get, web::Data};
use domain::{
    audit::{AuditEvent, AuditEventId},
    client::ClientId,
    id::AnyId,
    node::NodeId,
    person::PersonId,
    policy::Action,
    time::Moment,
};
use persistence::audit_events;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, page},
    audit::{COMMANDS, OWN},
    call::Call,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_audit_events);
}

page!(AuditEventPage of AuditEventView);

/// Which events to list
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AuditEventFilter {
    /// Those of one person.
    person: Option<PersonId>,
    /// Those of one thing: what was made, changed or read.
    thing: Option<AnyId>,
    /// Those of one operation of this contract, of one job of the service, or of one command at its machine.
    #[param(min_length = 1, max_length = 60, pattern = "^[a-z_]+$", example = "submit_order")]
    operation: Option<String>,
    /// Those from this moment on.
    after: Option<Moment>,
    /// Those before this moment.
    before: Option<Moment>,
}

/// What kind of actor did something
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AuditActor {
    /// A person who was signed in.
    Person,
    /// A machine client.
    Client,
    /// Somebody who needed no signing in, such as whoever has the link to an offer.
    Visitor,
    /// The service by itself, such as when the time to answer an offer runs out.
    Service,
    /// Whoever runs the machine, by a command there, such as registering a machine client.
    Operator,
}

/// That somebody did something
#[derive(Serialize, ToSchema)]
struct AuditEventView {
    /// The event.
    id: AuditEventId,
    /// When.
    at: Moment,
    /// What: the operation of this contract, the job of the service, or the command.
    #[schema(example = "submit_order", max_length = 60)]
    operation: String,
    /// What kind of actor did it.
    actor: AuditActor,
    /// Who, if it was a person. Neither a person nor a machine is known of what needs no signing in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    person_id: Option<PersonId>,
    /// Who, if it was a machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    client_id: Option<ClientId>,
    /// The expert for whom the person acted, as the expert lets them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    on_behalf_of: Option<PersonId>,
    /// Where it belongs: where a role was used, or the nation, if it was somebody's own matter.
    node_id: NodeId,
    /// The thing that was made, changed or read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    thing_id: Option<AnyId>,
    /// The path that was asked for; a secret in it is left out. Of a job, its name after `/jobs/`, and of a command after
    /// `/admin/`.
    #[schema(example = "/v1/orders/019aa5d0-0000-7000-8000-000000000001/submit", max_length = 300)]
    path: String,
    /// What was answered, as a status of HTTP: of a job or a command, which nobody asked for over it, 204. What was refused changed
    /// nothing, and is not here.
    #[schema(example = 200, minimum = 200, maximum = 299)]
    status: u16,
    /// The chain of calls that it belonged to, as in the log.
    #[schema(example = "4bf92f3577b34da6a3ce929d0e0e4736", max_length = 60)]
    trace_id: String,
}

/// List who did what
///
/// Every change, as references: who, for whom, what, to which thing, when; also what the service does by itself, such as
/// letting offers expire, reminding people, or passing on the orders of somebody whose role has run out. Who was told whom to pay,
/// or shown a tax card, support notes or the record of an expert, of somebody else, is here as well. Everyone sees
/// what they have done themselves and what was done on their behalf; whoever answers for an area sees what was done there
/// by virtue of a role, and not what people did in their own matters, such as an answer to an offer; those who run the
/// installation see everything. Nothing changes or takes away an event; how long they are kept is for the installation to
/// decide.
#[utoipa::path(tag = "operation", params(AuditEventFilter), responses((status = OK, body = AuditEventPage)))]
#[get("/v1/audit-events")]
async fn list_audit_events(
    app: Data<App>,
    call: Call,
    query: Query<AuditEventFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = audit_events::Filter {
            person: query.person,
            thing: query.thing.map(AnyId::raw),
            operation: query.operation.clone(),
            from: query.after,
            until: query.before,
        };
        let scope = caller.scope(Action::ReadAuditEvents);
        let found = audit_events::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |event| Ok(view(event.thing)))
    })
    .await
}

fn view(event: AuditEvent) -> AuditEventView {
    let actor = match (event.person, event.client) {
        (Some(_), _) => AuditActor::Person,
        (None, Some(_)) => AuditActor::Client,
        (None, None) if event.place.starts_with(OWN) => AuditActor::Service,
        (None, None) if event.place.starts_with(COMMANDS) => AuditActor::Operator,
        (None, None) => AuditActor::Visitor,
    };
    AuditEventView {
        actor,
        id: event.id,
        at: event.at,
        operation: event.operation,
        person_id: event.person,
        client_id: event.client,
        on_behalf_of: event.behalf,
        node_id: event.node,
        thing_id: event.thing.map(AnyId::new),
        path: event.place,
        status: event.status,
        trace_id: event.trace,
    }
}
