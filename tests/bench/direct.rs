//! The database without the server: the same rows, read and written by as many clients.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use acceptance::Kind;
use diesel::{prelude::*, sql_types::Text};
use uuid::Uuid;

use crate::{
    load::{CLIENTS, Took, load},
    scenarios::Bench,
    sql::{Sql, with},
};

/// A query for the rows that an answer is made of. `?` stands for the identifier that the path ends with.
pub(crate) type Query = &'static str;

pub(crate) const ORDER: Query = "SELECT body AS one FROM orders WHERE id = ?";
pub(crate) const FEE_FORM: Query = "SELECT body AS one FROM fee_forms WHERE id = ?";
pub(crate) const ORDERS: Query = "SELECT body AS one FROM orders ORDER BY id LIMIT 51";
pub(crate) const PACKAGES: Query =
    "SELECT body AS one FROM fee_forms WHERE state = 'approved' ORDER BY id LIMIT 51";

#[derive(QueryableByName)]
struct Body {
    #[diesel(sql_type = Text)]
    one: String,
}

/// Runs `query` for one path after the other.
pub(crate) fn reads(bench: &Bench<'_>, query: Query, paths: &[String]) -> Took {
    let kind = bench.filled.kind;
    let query = if kind == Kind::Postgres { query.replace('?', "$1") } else { query.to_owned() };
    let ids: Vec<&str> = paths.iter().filter_map(|path| path.rsplit('/').next()).collect();
    let next = AtomicUsize::new(0);
    load(
        bench.time,
        |_| Sql::connect(kind, bench.filled.server.database_url()),
        |sql| {
            let id = ids[next.fetch_add(1, Ordering::Relaxed) % ids.len()];
            let found: Vec<Body> = if query.contains(['?', '$']) {
                with!(sql, conn => diesel::sql_query(&query).bind::<Text, _>(id).load(conn))
            } else {
                with!(sql, conn => diesel::sql_query(&query).load(conn))
            }
            .expect("the database answers");
            assert!(found.iter().all(|row| !row.one.is_empty()), "rows have bodies");
            true
        },
    )
}

/// How long the server is waited for to come to rest.
const LONGEST: Duration = Duration::from_secs(30);

/// How often rows were written, by table, and how much there is in one.
#[derive(PartialEq)]
pub(crate) struct Writes(BTreeMap<String, Table>);

#[derive(Clone, Copy, PartialEq)]
struct Table {
    rows: i64,
    versions: i64,
    bytes: i64,
}

/// What one thing wrote.
pub(crate) struct Written {
    inserts: Vec<usize>,
    updates: Vec<usize>,
}

impl Writes {
    /// The count once the server has done what it does by itself after the measurement before, such as telling people: that
    /// is no part of what comes next.
    pub(crate) fn settled(sql: &mut Sql) -> Self {
        let began = Instant::now();
        let mut before = Self::count(sql);
        while began.elapsed() < LONGEST {
            thread::park_timeout(Duration::from_secs(1));
            let now = Self::count(sql);
            if now == before {
                break;
            }
            before = now;
        }
        before
    }

    pub(crate) fn count(sql: &mut Sql) -> Self {
        let mut all = BTreeMap::new();
        for table in sql.tables() {
            let columns = sql.columns(&table);
            let has = |name: &str| columns.iter().any(|column| column == name);
            let versions = if has("version") && has("body") {
                "COALESCE(SUM(version), 0)"
            } else {
                "COUNT(*)"
            };
            // Of some, because to read all bodies of a large table takes long.
            let sampled = format!("(SELECT body FROM {table} LIMIT 1000) AS sampled");
            let bytes = match has("body") {
                true => format!("(SELECT COALESCE(AVG(LENGTH(body)), 0) FROM {sampled})"),
                false => "100".to_owned(),
            };
            let found = sql.texts(&format!(
                "SELECT CAST(COUNT(*) AS TEXT) || ' ' || CAST({versions} AS TEXT) || ' ' || \
                 CAST(CAST({bytes} AS INTEGER) AS TEXT) AS one FROM {table}"
            ));
            let mut numbers = found[0].split(' ').map(|number| number.parse().expect("a number"));
            let mut next = || numbers.next().expect("three numbers");
            all.insert(table, Table { rows: next(), versions: next(), bytes: next() });
        }
        Self(all)
    }

    /// What was written since. A row that comes has version 1, and each save makes it one more.
    pub(crate) fn since(&self, before: &Self) -> Written {
        let (mut inserts, mut updates) = (Vec::new(), Vec::new());
        for (name, now) in &self.0 {
            let Some(then) = before.0.get(name) else { continue };
            let (rows, versions) = (now.rows - then.rows, now.versions - then.versions);
            let size = usize::try_from(now.bytes).unwrap_or_default();
            inserts.extend((0..rows).map(|_| size));
            updates.extend((0..versions - rows).map(|_| size));
        }
        Written { inserts, updates }
    }
}

impl Written {
    /// How many rows.
    pub(crate) fn rows(&self) -> usize {
        self.inserts.len() + self.updates.len()
    }
}

/// Writes as many rows of the same sizes, in `transactions` for each thing.
pub(crate) fn writes(
    bench: &Bench<'_>,
    sql: &mut Sql,
    written: &Written,
    transactions: usize,
) -> Took {
    sql.run(
        "DROP TABLE IF EXISTS bench_rows;
         CREATE TABLE bench_rows (id TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL)",
    );
    let kind = bench.filled.kind;
    let sign = if kind == Kind::Postgres { ["$1", "$2"] } else { ["?", "?"] };
    let insert =
        format!("INSERT INTO bench_rows (id, body, version) VALUES ({}, {}, 1)", sign[0], sign[1]);
    let update = format!(
        "UPDATE bench_rows SET body = {}, version = version + 1 WHERE id = {}",
        sign[0], sign[1]
    );
    let begin = if kind == Kind::Postgres { "BEGIN" } else { "BEGIN IMMEDIATE" };
    let own = 1_000;
    sql.run("BEGIN");
    for number in 0..own * CLIENTS {
        sql.run(&format!(
            "INSERT INTO bench_rows VALUES ('row-{number}', '{}', 1)",
            "x".repeat(1000)
        ));
    }
    sql.run("COMMIT");
    load(
        bench.time,
        |number| (Sql::connect(kind, bench.filled.server.database_url()), number * own, 0),
        |(sql, first, at)| {
            for part in 0..transactions {
                let mine = |place: usize| place % transactions == part;
                sql.run(begin);
                for (_, size) in
                    written.updates.iter().enumerate().filter(|(place, _)| mine(*place))
                {
                    // Each client has rows of its own, so that none waits for another one's.
                    let row = format!("row-{}", *first + *at % own);
                    *at += 1;
                    let query = diesel::sql_query(&update)
                        .bind::<Text, _>("y".repeat(*size))
                        .bind::<Text, _>(row);
                    with!(sql, conn => query.execute(conn)).expect("written");
                }
                for (_, size) in
                    written.inserts.iter().enumerate().filter(|(place, _)| mine(*place))
                {
                    let id = Uuid::now_v7().to_string();
                    let query = diesel::sql_query(&insert)
                        .bind::<Text, _>(id)
                        .bind::<Text, _>("y".repeat(*size));
                    with!(sql, conn => query.execute(conn)).expect("written");
                }
                sql.run("COMMIT");
            }
            true
        },
    )
}
