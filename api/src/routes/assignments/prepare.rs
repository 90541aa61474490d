//! How an assignment begins: in the transaction in which an expert accepts an offer.

use domain::{
    agreement::{Agreement, AgreementContent},
    assignment::Assignment,
    disclosure::{Acceptance, DisclosedField, Disclosure},
    fee_schedule::{ScheduleContent, Suggestion, at_least, suggest},
    id::Id,
    notice::Kind,
    offer::Offer,
    order::Order,
    policy::Power,
    time::Moment,
};
use persistence::{
    Session, Stored, agreements, assignments, disclosures, experts, node_settings, nodes, notices,
    people,
};

use crate::{
    brokering::{orderers_of_task, tell_expert},
    clock,
    problem::Result,
    routes::agreements::schedule,
};

/// Stores the assignment that an accepted `offer` of `order` leads to, with its first agreement, filled in from what is
/// known (S4-28). The unit is told of the expert what they `agreed` to, and that is put on record (S4-21).
pub(crate) fn prepare(
    session: &mut Session<'_>,
    now: Moment,
    order: &Order,
    offer: &Offer,
    agreed: &[DisclosedField],
) -> Result<Stored<Assignment>> {
    // Nobody takes back meanwhile what is written down here: see `agreements::forget`.
    people::hold(session, offer.person)?;
    let expert = experts::find(session, offer.expert)?;
    let language = people::find(session, order.orderer)?.facts.language;
    let path = nodes::path(session, order.node)?;
    let settings = node_settings::in_force(session, &path)?;
    let assignment = Assignment::prepare(new_id(), order, offer, &settings, now);
    let day = assignment.starts.unwrap_or(now).day();
    let schedule = schedule(session, assignment.node, day)?;
    let suggestions = suggestions(order, schedule.as_ref());
    let mut content =
        AgreementContent::drafted(order, &expert, agreed, &suggestions, &settings, language);
    if let Some(schedule) = &schedule {
        content.fee.lines = at_least(schedule, content.fee.lines);
    }
    let agreement = Agreement::new(new_id(), assignment.id, content, now);
    let assignment = assignments::add(session, assignment)?;
    let agreement = agreements::add(session, agreement)?;

    let acceptance = Acceptance {
        id: new_id(),
        order: order.id,
        offer: offer.id,
        assignment: assignment.thing.id,
        to_node: order.node,
        to_person: order.orderer,
        at: now,
    };
    let person = people::find(session, offer.person)?;
    let (disclosure, details) =
        Disclosure::on_acceptance(acceptance, &expert, &person.facts, agreed);
    let disclosure = disclosures::record(session, disclosure, &details)?;

    let unit = orderers_of_task(session, order, offer.person, now)?;
    let told = format!("/v1/disclosures/{}", disclosure.id);
    let owner = (offer.person, Power::Profile);
    tell_expert(session, owner, None, Kind::DetailsDisclosed, &told, now)?;
    let (kind, draft) = (Kind::AgreementDrafted, format!("/v1/agreements/{}", agreement.id));
    tell_expert(session, (offer.person, Power::Agreements), None, kind, &draft, now)?;
    for person in unit {
        notices::tell(session, person, kind, &draft, new_id(), now)?;
    }
    Ok(assignment)
}

/// The fees that the area's schedule suggests for the task.
fn suggestions(order: &Order, schedule: Option<&ScheduleContent>) -> Vec<Suggestion> {
    let task = &order.form.task;
    let (Some(schedule), Some(task_type)) = (schedule, &task.task_type) else {
        return Vec::new();
    };
    let minutes = task.length.map_or(60, |length| i64::from(length.minutes));
    suggest(schedule, task_type, minutes)
}

fn new_id<T>() -> Id<T> {
    Id::new(clock::new_id())
}
