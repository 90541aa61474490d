//! Asking as fast as answers come, from several clients at once, and what that took.

use std::{
    sync::{
        Barrier, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How many ask at once.
pub(crate) const CLIENTS: usize = 8;

/// What a load took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Took {
    /// How many were done in a second.
    pub(crate) per_second: f64,
    /// What half of them took at the most.
    pub(crate) median: Duration,
    /// What 99 of 100 took at the most.
    pub(crate) p99: Duration,
}

/// In how many turns each load is done.
const TURNS: u32 = 4;

/// What one turn of a load took: each thing, and all of it.
pub(crate) struct Turn {
    each: Vec<Duration>,
    whole: Duration,
}

/// Does several loads, each for this time, in turns: what else happens to the machine happens to all of them alike.
pub(crate) fn in_turns<const N: usize>(
    time: Duration,
    loads: [&dyn Fn(Duration) -> Turn; N],
) -> [Took; N] {
    let mut took = loads.map(|_| Turn { each: Vec::new(), whole: Duration::ZERO });
    for _ in 0..TURNS {
        for (load, took) in loads.iter().zip(&mut took) {
            let mut turn = load(time / TURNS);
            took.each.append(&mut turn.each);
            took.whole += turn.whole;
        }
    }
    took.map(|turn| Took::of(turn.each, turn.whole))
}

impl Took {
    /// Of how long each took, and all of them together.
    pub(crate) fn of(mut each: Vec<Duration>, whole: Duration) -> Self {
        each.sort_unstable();
        let at = |share: f64| {
            let place = (each.len() as f64 * share) as usize;
            each.get(place.min(each.len().saturating_sub(1))).copied().unwrap_or_default()
        };
        let per_second = each.len() as f64 / whole.as_secs_f64();
        Self { per_second, median: at(0.5), p99: at(0.99) }
    }
}

/// Lets every client do its work again and again until the time is over or a client has nothing left to do.
///
/// `begin` makes what a client works with; `work` does one thing with it, and says whether there was one left to do.
pub(crate) fn load<C>(
    time: Duration,
    begin: impl Fn(usize) -> C + Sync,
    work: impl Fn(&mut C) -> bool + Sync,
) -> Turn {
    let (start, over) = (Barrier::new(CLIENTS + 1), AtomicBool::new(false));
    let all = Mutex::new(Vec::<Duration>::new());
    let mut whole = Duration::ZERO;
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            let (begin, work, start, over, all) = (&begin, &work, &start, &over, &all);
            scope.spawn(move || {
                let mut client = begin(number);
                let mut each = Vec::with_capacity(100_000);
                start.wait();
                while !over.load(Ordering::Relaxed) {
                    let began = Instant::now();
                    if !work(&mut client) {
                        over.store(true, Ordering::Relaxed);
                        break;
                    }
                    each.push(began.elapsed());
                }
                all.lock().expect("nobody panicked").append(&mut each);
            });
        }
        start.wait();
        let began = Instant::now();
        while began.elapsed() < time && !over.load(Ordering::Relaxed) {
            thread::park_timeout(Duration::from_millis(1));
        }
        whole = began.elapsed();
        over.store(true, Ordering::Relaxed);
    });
    Turn { each: all.into_inner().expect("nobody panicked"), whole }
}
