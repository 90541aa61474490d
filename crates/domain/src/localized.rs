//! Texts in the languages of the service.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language of the service
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// A name or a short text in several languages
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// In Finnish.
    #[schema(example = "Lapin hyvinvointialue", min_length = 1, max_length = 500)]
    pub fi: String,
    /// In Swedish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        example = "Lapplands välfärdsområde",
        nullable = false,
        min_length = 1,
        max_length = 500
    )]
    pub sv: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        example = "Lapland wellbeing services county",
        nullable = false,
        min_length = 1,
        max_length = 500
    )]
    pub en: Option<String>,
    /// In Northern Sámi.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        example = "Lappi buresbirgenguovlu",
        nullable = false,
        min_length = 1,
        max_length = 500
    )]
    pub se: Option<String>,
}

impl Localized {
    /// A text that is known in Finnish only.
    pub fn fi(text: &str) -> Self {
        Self { fi: text.to_owned(), ..Self::default() }
    }

    /// A text in Finnish, Swedish and English.
    pub fn of(fi: &str, sv: &str, en: &str) -> Self {
        Self { fi: fi.to_owned(), sv: Some(sv.to_owned()), en: Some(en.to_owned()), se: None }
    }

    /// The text in `language`, or in Finnish if it is missing there.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Fi => &self.fi,
            Language::Sv => self.sv.as_deref().unwrap_or(&self.fi),
            Language::En => self.en.as_deref().unwrap_or(&self.fi),
        }
    }
}
