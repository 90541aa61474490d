//! People who sign in.

use diesel::prelude::*;
use domain::{
    node::Path,
    person::{Person, PersonId, email_key},
    policy::Scope,
    time::Moment,
};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    connection::{ask, held},
    documents::{all_of, documents, page_of},
    schema::{nodes, people},
    scope::in_scope,
    way::{Way, way},
};

documents! {
    people of Person as person {
        node_id: String = from_id(person.node),
        email_key: String = email_key(&person.facts.email),
        new_email_key: Option<String> =
            person.new_address.as_ref().map(|new| email_key(&new.email)),
        active: Option<bool> = Some(person.is_active()),
    }
}

/// Finds the person as [`find`] does, and lets nobody change them until the transaction ends: for what depends on whether they
/// are still here.
///
/// # Errors
///
/// [`crate::Error::NotFound`] if there is none.
pub fn hold(session: &mut Session<'_>, id: PersonId) -> Result<Stored<Person>> {
    let id = from_id(id);
    let found: Found = held!(session, |conn| people::table.find(id).select(Found::as_select()))?;
    let found = found.read()?;
    session.saw(&found);
    Ok(found)
}

/// The person who signs in with this e-mail address, if there is one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn find_by_email(session: &mut Session<'_>, email: &str) -> Result<Option<Stored<Person>>> {
    ask!(session, |conn| people::table
        .filter(people::email_key.eq(email_key(email)))
        .select(Found::as_select())
        .first(conn))
    .optional()?
    .map(Found::read)
    .transpose()
}

/// The person who signs in for the first time with this e-mail address at `now`, because an administrator has asked for it:
/// the one for whom it was asked last.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn find_by_new_email(
    session: &mut Session<'_>,
    email: &str,
    now: Moment,
) -> Result<Option<Stored<Person>>> {
    let found: Result<Vec<Stored<Person>>> =
        all_of!(session, people::table.filter(people::new_email_key.eq(email_key(email))));
    let waiting = found?.into_iter().filter(|person| person.awaits(email, now));
    Ok(waiting.max_by_key(|person| person.new_address.as_ref().map(|new| new.from)))
}

/// People in the order of their registering: all, or those who belong to the node at `below` or under it.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    scope: &Scope,
    below: Option<&Path>,
    page: Page,
) -> Result<Vec<Stored<Person>>> {
    let way = match below {
        Some(_) => Way::Asked,
        None => way!(session, people, scope, { below: people::node_id, own: people::id, }),
    };
    let mut query = in_scope!(people, people::table.into_boxed(), scope, {
        below: people::node_id,
        own: people::id,
    });
    if let Some(path) = below {
        let under =
            nodes::table.filter(nodes::path.like(format!("{}%", path.as_str()))).select(nodes::id);
        query = query.filter(people::node_id.eq_any(under));
    }
    page_of!(session, people, page, query, way)
}
