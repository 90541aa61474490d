//! The database without the server: the same rows, read and written by as many clients.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use acceptance::Kind;
use diesel::{
    prelude::*,
    result::{DatabaseErrorKind, Error},
    sql_types::Text,
};
use uuid::Uuid;

use crate::{
    load::{CLIENTS, Turn, load},
    scenarios::Bench,
    sql::{Sql, with},
};

/// A query for the rows that an answer is made of. `?` stands for the identifier that the path ends with.
pub(crate) type Query = &'static str;

pub(crate) const ORDER: Query = "SELECT body AS one FROM orders WHERE id = ?";
pub(crate) const FEE_FORM: Query = "SELECT body AS one FROM fee_forms WHERE id = ?";
pub(crate) const ORDERS: Query = "SELECT body AS one FROM orders ORDER BY id LIMIT 51";
pub(crate) const FEW: Query = "SELECT body AS one FROM orders WHERE orderer_id = (SELECT id FROM people WHERE email_key = 'vammais@lappi.example') ORDER BY id LIMIT 51";
pub(crate) const PACKAGES: Query =
    "SELECT body AS one FROM fee_forms WHERE state = 'approved' ORDER BY id LIMIT 51";

#[derive(QueryableByName)]
struct Body {
    #[diesel(sql_type = Text)]
    one: String,
}

/// Runs `query` for one path after the other.
pub(crate) fn reads(bench: &Bench<'_>, query: Query, paths: &[String], time: Duration) -> Turn {
    let kind = bench.filled.kind;
    let query = if kind == Kind::Postgres { query.replace('?', "$1") } else { query.to_owned() };
    let ids: Vec<&str> = paths.iter().filter_map(|path| path.rsplit('/').next()).collect();
    let next = AtomicUsize::new(0);
    load(
        time,
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

/// How often rows were written, by table.
#[derive(PartialEq)]
pub(crate) struct Writes(BTreeMap<String, Table>);

#[derive(Clone, Copy, PartialEq)]
struct Table {
    rows: i64,
    versions: i64,
}

/// What one thing wrote, to be written again and again: into the same tables, with their indexes.
pub(crate) struct Written {
    inserts: Vec<Insert>,
    updates: Vec<Update>,
}

/// A row as it was written, under identifiers of its own.
struct Insert {
    statement: String,
    values: Vec<Value>,
}

/// What a column gets that is sent with the statement.
enum Value {
    /// One of the identifiers that are new each time.
    New(usize),
    /// The document, as it was.
    Same(String),
}

/// All columns of a row written over with what they hold, and the rows that this is done to, each with its document.
struct Update {
    statement: String,
    rows: Vec<(String, String)>,
}

/// How many rows are written over in turn at the most.
const IN_TURN: usize = 8_000;

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
            let versions = match has("version") && has("body") {
                true => "COALESCE(SUM(version), 0)",
                false => "COUNT(*)",
            };
            let found = sql.texts(&format!(
                "SELECT CAST(COUNT(*) AS TEXT) || ' ' || CAST({versions} AS TEXT) AS one FROM {table}"
            ));
            let mut numbers = found[0].split(' ').map(|number| number.parse().expect("a number"));
            let mut next = || numbers.next().expect("two numbers");
            all.insert(table, Table { rows: next(), versions: next() });
        }
        Self(all)
    }

    /// What was written from `self` on to `now`, by whatever was asked for at `path`. A row that comes has version 1, and
    /// each save makes it one more.
    pub(crate) fn until(&self, now: &Self, sql: &mut Sql, path: &str) -> Written {
        let mut new: Vec<(&str, String)> = Vec::new();
        let mut updates = Vec::new();
        for (name, after) in &now.0 {
            let Some(before) = self.0.get(name) else { continue };
            let (rows, versions) = (after.rows - before.rows, after.versions - before.versions);
            // Identifiers are in the order of their making. Where there are others, any row will do.
            let id = key(sql, name);
            let newest = format!("SELECT {id} AS one FROM {name} ORDER BY {id} DESC LIMIT {rows}");
            new.extend(sql.texts(&newest).into_iter().map(|id| (name.as_str(), id)));
            updates.extend((rows..versions).map(|_| update(sql, name)));
        }
        // As they were made: what another one refers to comes before it.
        new.sort_by(|one, other| one.1.cmp(&other.1));
        // What may be there once only: the rows themselves, and what was asked for.
        let mut own: Vec<String> = new.iter().map(|(_, id)| id.clone()).collect();
        own.extend(path.split('/').filter(|part| Uuid::try_parse(part).is_ok()).map(str::to_owned));
        let inserts = new.iter().map(|(table, id)| insert(sql, table, id, &own)).collect();
        Written { inserts, updates }
    }
}

