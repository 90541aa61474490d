//! What is done from time to time without anyone asking.
//!
//! **Invariant:** each job is safe to run on several nodes at once. That one of them has a lease only spares the others the
//! trouble.

use std::{
    fmt::Display,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Weak},
    thread,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use domain::{expert::ExpertId, time::Moment};
use persistence::{
    Page, Session, attachments, audit_events, experts, idempotency,
    leases::{self, Standing},
    mails, notices, revoked_tokens, sign_in, support_notes,
};

use crate::{
    App, audit, brokering, delivery,
    problem::{Problem, Result},
    reminders,
    tokens::Key,
};

/// How often it is looked whether a job is due.
const PERIOD: Duration = Duration::from_secs(5);

/// How long the answers to idempotency keys are kept. Published in the contract: at least seven days.
const KEYS_KEPT: TimeDelta = TimeDelta::days(8);

/// The lease of the node that does what one node is enough for.
const LEASE: &str = "jobs";

/// How long a node that says nothing more still has the lease, and from when on it says so anew.
const LEASE_TIME: TimeDelta = TimeDelta::seconds(30);
const LEASE_RENEWED: TimeDelta = TimeDelta::seconds(15);

/// A job.
struct Job {
    name: &'static str,
    run: fn(&App) -> Result<()>,
    every: Duration,
    whose: Whose,
}

/// Which nodes do a job.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Everyone,
    LeaseHolder,
}

/// Every job, in lanes: those in one lane wait for each other, and not for those in another, such as slow mail.
const LANES: &[&[Job]] = &[
    &[job("use_keys", use_keys, 5, Whose::Everyone), job("measure", measure, 5, Whose::Everyone)],
    &[job("send_notices", send_notices, 5, Whose::LeaseHolder)],
    &[
        job("remind_of_roles", remind, 60, Whose::LeaseHolder),
        job("expire_offers", brokering::sweep, 5, Whose::LeaseHolder),
        job("pass_on_orders", brokering::pass_on, 600, Whose::LeaseHolder),
        job("remind_of_contacts", reminders::remind, 60, Whose::LeaseHolder),
        job("remind_of_offers", brokering::remind_of_offers, 60, Whose::LeaseHolder),
        job("forget", forget, 600, Whose::LeaseHolder),
    ],
];

const fn job(name: &'static str, run: fn(&App) -> Result<()>, every: u64, whose: Whose) -> Job {
    Job { name, run, every: Duration::from_secs(every), whose }
}

/// Starts a thread for each lane, which runs its jobs as long as the server serves, which keeps `serving` alive.
pub(crate) fn start(app: &App, serving: &Arc<()>) {
    let jobs = LANES.iter().copied().flatten().map(|job| job.name);
    app.metrics.expect(jobs, app.clock.now());
    for lane in LANES {
        let (app, serving) = (app.clone(), Arc::downgrade(serving));
        thread::spawn(move || run_lane(&app, &serving, lane));
    }
}

fn run_lane(app: &App, serving: &Weak<()>, lane: &[Job]) {
    let mut ran: Vec<Option<Instant>> = vec![None; lane.len()];
    loop {
        thread::sleep(PERIOD);
        if serving.strong_count() == 0 {
            return;
        }
        for (job, ran) in lane.iter().zip(&mut ran) {
            let due = ran.is_none_or(|at| at.elapsed() + PERIOD / 2 > job.every);
            if !due {
                continue;
            }
            let began = Instant::now();
            match if job.whose == Whose::Everyone { Ok(true) } else { holds_lease(app) } {
                Ok(true) => {
                    *ran = Some(began);
                    app.run_job(job);
                }
                Ok(false) => {}
                // It is due as before, and nobody can tell whether another node does it.
                Err(error) => app.ended(job, began, Err(error.into())),
            }
        }
    }
}

impl App {
    /// Does at once what is done from time to time without anyone asking.
    pub fn run_jobs(&self) {
        LANES.iter().copied().flatten().for_each(|job| self.run_job(job));
    }

