//! Decisions to use experts.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::{decision::Decision, node::Path, policy::Scope, time::Day};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_day, from_id},
    connection::ask,
    documents::{documents, page_of},
    schema::decisions,
    scope::in_scope,
};

documents! {
    decisions of Decision as decision {
        node_id: String = from_id(decision.terms.node_id),
        from_day: NaiveDate = from_day(decision.terms.from),
        until_day: Option<NaiveDate> = decision.terms.until.map(from_day),
        state: String = decision.state.name().to_owned(),
    }
}

/// Which decisions a listing is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those that hold at this node: registered there or above it.
    pub holding_at: Option<Path>,
    /// Those in force on this day.
    pub on: Option<Day>,
}

/// Decisions in the order of their registering.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<Decision>>> {
    let mut query = in_scope!(decisions, decisions::table.into_boxed(), scope, {
        below: decisions::node_id,
    });
    if let Some(path) = &filter.holding_at {
        query =
            query.filter(decisions::node_id.eq_any(path.ids().map(from_id).collect::<Vec<_>>()));
    }
    if let Some(day) = filter.on.map(from_day) {
        query = query
            .filter(decisions::state.eq("registered"))
            .filter(decisions::from_day.le(day))
            .filter(decisions::until_day.is_null().or(decisions::until_day.ge(day)));
    }
    page_of!(session, decisions, page, query)
}

/// Whether experts may be ordered at a node on a day: some decision, there or above, is in force (S4-08).
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn in_force(session: &mut Session<'_>, path: &Path, day: Day) -> Result<bool> {
    let day = from_day(day);
    let held: i64 = ask!(session, |conn| decisions::table
        .filter(among(decisions::node_id, path.ids().map(from_id)))
        .filter(decisions::state.eq("registered"))
        .filter(decisions::from_day.le(day))
        .filter(decisions::until_day.is_null().or(decisions::until_day.ge(day)))
        .count()
        .get_result(conn))?;
    Ok(held > 0)
}
