//! The only clock. Tests and sandboxes can move it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::time::Moment;
use uuid::Uuid;

/// Longer than any clock is moved back, in seconds.
const LONG: i64 = 1 << 40;

/// What tells the time to everything that this process does.
#[derive(Clone, Debug)]
pub struct Clock {
    began: Instant,
    stopped: Option<DateTime<Utc>>,
    ahead: Arc<AtomicI64>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { began: Instant::now(), stopped: None, ahead: Arc::default() }
    }
}

impl Clock {
    /// A clock that shows `moment` now, and goes on from there.
    pub fn at(moment: Moment) -> Self {
        let clock = Self::default();
        clock.advance(DateTime::from(moment) - DateTime::from(clock.now()));
        clock
    }

    /// A clock that shows `moment` until it is moved: what tests say of times must not depend on how fast they run.
    pub fn stopped_at(moment: Moment) -> Self {
        Self { stopped: Some(moment.into()), ..Self::default() }
    }

    /// The present moment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Moment {
        (self.stopped.unwrap_or_else(Utc::now)
            + TimeDelta::seconds(self.ahead.load(Ordering::Relaxed)))
        .into()
    }

    /// How long it has been since some moment long ago: never backwards, whatever happens to the time of day.
    pub(crate) fn uptime(&self) -> Duration {
        let moved = LONG.saturating_add(self.ahead.load(Ordering::Relaxed));
        self.began.elapsed() + Duration::from_secs(moved.unsigned_abs())
    }

    /// How far the clock has been moved on.
    pub(crate) fn ahead(&self) -> TimeDelta {
        TimeDelta::seconds(self.ahead.load(Ordering::Relaxed))
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
