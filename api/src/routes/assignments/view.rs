//! What the contract shows of an assignment.

use domain::{
    agreement::AgreementId,
    assignment::{
        Assignment, AssignmentId, ContactRecord, DeliveryWaiver, HandedOver, Introduction,
        OralFeedback, State, Visit, WORKFLOW,
    },
    localized::Localized,
    node::NodeId,
    offer::OfferId,
    order::OrderId,
    person::PersonId,
    policy::{Action, Subject},
    time::{Day, Moment},
};
use persistence::{Session, Stored, agreements, disclosures, nodes, orders, people};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    actions::ActionView,
    answer::{Answer, Versioned},
    brokering::at_unit,
    call::Caller,
    problem::Result,
};

/// An assignment in a listing
#[derive(Serialize, ToSchema)]
pub(super) struct AssignmentItem {
    /// Its identifier.
    id: AssignmentId,
    /// The order it fulfils.
    order_id: OrderId,
    /// The unit that ordered.
    node_id: NodeId,
    /// What the task is called.
    #[schema(max_length = 200)]
    title: String,
    /// The kind of task, from the code set `task_types`.
    #[schema(max_length = 60)]
    task_type: String,
    /// When the task begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    starts: Option<Moment>,
    /// When the task ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ends: Option<Moment>,
    /// Where it is on its way.
    state: State,
    /// What the caller can do with it now, and for the rest why not and whose turn it is.
    #[schema(max_items = 30)]
    actions: Vec<ActionView>,
}

/// An assignment
#[derive(Serialize, ToSchema)]
pub(super) struct AssignmentView {
    /// Its identifier.
    id: AssignmentId,
    /// The order it fulfils.
    order_id: OrderId,
    /// The accepted offer it grew from.
    offer_id: OfferId,
    /// The unit that ordered.
    node_id: NodeId,
    /// The unit's name.
    node_name: Localized,
    /// What the task is called.
    #[schema(max_length = 200)]
    title: String,
    /// The kind of task, from the code set `task_types`.
    #[schema(max_length = 60)]
    task_type: String,
    /// When the task begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    starts: Option<Moment>,
    /// When the task ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ends: Option<Moment>,
    /// When it came to be.
    created: Moment,
    /// Where it is on its way.
    state: State,
    /// The agreement in force, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    agreement_in_force: Option<AgreementId>,
    /// The agreement or amendment that the parties fill in, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    agreement_drafting: Option<AgreementId>,
    /// The day by which the unit should have contacted the expert (S4-24).
    contact_due: Day,
    /// Whether that day has passed without a contact.
    contact_overdue: bool,
    /// The contacts made.
    #[schema(max_items = 1000)]
    contacts: Vec<ContactRecord>,
    /// What was handed over before the task.
    handed_over: HandedOver,
    /// Why the task may be done without that, if it may.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    delivery_waiver: Option<DeliveryWaiver>,
    /// How the broker brought the expert and the unit together.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    introduction: Option<Introduction>,
    /// The visit at which the expert got to know the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    visit: Option<Visit>,
    /// That oral feedback was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    oral_feedback: Option<OralFeedback>,
    /// Whoever answers for the task at the unit: the person who ordered, or somebody else who orders for the unit once that one
    /// does not any more. For the expert, from the acceptance on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    orderer: Option<PartyContact>,
    /// The expert, with the details that were handed over: for the unit that ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    expert: Option<PartyContact>,
    /// What the caller can do now.
    #[schema(max_items = 30)]
    actions: Vec<ActionView>,
}

/// A party of an assignment, and how to reach them
#[derive(Serialize, ToSchema)]
pub(super) struct PartyContact {
    /// The person.
    person_id: PersonId,
    /// Their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200)]
    name: Option<String>,
    /// Their e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 254)]
    email: Option<String>,
    /// Their telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40)]
    phone: Option<String>,
}

