//! People leave, and some come back.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    grant,
    person::{Person, PersonId, standing::Event},
    policy::Action,
    time::Moment,
};
use persistence::{Error, Session, assignments, callers, experts, grants, people, sign_in};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{PersonView, subject, view, within_reach};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering,
    call::Call,
    problem::Result,
    routes::{ServiceConfig, assignments::give_up, fee_forms::role_lost},
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(deactivate_person).service(reactivate_person);
}

/// Why somebody is deactivated
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Deactivation {
    /// The reason.
    #[schema(example = "työsuhde päättyi", min_length = 1, max_length = 300)]
    reason: String,
}

/// Deactivate a person
///
/// For somebody who leaves, or has died. At once their tokens stop working, nobody can sign in as them, their roles end, and
/// nobody acts for them, nor they for others. Orders that they brokered go to the liaison who is nearest then, or back to the
/// queue, and whoever gets one is told. An expert is hidden from the bank, and their themes from everybody: open offers to them are
/// withdrawn and their interests too, their seats in supervision that is ahead are given back, and tasks whose agreed time has not
/// come go back to brokering. What was done stays on record.
///
/// What is owed for it is claimed by a support person to whom the expert gave the power over fee forms: that power stays, and no
/// other. They write, correct and submit the fee forms, and can say where the fee is paid to, for an estate or a guardian, say;
/// what was submitted is checked, approved and paid as always. **Where the expert gave nobody that power, nobody can claim here
/// any more:** a form that was not submitted yet, or was sent back, stays as it is, and what is owed is settled between the payer
/// and whoever inherits, outside this service.
///
/// Only those deactivate who could have given the person all of their roles, and nobody does it to themselves.
#[utoipa::path(tag = "people", responses((status = OK, body = PersonView)))]
#[post("/v1/people/{person_id}/deactivate")]
async fn deactivate_person(
    app: Data<App>,
    call: Call,
    person_id: Path<PersonId>,
    body: Json<Deactivation>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let person = people::find(session, *person_id)?;
        caller.require(Action::DeactivatePerson, &subject(session, &person)?)?;
        within_reach(session, caller, *person_id)?;
        let (by, reason) = (caller.human()?, body.reason.clone());
        let event = Event::Deactivate { by, reason: reason.clone() };
        let next = person.thing.clone().apply(event, now)?;
        let person = people::save(session, &person, next)?;
        sign_in::revoke_all(session, *person_id, None, now)?;
        let mut lost = Vec::new();
        for grant in grants::from_day_on(session, *person_id, now.day())? {
            let event = grant::Event::End { by, reason: reason.clone() };
            let ended = grant.thing.clone().apply(event, now)?;
            lost.push(grants::save(session, &grant, ended)?);
        }
        brokering::reassign(session, *person_id, now)?;
        for grant in lost {
            role_lost(session, &grant.terms, now)?;
        }
        hand_back_powers(session, *person_id)?;
        rest(session, &person, now)?;
        Answer::ok(&view(session, caller, &person)?).version(&person)
    })
    .await
}

/// Reactivate a person
///
/// For somebody who comes back: they can sign in again. Whoever manages people where they belong does it, whoever it was that
/// deactivated them: it gives them no role. Their roles do not come back by themselves, and an expert says
/// anew when they take tasks and who acts for them; whoever may claim their fees still may, until they take that back.
#[utoipa::path(tag = "people", responses((status = OK, body = PersonView)))]
#[post("/v1/people/{person_id}/reactivate")]
async fn reactivate_person(
    app: Data<App>,
    call: Call,
    person_id: Path<PersonId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let person = people::find(session, *person_id)?;
        caller.require(Action::DeactivatePerson, &subject(session, &person)?)?;
        let next = person.thing.clone().apply(Event::Reactivate { by: caller.human()? }, now)?;
        let person = people::save(session, &person, next)?;
        Answer::ok(&view(session, caller, &person)?).version(&person)
    })
    .await
}

/// The experts whom the person acted for lose their support person.
fn hand_back_powers(session: &mut Session<'_>, person: PersonId) -> Result<()> {
    for expert in callers::delegators(session, person)? {
        let expert = experts::find_by_person(session, expert)?;
        let alone = expert.thing.clone().undelegate(person);
        experts::save(session, &expert, alone)?;
    }
    Ok(())
}

/// An expert who leaves is asked for nothing more, and gives back what they have not begun.
fn rest(session: &mut Session<'_>, person: &Person, now: Moment) -> Result<()> {
    let expert = match experts::find_by_person(session, person.id) {
        Err(Error::NotFound) => return Ok(()),
        expert => expert?,
    };
    let resting = expert.thing.clone().rest();
    experts::save(session, &expert, resting)?;
    brokering::release(session, person.id, now)?;
    for assignment in assignments::to_do(session, person.id)? {
        if !assignment.has_begun(now) {
            give_up(session, &assignment, now)?;
        }
    }
    Ok(())
}
