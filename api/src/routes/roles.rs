//! `/v1/roles`: who answers for what, as the code has it (S3-10, S3-32).

use actix_web::get;
use domain::{
    codes,
    localized::Localized,
    policy::{Action, Duty, DutyReach, Role, RoleFamily, RoleLevel, Who},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::workflows::label;
use crate::{answer::Answer, call::name_of, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_roles);
}

/// The roles, and who answers for what
#[derive(Serialize, ToSchema)]
struct RolesView {
    /// Every role, family by family.
    #[schema(max_items = 50)]
    roles: Vec<RoleView>,
    /// What everyone who is signed in may do, whatever their role.
    #[schema(max_items = 500, example = json!(["read_node"]))]
    everyone: Vec<String>,
    /// The same, with their names.
    #[schema(max_items = 500)]
    everyone_duties: Vec<NamedDuty>,
}

/// Something that everyone may do
#[derive(Serialize, ToSchema)]
struct NamedDuty {
    /// What, from the code set `duties`.
    #[schema(example = "read_node", max_length = 60)]
    action: String,
    /// Its name.
    name: Localized,
}

/// A role, and what it answers for
#[derive(Serialize, ToSchema)]
struct RoleView {
    /// The role, from the code set `roles`.
    role: Role,
    /// Its name.
    name: Localized,
    /// What it is, in easy Finnish.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 500)]
    easy_fi: Option<&'static str>,
    /// The family that it belongs to, from the code set `role_families`.
    family: RoleFamily,
    /// The name of the family.
    family_name: Localized,
    /// On which level of the co-operation it is, from the code set `role_levels`.
    level: RoleLevel,
    /// The name of the level.
    level_name: Localized,
    /// What it may do.
    #[schema(max_items = 500)]
    duties: Vec<DutyView>,
}

/// Something that a role may do
#[derive(Serialize, ToSchema)]
struct DutyView {
    /// What, as the policy names it: from the code set `duties`.
    #[schema(example = "broker_order", max_length = 60)]
    action: String,
    /// Its name.
    name: Localized,
    /// To what, from the code set `duty_reaches`.
    reach: DutyReach,
    /// The name of that.
    reach_name: Localized,
}

/// List roles
///
/// The role descriptions and the matrix of responsibilities, made from the table that decides each request. It needs no
/// signing in.
#[utoipa::path(tag = "grants", security(()), responses((status = OK, body = RolesView)))]
#[get("/v1/roles")]
async fn list_roles() -> Result<Answer> {
    let anyone = |action: &&Action| action.doers().contains(&Who::Anyone);
    let everyone: Vec<String> =
        Action::ALL.iter().filter(anyone).map(|action| action.name()).collect();
    let named =
        |action: &String| NamedDuty { action: action.clone(), name: label(&codes::DUTIES, action) };
    let view = RolesView {
        roles: Role::ALL.iter().map(|role| describe(*role)).collect(),
        everyone_duties: everyone.iter().map(named).collect(),
        everyone,
    };
    Ok(Answer::ok(&view)?.header("cache-control", "public, max-age=3600").tagged())
}

fn describe(role: Role) -> RoleView {
    let code = name_of(&role);
    let duty = |duty: Duty| {
        let action = duty.action.name();
        let reach_name = label(&codes::DUTY_REACHES, &name_of(&duty.reach));
        DutyView { name: label(&codes::DUTIES, &action), action, reach: duty.reach, reach_name }
    };
    RoleView {
        role,
        name: label(&codes::ROLES, &code),
        easy_fi: codes::ROLES.find(&code).and_then(|known| known.easy_fi),
        family: role.family(),
        family_name: label(&codes::ROLE_FAMILIES, &name_of(&role.family())),
        level: role.level(),
        level_name: label(&codes::ROLE_LEVELS, &name_of(&role.level())),
        duties: role.duties().into_iter().map(duty).collect(),
    }
}
