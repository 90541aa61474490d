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

impl<T> Stored<T> {
    /// What is held now, if it is what was `read` before.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Stale`] if it has changed since.
    pub fn as_read(self, read: &Self) -> crate::Result<Self> {
        if self.version == read.version { Ok(self) } else { Err(crate::Error::Stale) }
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

/// Defines, for a table of documents, its `Row`, what is `Found` of one, and the functions `find`, `add` and `save`.
///
/// ```text
/// documents! {
///     orders of Order as order {
///         node_id: String = from_id(order.node),
///         state: String = order.state.name().to_owned(),
///     }
/// }
/// ```
///
/// With `as order at node_id`, the node that the column names comes along when one is found: most decisions about it ask where
/// that is, and many an answer shows its name.
macro_rules! documents {
    ($table:ident of $thing:ty as $name:ident { $($columns:tt)* }) => {
        $crate::documents::documents! { @rows $table of $thing as $name { $($columns)* } }

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
            let id = $crate::codec::from_id(id);
            let found: Found = $crate::connection::ask!(session, |conn| $table::table
                .find(id)
                .select(Found::as_select())
                .first(conn))?;
            let found = found.read()?;
            session.saw(&found);
            Ok(found)
        }

    };
    ($table:ident of $thing:ty as $name:ident at $node:ident { $($columns:tt)* }) => {
        $crate::documents::documents! { @rows $table of $thing as $name { $($columns)* } }

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
            use $crate::schema::nodes;
            let id = $crate::codec::from_id(id);
            let (found, node, path, body): (Found, String, String, String) =
                $crate::connection::ask!(session, |conn| $table::table
                    .inner_join(nodes::table.on(nodes::id.eq($table::$node)))
                    .filter($table::id.eq(id))
                    .select((Found::as_select(), nodes::id, nodes::path, nodes::body))
                    .first(conn))?;
            $crate::nodes::meet(session, &node, &path, body)?;
            let found = found.read()?;
            session.saw(&found);
            Ok(found)
        }

    };
    (@rows $table:ident of $thing:ty as $name:ident {
        $($column:ident: $type:ty = $value:expr),* $(,)?
    }) => {
        /// All that is written of a thing.
        #[derive(diesel::Insertable)]
        #[diesel(table_name = $table, treat_none_as_default_value = false)]
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
        }

        /// What is read of a thing: the columns beside it are there to be asked about.
        #[derive(diesel::Queryable, diesel::Selectable)]
        #[diesel(table_name = $table)]
        struct Found {
            id: String,
            body: String,
            version: i32,
        }

        impl Found {
            /// Reads the thing that the row holds.
            fn read(self) -> $crate::Result<$crate::Stored<$thing>> {
                let thing: $thing = serde_json::from_str(&self.body)
                    .map_err(|_| $crate::Error::corrupt(stringify!($table), &self.id, "body"))?;
                Ok($crate::Stored { id: thing.id.raw(), version: self.version, thing })
            }
        }

        /// Writes a row over the one of the version before. Diesel's own `UPDATE` is prepared anew each time, because
        /// which columns it names can differ; this one always names all.
        struct Save(Row);

        impl diesel::query_builder::QueryId for Save {
            type QueryId = Self;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        $crate::documents::documents! { @save diesel::pg::Pg, $table { $($column: $type),* } }
        $crate::documents::documents! { @save diesel::sqlite::Sqlite, $table { $($column: $type),* } }

