//! What tables there are, and how their rows are written as text and read back: the same text from both databases.
//!
//! The database itself is asked, so that a backup holds every table, also those of an older schema.

use diesel::{
    connection::SimpleConnection,
    prelude::*,
    sql_query,
    sql_types::{Bool, Text},
};
use diesel_migrations::MigrationHarness;

use super::AnyConnection;
use crate::{Error, Result, database::MIGRATIONS};

/// A table, with its columns in their order.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, QueryableByName)]
pub(crate) struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    pub(crate) column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    is_key: bool,
}

/// A row as a JSON array of texts, in the order of the columns; what is not there is `null`.
#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

const POSTGRES_COLUMNS: &str = "
    SELECT CAST(c.relname AS TEXT) AS table_name, CAST(a.attname AS TEXT) AS column_name,
        format_type(a.atttypid, NULL) AS kind, COALESCE(a.attnum = ANY (i.indkey), FALSE) AS is_key
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS regnamespace)
        AND c.relname <> '__diesel_schema_migrations'
    ORDER BY c.relname, a.attnum";

const SQLITE_COLUMNS: &str = "
    SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS kind, c.pk > 0 AS is_key
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> '__diesel_schema_migrations'
    ORDER BY t.name, c.cid";

/// Lets rows refer to rows that come later, until [`POSTGRES_IN_ORDER`].
const POSTGRES_OUT_OF_ORDER: &str = "
    SET LOCAL statement_timeout = 0;
    DO $$ DECLARE c record; BEGIN
        FOR c IN SELECT CAST(conrelid AS regclass) AS place, conname FROM pg_constraint
            WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)
        LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', c.place, c.conname);
        END LOOP; END $$";

const POSTGRES_IN_ORDER: &str = "
    SET CONSTRAINTS ALL IMMEDIATE;
    DO $$ DECLARE c record; BEGIN
        FOR c IN SELECT CAST(conrelid AS regclass) AS place, conname FROM pg_constraint
            WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)
        LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I NOT DEFERRABLE', c.place, c.conname);
        END LOOP; END $$";

impl AnyConnection {
    /// Every table of the schema as it is.
    pub(crate) fn tables(&mut self) -> Result<Vec<Table>> {
        let columns: Vec<Column> = match self {
            Self::Postgres(conn) => sql_query(POSTGRES_COLUMNS).load(conn)?,
            Self::Sqlite(conn) => sql_query(SQLITE_COLUMNS).load(conn)?,
        };
        let mut tables: Vec<Table> = Vec::new();
        for column in columns {
            match tables.last_mut() {
                Some(table) if table.name == column.table_name => table.columns.push(column),
                _ => tables.push(Table { name: column.table_name.clone(), columns: vec![column] }),
            }
        }
        Ok(tables)
    }

    /// The names of the migrations that have made the schema, the oldest first.
    pub(crate) fn schema(&mut self) -> Result<Vec<String>> {
        // Diesel would make the table before it reads it, which a database that only reads refuses.
        let there = match self {
            Self::Postgres(_) => "to_regclass('__diesel_schema_migrations') IS NOT NULL",
            Self::Sqlite(_) => {
                "EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '__diesel_schema_migrations')"
            }
        };
        if !sql_query(format!("SELECT {there} AS found")).get_result::<Found>(self)?.found {
            return Ok(Vec::new());
        }
        let names =
            sql_query("SELECT CAST(version AS TEXT) AS line FROM __diesel_schema_migrations");
        let mut names: Vec<String> =
            names.load::<Line>(self)?.into_iter().map(|row| row.line).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Runs those of the missing migrations that `schema` names. Gives those of its names that this program does not know.
    pub(crate) fn bring_to(&mut self, schema: &[String]) -> Result<Vec<String>> {
        let pending = self.pending_migrations(MIGRATIONS).map_err(migration)?;
        for one in &pending {
            if schema.contains(&one.name().version().to_string()) {
                self.run_migration(one.as_ref()).map_err(migration)?;
            }
        }
        let known = self.schema()?;
        Ok(schema.iter().filter(|name| !known.contains(name)).cloned().collect())
    }

    /// Whether the table has a row.
    pub(crate) fn has_rows(&mut self, table: &Table) -> Result<bool> {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {}) AS found", table.name);
        Ok(sql_query(sql).get_result::<Found>(self)?.found)
    }