/// The row of `table` with this identifier once more, with others in the place of those in `own`.
fn insert(sql: &mut Sql, table: &str, id: &str, own: &[String]) -> Insert {
    let (columns, mut values, mut shown) = (sql.columns(table), Vec::new(), Vec::new());
    let key = key(sql, table);
    let places = own.iter().enumerate().map(|(place, id)| format!("WHEN '{id}' THEN '{place}'"));
    let places = places.collect::<Vec<_>>().join(" ");
    for column in &columns {
        let here = format!("FROM {table} WHERE {key} = '{id}'");
        let place = sql.texts(&format!(
            "SELECT CASE CAST({column} AS TEXT) {places} ELSE '' END AS one {here}"
        ));
        let value = match place[0].parse() {
            Ok(place) => Some(Value::New(place)),
            Err(_) if column == "body" => {
                sql.texts(&format!("SELECT body AS one {here}")).pop().map(Value::Same)
            }
            Err(_) => None,
        };
        shown.push(if value.is_some() { "?" } else { column.as_str() });
        values.extend(value);
    }
    let (columns, shown) = (columns.join(", "), shown.join(", "));
    Insert {
        statement: format!(
            "INSERT INTO {table} ({columns}) SELECT {shown} FROM {table} WHERE {key} = '{id}'"
        ),
        values,
    }
}

/// The column that a row is known by: the first one.
fn key(sql: &mut Sql, table: &str) -> String {
    sql.columns(table).into_iter().next().expect("a table has columns")
}

fn update(sql: &mut Sql, table: &str) -> Update {
    let columns = sql.columns(table);
    let same = columns.iter().filter(|column| *column != "id").map(|column| match &**column {
        "body" => "body = ?".to_owned(),
        "version" => "version = version + 1".to_owned(),
        column => format!("{column} = {column}"),
    });
    let same = same.collect::<Vec<_>>().join(", ");
    let mut rows =
        |what| sql.texts(&format!("SELECT {what} AS one FROM {table} ORDER BY id LIMIT {IN_TURN}"));
    Update {
        statement: format!("UPDATE {table} SET {same} WHERE id = ?"),
        rows: rows("id").into_iter().zip(rows("body")).collect(),
    }
}

impl Written {
    /// How many rows.
    pub(crate) fn rows(&self) -> usize {
        self.inserts.len() + self.updates.len()
    }

    /// The values of new rows, under identifiers of their own.
    fn fresh(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        let ids: Vec<String> = self.inserts.iter().map(|_| Uuid::now_v7().to_string()).collect();
        let value = move |value: &Value| match value {
            Value::New(place) => {
                ids.get(*place).cloned().unwrap_or_else(|| Uuid::now_v7().to_string())
            }
            Value::Same(text) => text.clone(),
        };
        self.inserts.iter().map(move |one| {
            (one.statement.as_str(), one.values.iter().map(&value).collect::<Vec<_>>())
        })
    }

    /// Whether foreign keys hold for the new rows. They do not where one refers to what was asked for and is the only one that
    /// may: under the new identifier there is no such thing.
    fn holds(&self, sql: &mut Sql) -> bool {
        sql.run("BEGIN");
        let holds =
            self.fresh().all(|(statement, values)| match sql.try_write(statement, values) {
                Err(Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => false,
                written => written.expect(statement) == 1,
            });
        sql.run("ROLLBACK");
        holds
    }
}

/// Writes the same rows, in `transactions` for each thing.
pub(crate) fn writes(
    bench: &Bench<'_>,
    written: &Written,
    transactions: usize,
    time: Duration,
) -> Turn {
    let kind = bench.filled.kind;
    let begin = if kind == Kind::Postgres { "BEGIN" } else { "BEGIN IMMEDIATE" };
    let connect = || Sql::connect(kind, bench.filled.server.database_url());
    let holds = written.holds(&mut connect());
    load(
        time,
        |number| {
            let mut sql = connect();
            if !holds {
                sql.trust();
            }
            (sql, number, 0)
        },
        |(sql, first, at)| {
            let mut inserts: Vec<_> = written.fresh().map(Some).collect();
            for part in 0..transactions {
                let mine = |place: usize| place % transactions == part;
                sql.run(begin);
                for (_, one) in written.updates.iter().enumerate().filter(|(at, _)| mine(*at)) {
                    // Each client has rows of its own, so that none waits for another one's.
                    let (id, body) = one.rows[(*first + *at * CLIENTS) % one.rows.len()].clone();
                    *at += 1;
                    sql.write(&one.statement, vec![body, id]);
                }
                for (_, one) in inserts.iter_mut().enumerate().filter(|(at, _)| mine(*at)) {
                    let (statement, values) = one.take().expect("each is in one part");
                    sql.write(statement, values);
                }
                sql.run("COMMIT");
            }
            true
        },
    )
}
