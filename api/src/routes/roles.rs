//! `/v1/roles`: who answers for what, as the code has it (S3-10, S3-32).

use crate::routes::ServiceConfig;
use actix_web::get;
use domain::{
    codes,
    localized::Localized,
    policy::{Action, Duty, DutyReach, Role, RoleFamily, RoleLevel, Who},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{answer::Answer, call::name_of, problem::Result};

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
    /// The family that it belongs to.
    family: RoleFamily,
    /// On which level of the co-operation it is.
    level: RoleLevel,
    /// What it may do.
    #[schema(max_items = 500)]
    duties: Vec<DutyView>,
}

/// Something that a role may do
#[derive(Serialize, ToSchema)]
struct DutyView {
    /// What, as the policy names it.
    #[schema(example = "broker_order", max_length = 60)]
    action: String,
    /// To what.
    reach: DutyReach,
}

/// List roles
///
/// The role descriptions and the matrix of responsibilities, made from the table that decides each request. It needs no
/// signing in.
#[utoipa::path(tag = "grants", security(()), responses((status = OK, body = RolesView)))]
#[get("/v1/roles")]
async fn list_roles() -> Result<Answer> {
    let anyone = |action: &&Action| action.doers().contains(&Who::Anyone);
    let view = RolesView {
        roles: Role::ALL.iter().map(|role| describe(*role)).collect(),
        everyone: Action::ALL.iter().filter(anyone).map(|action| action.name()).collect(),
    };
    Ok(Answer::ok(&view)?.header("cache-control", "public, max-age=3600").tagged())
}

fn describe(role: Role) -> RoleView {
    let code = name_of(&role);
    let known = codes::ROLES.find(&code);
    let name = known.map(|known| Localized::of(known.fi, known.sv, known.en));
    let duty = |duty: Duty| DutyView { action: duty.action.name(), reach: duty.reach };
    RoleView {
        role,
        name: name.unwrap_or_else(|| Localized::of(&code, &code, &code)),
        easy_fi: known.and_then(|known| known.easy_fi),
        family: role.family(),
        level: role.level(),
        duties: role.duties().into_iter().map(duty).collect(),
    }
}
