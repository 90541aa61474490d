//! Which way SQLite goes through a large table to list some of it. It keeps no statistics of ours, and decides by the shape of a
//! query alone. Whoever is shown all of an area finds a page of it soon, going from one thing to the next; whoever is shown
//! little among much would go through all of it, and finds it by an index for each reason to be shown it. PostgreSQL has
//! statistics, and is left to decide.

use diesel::{
    dsl::{AsExprOf, sql},
    expression::{SqlLiteral, UncheckedBind},
    sql_types::{Bool, Text},
};

use crate::{Page, Session, connection::AnyConnection};

/// A condition with one value in it.
pub(crate) type Condition =
    SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool>, AsExprOf<String, Text>>>;

/// A listing, and how much of its table its caller is shown.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    /// Whether it is all that belongs to an area or more.
    pub(crate) wide: bool,
}

impl Way {
    /// That things come after the page before.
    pub(crate) fn after(self, session: &Session<'_>, table: &str, page: Page) -> Condition {
        let (begin, end) = match (&*session.conn, self.wide) {
            // It takes this for something that hardly anything fulfils, and so for the best to begin with.
            (AnyConnection::Sqlite(_), true) => ("likelihood(", ", 0.000001)"),
            _ => ("", ""),
        };
        sql::<Bool>(&format!("{begin}{table}.id > ")).bind::<Text, _>(page.floor()).sql(end)
    }

    /// That things are in a state.
    pub(crate) fn state(self, session: &Session<'_>, table: &str, state: &str) -> Condition {
        let begin = match (&*session.conn, self.wide) {
            // With the sign, it takes no index of states, in which there may be much of one.
            (AnyConnection::Sqlite(_), false) => "+",
            _ => "",
        };
        sql::<Bool>(&format!("{begin}{table}.state = ")).bind::<Text, _>(state.to_owned()).sql("")
    }
}
