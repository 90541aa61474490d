//! `/v1/agreements`: what an expert and a unit agree on for an assignment (*toimeksiantosopimus*).

pub(super) mod page;
pub(super) mod print;
mod sections;
mod view;
pub(crate) mod write;

use actix_web::{
    get, patch, post,
    web::{Data, Path},
};
use domain::{
    agreement::{Agreement, AgreementContent, AgreementId, Event, State},
    assignment::{Assignment, Side},
    fee_schedule::{Deviation, ScheduleContent, deviations},
    node::NodeId,
    notice::Kind,
    person::PersonId,
    policy::{Action, Power, Subject},
    refusal::{Rule, faultless},
    time::{Day, Moment},
};
use persistence::{
    Session, Stored, agreements, assignments, fee_schedules, nodes, notices, orders, people,
};
use serde::Deserialize;
use utoipa::ToSchema;

use self::view::{AgreementView, answer};
use super::{assignments::subject, orders::payer_fault};
use crate::{
    App,
    answer::Answer,
    body::Json,
    brokering::{orderers_of_task, tell_expert},
    call::{Call, Caller},
    patch::{self, merge_patch},
    problem::{Problem, Result},
    routes::ServiceConfig,
    secret::sha256,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_agreement)
        .service(edit_agreement)
        .service(confirm_agreement)
        .service(amend_agreement)
        .service(discard_amendment);
    print::configure(config);
}

/// What a party confirms: SHA-256 of the content as it is stored.
fn digest(agreement: &Agreement) -> Result<String> {
    Ok(sha256(&serde_json::to_vec(&agreement.content).map_err(Problem::internal)?))
}

merge_patch! {
    /// A change of an agreement
    struct AgreementEdit of AgreementContent: "What is to be changed of an agreement: a merge patch. A list replaces the whole list."
}

/// A confirmation
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConfirmationForm {
    /// The revision that the party has read and confirms.
    #[schema(minimum = 1, maximum = 1_000_000, example = 1)]
    revision: i32,
}

/// Get an agreement
///
/// What it says, who has confirmed which revision, how its fee differs from what the area has set, and what is missing
/// before it can be confirmed.
#[utoipa::path(tag = "agreements", responses((status = OK, body = AgreementView)))]
#[get("/v1/agreements/{agreement_id}")]
async fn get_agreement(
    app: Data<App>,
    call: Call,
    agreement_id: Path<AgreementId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let (agreement, assignment, subject) = find(session, *agreement_id)?;
        caller.require(Action::ReadAssignment, &subject)?;
        answer(session, caller, &subject, &assignment, &agreement)
    })
    .await
}

/// Change an agreement
///
/// Both parties fill it in together (S4-29). A merge patch (RFC 7396): what is left out of a section stays as it is, `null`
/// takes a value away, and a list replaces the whole list. A change takes back both confirmations, and the record of changes tells
/// which sections it touched. The payer is of the ordering side: of the unit's own welfare area, or of its own
/// organisation where that is in no area.
#[utoipa::path(tag = "agreements", responses((status = OK, body = AgreementView)))]
#[patch("/v1/agreements/{agreement_id}")]
async fn edit_agreement(
    app: Data<App>,
    call: Call,
    agreement_id: Path<AgreementId>,
    body: Json<AgreementEdit>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (agreement, assignment, subject) = find(session, *agreement_id)?;
        caller.require(Action::EditAgreement, &subject)?;
        caller.unchanged(&agreement)?;
        still_to_agree(&agreement, &assignment)?;
        let content: AgreementContent = patch::apply(&agreement.content, &body.0.0, "")?;
        let named = body.0.0.get("parties").is_some_and(|parties| parties.get("payer").is_some());
        if let Some(payer) = content.parties.payer.filter(|_| named) {
            from_the_ordering_side(session, payer, &assignment)?;
        }
        let event = Event::Edit { by: caller.human()?, content: Box::new(content) };
        let next = agreement.thing.clone().apply(event, now)?;
        let changed = next.revision != agreement.revision;
        let agreement = patch::save(session, agreement, next, agreements::save)?;
        if changed {
            tell(session, caller, &assignment, &agreement, Kind::AgreementChanged)?;
        }
        answer(session, caller, &subject, &assignment, &agreement)
    })
    .await
}