/// Answers with an assignment, as its caller may see it.
pub(crate) fn answer(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    stored: &Stored<Assignment>,
) -> Result<Answer> {
    Answer::ok(&view(session, caller, subject, stored)?).version(stored)
}

/// What the caller can do with the assignment: what a rule stands in the way of is refused, and says which one.
fn actions(caller: &Caller, subject: &Subject, assignment: &Assignment) -> Vec<ActionView> {
    let mut actions = caller.actions(&WORKFLOW, assignment.state.name(), subject);
    for (action, rule) in assignment.standing_in_the_way(caller.now) {
        ActionView::refuse(&mut actions, &[action], rule.code(), caller.meta.language);
    }
    actions
}

pub(super) fn item(caller: &Caller, subject: &Subject, assignment: &Assignment) -> AssignmentItem {
    AssignmentItem {
        actions: actions(caller, subject, assignment),
        id: assignment.id,
        order_id: assignment.order,
        node_id: assignment.node,
        title: assignment.title.clone(),
        task_type: assignment.task_type.clone(),
        starts: assignment.starts,
        ends: assignment.ends,
        state: assignment.state.clone(),
    }
}

fn view(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    stored: &Stored<Assignment>,
) -> Result<AssignmentView> {
    let assignment = stored.thing.clone();
    let contact_overdue = assignment.open()
        && assignment.contacts.is_empty()
        && caller.now.day() > assignment.contact_due;
    let drafting = agreements::drafting(session, assignment.id)?.filter(|_| assignment.open());
    let expert_side = caller.may(Action::ConfirmAsExpert, subject);
    let orderer = if expert_side { orderer(session, caller, &assignment)? } else { None };
    let expert = expert(session, caller, subject, &assignment)?;
    Ok(AssignmentView {
        id: assignment.id,
        order_id: assignment.order,
        offer_id: assignment.offer,
        node_id: assignment.node,
        node_name: nodes::name(session, assignment.node)?,
        agreement_in_force: agreements::in_force(session, assignment.id)?.map(|one| one.thing.id),
        agreement_drafting: drafting.map(|one| one.thing.id),
        actions: actions(caller, subject, &assignment),
        title: assignment.title,
        task_type: assignment.task_type,
        starts: assignment.starts,
        ends: assignment.ends,
        created: assignment.created,
        state: assignment.state,
        contact_due: assignment.contact_due,
        contact_overdue,
        contacts: assignment.contacts,
        handed_over: assignment.handed_over,
        delivery_waiver: assignment.delivery_waiver,
        introduction: assignment.introduction,
        visit: assignment.visit,
        oral_feedback: assignment.oral_feedback,
        orderer,
        expert,
    })
}

/// Whom the expert reaches at the unit, if anybody there answers for the task.
fn orderer(
    session: &mut Session<'_>,
    caller: &Caller,
    assignment: &Assignment,
) -> Result<Option<PartyContact>> {
    let order = orders::find(session, assignment.order)?;
    let there = at_unit(session, &order, assignment.person, caller.now)?;
    let Some(person_id) = there.first().copied() else { return Ok(None) };
    let person = people::find(session, person_id)?;
    let facts = &person.facts;
    Ok(Some(PartyContact {
        person_id,
        name: Some(facts.name.clone()),
        email: Some(facts.email.clone()),
        phone: facts.phone.clone(),
    }))
}

/// The expert with what was told of them, for the parties alone.
fn expert(
    session: &mut Session<'_>,
    caller: &Caller,
    subject: &Subject,
    assignment: &Assignment,
) -> Result<Option<PartyContact>> {
    if !caller.may(Action::EditAgreement, subject) {
        return Ok(None);
    }
    let Some(told) = disclosures::of(session, assignment.id)? else { return Ok(None) };
    let details = disclosures::details(session, told.thing.id)?;
    Ok(Some(PartyContact {
        person_id: assignment.person,
        name: details.name,
        email: details.email,
        phone: details.phone,
    }))
}