    fn run_job(&self, job: &Job) {
        let began = Instant::now();
        // A job that panics has undone what it had begun, and those after it in its lane have their turn all the same.
        let done = catch_unwind(AssertUnwindSafe(|| (job.run)(self)))
            .unwrap_or_else(|_| Err(Problem::Internal("it panicked".into())));
        self.ended(job, began, done);
    }

    /// Counts what came of a job, and says why it was not done.
    fn ended(&self, job: &Job, began: Instant, done: Result<()>) {
        self.metrics.ran(job.name, done.is_ok(), began.elapsed(), self.clock.now());
        if let Err(problem) = done {
            log::warn!("the job {} was not done: {problem}", job.name);
        }
    }
}

/// Does `work` for each of `things`. What fails for one of them is logged, and keeps no other from its turn; it is told in the
/// end, so that the job counts as failed. What others were faster with is done.
///
/// # Errors
///
/// The first that came, and [`Problem::Overloaded`] at once: where the database takes nothing, each of the others would only
/// wait for the same.
pub(crate) fn each<T: Copy + Display>(
    job: &str,
    things: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> Result<()>,
) -> Result<()> {
    let mut first = Ok(());
    for thing in things {
        match work(thing) {
            Ok(()) | Err(Problem::Stale) => {}
            Err(Problem::Overloaded) => return Err(Problem::Overloaded),
            Err(problem) => {
                log::warn!("the job {job} was not done for {thing}: {problem}");
                first = first.and(Err(problem));
            }
        }
    }
    first
}

/// Whether this node does what one node is enough for. It says so anew before its time is over.
fn holds_lease(app: &App) -> persistence::Result<bool> {
    let now = app.clock.now();
    let (soon, end) = (now.plus(LEASE_RENEWED), now.plus(LEASE_TIME));
    match app.database.read(|session| leases::standing(session, LEASE, app.node, now, soon))? {
        Standing::Held => Ok(true),
        Standing::Others => Ok(false),
        Standing::Free => {
            let take = |session: &mut Session<'_>| leases::take(session, LEASE, app.node, now, end);
            match app.database.write(take) {
                Ok(()) => Ok(true),
                // Another node was faster.
                Err(persistence::Error::Stale | persistence::Error::Exists) => Ok(false),
                Err(error) => Err(error),
            }
        }
    }
}

/// Lets another node do the jobs from now on, if this one has done them.
pub(crate) fn release(app: &App) {
    if let Err(error) = app.database.write(|session| leases::release(session, LEASE, app.node)) {
        log::warn!("the jobs rest until another node notices: {error}");
    }
}

/// Takes keys into use that another node or an administrator has made. If somebody has found meanwhile that nothing needs the data
/// key which seals here, they are told again that something does.
fn use_keys(app: &App) -> Result<()> {
    app.database.note_key()?;
    app.tokens.use_keys(Key::load(&app.database, app.clock.now())?);
    Ok(())
}

/// Measures what waits to be sent.
fn measure(app: &App) -> Result<()> {
    let now = app.clock.now();
    let waiting = app.database.read(|session| -> persistence::Result<_> {
        Ok(notices::waiting(session)?.and(mails::waiting(session)?))
    })?;
    app.metrics.outbox(&waiting, now);
    Ok(())
}

/// Tells those whose roles are about to run out.
fn remind(app: &App) -> Result<()> {
    delivery::remind(app)
}

/// Sends notices and other e-mail until none is due.
fn send_notices(app: &App) -> Result<()> {
    Ok(delivery::send_all_due(app)?)
}

/// Forgets what is not to be kept any longer: each kind by itself.
fn forget(app: &App) -> Result<()> {
    let now = app.clock.now();
    each("forget", ["keys", "experts", "files", "events"], |kind| match kind {
        "keys" => app.database.write(|session| forget_keys(session, now)),
        "experts" => forget_experts(app, now),
        "files" => {
            let unused = now.plus(-app.uploads_kept);
            while app.database.write(|session| forget_files(session, unused, now))? > 0 {}
            Ok(())
        }
        _ => {
            let Some(kept) = app.audit_kept else { return Ok(()) };
            let before = now.plus(-kept);
            while app.database.write(|session| forget_events(session, before, now))? > 0 {}
            Ok(())
        }
    })
}

