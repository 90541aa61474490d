//! How an assignment comes to be.

use chrono::TimeDelta;

use super::{Assignment, AssignmentId, HandedOver, State};
use crate::{offer::Offer, order::Order, time::Moment};

impl Assignment {
    /// The assignment that an accepted `offer` of `order` leads to.
    pub fn prepare(id: AssignmentId, order: &Order, offer: &Offer, at: Moment) -> Self {
        let task = &order.form.task;
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
            contact_due: at.plus(TimeDelta::days(Self::CONTACT_DAYS)).day(),
            contacts: Vec::new(),
            reminded: None,
            handed_over: HandedOver::default(),
            delivery_waiver: None,
            visit: None,
            oral_feedback: None,
        }
    }
}
