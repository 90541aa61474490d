//! How an assignment comes to be.

use super::{Assignment, AssignmentId, HandedOver, Reminders, State};
use crate::{
    offer::Offer,
    order::Order,
    settings::Settings,
    time::{Day, Moment},
};

/// The last day on which the unit should contact the expert who accepted `at`: so many days later, and before the day of the
/// task, unless that is the same day.
pub(super) fn contact_due(at: Moment, days: u32, starts: Option<Moment>) -> Day {
    let due = at.day().later(days);
    starts.map_or(due, |starts| due.min(starts.day().earlier(1)).max(at.day()))
}

impl Assignment {
    /// The assignment that an accepted `offer` of `order` leads to, in a unit with these `settings`.
    pub fn prepare(
        id: AssignmentId,
        order: &Order,
        offer: &Offer,
        settings: &Settings,
        at: Moment,
    ) -> Self {
        let task = &order.form.task;
        let contact_days = settings.contact_days.unwrap_or(Self::CONTACT_DAYS);
        let span = task.when.as_ref().and_then(|when| when.span(task.length));
        Self {
            id,
            order: order.id,
            offer: offer.id,
            expert: offer.expert,
            person: offer.person,
            node: order.node,
            handler: order.handler,
            orderer: order.orderer,
            title: task.title.clone(),
            task_type: task.task_type.clone().unwrap_or_default(),
            starts: span.map(|(starts, _)| starts),
            ends: span.map(|(_, ends)| ends),
            created: at,
            state: State::Preparing,
            contact_due: contact_due(at, contact_days, span.map(|(starts, _)| starts)),
            contacts: Vec::new(),
            reminded: None,
            reminders: Reminders::of(settings),
            handed_over: HandedOver::default(),
            delivery_waiver: None,
            introduction: None,
            visit: None,
            oral_feedback: None,
        }
    }
}