    /// The next rows of a table in the order of its key, after the row with the `last` key.
    pub(crate) fn rows_after(
        &mut self,
        table: &Table,
        last: Option<&[String]>,
    ) -> Result<Vec<String>> {
        let key: Vec<&str> = table.key().map(|(_, column)| column.column_name.as_str()).collect();
        let written: Vec<String> =
            table.columns.iter().map(|column| self.written(column)).collect();
        let (array, cursor) = match self {
            Self::Postgres(_) => ("json_build_array", "CAST($1 AS json)"),
            Self::Sqlite(_) => ("json_array", "$1"),
        };
        let after: Vec<String> =
            (0..key.len()).map(|index| format!("{cursor} ->> {index}")).collect();
        let key = key.join(", ");
        let sql = format!(
            "SELECT CAST({array}({}) AS TEXT) AS line FROM {} {} ORDER BY {key} LIMIT {}",
            written.join(", "),
            table.name,
            last.map_or_else(String::new, |_| format!("WHERE ({key}) > ({})", after.join(", "))),
            table.page(),
        );
        let lines: Vec<Line> = match last {
            None => sql_query(sql).load(self)?,
            Some(last) => {
                let last = serde_json::to_string(last).expect("texts are JSON");
                sql_query(sql).bind::<Text, _>(last).load(self)?
            }
        };
        Ok(lines.into_iter().map(|line| line.line).collect())
    }

    /// Adds `rows`, a JSON array of what [`Self::rows_after`] gave, whose values are those of `columns`.
    pub(crate) fn add_rows(&mut self, table: &str, columns: &[Column], rows: String) -> Result<()> {
        let names: Vec<&str> = columns.iter().map(|column| column.column_name.as_str()).collect();
        let read: Vec<String> =
            columns.iter().enumerate().map(|(index, column)| self.read(column, index)).collect();
        let from = match self {
            Self::Postgres(_) => "json_array_elements(CAST($1 AS json)) AS row (value)",
            Self::Sqlite(_) => "json_each($1)",
        };
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {from}",
            names.join(", "),
            read.join(", "),
        );
        sql_query(sql).bind::<Text, _>(rows).execute(self)?;
        Ok(())
    }

    /// Makes a long read of everything possible.
    pub(crate) fn take_time(&mut self) -> Result<()> {
        match self {
            Self::Postgres(conn) => Ok(conn.batch_execute(
                "SET LOCAL statement_timeout = 0; SET LOCAL datestyle = 'ISO, YMD'",
            )?),
            Self::Sqlite(_) => Ok(()),
        }
    }

    /// Lets rows refer to rows that come later, until [`Self::in_order`].
    pub(crate) fn out_of_order(&mut self) -> Result<()> {
        match self {
            Self::Postgres(conn) => conn.batch_execute(POSTGRES_OUT_OF_ORDER)?,
            Self::Sqlite(conn) => conn.batch_execute("PRAGMA defer_foreign_keys = ON")?,
        }
        Ok(())
    }

    /// Fails if a row refers to what is not there. SQLite finds that out at the end of the transaction.
    pub(crate) fn in_order(&mut self) -> Result<()> {
        match self {
            Self::Postgres(conn) => Ok(conn.batch_execute(POSTGRES_IN_ORDER)?),
            Self::Sqlite(_) => Ok(()),
        }
    }

    /// A column as text, in SQL.
    fn written(&self, column: &Column) -> String {
        let name = &column.column_name;
        match (column.kind.as_str(), self) {
            ("text", _) => name.clone(),
            ("boolean", _) => {
                format!("CASE WHEN {name} THEN 'true' WHEN NOT {name} THEN 'false' END")
            }
            ("bytea", Self::Postgres(_)) => format!("encode({name}, 'hex')"),
            // Nothing is written as nothing, and not as an empty text.
            ("bytea", Self::Sqlite(_)) => {
                format!("CASE WHEN {name} IS NOT NULL THEN lower(hex({name})) END")
            }
            _ => format!("CAST({name} AS TEXT)"),
        }
    }

    /// The text at `index` of a JSON array as the value of a column, in SQL.
    fn read(&self, column: &Column, index: usize) -> String {
        let text = format!("(value ->> {index})");
        match (column.kind.as_str(), self) {
            ("text", _) => text,
            ("boolean", _) => format!("({text} = 'true')"),
            ("bytea", Self::Postgres(_)) => format!("decode({text}, 'hex')"),
            ("bytea", Self::Sqlite(_)) => format!("unhex({text})"),
            // SQLite keeps days and moments as texts, and would make numbers of them.
            (kind, Self::Sqlite(_)) if kind == "date" || kind.starts_with("timestamp") => text,
            (kind, _) => format!("CAST({text} AS {kind})"),
        }
    }
}

impl Table {
    /// The columns of its key, with their places.
    pub(crate) fn key(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.is_key)
    }

    /// How many rows are read at a time: few of those that may hold files.
    fn page(&self) -> usize {
        if self.columns.iter().any(|column| column.kind == "bytea") { 8 } else { 500 }
    }
}

fn migration(error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::Migration(error.to_string())
}
