//! People who sign in.

use diesel::prelude::*;
use domain::person::{Person, email_key};

use crate::{Result, Session, Stored, codec::from_id, documents::documents, schema::people};

documents! {
    people of Person as person {
        node_id: String = from_id(person.node),
        email_key: String = email_key(&person.facts.email),
    }
}

/// The person who signs in with this e-mail address, if there is one.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn find_by_email(session: &mut Session<'_>, email: &str) -> Result<Option<Stored<Person>>> {
    people::table
        .filter(people::email_key.eq(email_key(email)))
        .select(Row::as_select())
        .first(session.conn)
        .optional()?
        .map(Row::read)
        .transpose()
}
