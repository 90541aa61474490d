//! What others write to PostgreSQL is held up by a test, so that two who race meet where it matters, and not by chance.

use std::{
    thread,
    time::{Duration, Instant},
};

use diesel::{connection::SimpleConnection, dsl::sql, prelude::*, sql_types::BigInt};

/// What holds others up. It lets go when this goes.
pub struct Held {
    holds: PgConnection,
    /// What is known of others stands still within a transaction.
    looks: PgConnection,
}

impl Held {
    /// Lets nobody write to `table` of the database at `url`. Everybody reads on.
    pub fn writers_of(table: &str, url: &str) -> Self {
        Self::by(&format!("LOCK TABLE {table} IN SHARE MODE"), url)
    }

    /// Has what `sql` locks, of the database at `url`.
    pub fn by(sql: &str, url: &str) -> Self {
        let connect = || PgConnection::establish(url).expect("PostgreSQL answers");
        let (mut holds, looks) = (connect(), connect());
        // Of two who wait for each other, the one who looks first is told; that is never this one.
        holds.batch_execute("SET deadlock_timeout = '60s'").expect("PostgreSQL obeys");
        holds.batch_execute(&format!("BEGIN; {sql}")).expect("PostgreSQL obeys");
        Self { holds, looks }
    }

    /// How many wait for a lock, of whomever.
    pub fn waiting(&mut self) -> i64 {
        let count = sql::<BigInt>(
            "count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        diesel::select(count).get_result(&mut self.looks).expect("PostgreSQL tells")
    }

    /// Waits until `count` wait for a lock, or it is `over` without that.
    pub fn until(&mut self, count: i64, over: impl Fn() -> bool) {
        let began = Instant::now();
        while self.waiting() < count && !over() {
            assert!(began.elapsed() < Duration::from_secs(60), "{count} wait within a minute");
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Has what else `sql` locks, once whoever has it lets go.
    pub fn also(&mut self, sql: &str) {
        self.holds.batch_execute(sql).expect("PostgreSQL obeys");
    }

    /// Lets go.
    pub fn release(mut self) {
        self.holds.batch_execute("COMMIT").expect("PostgreSQL obeys");
    }
}
