//! Where sealed things are kept. The first byte of each is the number of its key.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Binary, Text},
};

use crate::{Error, Result, Session};

/// A column that holds sealed things.
pub(super) struct Place {
    pub(super) table: &'static str,
    column: &'static str,
    /// Whether what it holds tells of people, and is not what the installation has made for itself.
    pub(super) is_of_people: bool,
}

/// Every column that does, but for the content of attachments, which is kept in other ways.
pub(super) const PLACES: [Place; 5] = [
    Place { table: "secrets", column: "sealed", is_of_people: false },
    Place { table: SIGNING_KEYS, column: "sealed_private", is_of_people: false },
    Place { table: "payroll_identities", column: "sealed", is_of_people: true },
    Place { table: "sealed_parts", column: "sealed", is_of_people: true },
    Place { table: "idempotency_keys", column: "sealed_answer", is_of_people: true },
];

/// The one whose things may have been sealed with a key that nobody has.
pub(super) const SIGNING_KEYS: &str = "signing_keys";

/// The things in one place that are sealed with one key.
pub(super) struct Kind {
    pub(super) number: u8,
    pub(super) count: i64,
    /// The identifier of one of them.
    pub(super) sample: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Binary)]
    head: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    things: i64,
    #[diesel(sql_type = Text)]
    sample: String,
}

/// A sealed thing.
#[derive(QueryableByName)]
pub(super) struct Thing {
    #[diesel(sql_type = Text)]
    pub(super) id: String,
    #[diesel(sql_type = Binary)]
    pub(super) sealed: Vec<u8>,
}

impl Place {
    /// What is there, by the number of its key.
    pub(super) fn kinds(&self, session: &mut Session<'_>) -> Result<Vec<Kind>> {
        let Self { table, column, .. } = self;
        let sql = format!(
            "SELECT substr({column}, 1, 1) AS head, count(*) AS things, min(id) AS sample FROM {table}
             WHERE {column} IS NOT NULL GROUP BY substr({column}, 1, 1)"
        );
        let counted: Vec<Counted> = sql_query(sql).load(session.conn)?;
        let kind = |Counted { head, things: count, sample }| match head.first() {
            Some(&number) => Ok(Kind { number, count, sample }),
            None => Err(Error::corrupt(self.table, &sample, self.column)),
        };
        counted.into_iter().map(kind).collect()
    }

    /// The thing with this identifier, if it is there.
    pub(super) fn sealed(&self, session: &mut Session<'_>, id: &str) -> Result<Option<Vec<u8>>> {
        let Self { table, column, .. } = self;
        let sql = format!(
            "SELECT id, {column} AS sealed FROM {table} WHERE id = $1 AND {column} IS NOT NULL"
        );
        let found = sql_query(sql).bind::<Text, _>(id).get_result::<Thing>(session.conn);
        Ok(found.optional()?.map(|thing| thing.sealed))
    }

    /// Some of the things behind the identifier `last` that are sealed with another key than the one with this number.
    pub(super) fn others(
        &self,
        session: &mut Session<'_>,
        number: u8,
        last: &str,
        some: usize,
    ) -> Result<Vec<Thing>> {
        let Self { table, column, .. } = self;
        let sql = format!(
            "SELECT id, {column} AS sealed FROM {table}
             WHERE id > $1 AND substr({column}, 1, 1) <> $2 ORDER BY id LIMIT {some}"
        );
        let query = sql_query(sql).bind::<Text, _>(last).bind::<Binary, _>(vec![number]);
        Ok(query.load(session.conn)?)
    }

    /// Puts `sealed` in the place of a thing, if that is still what it was. Tells whether it was.
    pub(super) fn replace(
        &self,
        session: &mut Session<'_>,
        thing: &Thing,
        sealed: Vec<u8>,
    ) -> Result<bool> {
        let Self { table, column, .. } = self;
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE id = $2 AND {column} = $3");
        let query = sql_query(sql)
            .bind::<Binary, _>(sealed)
            .bind::<Text, _>(thing.id.clone())
            .bind::<Binary, _>(thing.sealed.clone());
        Ok(query.execute(session.conn)? == 1)
    }
}