/// Confirm an agreement
///
/// For the party that the caller stands for: the expert, or the unit. Each confirms one revision by its number; once
/// both have confirmed the same one, it is in force and never changes. The six points of a shared understanding (S2-18),
/// the payer and confidentiality both ways must be there, and a reason where the fee differs from what the area has set
/// (S4-25).
#[utoipa::path(tag = "agreements", responses((status = OK, body = AgreementView)))]
#[post("/v1/agreements/{agreement_id}/confirm")]
async fn confirm_agreement(
    app: Data<App>,
    call: Call,
    agreement_id: Path<AgreementId>,
    body: Json<ConfirmationForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (agreement, assignment, subject) = find(session, *agreement_id)?;
        let side = side(caller, &subject)?;
        still_to_agree(&agreement, &assignment)?;
        if let Some(payer) = agreement.content.parties.payer {
            from_the_ordering_side(session, payer, &assignment)?;
        }
        let deviations = deviations_of(session, &assignment, &agreement)?;
        let digest = digest(&agreement)?;
        let (revision, by) = (body.revision, caller.human()?);
        let event = Event::Confirm { side, revision, by, deviations, digest };
        let next = agreement.thing.clone().apply(event, now)?;
        // The assignment comes first, as where a task ends and takes along what was being agreed on.
        let assignment = if next.in_force() {
            let settled = next.settle(assignment.thing.clone(), now)?;
            let assignment = assignments::save(session, &assignment, settled)?;
            supersede(session, &next, now)?;
            assignment
        } else {
            assignment
        };
        let agreement = agreements::save(session, &agreement, next)?;
        let kind =
            if agreement.in_force() { Kind::AgreementInForce } else { Kind::AgreementChanged };
        tell(session, caller, &assignment, &agreement, kind)?;
        answer(session, caller, &subject, &assignment, &agreement)
    })
    .await
}

/// Amend an agreement
///
/// Begins an amendment with the same content. The agreement stays in force until both parties have confirmed the
/// amendment.
#[utoipa::path(tag = "agreements", responses((status = CREATED, body = AgreementView)))]
#[post("/v1/agreements/{agreement_id}/amend")]
async fn amend_agreement(
    app: Data<App>,
    call: Call,
    agreement_id: Path<AgreementId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (agreement, assignment, subject) = find(session, *agreement_id)?;
        caller.require(Action::EditAgreement, &subject)?;
        let newest = agreements::newest(session, assignment.thing.id)?;
        let amendment = agreement.amend(caller.new_id(), newest, now)?;
        if !assignment.open() {
            return Err(Rule::AssignmentEnded.into());
        }
        if agreements::drafting(session, assignment.thing.id)?.is_some() {
            return Err(Rule::AmendmentOpen.into());
        }
        let amendment = agreements::add(session, amendment)?;
        tell(session, caller, &assignment, &amendment, Kind::AgreementChanged)?;
        view::created(session, caller, &subject, &assignment, &amendment)
    })
    .await
}

/// Discard an amendment
///
/// Either party gives it up before both have confirmed it, and the other one is told. What it was to amend stays in force as it is.
#[utoipa::path(tag = "agreements", responses((status = OK, body = AgreementView)))]
#[post("/v1/agreements/{agreement_id}/discard")]
async fn discard_amendment(
    app: Data<App>,
    call: Call,
    agreement_id: Path<AgreementId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let (agreement, assignment, subject) = find(session, *agreement_id)?;
        caller.require(Action::EditAgreement, &subject)?;
        still_to_agree(&agreement, &assignment)?;
        let next = agreement.thing.clone().apply(Event::Discard, now)?;
        let agreement = agreements::save(session, &agreement, next)?;
        tell(session, caller, &assignment, &agreement, Kind::AmendmentDiscarded)?;
        answer(session, caller, &subject, &assignment, &agreement)
    })
    .await
}

