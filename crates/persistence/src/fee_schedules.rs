//! Fee schedules, in dated versions.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::{
    fee_schedule::{self, FeeSchedule},
    id::Id,
    node::{Node, NodeId, Path},
    policy::Scope,
    time::Day,
};

use crate::{
    Page, Result, Session, Stored,
    codec::{from_day, from_id},
    documents::{all_of, documents, page_of, things},
    schema::fee_schedules,
    scope::in_scope,
};

documents! {
    fee_schedules of FeeSchedule as schedule {
        node_id: String = from_id(schedule.node),
        valid_from: NaiveDate = from_day(schedule.content.valid_from),
    }
}

/// Which fee schedules to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those of this area.
    pub node: Option<NodeId>,
}

/// Lists schedules, the first one made first.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: Filter,
    page: Page,
) -> Result<Vec<Stored<FeeSchedule>>> {
    let query = fee_schedules::table.into_boxed();
    let mut query = in_scope!(fee_schedules, query, scope, { below: fee_schedules::node_id, });
    if let Some(node) = filter.node {
        query = query.filter(fee_schedules::node_id.eq(from_id(node)));
    }
    page_of!(session, fee_schedules, page, query)
}

/// Every version of an area.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn of_area(session: &mut Session<'_>, area: Id<Node>) -> Result<Vec<FeeSchedule>> {
    let here = fee_schedules::table.filter(fee_schedules::node_id.eq(from_id(area)));
    Ok(things(all_of!(session, here.order(fee_schedules::id))?))
}

/// The version by which a task of `day` is paid at the node with this path, if its area has one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn on(session: &mut Session<'_>, path: &Path, day: Day) -> Result<Option<FeeSchedule>> {
    let Some(area) = path.area() else { return Ok(None) };
    let versions = of_area(session, area)?;
    Ok(fee_schedule::pick(&versions, day).cloned())
}
