//! Acknowledgements: that someone has read a document and accepts it (S4-10, S4-52).

use serde::{Deserialize, Serialize};

use super::{Document, DocumentId, State};
use crate::{
    id::Id,
    person::PersonId,
    refusal::{Refusal, Rule},
    time::Moment,
};

/// The identifier of an acknowledgement.
pub type AcknowledgementId = Id<Acknowledgement>;

/// That someone has read what was published of a document, and accepts it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Acknowledgement {
    /// Its identifier.
    pub id: AcknowledgementId,
    /// The document.
    pub document: DocumentId,
    /// Who has read it.
    pub person: PersonId,
    /// When what they read was published: a later publication asks for another acknowledgement.
    pub published: Moment,
    /// When they said so.
    pub at: Moment,
}

impl Document {
    /// The acknowledgement of what is published now.
    ///
    /// # Errors
    ///
    /// [`Rule::NotAcknowledged`] unless it is published, and to be acknowledged.
    pub fn acknowledged(
        &self,
        id: AcknowledgementId,
        person: PersonId,
        at: Moment,
    ) -> Result<Acknowledgement, Refusal> {
        match self.state {
            State::Published { at: published } if self.facts.acknowledged => {
                Ok(Acknowledgement { id, document: self.id, person, published, at })
            }
            _ => Err(Rule::NotAcknowledged.into()),
        }
    }
}
