//! What Prometheus reads: how much is asked, how long it takes, and what waits.
//!
//! **Invariant:** labels come from lists of ours: routes as patterns, never paths; nothing in them is about anybody.

mod server;

use std::{fs, sync::Arc, time::Duration};

use domain::time::Moment;
use prometheus::{
    Gauge, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry,
    TextEncoder, core::Collector,
};

pub use self::server::serve;
use crate::App;

/// Bounds between which the times of requests are counted, in seconds.
const BOUNDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

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
    jobs: IntCounterVec,
    job_seconds: HistogramVec,
    job_success: GaugeVec,
    memory: IntGauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let registry = Registry::new();
        let figures = Figures {
            requests: counters(
                "http_requests_total",
                "Requests answered.",
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
            outbox: number("outbox_due", "Notices that should have been sent by now."),
            outbox_age: known(Gauge::with_opts(named(
                "outbox_oldest_seconds",
                "How long the notice that has waited longest has been due.",
            ))),
            jobs: counters(
                "job_runs_total",
                "Runs of background jobs: done or failed.",
                &["name", "outcome"],
            ),
            job_seconds: histograms("job_duration_seconds", "How long jobs took.", &["name"]),
            job_success: gauges(
                "job_last_success_timestamp_seconds",
                "When a job was last done, in Unix time.",
                &["name"],
            ),
            memory: number("process_resident_memory_bytes", "Resident memory of the process."),
            registry,
        };
        figures.register();
        Self(Arc::new(figures))
    }
}

impl Figures {
    fn register(&self) {
        let build = gauges("build_info", "The version that runs.", &["version"]);
        build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1.0);
        let all: [Box<dyn Collector>; 13] = [
            Box::new(build),
            Box::new(self.requests.clone()),
            Box::new(self.seconds.clone()),
            Box::new(self.in_progress.clone()),
            Box::new(self.limited.clone()),
            Box::new(self.connections.clone()),
            Box::new(self.waiting.clone()),
            Box::new(self.outbox.clone()),
            Box::new(self.outbox_age.clone()),
            Box::new(self.jobs.clone()),
            Box::new(self.job_seconds.clone()),
            Box::new(self.job_success.clone()),
            Box::new(self.memory.clone()),
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

    /// It has been answered.
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

    /// It has come to nothing.
    pub(crate) fn abandon(&self) {
        self.0.in_progress.dec();
    }

    /// A request was beyond these policies.
    pub(crate) fn limited(&self, policies: &[&'static str]) {
        for policy in policies {
            self.0.limited.with_label_values(&[policy]).inc();
        }
    }

    /// A job has run.
    pub(crate) fn ran(&self, job: &str, done: bool, took: Duration, now: Moment) {
        let outcome = if done { "done" } else { "failed" };
        self.0.jobs.with_label_values(&[job, outcome]).inc();
        self.0.job_seconds.with_label_values(&[job]).observe(took.as_secs_f64());
        if done {
            #[expect(clippy::cast_precision_loss, reason = "seconds fit exactly until far beyond")]
            self.0.job_success.with_label_values(&[job]).set(now.timestamp() as f64);
        }
    }

    /// What waits to be sent: how many, and for how many seconds the oldest.
    pub(crate) fn outbox(&self, due: i64, oldest: i64) {
        self.0.outbox.set(due);
        #[expect(clippy::cast_precision_loss, reason = "seconds fit exactly until far beyond")]
        self.0.outbox_age.set(oldest as f64);
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