        impl<Conn> diesel::RunQueryDsl<Conn> for Save {}

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
            let row = Row::new(&thing, 1);
            $crate::connection::ask!(session, |conn| diesel::insert_into($table::table)
                .values(row)
                .execute(conn))?;
            session.met(&thing);
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
            let row = Save(Row::new(&thing, version));
            let saved = $crate::connection::ask!(session, |conn| row.execute(conn))?;
            if saved == 0 {
                return Err($crate::Error::Stale);
            }
            session.met(&thing);
            Ok($crate::Stored { id: stored.id, version, thing })
        }
    };
    (@save $backend:ty, $table:ident { $($column:ident: $type:ty),* }) => {
        impl diesel::query_builder::QueryFragment<$backend> for Save {
            fn walk_ast<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, $backend>,
            ) -> diesel::QueryResult<()> {
                use diesel::sql_types::{Integer, Text};
                let Self(row) = self;
                out.push_sql(concat!("UPDATE \"", stringify!($table), "\" SET "));
                $(
                    out.push_sql(concat!("\"", stringify!($column), "\" = "));
                    out.push_bind_param::<diesel::dsl::SqlTypeOf<$table::$column>, $type>(&row.$column)?;
                    out.push_sql(", ");
                )*
                out.push_sql("\"body\" = ");
                out.push_bind_param::<Text, String>(&row.body)?;
                out.push_sql(", \"version\" = \"version\" + 1 WHERE \"id\" = ");
                out.push_bind_param::<Text, String>(&row.id)?;
                out.push_sql(" AND \"version\" + 1 = ");
                out.push_bind_param::<Integer, i32>(&row.version)
            }
        }
    };
}
pub(crate) use documents;

/// Defines, for a table of [`documents!`], the function `hold`: it finds as `find` does, and lets nobody else change what was
/// found until the transaction ends. Its documentation says what for.
///
/// ```text
/// hold! {
///     /// Finds the order, for what is added to it.
///     orders of Order
/// }
/// ```
macro_rules! hold {
    ($(#[$meta:meta])* $table:ident of $thing:ty) => {
        $(#[$meta])*
        ///
        /// # Errors
        ///
        /// [`crate::Error::NotFound`] if there is none.
        pub fn hold(
            session: &mut $crate::Session<'_>,
            id: domain::id::Id<$thing>,
        ) -> $crate::Result<$crate::Stored<$thing>> {
            let id = $crate::codec::from_id(id);
            let found: Found = $crate::connection::held!(session, |conn| $table::table
                .find(id)
                .select(Found::as_select()))?;
            let found = found.read()?;
            session.saw(&found);
            Ok(found)
        }
    };
}
pub(crate) use hold;

/// Reads all that a query of documents finds.
macro_rules! all_of {
    ($session:expr, $query:expr) => {{
        let rows: Vec<Found> = $crate::connection::ask!($session, |conn| $query
            .select(Found::as_select())
            .load(conn))?;
        let found = rows.into_iter().map(Found::read).collect::<$crate::Result<Vec<_>>>()?;
        found.iter().for_each(|stored| $session.met(&stored.thing));
        $crate::Result::Ok(found)
    }};
}
pub(crate) use all_of;

/// What was found, for those who save nothing over it.
pub(crate) fn things<T>(found: Vec<Stored<T>>) -> Vec<T> {
    found.into_iter().map(|stored| stored.thing).collect()
}

/// Reads one page of what a query of documents finds, and one more. The query may have been put together. With a
/// [`Way`](crate::way::Way), it is found on that.
macro_rules! page_of {
    ($session:expr, $table:ident, $page:expr, $query:expr) => {
        $crate::documents::page_of!(
            @after $session, $table, $page, $query.filter($table::id.gt($page.floor()))
        )
    };
    ($session:expr, $table:ident, $page:expr, $query:expr, $way:expr) => {{
        let query = match $way {
            $crate::way::Way::Some(ids) => {
                $query.filter($table::id.eq_any(ids)).filter($table::id.gt($page.floor()))
            }
            $crate::way::Way::Asked => $query.filter($table::id.gt($page.floor())),
            $crate::way::Way::All => {
                $query.filter($crate::way::after($session, stringify!($table), $page))
            }
        };
        $crate::documents::page_of!(@after $session, $table, $page, query)
    }};
    (@after $session:expr, $table:ident, $page:expr, $query:expr) => {{
        let page = $query.order($table::id).limit($page.rows());
        let rows: Vec<Found> = page.select(Found::as_select()).load($session.conn)?;
        rows.into_iter().map(Found::read).collect()
    }};
}
pub(crate) use page_of;
