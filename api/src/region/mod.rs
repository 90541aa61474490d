//! A made-up region for demonstrations and tests: people, organisations and rules that look like the real ones and
//! belong to nobody.
//!
//! Identifiers are derived from names, so that a test can name what it means.

mod decisions;
mod documents;
pub mod experts;
mod fees;
mod people;
mod questions;
pub mod tree;

pub use self::people::{MACHINES, cast, expert_email};

use domain::{id::Id, node::NodeId, person::PersonId, time::Moment};
use persistence::{Result, Session};
use uuid::Uuid;

use crate::secret::sha256;

/// The made-up secret of the region's payroll client.
pub const PAYROLL_SECRET: &str = "payroll-secret-of-the-made-up-region";

/// Puts the whole region in place.
///
/// # Errors
///
/// If it is there already, or the database fails.
pub fn settle(session: &mut Session<'_>, now: Moment) -> Result<()> {
    tree::plant(session)?;
    tree::grow(session)?;
    people::arrive(session, now)?;
    documents::publish(session, now)?;
    fees::set(session)?;
    experts::enrol(session, now)?;
    decisions::decide(session, now)?;
    Ok(())
}

/// The identifier of the thing of this kind with this name.
pub fn id<T>(kind: &str, name: &str) -> Id<T> {
    let digest = sha256(format!("{kind}:{name}").as_bytes());
    let mut bytes = u128::from_str_radix(&digest[..32], 16).unwrap_or_default().to_be_bytes();
    // Like those made later, the identifiers are of version 7, from before the first of them.
    bytes[..6].copy_from_slice(&[1, 0x90, 0, 0, 0, 0]);
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Id::new(Uuid::from_bytes(bytes))
}

/// The identifier of a node of the region, by its Finnish name.
pub fn node(name: &str) -> NodeId {
    id("node", name)
}

/// The identifier of a person of the region, by e-mail address.
pub fn person(email: &str) -> PersonId {
    id("person", email)
}

/// The identifier of a machine client of the region, by name.
pub fn client(name: &str) -> Id<domain::client::Client> {
    id("client", name)
}
