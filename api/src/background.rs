//! What is done from time to time without anyone asking. Each job is safe to run on several nodes at once.

use std::{sync::Weak, thread, time::Duration};

use chrono::TimeDelta;
use persistence::{idempotency, sign_in};

use crate::{App, brokering, delivery, problem::Result, reminders, tokens::Key};

/// How often the jobs run.
const PERIOD: Duration = Duration::from_secs(5);

/// How long the answers to idempotency keys are kept. Published in the contract: at least seven days.
const KEYS_KEPT: TimeDelta = TimeDelta::days(8);

type Job = fn(&App) -> Result<()>;

/// Every job, by name.
const JOBS: &[(&str, Job)] = &[
    ("use new signing keys", use_keys),
    ("remind of roles that run out", remind),
    ("send notices", send_notices),
    ("forget what is over", forget),
    ("expire offers", brokering::sweep),
    ("remind of first contacts", reminders::remind),
];

/// Starts a thread that runs the jobs as long as the server serves, which keeps `serving` alive.
pub(crate) fn start(app: App, serving: Weak<()>) {
    let run = move || {
        loop {
            thread::sleep(PERIOD);
            if serving.strong_count() == 0 {
                return;
            }
            app.run_jobs();
        }
    };
    thread::spawn(run);
}

impl App {
    /// Does at once what is done from time to time without anyone asking.
    pub fn run_jobs(&self) {
        for (name, job) in JOBS {
            if let Err(problem) = job(self) {
                log::warn!("could not {name}: {problem}");
            }
        }
    }
}

/// Takes keys into use that another node or an administrator has made.
fn use_keys(app: &App) -> Result<()> {
    app.tokens.use_keys(Key::load(&app.database, app.clock.now())?);
    Ok(())
}

/// Tells those whose roles are about to run out.
fn remind(app: &App) -> Result<()> {
    Ok(delivery::remind(app)?)
}

/// Sends notices until none is due.
fn send_notices(app: &App) -> Result<()> {
    while delivery::send_due(app)? > 0 {}
    Ok(())
}

fn forget(app: &App) -> Result<()> {
    let now = app.clock.now();
    app.database.write(|session| {
        idempotency::forget(session, now.plus(-KEYS_KEPT))?;
        sign_in::forget(session, now.plus(-TimeDelta::days(1)))?;
        Ok(())
    })
}
