//! What an order looks like from outside.

use domain::{
    localized::Localized,
    node::NodeId,
    order::{
        Approval, CallerContact, Clarification, Intake, Order, OrderForm, OrderId, State, Times,
        UnansweredQuestion, WORKFLOW,
    },
    person::PersonId,
    policy::{Action, Subject},
};
use persistence::{Session, assignments, nodes, offers};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    actions::ActionView,
    call::Caller,
    problem::{Problem, Result},
};

/// An order
#[derive(Serialize, ToSchema)]
pub(super) struct OrderView {
    /// Its identifier.
    id: OrderId,
    /// The unit that orders.
    node_id: NodeId,
    /// The name of the unit.
    unit: Localized,
    /// The organisation that it was handed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    handler_id: Option<NodeId>,
    /// The liaison or broker who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    liaison_id: Option<PersonId>,
    /// The contact person of the unit.
    orderer_id: PersonId,
    /// Who wrote it down.
    entered_by_id: PersonId,
    /// How it came in.
    intake: Intake,
    /// Who called, if somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    caller: Option<CallerContact>,
    /// What it asks for.
    form: OrderForm,
    /// Whether it needs an approval before it is brokered.
    approval: Approval,
    /// How many experts have accepted.
    #[schema(example = 0, minimum = 0, maximum = 50)]
    accepted: u32,
    /// The questions about it that have been answered.
    #[schema(max_items = 1000)]
    clarifications: Vec<Clarification>,
    /// The questions that nobody had answered when it was filled or came to its end.
    #[schema(max_items = 1000)]
    unanswered: Vec<UnansweredQuestion>,
    /// When what happened to it.
    times: Times,
    /// Where it stands.
    state: State,
    /// How many experts have been asked, for those who broker. The orderer is never told who declined, nor how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    asked: Option<OfferCounts>,
    /// What can be done with it.
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

/// How many offers of an order are in which state
#[derive(Default, Serialize, ToSchema)]
struct OfferCounts {
    /// Waiting for their turn.
    #[schema(example = 0, minimum = 0)]
    waiting: u32,
    /// Sent and not answered.
    #[schema(example = 2, minimum = 0)]
    sent: u32,
    /// Accepted.
    #[schema(example = 1, minimum = 0)]
    accepted: u32,
    /// Declined, expired, withdrawn or superseded.
    #[schema(example = 0, minimum = 0)]
    over: u32,
}

/// The view of an order for the caller.
pub(super) fn show(
    session: &mut Session<'_>,
    caller: &Caller,
    order: Order,
    subject: &Subject,
) -> Result<OrderView> {
    let asked = caller.may(Action::BrokerOrder, subject);
    let asked = asked.then(|| count(session, order.id)).transpose()?;
    let actions = actions(session, caller, &order, subject)?;
    Ok(OrderView {
        id: order.id,
        node_id: order.node,
        unit: nodes::name(session, order.node)?,
        handler_id: order.handler,
        liaison_id: order.liaison,
        orderer_id: order.orderer,
        entered_by_id: order.entered_by,
        intake: order.intake,
        caller: order.caller,
        form: order.form,
        approval: order.approval,
        accepted: order.accepted,
        clarifications: order.clarifications,
        unanswered: order.unanswered,
        times: order.times,
        asked,
        actions,
        state: order.state,
    })
}

/// What the caller can do with the order: approving it only while it waits for that, and nobody their own. While it waits, it
/// is the turn of those who approve. It is submitted until the last day of its unit, and closed once no task of it is still to be
/// done.
fn actions(
    session: &mut Session<'_>,
    caller: &Caller,
    order: &Order,
    subject: &Subject,
) -> Result<Vec<ActionView>> {
    let mut actions = caller.actions(&WORKFLOW, order.state.name(), subject);
    let mut refuse = |names: &[&str], code| {
        ActionView::refuse(&mut actions, names, code, caller.meta.language);
    };
    let approving = ["approve", "send-back"];
    match order.approval.wanted() {
        None => refuse(&approving, "not_now"),
        Some(from) => {
            refuse(&["take"], "not_approved");
            if !caller.may(from.action(), subject) {
                refuse(&approving, "not_yours");
            }
            if caller.person().is_some_and(|person| order.is_made_by(person)) {
                refuse(&approving, "own_order");
            }
            let waiting = ["take", "approve", "send-back"];
            ActionView::await_those_who(&mut actions, &waiting, from.action());
        }
    }
    if order.accepted > 0 {
        ActionView::refuse(&mut actions, &["cancel"], "already_accepted", caller.meta.language);
    }
    let submits = actions.iter().any(|view| view.is_allowed() && view.name() == "submit");
    if submits && nodes::find(session, order.node)?.works_on(caller.now.day()).is_err() {
        ActionView::refuse(&mut actions, &["submit"], "node_ended", caller.meta.language);
    }
    let closes = actions.iter().any(|view| view.is_allowed() && view.name() == "close");
    if closes && assignments::ahead(session, order.id)? > 0 {
        ActionView::refuse(&mut actions, &["close"], "tasks_ahead", caller.meta.language);
    }
    Ok(actions)
}

fn count(session: &mut Session<'_>, order: OrderId) -> Result<OfferCounts> {
    let mut counts = OfferCounts::default();
    for (state, number) in offers::count_by_state(session, order)? {
        let count = match state.as_str() {
            "waiting" => &mut counts.waiting,
            "sent" => &mut counts.sent,
            "accepted" => &mut counts.accepted,
            _ => &mut counts.over,
        };
        *count += u32::try_from(number).map_err(Problem::internal)?;
    }
    Ok(counts)
}
