//! `/v1/experts`: the profiles of experts by experience, and what they alone decide about them.

mod consents;
mod delegations;
mod enrol;
mod notes;
mod record;
mod view;

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    agreement::withdrawn_adjustments,
    expert::{Availability, Expert, ExpertId, Profile},
    notice::Kind,
    policy::{Action, Subject},
    refusal::{Fault, faultless},
    time::Moment,
};
use persistence::{Error, Session, Stored, experts, nodes, people, support_notes};
use serde::Deserialize;
use utoipa::ToSchema;

use self::view::{ExpertView, show};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    audit::Told,
    body::Json,
    brokering,
    call::{Call, Caller},
    patch::{self, merge_patch},
    problem::Result,
    query::{NoFilter, Query},
    routes::{ServiceConfig, agreements, fee_forms, feedback::unquote_all},
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_experts)
        .service(get_expert)
        .service(edit_expert)
        .service(set_availability)
        .service(leave_bank);
    enrol::configure(config);
    consents::configure(config);
    delegations::configure(config);
    record::configure(config);
    notes::configure(config);
}

page!(ExpertPage of ExpertView);

/// Whether an expert takes tasks now
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AvailabilityForm {
    /// Whether they take tasks now. *Not now* needs no reason.
    availability: Availability,
}

/// What decisions about an expert depend on.
pub(crate) fn subject(session: &mut Session<'_>, expert: &Expert) -> Result<Subject> {
    Ok(Subject {
        node: Some(nodes::path(session, expert.node)?),
        handler: expert.handler().map(|node| nodes::path(session, node)).transpose()?,
        owner: Some(expert.person),
        ..Subject::default()
    })
}

/// Finds, requires, applies, saves: every change of an expert. What changes nothing makes no new version.
fn change(
    session: &mut Session<'_>,
    caller: &Caller,
    expert_id: ExpertId,
    apply: impl FnOnce(&mut Session<'_>, &Stored<Expert>) -> Result<Expert>,
) -> Result<Answer> {
    let expert = experts::find(session, expert_id)?;
    let about = subject(session, &expert)?;
    caller.require(Action::EditExpert, &about)?;
    let changed = apply(session, &expert)?;
    let withdrawn = withdrawn_adjustments(&expert, &changed);
    let supported_by = expert.handler();
    let claimants: Vec<_> = expert.claimants().collect();
    let expert = patch::save(session, expert, changed, experts::save)?;
    if !withdrawn.is_empty() {
        agreements::forget(session, caller, expert.person, &withdrawn)?;
    }
    if expert.claimants().any(|person| !claimants.contains(&person)) {
        fee_forms::claims_given(session, expert.person, caller.now)?;
    }
    // Whoever leaves the bank asks for nothing any more, which is seen to there.
    if expert.handler() != supported_by && expert.left_at.is_none() {
        brokering::take_support_along(session, &expert, caller.now)?;
        tell_of_end(session, &expert, caller.now)?;
    }
    let about = subject(session, &expert)?;
    Answer::ok(&show(session, caller, &expert, &about)?).version(&expert)
}

/// Tells an expert who has just chosen an organisation that its work ends: those who had chosen it before were told when that was
/// announced.
fn tell_of_end(session: &mut Session<'_>, expert: &Expert, now: Moment) -> Result<()> {
    let Some(handler) = expert.handler() else { return Ok(()) };
    if nodes::find(session, handler)?.history.ended.is_none() {
        return Ok(());
    }
    let reference = format!("/v1/experts/{}", expert.id);
    brokering::tell(session, expert.person, Kind::SupporterEnding, &reference, now)
}

/// List experts
///
/// Those whom the caller may know by name: themselves, those who let them act for them, and those whom their organisation
/// supports. The experience bank is another thing, and knows nobody's name. Of those who were deactivated the themes are hidden.
/// Whom somebody else was shown is on record: `GET /v1/audit-events`.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertPage)))]
#[get("/v1/experts")]
async fn list_experts(app: Data<App>, call: Call, query: Query<NoFilter>) -> Result<Answer> {
    let read = app.read(call, move |session, caller| {
        let found = experts::list(session, &caller.scope(Action::ReadExpert), query.page)?;
        let mut looks = Vec::new();
        let answer = Answer::page(&query, found, |expert| {
            let about = subject(session, &expert)?;
            looks.extend(caller.look(Action::ReadExpert, &about, expert.id));
            show(session, caller, &expert, &about)
        })?;
        Told::of(session, caller, answer, looks)
    });
    app.tell(read.await?).await
}

merge_patch! {
    /// A change of an expert's profile
    struct ExpertProfileChange of Profile: "What is to be changed of a profile: a merge patch. A list replaces the whole list."
}

/// Get an expert
///
/// What only the expert may see is there only for them and for a support person with power over the profile. That somebody else
/// has read it is on record: `GET /v1/audit-events`.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[get("/v1/experts/{expert_id}")]
async fn get_expert(app: Data<App>, call: Call, expert_id: Path<ExpertId>) -> Result<Answer> {
    let read = app.find(call, move |session, caller| {
        let expert = experts::find(session, *expert_id)?;
        let about = subject(session, &expert)?;
        caller.require(Action::ReadExpert, &about)?;
        let look = caller.look(Action::ReadExpert, &about, expert.id);
        let answer = Answer::ok(&show(session, caller, &expert, &about)?).version(&expert)?;
        Told::of(session, caller, answer, look)
    });
    app.tell(read.await?).await
}

/// Change a profile
///
/// A merge patch (RFC 7396): what is missing stays as it is, `null` takes a value away, and a list replaces the whole list. Themes, needs, availability and support persons have actions of their
/// own.
///
/// The first organisation of the background supports the expert. Once that is another one, it is asked for the supervision that
/// the one before was asked for and has not offered.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[patch("/v1/experts/{expert_id}")]
async fn edit_expert(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<ExpertProfileChange>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        change(session, caller, *expert_id, |session, expert| {
            caller.unchanged(expert)?;
            let name = people::find(session, expert.person)?.facts.name.clone();
            let profile: Profile = patch::apply(&expert.profile, &body.0.0, "")?;
            let changed = expert.thing.clone().edit(profile, &name)?;
            known_organisations(session, "", &changed)?;
            if changed.handler() != expert.handler() {
                supports(session, caller, "", &changed)?;
            }
            Ok(changed)
        })
    })
    .await
}

