//! Support notes (*tukimuistiinpano*): what the organisation behind an expert remembers of supporting them (S2-04).
//!
//! They are about a person's well-being: the text is encrypted at rest, and only those who support the expert in the
//! organisation that wrote it read it. An expert whom another organisation supports from now on begins anew with it.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    expert::ExpertId,
    id::Id,
    node::NodeId,
    person::PersonId,
    time::{Day, Moment},
};

/// The identifier of a support note.
pub type SupportNoteId = Id<SupportNote>;

/// A note about supporting an expert; its text is kept apart, encrypted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SupportNote {
    /// The identifier.
    pub id: SupportNoteId,
    /// The expert.
    pub expert: ExpertId,
    /// The organisation that supported the expert when it was written, and that alone reads it. Unknown of old ones.
    #[serde(default)]
    pub organisation: Option<NodeId>,
    /// Who wrote it.
    pub author: PersonId,
    /// When.
    pub at: Moment,
    /// The day to come back to it.
    pub follow_up: Option<Day>,
}

/// A note about supporting an expert
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportNoteForm {
    /// What to remember.
    #[schema(
        min_length = 1,
        max_length = 4000,
        example = "Sovittiin puhelu ennen ensimmäistä keikkaa."
    )]
    pub text: String,
    /// The day to come back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub follow_up: Option<Day>,
}

impl fmt::Debug for SupportNoteForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SupportNoteForm(…)")
    }
}
