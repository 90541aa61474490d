//! What every handler has at hand, and the transaction that each runs in.

use std::{
    thread,
    time::{Duration, Instant},
};

use actix_web::web;
use chrono::TimeDelta;
use domain::{policy::Actor, time::Moment};
use persistence::{Database, Session, idempotency, revoked_tokens, sign_in};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use crate::{
    answer::Answer,
    audit::{self, Told},
    call::{Call, Caller, key_space},
    clock::Clock,
    deprecations::Deprecation,
    front_end::FrontEnd,
    gate::Gate,
    grounds::Grounds,
    issuers::Issuers,
    limits::Limits,
    mail::Mailer,
    meta::{self, Meta, Visit},
    metrics::Metrics,
    problem::{Problem, Result},
    secret::{Pepper, sha256},
    security::Security,
    stopping::Stopping,
    tokens::Tokens,
};

/// How often work is begun again when others were faster.
const ATTEMPTS: u32 = 12;

/// How long a busy database is asked again.
const LUCK: Duration = Duration::from_millis(250);

/// What every handler has at hand.
#[derive(Clone, Debug)]
pub struct App {
    /// The product's memory.
    pub database: Database,
    /// What tells the time.
    pub clock: Clock,
    /// What signs and verifies access tokens.
    pub tokens: Tokens,
    /// What signs cursors and blinds digests.
    pub pepper: Pepper,
    /// Whom to tell of a weakness.
    pub security: Security,
    /// What sends e-mail.
    pub mailer: Mailer,
    /// Where links in mail lead, if people have a service of their own to use.
    pub front_end: Option<FrontEnd>,
    /// Who may ask the database, and how many may wait.
    pub gate: Gate,
    /// Whose tokens are accepted besides our own.
    pub issuers: Issuers,
    /// How much each caller may ask for.
    pub limits: Limits,
    /// The figures of this process.
    pub metrics: Metrics,
    /// What this process calls itself among the nodes of the installation.
    pub node: Uuid,
    /// Whether this process is about to stop.
    pub stopping: Stopping,
    /// How long the body of a request may take to come.
    pub body_time: Duration,
    /// How long it is kept who did what; for good, if nothing is said.
    pub audit_kept: Option<TimeDelta>,
    /// How long a file is kept that nobody attaches to anything.
    pub uploads_kept: TimeDelta,
    /// The operations that are on their way out: those of the table, unless a test has others.
    pub deprecations: &'static [Deprecation],
}

impl App {
    /// Runs `work`, which only reads, off the event loop, in one transaction.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        call: Call,
        work: impl Fn(&mut Session<'_>, &Caller) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.look(call, move |session, caller| caller.meta.settle(work(session, caller))).await
    }

    /// The same, whatever words of the body are wrong. A caller whose arrival is news is put on record first, in a transaction
    /// of its own, whether or not they are let do what they ask for.
    async fn look<T: Send + 'static>(
        &self,
        call: Call,
        work: impl Fn(&mut Session<'_>, &Caller) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let app = self.clone();
        run(self.gate.enter().await?, move || {
            let now = app.clock.now();
            loop {
                let found = app.database.read(|session| known(session, &call, now, &work))?;
                if let Some(found) = found {
                    return Ok(found);
                }
                persevere(|| app.database.write(|session| call.arrive(session, now)))?;
            }
        })
        .await
    }

    /// Like [`Self::read`], for `work` that finds one thing and little beside it. Where the database is a file, that takes
    /// less time than to hand it to another thread and the answer back, so it is done at once.
    pub(crate) async fn find<T: Send + 'static>(
        &self,
        call: Call,
        work: impl Fn(&mut Session<'_>, &Caller) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let now = self.clock.now();
        let settled =
            |session: &mut Session<'_>, caller: &Caller| caller.meta.settle(work(session, caller));
        let found = self.database.glance(|session| known(session, &call, now, settled));
        match found.transpose()?.flatten() {
            Some(found) => Ok(found),
            None => self.read(call, work).await,
        }
    }

    /// Runs `work`, which may write, off the event loop, in one transaction. If others were faster, it is begun again
    /// from what they left.
    pub(crate) async fn write(
        &self,
        call: Call,
        work: impl Fn(&mut Session<'_>, &Caller, Moment) -> Result<Answer> + Send + 'static,
    ) -> Result<Answer> {
        let guest = if call.is_of_guest() {
            // What is refused is undone, and their arrival must not be.
            Some(self.look(call.clone(), |_, caller| caller.human()).await?)
        } else {
            None
        };
        let (meta, space) = (call.meta.clone(), key_space(&call.bearer, guest));
        let calling = call.clone();
        let admit = move |session: &mut Session<'_>, now| {
            let caller = calling.caller(session, now)?;
            // Whom a token names may have become somebody else this moment.
            let same = guest.is_none_or(|person| caller.person() == Some(person));
            if same { Ok(caller) } else { Err(Problem::Unauthenticated) }
        };
        let trusted = |caller: &Caller| Some(Actor::clone(caller));
        self.change(&meta, &space, admit, trusted, move |session, caller, now| {
            let answer = to_version(session, &call.meta, |session| work(session, &caller, now))?;
            audit::record(session, &call.meta, Some(&caller), &answer, now)?;
            Ok(answer)
        })
        .await
    }

