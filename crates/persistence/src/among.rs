//! That a column has one of several values, in a form that a database keeps ready for the next time. Diesel's `eq_any` is for
//! queries that are put together as they are asked: it gives SQLite a sign for each value, and so another statement for each
//! number of them, which is prepared anew each time.

use diesel::{
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping},
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, Bool, Text},
    sqlite::Sqlite,
};

/// A condition: the column is one of the values.
#[derive(Clone, Debug, QueryId)]
pub(crate) struct Among<C> {
    column: C,
    values: Vec<String>,
    list: String,
}

/// That `column` has one of these values.
pub(crate) fn among<C>(column: C, values: impl IntoIterator<Item: Into<String>>) -> Among<C>
where
    C: Expression<SqlType = Text>,
{
    let values: Vec<String> = values.into_iter().map(Into::into).collect();
    let list = serde_json::to_string(&values).expect("texts are JSON");
    Among { column, values, list }
}

impl<C: Expression> Expression for Among<C> {
    type SqlType = Bool;
}

impl<C: ValidGrouping<G>, G> ValidGrouping<G> for Among<C> {
    type IsAggregate = C::IsAggregate;
}

impl<C: AppearsOnTable<S>, S> AppearsOnTable<S> for Among<C> where Self: Expression {}

impl<C: SelectableExpression<S>, S> SelectableExpression<S> for Among<C> where
    Self: AppearsOnTable<S>
{
}

impl<C: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Among<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (SELECT value FROM json_each(");
        out.push_bind_param::<Text, String>(&self.list)?;
        out.push_sql("))");
        Ok(())
    }
}

impl<C: QueryFragment<Pg>> QueryFragment<Pg> for Among<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" = ANY(");
        out.push_bind_param::<Array<Text>, Vec<String>>(&self.values)?;
        out.push_sql(")");
        Ok(())
    }
}
