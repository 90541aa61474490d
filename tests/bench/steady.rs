//! Loads as they come in life: so many requests a second of all kinds whoever waits for what, and many who write at once.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    client::{Client, request},
    load::Took,
    scenarios::Bench,
};

/// How many connections there are.
const CONNECTIONS: usize = 16;

/// How many requests of all kinds come in a second.
const RATE: u32 = 500;

/// How long they come at the least: the slowest of a hundred is one of many only then.
const LEAST: Duration = Duration::from_secs(2);

/// A load, and what became of it.
pub(crate) struct Held {
    pub(crate) name: &'static str,
    pub(crate) took: Took,
    /// How many were turned away with 503.
    pub(crate) refused: usize,
}

/// Both loads.
pub(crate) fn all(bench: &Bench<'_>) -> Vec<Held> {
    let time = bench.time.max(LEAST);
    let drafts = || bench.filled.fresh_drafts.iter();
    let submit = |id: &String| {
        request("POST", &format!("/v1/orders/{id}/submit"), &bench.filled.orderer, "")
    };
    let many = (RATE as usize * time.as_secs() as usize).min(drafts().len());
    let mixed: Vec<Vec<u8>> =
        (0..many).zip(drafts()).map(|(at, draft)| kind(bench, at, draft)).collect();
    let writes: Vec<Vec<u8>> = drafts().skip(many).map(submit).collect();
    let every = |at: usize| Duration::from_secs(1) * u32::try_from(at).unwrap_or(u32::MAX) / RATE;
    [
        ("500 a second of all kinds", mixed, &every as &(dyn Fn(usize) -> Duration + Sync)),
        ("16 write at once", writes, &|_| Duration::ZERO),
    ]
    .into_iter()
    .filter(|(name, _, _)| !bench.leaves_out(name))
    .map(|(name, requests, due)| held(name, bench, &requests, due, time))
    .collect()
}

/// Of twenty requests one submits an order, two are payroll's, five are lists and searches, and the rest reads one thing.
fn kind(bench: &Bench<'_>, at: usize, draft: &str) -> Vec<u8> {
    let filled = bench.filled;
    let one = |of: &[String]| of[at % of.len()].clone();
    let (path, token) = match at % 20 {
        0 => {
            let path = format!("/v1/orders/{draft}/submit");
            return request("POST", &path, &filled.orderer, "");
        }
        1 | 2 => ("/v1/payroll/packages?limit=50".to_owned(), &filled.payroll),
        3..=5 => ("/v1/orders?limit=50".to_owned(), &filled.orderer),
        6 | 7 => ("/v1/orders?limit=50".to_owned(), &filled.elsewhere),
        8..=11 => (format!("/v1/fee-forms/{}", one(&filled.approved)), &filled.orderer),
        _ => (format!("/v1/orders/{}", one(&filled.orders)), &filled.orderer),
    };
    request("GET", &path, token, "")
}

/// Sends the requests when they are due, as far as there is a connection that is free. What one took is counted from when it
/// was due: whoever had to wait for others has waited.
fn held(
    name: &'static str,
    bench: &Bench<'_>,
    requests: &[Vec<u8>],
    due: &(dyn Fn(usize) -> Duration + Sync),
    time: Duration,
) -> Held {
    let (next, refused, all) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut client = Client::connect(&bench.process.url);
                let mut each = Vec::new();
                while began.elapsed() < time {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(request) = requests.get(at) else { break };
                    let mut from = began.elapsed();
                    if due(at) > Duration::ZERO {
                        thread::sleep(due(at).saturating_sub(from));
                        from = due(at);
                    }
                    let answer = client.ask(request).expect("an answer");
                    each.push(began.elapsed() - from);
                    match answer.status {
                        503 => _ = refused.fetch_add(1, Ordering::Relaxed),
                        status => assert!((200..300).contains(&status), "{name}: {status}"),
                    }
                }
                all.lock().expect("nobody panicked").append(&mut each);
            });
        }
    });
    let each = all.into_inner().expect("nobody panicked");
    Held { name, took: Took::of(each, began.elapsed()), refused: refused.into_inner() }
}
