//! The audit trail (*käyttöloki*): who did what to which thing and when (S3-11, S4-58).
//!
//! **Invariant:** an event has references and nothing else: no name, no text that somebody wrote, nothing of health.
//!
//! **Invariant:** what somebody did in their own matters, such as declining an offer, is seen by themselves, by the one
//! they act for, and by those who run the installation; no area learns of it here.

use uuid::Uuid;

use crate::{client::Client, id::Id, node::NodeId, person::PersonId, time::Moment};

/// The identifier of an event.
pub type AuditEventId = Id<AuditEvent>;

/// That somebody did something.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuditEvent {
    /// The identifier.
    pub id: AuditEventId,
    /// When.
    pub at: Moment,
    /// What: the operation of the contract, the job of the service, or the command at its machine.
    pub operation: String,
    /// Who, if it was a person.
    pub person: Option<PersonId>,
    /// Who, if it was a machine.
    pub client: Option<Id<Client>>,
    /// The expert for whom the person acted.
    pub behalf: Option<PersonId>,
    /// Where it belongs: the nation, if it was somebody's own matter.
    pub node: NodeId,
    /// The thing that was made, changed or read.
    pub thing: Option<Uuid>,
    /// The path that was asked for, in which only identifiers and codes are said.
    pub place: String,
    /// What was answered, as a status of HTTP.
    pub status: u16,
    /// The chain of calls, as in the log.
    pub trace: String,
}
