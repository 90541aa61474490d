//! Which way a listing is found. Whoever is shown much of a table finds a page of it soon, going from one thing to the next;
//! whoever is shown little of it would wait until all of it has been looked through. Neither database can tell the two apart
//! when it plans a query. So those few are looked up by the reasons to be shown them, each of which has an index, and only they
//! are gone through. The conditions of the listing stay as they are: this leaves out what they would leave out.

use diesel::{
    dsl::{AsExprOf, sql},
    expression::{SqlLiteral, UncheckedBind},
    sql_types::{Bool, Text},
};

use crate::{Page, Session, connection::AnyConnection};

/// How many things are few, for one reason to be shown them.
pub(crate) const FEW: usize = 500;

/// How many are read at once, without asking first whether there are more.
pub(crate) const HARDLY_ANY: usize = 20;

/// Which things a listing goes through.
pub(crate) enum Way {
    /// All, in the order of their making.
    All,
    /// These, among which are all that the caller is shown.
    Some(Vec<String>),
    /// What else is asked for says it, such as the things of one order.
    Asked,
}

impl Way {
    /// The way, unless all were gone through although something else is asked for.
    pub(crate) fn unless(self, asked: bool) -> Self {
        match self {
            Self::All if asked => Self::Asked,
            way => way,
        }
    }
}

/// A condition with one value in it.
pub(crate) type Condition =
    SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool>, AsExprOf<String, Text>>>;

/// That things of the table come after the page before. SQLite keeps no statistics of ours, and would sort all that an index
/// finds: it takes this for something that hardly anything fulfils, and so for the best to begin with.
pub(crate) fn after(session: &Session<'_>, table: &str, page: Page) -> Condition {
    let (begin, end) = match &*session.conn {
        AnyConnection::Sqlite(_) => ("likelihood(", ", 0.000001)"),
        AnyConnection::Postgres(_) => ("", ""),
    };
    sql::<Bool>(&format!("{begin}{table}.id > ")).bind::<Text, _>(page.floor()).sql(end)
}

/// Adds what `query` finds to `few`, or says that there is no end of it.
macro_rules! few_of {
    ($session:expr, $few:expr, $query:expr) => {{
        use $crate::way::{FEW, HARDLY_ANY, rows};
        // Most people have hardly anything, which one question tells.
        let mut found: Vec<String> = $crate::connection::ask!($session, |conn| $query
            .limit(rows(HARDLY_ANY + 1))
            .load(conn))?;
        if found.len() > HARDLY_ANY {
            // Whether there are more is told by the index alone, and one answer.
            let more: Option<String> =
                $crate::connection::ask!($session, |conn| $query.offset(rows(FEW)).first(conn))
                    .optional()?;
            if more.is_some() {
                $few = None;
            } else {
                found = $crate::connection::ask!($session, |conn| $query.load(conn))?;
            }
        }
        if let Some(few) = &mut $few {
            few.extend(found);
        }
    }};
}
pub(crate) use few_of;

/// A number of rows as the databases take it.
pub(crate) fn rows(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The way to what a scope covers, with the columns of [`in_scope`](crate::scope::in_scope).
macro_rules! way {
    ($session:expr, $table:ident, $scope:expr, {
        $(below: $below:expr,)? $(handled: $handled:expr,)? $(own: $own:expr,)? $(party: $party:expr,)*
        $(named: ($who:expr, $as:expr, $at:expr),)?
    }) => {{
        use domain::policy::Reach;
        use $crate::{among::among, codec::from_id, nodes, way::{Way, few_of}};
        let mut few = (!$scope.is_wide()).then(Vec::<String>::new);
        for reach in &$scope.0 {
            if few.is_none() {
                break;
            }
            match reach {
                Reach::Everything | Reach::Asked(_) => {}
                Reach::Below(_path) | Reach::Around(_path) => {
                    $(
                        let mut here = nodes::below(&mut *$session, _path)?;
                        if matches!(reach, Reach::Around(_)) {
                            here.extend(_path.ids().map(from_id));
                        }
                        few_of!($session, few, $table::table
                            .filter(among($below, here.iter().cloned()))
                            .select($table::id));
                    )?
                }
                Reach::Handled(_path) => {
                    $(
                        let here = nodes::below(&mut *$session, _path)?;
                        few_of!($session, few, $table::table
                            .filter(among($handled.assume_not_null(), here.iter().cloned()))
                            .select($table::id));
                    )?
                }
                Reach::Own(_person) => {
                    $(few_of!($session, few, $table::table
                        .filter($own.eq(from_id(*_person)))
                        .select($table::id));)?
                }
                Reach::Party(_person) => {
                    $(few_of!($session, few, $table::table
                        .filter($party.eq(from_id(*_person)))
                        .select($table::id));)*
                }
                Reach::Named(_person, _role, _) => {
                    $(few_of!($session, few, $table::table
                        .filter($who.eq(from_id(*_person)))
                        .filter($as.assume_not_null().eq($crate::codec::from_name(_role)))
                        .select($table::id));)?
                }
            }
        }
        few.map_or(Way::All, Way::Some)
    }};
}
pub(crate) use way;
