//! What Prometheus reads: how much is asked, how long it takes, and what waits.
//!
//! **Invariant:** labels come from lists of ours: routes as patterns, never paths; nothing in them is about anybody.

mod server;

use std::{fs, sync::Arc, time::Duration};

use domain::time::Moment;
use persistence::outbox::Waiting;
use prometheus::{
    Gauge, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry,
    TextEncoder, core::Collector,
};

pub use self::server::serve;
use crate::App;

/// Bounds between which the times of requests are counted, in seconds.
const BOUNDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// What is sent by e-mail.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Post {
    /// A code to sign in with, or to prove an address by.
    Code,
    /// A message to an address.
    Mail,
    /// A notice to a person.
    Notice,
}

/// What came of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// The mail server did not take it, and might take it later.
    Failed,
    /// The mail server does not take this one.
    Refused,
    /// The mail server took it.
    Sent,
    /// Too many waited for the mail server.
    TurnedAway,
}

impl Post {
    const ALL: [Self; 3] = [Self::Code, Self::Mail, Self::Notice];

    fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Mail => "mail",
            Self::Notice => "notice",
        }
    }
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Failed, Self::Refused, Self::Sent, Self::TurnedAway];

    fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Sent => "sent",
            Self::TurnedAway => "turned_away",
        }
    }
}

/// The figures of one process.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Figures>);

#[derive(Debug)]
struct Figures {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    in_progress: IntGauge,
    limited: IntCounterVec,
    connections: GaugeVec,
    waiting: IntGauge,
    outbox: IntGauge,
    outbox_age: Gauge,
    outbox_aside: IntGauge,
    posted: IntCounterVec,
    jobs: IntCounterVec,
    job_seconds: HistogramVec,
    job_success: GaugeVec,
    memory: IntGauge,
    started: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let registry = Registry::new();
        let figures = Figures {
            requests: counters(
                "http_requests_total",
                "Requests answered, and with the status 499 those that ended before they were.",
                &["method", "route", "status"],
            ),
            seconds: histograms(
                "http_request_duration_seconds",
                "How long requests took.",
                &["method", "route"],
            ),
            in_progress: number("http_requests_in_progress", "Requests being handled."),
            limited: counters(
                "http_requests_limited_total",
                "Requests beyond a quota.",
                &["policy"],
            ),
            connections: gauges(
                "database_connections",
                "Connections to the database: in_use, idle, and most, how many there may be.",
                &["state"],
            ),
            waiting: number("database_queue_waiting", "Requests that wait for the database."),
            outbox: number("outbox_due", "Messages that should have been sent by now."),
            outbox_age: known(Gauge::with_opts(named(
                "outbox_oldest_seconds",
                "How long ago the oldest of them was written.",
            ))),
            outbox_aside: number(
                "outbox_set_aside",
                "Messages that wait to be put right: their address is refused, or nobody can read them.",
            ),
            posted: counters(
                "mail_sends_total",
                "Tries to send a message: sent, failed, refused for itself, or turned_away unsent.",
                &["kind", "outcome"],
            ),
            jobs: counters(
                "job_runs_total",
                "Runs of background jobs: done or failed.",
                &["name", "outcome"],
            ),
            job_seconds: histograms("job_duration_seconds", "How long jobs took.", &["name"]),
            job_success: gauges(
                "job_last_success_timestamp_seconds",
                "When a job was last done, or could first have been, in Unix time.",
                &["name"],
            ),
            memory: number("process_resident_memory_bytes", "Resident memory of the process."),
            started: known(Gauge::with_opts(named(
                "process_start_time_seconds",
                "When the process began to serve, in Unix time.",
            ))),
            registry,
        };
        figures.register();
        // What is not there before it happens for the first time looks as if it had never been less.
        for (post, outcome) in
            Post::ALL.into_iter().flat_map(|one| Outcome::ALL.map(|of| (one, of)))
        {
            figures.posted.with_label_values(&[post.name(), outcome.name()]);
        }
        Self(Arc::new(figures))
    }
}

impl Figures {
    fn register(&self) {
        let build = gauges("build_info", "The version that runs.", &["version"]);
        build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1.0);
        let all: [Box<dyn Collector>; 16] = [
            Box::new(build),
            Box::new(self.requests.clone()),
            Box::new(self.seconds.clone()),
            Box::new(self.in_progress.clone()),
            Box::new(self.limited.clone()),
            Box::new(self.connections.clone()),
            Box::new(self.waiting.clone()),
            Box::new(self.outbox.clone()),
            Box::new(self.outbox_age.clone()),
            Box::new(self.outbox_aside.clone()),
            Box::new(self.posted.clone()),
            Box::new(self.jobs.clone()),
            Box::new(self.job_seconds.clone()),
            Box::new(self.job_success.clone()),
            Box::new(self.memory.clone()),
            Box::new(self.started.clone()),
        ];
        for one in all {
            self.registry.register(one).expect("no two have one name");
        }
    }
}