    /// Like [`Self::read`], for a request that needs no signing in.
    pub(crate) async fn read_open(
        &self,
        work: impl Fn(&mut Session<'_>, Moment) -> Result<Answer> + Send + 'static,
    ) -> Result<Answer> {
        let app = self.clone();
        run(self.gate.enter().await?, move || {
            let now = app.clock.now();
            app.database.read(|session| work(session, now))
        })
        .await
    }

    /// Like [`Self::write`], for a request that needs no signing in.
    pub(crate) async fn write_open(
        &self,
        visit: Visit,
        work: impl Fn(&mut Session<'_>, Moment) -> Result<Answer> + Send + 'static,
    ) -> Result<Answer> {
        self.write_shown(visit, |_, _| Ok(()), work).await
    }

    /// The same for whoever shows something that lets them, which `admit` looks at, also before an answer is given again.
    pub(crate) async fn write_shown(
        &self,
        visit: Visit,
        admit: impl Fn(&mut Session<'_>, Moment) -> Result<()> + Send + 'static,
        work: impl Fn(&mut Session<'_>, Moment) -> Result<Answer> + Send + 'static,
    ) -> Result<Answer> {
        let alone = move |session: &mut Session<'_>, (), now| Ok((work(session, now)?, None));
        self.write_as(visit, String::new(), admit, alone).await
    }

    /// The same for a visitor who shows credentials: `who` are theirs, and `admit` says whose they are. An idempotency key is good
    /// for nobody with other ones, who would get the answer that was meant for them. `work` says who has done something that
    /// stays on record.
    pub(crate) async fn write_as<A>(
        &self,
        visit: Visit,
        who: String,
        admit: impl Fn(&mut Session<'_>, Moment) -> Result<A> + Send + 'static,
        work: impl Fn(&mut Session<'_>, A, Moment) -> Result<(Answer, Option<Caller>)> + Send + 'static,
    ) -> Result<Answer> {
        let meta = visit.0.clone();
        self.change(
            &meta,
            &who,
            admit,
            |_| None,
            move |session, admitted, now| {
                let done = to_version(session, &visit.0, |session| work(session, admitted, now));
                let (answer, caller) = done?;
                audit::record(session, &visit.0, caller.as_ref(), &answer, now)?;
                Ok(answer)
            },
        )
        .await
    }

    /// One change with its idempotency key, in one transaction. Whoever is not admitted any more is not told what was answered
    /// before, and neither is whoever is `trusted` with less than then.
    async fn change<A>(
        &self,
        meta: &Meta,
        space: &str,
        admit: impl Fn(&mut Session<'_>, Moment) -> Result<A> + Send + 'static,
        trusted: impl Fn(&A) -> Option<Actor> + Send + 'static,
        work: impl Fn(&mut Session<'_>, A, Moment) -> Result<Answer> + Send + 'static,
    ) -> Result<Answer> {
        let key = meta.key()?.map(|key| self.reserved(meta, space, key));
        let (clock, language) = (self.clock.clone(), meta.language);
        let work = move |session: &mut Session<'_>| {
            let now = clock.now();
            let admitted = admit(session, now)?;
            match &key {
                None => work(session, admitted, now),
                Some((key, request)) => {
                    let trusted = trusted(&admitted);
                    let work = |session: &mut Session<'_>| work(session, admitted, now);
                    once(session, key, request, trusted, now, |session| {
                        Ok(work(session)?.in_language(language))
                    })
                }
            }
        };
        self.commit(work).await
    }

    /// The answer, once it is on record whom it is given to, and of what it tells. What it says was found where nobody waits for
    /// another; only the record takes its turn among those who write.
    pub(crate) async fn tell(&self, told: Told) -> Result<Answer> {
        let Told { answer, looks } = told;
        if !looks.is_empty() {
            let write = move |session: &mut Session<'_>| {
                looks.iter().try_for_each(|look| audit::write(session, look))?;
                Ok(Answer::nothing())
            };
            self.commit(write).await?;
        }
        Ok(answer)
    }

    /// Does `work` in one transaction that writes: on the one thread that does, or on any where all can.
    async fn commit(
        &self,
        work: impl Fn(&mut Session<'_>) -> Result<Answer> + Send + 'static,
    ) -> Result<Answer> {
        if self.database.has_one_writer() {
            let permit = self.gate.take_turn().await?;
            return self.gate.writer.run(&self.database, permit, work).await;
        }
        let database = self.database.clone();
        run(self.gate.enter().await?, move || persevere(|| database.write(&work))).await
    }

    /// What an idempotency key and its request are kept under. Both are digests that nobody with a copy of the database can
    /// compare with a guess: a request may hold a one-time code, or an identity code.
    fn reserved(&self, meta: &Meta, space: &str, key: &str) -> (String, String) {
        let path = meta::same_path(&meta.path);
        let key = self.pepper.digest(&["key", space, meta.method.as_str(), &path, key]);
        let request = sha256(&[meta.query.as_bytes(), b"\n", &meta.body].concat());
        let request = self.pepper.digest(&["request", &key, &request]);
        (key, request)
    }
}

/// Begins `work` again while others are faster.
pub(crate) fn persevere<T>(work: impl Fn() -> Result<T>) -> Result<T> {
    let (began, mut attempt) = (Instant::now(), 0);
    loop {
        let result = work();
        attempt += 1;
        // Who was refused at once may be luckier now; who has waited long for another writer has waited enough.
        let again = match &result {
            Err(Problem::Stale) => attempt < ATTEMPTS,
            Err(Problem::Overloaded) => attempt < ATTEMPTS && began.elapsed() < LUCK,
            _ => false,
        };
        if !again {
            return result;
        }
        // Whoever was faster is done; the wait only keeps many from running in step.
        thread::sleep(Duration::from_millis(u64::from(attempt)));
    }
}

/// Runs `work` off the event loop. Whoever waits for the permit can go on as soon as it is done, before anybody is told.
async fn run<T: Send + 'static>(
    permit: OwnedSemaphorePermit,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let work = move || {
        let result = work();
        drop(permit);
        result
    };
    web::block(work).await.map_err(Problem::internal)?
}

/// What `work` has for the caller, once it is known who that is. Nothing if their arrival has to be put on record first.
fn known<T>(
    session: &mut Session<'_>,
    call: &Call,
    now: Moment,
    work: impl Fn(&mut Session<'_>, &Caller) -> Result<T>,
) -> Result<Option<T>> {
    let caller = call.caller(session, now)?;
    if caller.arriving {
        return Ok(None);
    }
    work(session, &caller).map(Some)
}

/// Does `work` for what `meta` asks: to the version that it names, or not at all. Where it names one of nothing that was found,
/// that is another one.
fn to_version<T>(
    session: &mut Session<'_>,
    meta: &Meta,
    work: impl FnOnce(&mut Session<'_>) -> Result<T>,
) -> Result<T> {
    if !meta.acts_on_version() {
        return meta.settle(work(session));
    }
    meta.thing().into_iter().for_each(|thing| session.watch(thing));
    let result = meta.settle(work(session));
    meta.held(session.watched(), result)
}

/// Does `work` unless its answer is known already. An answer with tokens is given again while they are new and good; afterwards,
/// whoever sends the request again is answered as without a key. Whoever was `trusted` with more when it was first given is
/// told that it was done, and nothing else of it; and so is everybody once what it rests on has been taken back.
fn once(
    session: &mut Session<'_>,
    key: &str,
    fingerprint: &str,
    trusted: Option<Actor>,
    now: Moment,
    work: impl FnOnce(&mut Session<'_>) -> Result<Answer>,
) -> Result<Answer> {
    let known =
        idempotency::reserve(session, key, fingerprint, now).map_err(|error| match error {
            // Another request with the key ended meanwhile: the next attempt finds its answer.
            persistence::Error::Exists => Problem::Stale,
            error => error.into(),
        })?;
    match known {
        idempotency::Known::Other => Err(Problem::KeyReused),
        idempotency::Known::Answer(bytes) => {
            let answer: Answer = serde_json::from_slice(&bytes).map_err(Problem::internal)?;
            let shown = answer.may_be_shown_to(trusted.as_ref());
            if !shown || !answer.grounds().still_hold(session)? {
                let place = answer.find("location").map(str::to_owned);
                return Err(Problem::AlreadyDone { place });
            }
            let holds = match (answer.session(), answer.token()) {
                (Some((_, until)), _) | (_, Some((_, until))) if until <= now => false,
                (Some((id, _)), _) => sign_in::goes_on(session, id, now)?,
                (None, Some((id, _))) => !revoked_tokens::holds(session, id)?,
                (None, None) => !answer.tells_tokens(),
            };
            if holds { Ok(answer.replayed()) } else { first(session, key, trusted, work) }
        }
        idempotency::Known::Nothing => first(session, key, trusted, work),
    }
}

/// Does `work` and keeps its answer for the key, unless it was refused: that leaves no key behind.
fn first(
    session: &mut Session<'_>,
    key: &str,
    trusted: Option<Actor>,
    work: impl FnOnce(&mut Session<'_>) -> Result<Answer>,
) -> Result<Answer> {
    session.note_grounds();
    let answer = work(session)?.given_to(trusted);
    let grounds = session.grounds();
    if answer.is_refused() {
        idempotency::release(session, key)?;
        return Ok(answer);
    }
    let answer = answer.resting_on(Grounds::now(session, grounds)?);
    let bytes = serde_json::to_vec(&answer).map_err(Problem::internal)?;
    idempotency::keep(session, key, &bytes)?;
    Ok(answer)
}