/// Tell whether I take tasks now
///
/// *Not now* hides the card at once, and needs no reason. Whoever is available again is back in the bank.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/availability")]
async fn set_availability(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<AvailabilityForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        change(session, caller, *expert_id, |_, expert| {
            Ok(expert.thing.clone().avail(body.availability))
        })
    })
    .await
}

/// Leave the bank
///
/// Every consent ends, and it is forgotten by which themes they were known. Needs, descriptions, trainings, whose experience it is and
/// the notes of those who supported them are forgotten, too, and support persons lose their powers. Open offers and what the
/// expert said interests them are withdrawn, seats in supervision that is ahead are given back, and so is every request for
/// it. Nothing that they have said of their tasks is quoted any more, except in what is published already. No organisation
/// supports them any more, nor reads their contact details or delivers their letters on that ground. What was agreed and paid
/// stays on record: the product ends that by itself at no time, and whoever is responsible for the data sees to it.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/leave")]
async fn leave_bank(app: Data<App>, call: Call, expert_id: Path<ExpertId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let left =
            change(session, caller, *expert_id, |_, expert| Ok(expert.thing.clone().leave(now)))?;
        for note in support_notes::until(session, *expert_id, now)? {
            support_notes::forget(session, note)?;
        }
        let person = experts::find(session, *expert_id)?.person;
        brokering::release(session, person, now)?;
        unquote_all(session, person, now)?;
        Ok(left)
    })
    .await
}

/// Refuses to let an organisation support the expert whose work has ended: nobody would be there to do it.
fn supports(session: &mut Session<'_>, caller: &Caller, at: &str, expert: &Expert) -> Result<()> {
    let Some(handler) = expert.handler() else { return Ok(()) };
    let pointer = format!("{at}/background/0/organisation");
    Ok(nodes::find(session, handler)?.works_at(caller.now.day(), &pointer)?)
}

/// Refuses a profile that names an organisation that there is not.
fn known_organisations(session: &mut Session<'_>, at: &str, expert: &Expert) -> Result<()> {
    let mut faults = Vec::new();
    for (index, background) in expert.profile.background.iter().enumerate() {
        match nodes::path(session, background.organisation) {
            Ok(_) => {}
            Err(Error::NotFound) => faults.push(Fault::new(
                format!("{at}/background/{index}/organisation"),
                "unknown_reference",
            )),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(faultless(faults)?)
}
