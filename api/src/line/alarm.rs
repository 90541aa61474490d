//! Something that is waited for, and not for ever.

use std::{pin::Pin, task::Context, time::Duration};

use tokio::time::{Instant, Sleep, sleep};

/// An alarm that is set when it is first looked at.
#[derive(Default)]
pub(super) struct Alarm {
    sleep: Option<Pin<Box<Sleep>>>,
    is_set: bool,
}

impl Alarm {
    /// Whether `after` has passed since this was first asked. If not, the task is woken when it has.
    pub(super) fn is_up(&mut self, context: &mut Context<'_>, after: Duration) -> bool {
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep(after)));
        if !self.is_set {
            self.is_set = true;
            sleep.as_mut().reset(Instant::now() + after);
        }
        sleep.as_mut().poll(context).is_ready()
    }

    /// What was waited for has come.
    pub(super) fn stop(&mut self) {
        self.is_set = false;
    }
}