/// Forgets the keys, codes and tokens that are of no use any more.
fn forget_keys(session: &mut Session<'_>, now: Moment) -> Result<()> {
    idempotency::forget(session, now.plus(-KEYS_KEPT))?;
    sign_in::forget(session, now.plus(-TimeDelta::days(1)))?;
    revoked_tokens::forget(session, now.plus(-TimeDelta::days(1)))?;
    Ok(())
}

/// How many experts are looked at together.
const EXPERTS: u16 = 200;

/// Forgets of those who have left the bank what was kept of those who left when less was forgotten, and the notes about them.
fn forget_experts(app: &App, now: Moment) -> Result<()> {
    let mut page = Page { after: None, limit: EXPERTS };
    loop {
        let (over, last) = app.database.read(|session| -> persistence::Result<_> {
            let found = experts::hidden(session, page)?;
            let more = found.len() > usize::from(EXPERTS);
            let here = found.into_iter().take(EXPERTS.into()).collect::<Vec<_>>();
            let last = here.last().filter(|_| more).map(|expert| expert.id);
            let mut over = Vec::new();
            for expert in here {
                let Some(left_at) = expert.left_at else { continue };
                let told = expert.thing.clone().forget_left() != expert.thing;
                if told || !support_notes::until(session, expert.thing.id, left_at)?.is_empty() {
                    over.push(expert.thing.id);
                }
            }
            Ok((over, last))
        })?;
        each("forget", over, |id| app.database.write(|session| forget_expert(session, id, now)))?;
        match last {
            Some(last) => page.after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Forgets what is left of an expert who has left the bank, and puts that on record.
fn forget_expert(session: &mut Session<'_>, id: ExpertId, now: Moment) -> Result<()> {
    let expert = experts::find(session, id)?;
    let Some(left_at) = expert.left_at else { return Ok(()) };
    for note in support_notes::until(session, id, left_at)? {
        support_notes::forget(session, note)?;
    }
    let left = expert.thing.clone().forget_left();
    if left != expert.thing {
        experts::save(session, &expert, left)?;
    }
    audit::record_job(session, "forget_experts", now)
}

/// Forgets some of the files that nobody has attached to anything since a moment, and puts that on record.
fn forget_files(session: &mut Session<'_>, since: Moment, now: Moment) -> Result<usize> {
    let forgotten = attachments::forget_loose(session, since)?;
    if forgotten > 0 {
        audit::record_job(session, "forget_files", now)?;
    }
    Ok(forgotten)
}

/// Forgets some of what was done before a moment, and puts that on record.
fn forget_events(session: &mut Session<'_>, before: Moment, now: Moment) -> Result<usize> {
    let forgotten = audit_events::forget(session, before)?;
    if forgotten > 0 {
        audit::record_job(session, "forget_audit_events", now)?;
    }
    Ok(forgotten)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn what_fails_for_one_keeps_no_other_from_its_turn_and_is_told_in_the_end() {
        let done = RefCell::new(Vec::new());
        let work = |number| match number {
            1 => Err(Problem::NotFound),
            2 => Err(Problem::Stale),
            3 => Err(Problem::Forbidden),
            9 => Err(Problem::Overloaded),
            number => {
                done.borrow_mut().push(number);
                Ok(())
            }
        };
        assert!(matches!(each("test", [0, 1, 2, 3, 4], work), Err(Problem::NotFound)));
        assert!(matches!(each("test", [5, 9, 6], work), Err(Problem::Overloaded)));
        assert!(each("test", [2, 7], work).is_ok());
        assert_eq!(*done.borrow(), [0, 4, 5, 7]);
    }
}
