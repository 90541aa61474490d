//! People who sign in.

use diesel::prelude::*;
use domain::{
    node::Path,
    person::{Person, email_key},
    policy::{Reach, Scope},
    time::Moment,
};

use crate::{
    Page, Result, Session, Stored,
    among::among,
    codec::from_id,
    connection::ask,
    documents::{all_of, documents, hold, page_of},
    nodes,
    schema::{experts, nodes as nodes_table, people},
    scope::in_scope,
    way::{Way, few_of, way},
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

hold! {
    /// Finds the person as [`find`] does, and lets nobody change them until the transaction ends: for what depends on whether they
    /// are still here.
    people of Person
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

/// That an organisation at the path that begins with `$prefix` or below it serves a person: an expert the one that supports them
/// now, anybody else the one that they belong to.
macro_rules! served {
    ($prefix:expr) => {{
        use diesel::dsl::{exists, not};
        use $crate::schema::{experts, nodes, people};
        let prefix: String = $prefix;
        let supporting =
            nodes::table.filter(nodes::path.like(prefix.clone())).select(nodes::id.nullable());
        let supported = experts::table
            .filter(experts::handler_id.eq_any(supporting))
            .select(experts::person_id);
        let here = nodes::table.filter(nodes::path.like(prefix)).select(nodes::id);
        let expert = experts::table.filter(experts::person_id.eq(people::id));
        people::id.eq_any(supported).or(people::node_id.eq_any(here).and(not(exists(expert))))
    }};
}
pub(crate) use served;

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
        None => {
            let way = way!(session, people, scope, { below: people::node_id, own: people::id, });
            served_way(session, scope, way)?
        }
    };
    let mut query = in_scope!(people, people::table.into_boxed(), scope, {
        below: people::node_id,
        own: people::id,
    });
    for reach in &scope.0 {
        if let Reach::Handled(path) = reach {
            query = query.or_filter(served!(format!("{}%", path.as_str())));
        }
    }
    if let Some(path) = below {
        let under = nodes_table::table
            .filter(nodes_table::path.like(format!("{}%", path.as_str())))
            .select(nodes_table::id);
        query = query.filter(people::node_id.eq_any(under));
    }
    page_of!(session, people, page, query, way)
}

/// The way, on which are also those whom organisations of the scope serve.
fn served_way(session: &mut Session<'_>, scope: &Scope, way: Way) -> Result<Way> {
    let Way::Some(few) = way else { return Ok(way) };
    let mut few = Some(few);
    for reach in &scope.0 {
        let Reach::Handled(path) = reach else { continue };
        let here = nodes::below(session, path)?;
        let supported = || among(experts::handler_id.assume_not_null(), here.iter().cloned());
        few_of!(session, few, experts::table.filter(supported()).select(experts::person_id));
        let belong = || among(people::node_id, here.iter().cloned());
        few_of!(session, few, people::table.filter(belong()).select(people::id));
    }
    Ok(few.map_or(Way::All, Way::Some))
}
