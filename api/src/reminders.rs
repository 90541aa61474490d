//! Reminders of the first contact (S4-24), the agreement, what became of the task, the fee form (S4-35) and the feedback (S4-36,
//! S4-41): to each once.

use domain::{
    assignment::{Assignment, AssignmentId, Event, Reminder},
    fee_form::{self, FeeFormId},
    feedback::Side,
    notice::Kind,
    order::FeeBasis,
    person::PersonId,
    policy::Power,
    time::Moment,
};
use persistence::{Session, agreements, assignments, fee_forms, feedback, orders};

use crate::{
    App, audit,
    background::each,
    brokering::{orderers_of_task, tell, tell_expert},
    problem::Result,
    routes::{fee_forms::remind as remind_for, feedback::frozen},
};

/// Reminds whoever has not done in time what they should have.
///
/// # Errors
///
/// If the database fails, or something stands in the way for one assignment: of the others, everybody is reminded all the same.
pub(crate) fn remind(app: &App) -> Result<()> {
    let now = app.clock.now();
    let due = app.database.read(|session| assignments::to_remind(session, now.day()))?;
    let tasks = each("remind_of_contacts", due, |assignment| {
        app.database.write(|session| remind_of(session, assignment, now))
    });
    let due = app.database.read(|session| fee_forms::to_remind(session, now.day()))?;
    let forms = each("remind_of_contacts", due, |form| {
        app.database.write(|session| remind_of_form(session, form, now))
    });
    tasks.and(forms)
}

fn remind_of_form(session: &mut Session<'_>, form: FeeFormId, now: Moment) -> Result<()> {
    let form = fee_forms::find(session, form)?;
    let due = form.deadlines().passed(now.day());
    if due.is_empty() {
        return Ok(()); // another node was faster
    }
    let mut next = form.thing.clone();
    for reminder in due {
        remind_for(session, &form, reminder, now)?;
        next = next.seen_to(reminder, now);
    }
    let form = fee_forms::save(session, &form, next)?;
    audit::record_own(session, "remind_of_fee_form", form.node, form.thing.id, now)
}

fn remind_of(session: &mut Session<'_>, assignment: AssignmentId, now: Moment) -> Result<()> {
    let assignment = assignments::find(session, assignment)?;
    let due = assignment.deadlines().passed(now.day());
    if due.is_empty() {
        return Ok(()); // another node was faster
    }
    let mut next = assignment.thing.clone();
    for reminder in due {
        next = match reminder {
            Reminder::Contact => next.apply(Event::Remind, now)?,
            _ => next.seen_to(reminder, now),
        };
        let reference = format!("/v1/assignments/{}", assignment.thing.id);
        for (person, power, kind) in late(session, &assignment, reminder, now)? {
            match power {
                Some(power) => {
                    tell_expert(session, (person, power), None, kind, &reference, now)?;
                }
                None => tell(session, person, kind, &reference, now)?,
            }
        }
    }
    assignments::save(session, &assignment, next)?;
    audit::record_own(session, "remind_of_task", assignment.node, assignment.thing.id, now)
}

/// Who has not done what the reminder is of, and of the expert what those can do who act for them in it.
fn late(
    session: &mut Session<'_>,
    assignment: &Assignment,
    reminder: Reminder,
    now: Moment,
) -> Result<Vec<(PersonId, Option<Power>, Kind)>> {
    let unit = |session: &mut Session<'_>| {
        let order = orders::find(session, assignment.order)?;
        orderers_of_task(session, &order, assignment.person, now)
    };
    let mut late = Vec::new();
    match reminder {
        Reminder::Contact => {
            late.extend(unit(session)?.into_iter().map(|person| (person, None, Kind::ContactDue)));
        }
        // What was not agreed before the task is not agreed after it.
        Reminder::Agreement if assignment.has_begun(now) => {}
        Reminder::Agreement | Reminder::Record => {
            let kind = match reminder {
                Reminder::Agreement => Kind::AgreementDue,
                _ => Kind::TaskUnrecorded,
            };
            late.push((assignment.person, Some(Power::Agreements), kind));
            late.extend(unit(session)?.into_iter().map(|person| (person, None, kind)));
        }
        Reminder::FeeForm => {
            let forms = fee_forms::of_assignment(session, assignment.id)?;
            // Whoever gives up the fee, and claims no costs, needs no form.
            let written = forms.iter().any(|form| {
                let claim = &form.claimed.claim;
                let gives_up = form.waiver.is_some() && claim.expenses.is_empty();
                form.state != fee_form::State::Draft || gives_up
            });
            let agreement = agreements::in_force(session, assignment.id)?;
            let basis = agreement.and_then(|agreement| agreement.thing.content.fee.basis);
            if !written && basis.is_some_and(|basis| basis != FeeBasis::Volunteer) {
                late.push((assignment.person, Some(Power::FeeForms), Kind::FeeFormDue));
            }
        }
        Reminder::Feedback if frozen(session, assignment)?.is_some() => {} // it is too late for it
        Reminder::Feedback => {
            let kind = Kind::FeedbackWanted;
            if feedback::of(session, assignment.id, Side::Expert)?.is_none() {
                late.push((assignment.person, Some(Power::Feedback), kind));
            }
            if feedback::of(session, assignment.id, Side::Orderer)?.is_none() {
                late.extend(unit(session)?.into_iter().map(|person| (person, None, kind)));
            }
        }
    }
    Ok(late)
}
