//! Several machines in one step: what an order, its offers and all that hangs on them become together.
//!
//! **Invariant:** whatever changes who is asked or who has accepted saves the order first. Its version is the lock of the
//! order: of two that run at the same time, one begins again from what the other left (`process.md`, invariant 1). Orders, where
//! there are several, are taken in the order of their identifiers, and assignments after them, and agreements last: two that want
//! the same things do not wait for each other.

mod describe;
mod end;
mod expire;
mod fill;
mod follow;
mod reassign;
mod release;
mod tell;
mod unanswered;

pub(crate) use self::{
    describe::{describe, redescribe},
    end::{end_work, take_support_along, theirs},
    expire::{remind as remind_of_offers, sweep},
    fill::{assignment_cancelled, settle, step_back, take_back},
    follow::follow,
    reassign::{brokers_at, pass_on, reassign},
    release::release,
    tell::{
        at_unit, brokers, nearest_holders, orderers, orderers_of_task, tell, tell_approvers,
        tell_brokers, tell_expert, tell_of_offer, tell_orderers, tell_orderers_of_task,
        tell_supporters,
    },
};
