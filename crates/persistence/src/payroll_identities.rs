//! Payroll identities, sealed: no column tells anything of them but whose they are.

use diesel::prelude::*;
use domain::{id::Id, payroll_identity::PayrollIdentity, person::PersonId};

use crate::{
    Error, Result, Session, Stored, codec::from_id, connection::ask, schema::payroll_identities,
};

/// The payroll identity of a person.
///
/// # Errors
///
/// [`Error::NotFound`] if they have given none, [`Error::Key`] if it cannot be opened.
pub fn find(session: &mut Session<'_>, person: PersonId) -> Result<Stored<PayrollIdentity>> {
    let (sealed, version): (Vec<u8>, i32) = ask!(session, |conn| payroll_identities::table
        .find(from_id(person))
        .select((payroll_identities::sealed, payroll_identities::version))
        .first(conn))?;
    let plain = session.unseal(&sealed)?;
    let thing = serde_json::from_slice(&plain)
        .map_err(|_| Error::corrupt("payroll_identities", &from_id(person), "sealed"))?;
    Ok(Stored { id: person.raw(), version, thing })
}

/// Whether a person has given one.
///
/// # Errors
///
/// [`Error::Database`].
pub fn is_known(session: &mut Session<'_>, person: PersonId) -> Result<bool> {
    let query = payroll_identities::table.find(from_id(person)).select(payroll_identities::version);
    Ok(ask!(session, |conn| query.first::<i32>(conn)).optional()?.is_some())
}

/// Adds the identity of a person who has given none yet.
///
/// # Errors
///
/// [`Error::Exists`] if there is one.
pub fn add(
    session: &mut Session<'_>,
    person: PersonId,
    identity: PayrollIdentity,
) -> Result<Stored<PayrollIdentity>> {
    let sealed = seal(session, &identity)?;
    ask!(session, |conn| diesel::insert_into(payroll_identities::table)
        .values((
            payroll_identities::id.eq(from_id(person)),
            payroll_identities::sealed.eq(sealed),
            payroll_identities::version.eq(1),
        ))
        .execute(conn))?;
    Ok(Stored { id: person.raw(), version: 1, thing: identity })
}

/// Saves `identity` in place of the `stored` one.
///
/// # Errors
///
/// [`Error::Stale`] if that has changed since it was read.
pub fn save(
    session: &mut Session<'_>,
    stored: &Stored<PayrollIdentity>,
    identity: PayrollIdentity,
) -> Result<Stored<PayrollIdentity>> {
    let sealed = seal(session, &identity)?;
    let version = stored.version + 1;
    let saved = ask!(session, |conn| diesel::update(payroll_identities::table)
        .filter(payroll_identities::id.eq(from_id::<PayrollIdentity>(Id::new(stored.id))))
        .filter(payroll_identities::version.eq(stored.version))
        .set((payroll_identities::sealed.eq(sealed), payroll_identities::version.eq(version)))
        .execute(conn))?;
    if saved == 0 {
        return Err(Error::Stale);
    }
    Ok(Stored { id: stored.id, version, thing: identity })
}

fn seal(session: &Session<'_>, identity: &PayrollIdentity) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(identity).expect("text is JSON");
    session.seal(&plain)
}
