//! The texts of a document.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    id::Id,
    localized::Language,
    person::PersonId,
    refusal::{Fault, Refusal, faultless},
    time::Moment,
};

/// A language that a document can be written in
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DocumentLanguage {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
    /// Northern Sámi.
    Se,
}

/// A text to be added to a document
///
/// Either a text or an attachment.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DocumentVersionForm)]
pub struct VersionForm {
    /// The language it is written in.
    pub language: DocumentLanguage,
    /// Whether it is in easy language (*selkokieli*).
    #[serde(default)]
    pub easy: bool,
    /// Its heading.
    #[schema(min_length = 1, max_length = 200, example = "Tervetuloa kuntoutusosastolle")]
    pub title: String,
    /// The text, plain or in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 60_000,
        example = "Osasto on kolmannessa kerroksessa. Sinua odotetaan aulassa."
    )]
    pub text: Option<String>,
    /// The attachment that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attachment: Option<DocumentFileId>,
}

/// The identifier of the attachment that holds a text.
pub type DocumentFileId = Id<DocumentFile>;

/// The attachment that holds a text; attachments are kept elsewhere.
#[derive(Debug)]
pub enum DocumentFile {}

/// A text of a document
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = DocumentVersion)]
pub struct Version {
    /// Its number among the texts of the same language and variant.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub number: i32,
    /// The language it is written in.
    pub language: DocumentLanguage,
    /// Whether it is in easy language.
    pub easy: bool,
    /// Its heading.
    #[schema(min_length = 1, max_length = 200)]
    pub title: String,
    /// The text, plain or in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60_000)]
    pub text: Option<String>,
    /// The attachment that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attachment: Option<DocumentFileId>,
    /// Who added it.
    pub by: PersonId,
    /// When it was added.
    pub added: Moment,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub published: Option<Moment>,
}

impl VersionForm {
    pub(super) fn numbered(
        self,
        number: i32,
        by: PersonId,
        at: Moment,
    ) -> Result<Version, Refusal> {
        let Self { language, easy, title, text, attachment } = self;
        let one = text.is_some() != attachment.is_some();
        faultless(if one { Vec::new() } else { vec![Fault::new("/text", "one_of")] })?;
        Ok(Version {
            number,
            language,
            easy,
            title,
            text,
            attachment,
            by,
            added: at,
            published: None,
        })
    }
}

impl From<Language> for DocumentLanguage {
    fn from(language: Language) -> Self {
        match language {
            Language::Fi => Self::Fi,
            Language::Sv => Self::Sv,
            Language::En => Self::En,
        }
    }
}
