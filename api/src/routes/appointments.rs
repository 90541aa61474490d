//! `/v1/nodes/{node_id}/appointments`

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    grant::{APPOINTMENTS, Grant},
    node::NodeId,
    person::PersonId,
    policy::{Action, Role, Subject},
    time::Day,
};
use persistence::{Session, Stored, grants, nodes};
use serde::Serialize;
use utoipa::ToSchema;

use super::grants::holder;
use crate::{
    App,
    answer::Answer,
    call::{Call, Caller},
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_appointments);
}

/// Who is in charge at a node, the nearest ones first
#[derive(Serialize, ToSchema)]
struct Appointments {
    /// The persons.
    #[schema(max_items = 500)]
    items: Vec<AppointmentView>,
}

/// A person in charge
#[derive(Serialize, ToSchema)]
struct AppointmentView {
    /// Who it is.
    person_id: PersonId,
    /// The name.
    #[schema(example = "Liisa Yhdyshenkilö", max_length = 200)]
    name: String,
    /// The title at work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "palveluesihenkilö", max_length = 120)]
    title: Option<String>,
    /// The e-mail address.
    #[schema(example = "liisa@example.fi", format = "email", max_length = 254)]
    email: String,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "+358 40 000 0000", max_length = 40)]
    phone: Option<String>,
    /// In what role.
    role: Role,
    /// Where the person was appointed: the node or one above it.
    node_id: NodeId,
    /// Whether that is a node above.
    inherited: bool,
    /// Whose deputy the person is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    deputy_for: Option<PersonId>,
    /// What the person answers for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "tilausten välitys", max_length = 300)]
    responsibility: Option<String>,
    /// In which phases of service development, from the code set `service_phases`.
    #[schema(max_items = 20)]
    phases: Vec<String>,
    from: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    until: Option<Day>,
}

/// Who is in charge here
///
/// The people in charge of a node today: its contact person, the competence centre, the brokers and others who answer for
/// something, appointed at the node or above it.
#[utoipa::path(tag = "nodes", responses((status = OK, body = Appointments)))]
#[get("/v1/nodes/{node_id}/appointments")]
async fn list_appointments(app: Data<App>, call: Call, node_id: Path<NodeId>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let path = nodes::path(session, *node_id)?;
        caller.require(Action::ReadAppointment, &Subject::at(path.clone()))?;
        let held = grants::at(session, &path, APPOINTMENTS, caller.now.day())?;
        let items = held
            .iter()
            .map(|grant| view(session, caller, *node_id, grant))
            .collect::<Result<_>>()?;
        Ok(Answer::ok(&Appointments { items })?.tagged())
    })
    .await
}

fn view(
    session: &mut Session<'_>,
    caller: &Caller,
    node: NodeId,
    grant: &Stored<Grant>,
) -> Result<AppointmentView> {
    let facts = holder(session, caller, grant)?;
    let terms = grant.terms.clone();
    Ok(AppointmentView {
        person_id: terms.person_id,
        name: facts.name,
        title: facts.title,
        email: facts.email,
        phone: facts.phone,
        role: terms.role,
        node_id: terms.node_id,
        inherited: terms.node_id != node,
        deputy_for: terms.deputy_for,
        responsibility: terms.responsibility,
        phases: terms.phases,
        from: terms.from,
        until: terms.until,
    })
}
