//! Things by the thousand: what one run through the chain left in the database, copied under new identifiers.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use crate::sql::Sql;

/// Tables of which copies would say nothing: who is signed in, and what was looked at or sent.
const LEFT_OUT: &[&str] = &[
    "__diesel_schema_migrations",
    "idempotency_keys",
    "notices",
    "refresh_tokens",
    "sessions",
    "sign_in_codes",
    "signing_keys",
];

/// How many rows go into one statement.
const AT_ONCE: usize = 200;

/// Rows to be copied, and the identifiers among them that each copy has of its own.
pub(crate) struct Pattern {
    rows: Vec<(String, String)>,
    own: Vec<String>,
}

/// All rows of the database, by table.
pub(crate) struct Photograph(HashMap<String, BTreeSet<String>>);

impl Photograph {
    pub(crate) fn take(sql: &mut Sql) -> Self {
        let tables = sql.tables().into_iter().filter(|table| !LEFT_OUT.contains(&table.as_str()));
        Self(
            tables
                .map(|table| (table.clone(), sql.rows(&table, "true").into_iter().collect()))
                .collect(),
        )
    }

    /// What has come since this photograph was taken.
    pub(crate) fn since(&self, sql: &mut Sql) -> Pattern {
        let now = Self::take(sql);
        let known: BTreeSet<String> =
            self.0.values().flatten().filter_map(|row| first(row)).collect();
        let mut rows = Vec::new();
        for (table, all) in now.0 {
            let before = self.0.get(&table);
            let new = all.into_iter().filter(|row| {
                // A row that has only changed is not one that has come.
                before.is_none_or(|before| !before.contains(row))
                    && first(row).is_none_or(|id| !known.contains(&id))
            });
            rows.extend(new.map(|row| (table.clone(), row)).collect::<Vec<_>>());
        }
        let own =
            rows.iter().filter_map(|(_, row)| first(row)).filter(|id| Uuid::try_parse(id).is_ok());
        let own: BTreeSet<String> = own.collect();
        Pattern { own: own.into_iter().collect(), rows }
    }
}

/// The first value of a row, which is its identifier where it has one.
fn first(row: &str) -> Option<String> {
    row.split(',').next().map(|value| value.trim_matches('\'').to_owned())
}

impl Pattern {
    /// These rows, with the identifiers that each copy has of its own.
    pub(crate) fn of(rows: Vec<(String, String)>, own: Vec<String>) -> Self {
        Self { rows, own }
    }

    /// Only what is in these tables.
    pub(crate) fn only(mut self, tables: &[&str]) -> Self {
        self.rows.retain(|(table, _)| tables.contains(&table.as_str()));
        self
    }

    /// The identifier of the only row of `table`.
    pub(crate) fn id(&self, table: &str) -> String {
        let mut found = self.rows.iter().filter(|(name, _)| name == table);
        let (_, row) = found.next().unwrap_or_else(|| panic!("a row of {table}"));
        first(row).expect("an identifier")
    }

    /// Puts `count` copies into the database, each changed by `change`. Gives the identifier that each has in place of
    /// `wanted`.
    pub(crate) fn copy(
        &self,
        sql: &mut Sql,
        count: usize,
        wanted: &str,
        change: impl Fn(usize, String) -> String,
    ) -> Vec<String> {
        sql.trust();
        sql.run("BEGIN");
        let mut ids = Vec::with_capacity(count);
        let mut waiting: HashMap<&str, Vec<String>> = HashMap::new();
        for number in 0..count {
            let fresh: Vec<(&str, String)> =
                self.own.iter().map(|id| (id.as_str(), Uuid::now_v7().to_string())).collect();
            for (table, row) in &self.rows {
                let copied =
                    fresh.iter().fold(row.clone(), |row, (old, new)| row.replace(old, new));
                let rows = waiting.entry(table).or_default();
                rows.push(format!("({})", change(number, copied)));
                if rows.len() == AT_ONCE {
                    sql.run(&format!("INSERT INTO {table} VALUES {}", rows.join(",")));
                    rows.clear();
                }
            }
            ids.extend(fresh.into_iter().find(|(old, _)| *old == wanted).map(|(_, new)| new));
        }
        for (table, rows) in waiting.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            sql.run(&format!("INSERT INTO {table} VALUES {}", rows.join(",")));
        }
        sql.run("COMMIT");
        ids
    }
}
