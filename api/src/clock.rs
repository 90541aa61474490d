//! The only clock. Tests and sandboxes can move it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{TimeDelta, Utc};
use domain::time::Moment;
use uuid::Uuid;

/// What tells the time to everything that this process does.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The present moment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Moment {
        (Utc::now() + TimeDelta::seconds(self.ahead.load(Ordering::Relaxed))).into()
    }

    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        self.ahead.fetch_add(by.num_seconds(), Ordering::Relaxed);
    }
}

/// A new identifier. Identifiers grow with time, which is the order of listings.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes identifiers")]
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}
