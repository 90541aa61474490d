//! Who did what to which thing (S3-11). Events are added and, when their time is over, forgotten; nothing changes them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::{
    audit::AuditEvent,
    person::PersonId,
    policy::{Reach, Scope},
    time::Moment,
};
use uuid::Uuid;

use crate::{
    Error, Page, Result, Session, Stored,
    codec::{from_id, from_moment, to_id, to_moment},
    connection::ask,
    documents::page_of,
    schema::audit_events,
    scope::in_scope,
    way::{Way, way},
};

/// How many are forgotten in one go, so that nobody waits long for it.
const SOME: i64 = 5000;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_events, treat_none_as_default_value = false)]
struct Row {
    id: String,
    happened_at: NaiveDateTime,
    operation: String,
    person_id: Option<String>,
    client_id: Option<String>,
    behalf_id: Option<String>,
    node_id: String,
    thing_id: Option<String>,
    place: String,
    status: i32,
    trace: String,
}

/// There is nothing in an event beside its columns.
type Found = Row;

/// Which events a listing shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those of one person.
    pub person: Option<PersonId>,
    /// Those of one thing.
    pub thing: Option<Uuid>,
    /// Those of one operation.
    pub operation: Option<String>,
    /// Those from this moment on.
    pub from: Option<Moment>,
    /// Those before this moment.
    pub until: Option<Moment>,
}

/// Adds an event.
///
/// # Errors
///
/// [`Error::Database`].
pub fn add(session: &mut Session<'_>, event: &AuditEvent) -> Result<()> {
    let row = Row {
        id: from_id(event.id),
        happened_at: from_moment(event.at),
        operation: event.operation.clone(),
        person_id: event.person.map(from_id),
        client_id: event.client.map(from_id),
        behalf_id: event.behalf.map(from_id),
        node_id: from_id(event.node),
        thing_id: event.thing.map(|thing| thing.to_string()),
        place: event.place.clone(),
        status: event.status.into(),
        trace: event.trace.clone(),
    };
    ask!(session, |conn| diesel::insert_into(audit_events::table).values(row).execute(conn))?;
    Ok(())
}

/// The events that `scope` covers, the oldest first.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Stored<AuditEvent>>> {
    let asked = filter.person.is_some()
        || filter.thing.is_some()
        || filter.operation.is_some()
        || filter.from.is_some()
        || filter.until.is_some();
    let scope = whole(scope);
    let way = if asked {
        Way::Asked
    } else {
        way!(session, audit_events, &scope, {
            below: audit_events::node_id,
            own: audit_events::person_id,
            party: audit_events::behalf_id,
        })
    };
    let mut query = in_scope!(audit_events, audit_events::table.into_boxed(), &scope, {
        below: audit_events::node_id,
        own: audit_events::person_id,
        party: audit_events::behalf_id,
    });
    if let Some(person) = filter.person {
        query = query.filter(audit_events::person_id.eq(from_id(person)));
    }
    if let Some(thing) = filter.thing {
        query = query.filter(audit_events::thing_id.eq(thing.to_string()));
    }
    if let Some(operation) = &filter.operation {
        query = query.filter(audit_events::operation.eq(operation.clone()));
    }
    if let Some(from) = filter.from {
        query = query.filter(audit_events::happened_at.ge(from_moment(from)));
    }
    if let Some(until) = filter.until {
        query = query.filter(audit_events::happened_at.lt(from_moment(until)));
    }
    page_of!(session, audit_events, page, query, way)
}

/// Forgets some of the events that happened before a moment, the oldest first. Gives how many.
///
/// # Errors
///
/// [`Error::Database`].
pub fn forget(session: &mut Session<'_>, before: Moment) -> Result<usize> {
    let oldest: Vec<(String, NaiveDateTime)> = ask!(session, |conn| audit_events::table
        .order(audit_events::id)
        .limit(SOME)
        .select((audit_events::id, audit_events::happened_at))
        .load(conn))?;
    let old = oldest.into_iter().take_while(|(_, at)| *at < from_moment(before)).map(|(id, _)| id);
    let Some(last) = old.last() else { return Ok(0) };
    Ok(ask!(session, |conn| diesel::delete(audit_events::table.filter(audit_events::id.le(last)))
        .execute(conn))?)
}

/// Who reaches the whole nation reaches everything: no event needs to be looked up in the tree.
fn whole(scope: &Scope) -> Scope {
    let nation = |reach: &Reach| matches!(reach, Reach::Below(path) if path.ids().count() == 1);
    if scope.0.iter().any(nation) { Scope(vec![Reach::Everything]) } else { scope.clone() }
}

impl Row {
    fn read(self) -> Result<Stored<AuditEvent>> {
        let id = to_id("audit_events", &self.id)?;
        let corrupt = |what| Error::corrupt("audit_events", &self.id, what);
        let thing = AuditEvent {
            id,
            at: to_moment(self.happened_at),
            operation: self.operation,
            person: self.person_id.map(|id| to_id("audit_events", &id)).transpose()?,
            client: self.client_id.map(|id| to_id("audit_events", &id)).transpose()?,
            behalf: self.behalf_id.map(|id| to_id("audit_events", &id)).transpose()?,
            node: to_id("audit_events", &self.node_id)?,
            thing: self
                .thing_id
                .map(|id| id.parse().map_err(|_| corrupt("thing_id")))
                .transpose()?,
            place: self.place,
            status: u16::try_from(self.status).map_err(|_| corrupt("status"))?,
            trace: self.trace,
        };
        Ok(Stored { id: id.raw(), version: 1, thing })
    }
}
