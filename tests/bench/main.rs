//! `make bench`: how fast the server is, held against what it could be at the best.
//!
//! For each database and each size, a server of its own is filled and asked by eight clients at once. What it does is
//! held, in the same run, against its own answer of about the same size that asks no database (the ceiling of what only
//! reads), and against the database without the server, reading and writing the same rows. `docs/benchmarks.md` tells
//! the figures and how to read them.

mod client;
mod copies;
mod direct;
mod load;
mod region;
mod scenarios;
mod sql;
mod steady;

use std::{
    env,
    time::{Duration, Instant},
};

use acceptance::{Kind, Process};
use chrono::{DateTime, Utc};

use crate::scenarios::{Bench, Measured};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

/// How many of each thing wait for the next step.
const WORK: usize = 20_000;

fn main() {
    let set = |name: &str, usual: &str| env::var(name).unwrap_or_else(|_| usual.to_owned());
    let sizes = set("BENCH_SIZES", "1000,10000,100000");
    let seconds = set("BENCH_SECONDS", "2").parse().expect("BENCH_SECONDS is a number");
    let time = Duration::from_secs_f64(seconds);
    let (only, on) = (set("BENCH_ONLY", ""), set("BENCH_ON", ""));
    println!(
        "| database | experts, fee forms | what | a second | p50 ms | p99 ms | of the ceiling | of the database |"
    );
    println!("|---|--:|---|--:|--:|--:|--:|--:|");
    let (mut servers, mut loads) = (Vec::new(), Vec::new());
    let kinds = [Kind::Sqlite, Kind::Postgres];
    for kind in kinds.into_iter().filter(|kind| format!("{kind:?}").contains(&on)) {
        for size in sizes
            .split(',')
            .map(|size| size.trim().parse::<usize>().expect("BENCH_SIZES are numbers"))
        {
            let filled = region::fill(kind, size, WORK);
            let began = Instant::now();
            let now = DateTime::<Utc>::from(filled.server.app.clock.now()).to_rfc3339();
            let mut command = Process::command(PROGRAM, filled.server.database_url());
            let process = Process::spawn(command.env("KOKEMUSVAYLA_TEST_NOW", now));
            let ready = began.elapsed();
            let bench = Bench { filled: &filled, process: &process, time, only: only.clone() };
            for measured in bench.all() {
                print(kind, size, &measured);
            }
            for held in steady::all(&bench) {
                let [median, p99] = [held.took.median, held.took.p99].map(milliseconds);
                let (name, per_second) = (held.name, held.took.per_second);
                loads.push(format!(
                    "| {kind:?} | {size} | {name} | {per_second:.0} | {median:.1} | {p99:.1} | {} |",
                    held.refused
                ));
            }
            let [memory, own] =
                [process.memory(), process.own_memory()].map(|bytes| bytes / (1024 * 1024));
            let ready = ready.as_millis();
            servers.push(format!("| {kind:?} | {size} | {ready} | {memory} | {own} |"));
        }
    }
    println!(
        "\n| database | experts, fee forms | what comes | answered a second | p50 ms | p99 ms | turned away |"
    );
    println!("|---|--:|---|--:|--:|--:|--:|");
    loads.iter().for_each(|line| println!("{line}"));
    println!(
        "\n| database | experts, fee forms | start to ready, ms | memory after the run, MiB | without the program's pages |"
    );
    println!("|---|--:|--:|--:|--:|");
    servers.iter().for_each(|line| println!("{line}"));
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn print(kind: Kind, size: usize, measured: &Measured) {
    let Measured { name, server, ceiling, direct } = measured;
    let share = |of: f64| format!("{:.0} %", 100.0 * server.per_second / of);
    println!(
        "| {kind:?} | {size} | {name} | {:.0} | {:.1} | {:.1} | {} | {} |",
        server.per_second,
        milliseconds(server.median),
        milliseconds(server.p99),
        ceiling.map_or_else(|| "–".to_owned(), |ceiling| share(ceiling.per_second)),
        share(direct.per_second),
    );
}
