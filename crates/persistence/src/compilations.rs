//! Yearly compilations.

use diesel::prelude::*;
use domain::{
    compilation::Compilation,
    node::NodeId,
    policy::{Reach, Scope},
};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    connection::ask,
    documents::{all_of, documents, page_of},
    schema::compilations,
    scope::in_scope,
};

documents! {
    compilations of Compilation as compilation {
        area_id: String = from_id(compilation.area),
        year: i32 = compilation.year,
        number: Option<i32> = compilation.state.number().and_then(|n| i32::try_from(n).ok()),
        state: String = compilation.state.name().to_owned(),
    }
}

/// Which compilations a listing is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those of this area.
    pub area: Option<NodeId>,
    /// Those of this year.
    pub year: Option<i32>,
    /// Those in this state.
    pub state: Option<String>,
}

/// Compilations in the order of their making: those within the scope, and for whoever may read what is `published`, that.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    published: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<Compilation>>> {
    let mut query = in_scope!(compilations, compilations::table.into_boxed(), scope, {
        below: compilations::area_id,
    });
    if published.0.contains(&Reach::Everything) {
        query = query.or_filter(compilations::state.eq("published"));
    }
    if let Some(area) = filter.area {
        query = query.filter(compilations::area_id.eq(from_id(area)));
    }
    if let Some(year) = filter.year {
        query = query.filter(compilations::year.eq(year));
    }
    if let Some(state) = &filter.state {
        query = query.filter(compilations::state.eq(state.clone()));
    }
    page_of!(session, compilations, page, query)
}

/// All that are published, by area and year.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn published(session: &mut Session<'_>) -> Result<Vec<Stored<Compilation>>> {
    all_of!(
        session,
        compilations::table
            .filter(compilations::state.eq("published"))
            .order((compilations::year, compilations::area_id))
    )
}

/// Those of an area and a year that are not published.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn unpublished(
    session: &mut Session<'_>,
    area: NodeId,
    year: i32,
) -> Result<Vec<Stored<Compilation>>> {
    all_of!(
        session,
        compilations::table
            .filter(compilations::area_id.eq(from_id(area)))
            .filter(compilations::year.eq(year))
            .filter(compilations::state.ne("published"))
            .order(compilations::id)
    )
}

/// The number that the next frozen compilation of an area and a year gets.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn next_number(session: &mut Session<'_>, area: NodeId, year: i32) -> Result<u32> {
    let last: Option<i32> = ask!(session, |conn| compilations::table
        .filter(compilations::area_id.eq(from_id(area)))
        .filter(compilations::year.eq(year))
        .select(diesel::dsl::max(compilations::number))
        .first(conn))?;
    Ok(last.and_then(|last| u32::try_from(last).ok()).unwrap_or_default() + 1)
}

/// Whether a compilation of the area and the year is in this state.
///
/// # Errors
///
/// [`crate::Error::Database`].
pub fn is_any(session: &mut Session<'_>, area: NodeId, year: i32, states: &[&str]) -> Result<bool> {
    let found = compilations::table
        .filter(compilations::area_id.eq(from_id(area)))
        .filter(compilations::year.eq(year))
        .filter(compilations::state.eq_any(states.iter().map(|state| (*state).to_owned())));
    Ok(ask!(session, |conn| diesel::select(diesel::dsl::exists(found)).get_result(conn))?)
}
