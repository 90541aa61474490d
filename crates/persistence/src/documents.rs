//! Things kept as documents: the columns that queries filter by, and beside them the whole thing as JSON.

use std::ops::Deref;

use uuid::Uuid;

/// A thing as it was read, to be saved over what was read and nothing newer.
#[derive(Clone, Debug)]
pub struct Stored<T> {
    /// Its identifier.
    pub id: Uuid,
    /// How often it has been saved, beginning with 1.
    pub version: i32,
    /// The thing.
    pub thing: T,
}

impl<T> Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.thing
    }
}

/// Which part of a listing: things are in the order of their identifiers, which is that of their making.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The last thing of the page before.
    pub after: Option<Uuid>,
    /// How many things a page holds. Listings return one more if there is one, to tell that there is a next page.
    pub limit: u16,
}

impl Page {
    /// The identifier that those of this page are greater than.
    pub(crate) fn floor(self) -> String {
        self.after.map(|id| id.to_string()).unwrap_or_default()
    }

    /// How many rows to read.
    pub(crate) fn rows(self) -> i64 {
        i64::from(self.limit) + 1
    }
}

/// Defines, for a table of documents, its `Row` and the functions `find`, `add` and `save`.
///
/// ```text
/// documents! {
///     orders of Order as order {
///         node_id: String = from_id(order.node),
///         state: String = order.state.name().to_owned(),
///     }
/// }
/// ```
macro_rules! documents {
    ($table:ident of $thing:ty as $name:ident { $($column:ident: $type:ty = $value:expr),* $(,)? }) => {
        #[derive(
            diesel::AsChangeset, diesel::Insertable, diesel::Queryable, diesel::Selectable,
        )]
        #[diesel(table_name = $table, treat_none_as_null = true)]
        struct Row {
            id: String,
            $($column: $type,)*
            body: String,
            version: i32,
        }

        impl Row {
            fn new($name: &$thing, version: i32) -> Self {
                let body = serde_json::to_string($name)
                    .expect("a document holds nothing that JSON cannot say");
                Self { id: $crate::codec::from_id($name.id), $($column: $value,)* body, version }
            }

            /// Reads the thing that the row holds.
            fn read(self) -> $crate::Result<$crate::Stored<$thing>> {
                let thing: $thing = serde_json::from_str(&self.body)
                    .map_err(|_| $crate::Error::corrupt(stringify!($table), &self.id, "body"))?;
                Ok($crate::Stored { id: thing.id.raw(), version: self.version, thing })
            }
        }

        /// Finds the one with this identifier.
        ///
        /// # Errors
        ///
        /// [`crate::Error::NotFound`] if there is none.
        pub fn find(
            session: &mut $crate::Session<'_>,
            id: domain::id::Id<$thing>,
        ) -> $crate::Result<$crate::Stored<$thing>> {
            use diesel::prelude::*;
            $table::table
                .find($crate::codec::from_id(id))
                .select(Row::as_select())
                .first(session.conn)?
                .read()
        }

        /// Adds a new one.
        ///
        /// # Errors
        ///
        /// [`crate::Error::Exists`] if there is one already where there may be only one.
        pub fn add(
            session: &mut $crate::Session<'_>,
            thing: $thing,
        ) -> $crate::Result<$crate::Stored<$thing>> {
            use diesel::prelude::*;
            diesel::insert_into($table::table).values(Row::new(&thing, 1)).execute(session.conn)?;
            Ok($crate::Stored { id: thing.id.raw(), version: 1, thing })
        }

        /// Saves `thing` in place of the `stored` one it was made from.
        ///
        /// # Errors
        ///
        /// [`crate::Error::Stale`] if that has changed since it was read.
        pub fn save(
            session: &mut $crate::Session<'_>,
            stored: &$crate::Stored<$thing>,
            thing: $thing,
        ) -> $crate::Result<$crate::Stored<$thing>> {
            use diesel::prelude::*;
            let version = stored.version + 1;
            let saved = diesel::update($table::table)
                .filter($table::id.eq(stored.id.to_string()))
                .filter($table::version.eq(stored.version))
                .set(Row::new(&thing, version))
                .execute(session.conn)?;
            if saved == 0 {
                return Err($crate::Error::Stale);
            }
            Ok($crate::Stored { id: stored.id, version, thing })
        }
    };
}
pub(crate) use documents;

/// Reads all that a query of documents finds.
macro_rules! all_of {
    ($session:expr, $query:expr) => {{
        let rows: Vec<Row> = $query.select(Row::as_select()).load($session.conn)?;
        rows.into_iter().map(Row::read).collect()
    }};
}
pub(crate) use all_of;

/// Reads one page of what a query of documents finds, and one more.
macro_rules! page_of {
    ($session:expr, $table:ident, $page:expr, $query:expr) => {
        $crate::documents::all_of!(
            $session,
            $query.filter($table::id.gt($page.floor())).order($table::id).limit($page.rows())
        )
    };
}
pub(crate) use page_of;
