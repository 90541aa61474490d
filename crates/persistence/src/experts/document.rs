//! Experts as documents.

use diesel::prelude::*;
use domain::{
    expert::{CardId, Expert, ExpertId},
    node::NodeId,
    person::PersonId,
    policy::Scope,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::{from_id, to_id},
    connection::{AnyBackend, ask},
    documents::{all_of, documents, page_of},
    schema::experts,
    scope::in_scope,
    way::way,
};

documents! {
    experts of Expert as expert {
        person_id: String = from_id(expert.person),
        node_id: String = from_id(expert.node),
        handler_id: Option<String> = expert.handler().map(from_id),
        card_id: String = from_id(expert.card),
        public_card_id: String = from_id(expert.public_card),
        findable: bool = expert.is_findable(),
    }
}

/// The expert that a person is.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if they are none.
pub fn find_by_person(session: &mut Session<'_>, person: PersonId) -> Result<Stored<Expert>> {
    let found: Found = ask!(session, |conn| experts::table
        .filter(experts::person_id.eq(from_id(person)))
        .select(Found::as_select())
        .first(conn))?;
    let found = found.read()?;
    session.met(&found.thing);
    Ok(found)
}

/// The organisation that supports the expert whom a person is, if one does now. Nothing of somebody who is no expert.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn supporter(session: &mut Session<'_>, person: PersonId) -> Result<Option<Option<NodeId>>> {
    let found: Option<Option<String>> = ask!(session, |conn| experts::table
        .filter(experts::person_id.eq(from_id(person)))
        .select(experts::handler_id)
        .first(conn))
    .optional()?;
    found.map(|handler| handler.map(|id| to_id("experts", &id)).transpose()).transpose()
}

/// The expert that a card of the bank is about.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is none.
pub fn find_by_card(session: &mut Session<'_>, card: CardId) -> Result<Stored<Expert>> {
    let found: Found = ask!(session, |conn| experts::table
        .filter(experts::card_id.eq(from_id(card)))
        .select(Found::as_select())
        .first(conn))?;
    let found = found.read()?;
    session.met(&found.thing);
    Ok(found)
}

/// The experts that `scope` covers.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(session: &mut Session<'_>, scope: &Scope, page: Page) -> Result<Vec<Stored<Expert>>> {
    let way = way!(session, experts, scope, {
        below: experts::node_id, handled: experts::handler_id, own: experts::person_id,
    });
    let query = in_scope!(experts, experts::table.into_boxed(), scope, {
        below: experts::node_id, handled: experts::handler_id, own: experts::person_id,
    });
    page_of!(session, experts, page, query, way)
}

/// Those of these experts who are there.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn some(session: &mut Session<'_>, ids: &[ExpertId]) -> Result<Vec<Stored<Expert>>> {
    let ids: Vec<String> = ids.iter().copied().map(from_id).collect();
    all_of!(session, experts::table.filter(among(experts::id, ids)))
}

/// The experts who cannot be found in the bank, one page after the other: among them are those who have left.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn hidden(session: &mut Session<'_>, page: Page) -> Result<Vec<Stored<Expert>>> {
    page_of!(session, experts, page, experts::table.filter(experts::findable.eq(false)))
}

/// The experts that a narrowed query finds.
pub(super) fn load(
    session: &mut Session<'_>,
    query: experts::BoxedQuery<'_, AnyBackend>,
) -> Result<Vec<Stored<Expert>>> {
    let rows: Vec<Found> = query.select(Found::as_select()).load(session.conn)?;
    rows.into_iter().map(Found::read).collect()
}