impl Metrics {
    /// A request has come.
    pub(crate) fn begin(&self) {
        self.0.in_progress.inc();
    }

    /// It has been answered, or will not be any more.
    pub(crate) fn end(
        &self,
        method: &'static str,
        route: Option<&str>,
        status: u16,
        took: Duration,
    ) {
        let (route, status) = (route.unwrap_or("none"), status.to_string());
        self.0.in_progress.dec();
        self.0.requests.with_label_values(&[method, route, &status]).inc();
        self.0.seconds.with_label_values(&[method, route]).observe(took.as_secs_f64());
    }

    /// A request was beyond these policies.
    pub(crate) fn limited(&self, policies: &[&'static str]) {
        for policy in policies {
            self.0.limited.with_label_values(&[policy]).inc();
        }
    }

    /// From `now` on, the process serves, and these jobs can be done.
    pub(crate) fn expect<'a>(&self, jobs: impl IntoIterator<Item = &'a str>, now: Moment) {
        #[expect(clippy::cast_precision_loss, reason = "seconds fit exactly until far beyond")]
        self.0.started.set(now.timestamp() as f64);
        for job in jobs {
            for outcome in ["done", "failed"] {
                self.0.jobs.with_label_values(&[job, outcome]);
            }
            self.done(job, now);
        }
    }

    fn done(&self, job: &str, now: Moment) {
        #[expect(clippy::cast_precision_loss, reason = "seconds fit exactly until far beyond")]
        self.0.job_success.with_label_values(&[job]).set(now.timestamp() as f64);
    }

    /// A job has run.
    pub(crate) fn ran(&self, job: &str, done: bool, took: Duration, now: Moment) {
        let outcome = if done { "done" } else { "failed" };
        self.0.jobs.with_label_values(&[job, outcome]).inc();
        self.0.job_seconds.with_label_values(&[job]).observe(took.as_secs_f64());
        if done {
            self.done(job, now);
        }
    }

    /// A message was sent, or was not.
    pub(crate) fn posted(&self, post: Post, outcome: Outcome) {
        self.0.posted.with_label_values(&[post.name(), outcome.name()]).inc();
    }

    /// What waits to be sent.
    pub(crate) fn outbox(&self, waiting: &Waiting, now: Moment) {
        let oldest = waiting.oldest.map_or(0, |at| now.since(at).num_seconds());
        self.0.outbox.set(waiting.count);
        self.0.outbox_aside.set(waiting.set_aside);
        #[expect(clippy::cast_precision_loss, reason = "seconds fit exactly until far beyond")]
        self.0.outbox_age.set(oldest.max(0) as f64);
    }

    /// Everything, in the text format of Prometheus.
    pub fn text(&self, app: &App) -> String {
        let pool = app.database.connections();
        for (state, count) in [
            ("in_use", pool.open.saturating_sub(pool.idle)),
            ("idle", pool.idle),
            ("most", pool.most),
        ] {
            self.0.connections.with_label_values(&[state]).set(count.into());
        }
        self.0.waiting.set(i64::try_from(app.gate.waiting()).unwrap_or(i64::MAX));
        self.0.memory.set(resident().unwrap_or(0));
        TextEncoder::new().encode_to_string(&self.0.registry.gather()).unwrap_or_default()
    }
}

/// The resident memory of this process in bytes, where the system tells it.
fn resident() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<i64>().ok().map(|kilobytes| kilobytes * 1024)
}

fn named(name: &str, help: &str) -> Opts {
    Opts::new(name, help).namespace("kokemusvayla")
}

fn counters(name: &str, help: &str, labels: &[&str]) -> IntCounterVec {
    known(IntCounterVec::new(named(name, help), labels))
}

fn gauges(name: &str, help: &str, labels: &[&str]) -> GaugeVec {
    known(GaugeVec::new(named(name, help), labels))
}

fn histograms(name: &str, help: &str, labels: &[&str]) -> HistogramVec {
    let options = HistogramOpts { common_opts: named(name, help), buckets: BOUNDS.to_vec() };
    known(HistogramVec::new(options, labels))
}

fn number(name: &str, help: &str) -> IntGauge {
    known(IntGauge::with_opts(named(name, help)))
}

fn known<T>(made: prometheus::Result<T>) -> T {
    made.expect("the names above are names of metrics")
}
