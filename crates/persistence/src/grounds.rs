//! What an answer rests on: the experts of whom it may tell something, and the orders by which others may know it.
//!
//! An answer that is kept, to be given again, tells what may have been taken back since. So the session notes which of these
//! things were found, added and saved while the answer was made; whoever keeps it looks at them again before giving it.

use std::{any::Any, collections::BTreeSet};

use domain::{
    agreement::Agreement,
    assignment::{Assignment, AssignmentId},
    disclosure::Disclosure,
    expert::{Expert, ExpertId},
    feedback::{Feedback, FeedbackId},
    message::Message,
    offer::Offer,
    order::{Order, OrderId},
    person::PersonId,
    support_note::SupportNote,
};
use serde::{Deserialize, Serialize};

/// A thing that an answer rests on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// What an expert lets others know of them.
    Expert(ExpertId),
    /// Who orders something, and who brokers it.
    Order(OrderId),
    /// The order and the expert of an assignment.
    Assignment(AssignmentId),
    /// How somebody is reached, by whom something is delivered to them.
    Person(PersonId),
    /// What may be quoted of feedback.
    Feedback(FeedbackId),
}

/// The grounds that are noted, if they are.
#[derive(Default)]
pub(crate) struct Noted(Option<BTreeSet<Ground>>);

impl Noted {
    /// Nothing so far, and all that is met from now on.
    pub(crate) fn begun() -> Self {
        Self(Some(BTreeSet::new()))
    }

    /// Notes what `thing` tells of.
    pub(crate) fn meet(&mut self, thing: &dyn Any) {
        let Some(noted) = &mut self.0 else { return };
        let mut expert = None;
        let mut order = None;
        if let Some(thing) = thing.downcast_ref::<Expert>() {
            expert = Some(thing.id);
        } else if let Some(thing) = thing.downcast_ref::<Order>() {
            order = Some(thing.id);
        } else if let Some(thing) = thing.downcast_ref::<Offer>() {
            (expert, order) = (Some(thing.expert), Some(thing.order));
        } else if let Some(thing) = thing.downcast_ref::<Assignment>() {
            (expert, order) = (Some(thing.expert), Some(thing.order));
        } else if let Some(thing) = thing.downcast_ref::<Disclosure>() {
            (expert, order) = (Some(thing.expert), Some(thing.order));
        } else if let Some(thing) = thing.downcast_ref::<Message>() {
            order = Some(thing.order);
        } else if let Some(thing) = thing.downcast_ref::<SupportNote>() {
            expert = Some(thing.expert);
        } else if let Some(thing) = thing.downcast_ref::<Agreement>() {
            noted.insert(Ground::Assignment(thing.assignment));
        } else if let Some(thing) = thing.downcast_ref::<Feedback>() {
            noted.insert(Ground::Feedback(thing.id));
        }
        noted.extend(expert.map(Ground::Expert));
        noted.extend(order.map(Ground::Order));
    }

    /// Notes what the answer tells although nothing that was met says so.
    pub(crate) fn note(&mut self, ground: Ground) {
        if let Some(noted) = &mut self.0 {
            noted.insert(ground);
        }
    }

    /// All that was noted.
    pub(crate) fn all(self) -> BTreeSet<Ground> {
        self.0.unwrap_or_default()
    }
}