/// Takes what an expert needs no more, or does not want to be known, out of what is not agreed on yet.
pub(super) fn forget(
    session: &mut Session<'_>,
    caller: &Caller,
    person: PersonId,
    adjustments: &[String],
) -> Result<()> {
    // What is being drafted at this moment is there afterwards.
    people::hold(session, person)?;
    for agreement in agreements::drafting_of(session, person)? {
        let event = Event::Forget { by: caller.human()?, adjustments: adjustments.to_vec() };
        let next = agreement.thing.clone().apply(event, caller.now)?;
        if next.revision == agreement.revision {
            continue;
        }
        let agreement = agreements::save(session, &agreement, next)?;
        let assignment = assignments::find(session, agreement.assignment)?;
        if assignment.open() {
            tell(session, caller, &assignment, &agreement, Kind::AgreementChanged)?;
        }
    }
    Ok(())
}

/// The agreement, its assignment, and what a decision about them depends on.
fn find(
    session: &mut Session<'_>,
    id: AgreementId,
) -> Result<(Stored<Agreement>, Stored<Assignment>, Subject)> {
    let agreement = agreements::find(session, id)?;
    let assignment = assignments::find(session, agreement.assignment)?;
    let subject = subject(session, &assignment)?;
    Ok((agreement, assignment, subject))
}

/// Refuses what would be filled in or confirmed for a task that is over.
fn still_to_agree(agreement: &Agreement, assignment: &Assignment) -> Result<()> {
    if matches!(agreement.state, State::Drafting) && !assignment.open() {
        return Err(Rule::AssignmentEnded.into());
    }
    Ok(())
}

/// The party that the caller stands for.
fn side(caller: &Caller, subject: &Subject) -> Result<Side> {
    if caller.may(Action::ConfirmAsExpert, subject) {
        caller.require(Action::ConfirmAsExpert, subject)?;
        return Ok(Side::Expert);
    }
    caller.require(Action::ConfirmAsOrderer, subject)?;
    Ok(Side::Orderer)
}

/// Refuses a payer that is nowhere in the tree, or is not of the side that ordered.
fn from_the_ordering_side(
    session: &mut Session<'_>,
    payer: NodeId,
    assignment: &Assignment,
) -> Result<()> {
    let orderer = nodes::path(session, assignment.node)?;
    faultless(payer_fault(session, payer, &orderer, "/parties/payer")?.into_iter().collect())?;
    Ok(())
}

/// Puts the amendment that comes into force in the place of what it amends.
fn supersede(session: &mut Session<'_>, amendment: &Agreement, now: Moment) -> Result<()> {
    let Some(old) = amendment.amends else { return Ok(()) };
    let old = agreements::find(session, old)?;
    let next = old.thing.clone().apply(Event::Supersede { by: amendment.id }, now)?;
    agreements::save(session, &old, next)?;
    Ok(())
}

/// What the area of a node pays for tasks of a day, if it has decided that.
pub(super) fn schedule(
    session: &mut Session<'_>,
    node: NodeId,
    day: Day,
) -> Result<Option<ScheduleContent>> {
    let path = nodes::path(session, node)?;
    Ok(fee_schedules::on(session, &path, day)?.map(|schedule| schedule.content))
}

/// How the fee of an agreement differs from what the area has set (S4-25).
fn deviations_of(
    session: &mut Session<'_>,
    assignment: &Assignment,
    agreement: &Agreement,
) -> Result<Vec<Deviation>> {
    let day = agreement.content.task.time.starts.unwrap_or(agreement.created).day();
    let schedule = schedule(session, assignment.node, day)?;
    let lines = &agreement.content.fee.lines;
    Ok(schedule.map_or_else(Vec::new, |schedule| deviations(&schedule, lines)))
}

/// Tells the other party.
fn tell(
    session: &mut Session<'_>,
    caller: &Caller,
    assignment: &Assignment,
    agreement: &Agreement,
    kind: Kind,
) -> Result<()> {
    let reference = format!("/v1/agreements/{}", agreement.id);
    let order = orders::find(session, assignment.order)?;
    let unit = orderers_of_task(session, &order, assignment.person, caller.now)?;
    let expert = (assignment.person, Power::Agreements);
    tell_expert(session, expert, caller.person(), kind, &reference, caller.now)?;
    for person in unit {
        if caller.person() != Some(person) {
            notices::tell(session, person, kind, &reference, caller.new_id(), caller.now)?;
        }
    }
    Ok(())
}
