//! What a file is, told by its first bytes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a file is
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
pub enum MediaType {
    /// PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// Plain text in UTF-8.
    #[serde(rename = "text/plain")]
    Text,
}

impl MediaType {
    /// Every one.
    pub const ALL: &[Self] = &[Self::Pdf, Self::Png, Self::Jpeg, Self::Text];

    /// As in `Content-Type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// How the names of such files end, after a full stop; the usual way first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Text => &["txt"],
        }
    }
}

/// What a file is by its content, if it is something that can be attached.
///
/// Plain text is UTF-8 without control characters, and without the beginning of a page that a browser would run.
pub fn sniff(content: &[u8]) -> Option<MediaType> {
    const SIGNATURES: &[(&[u8], MediaType)] = &[
        (b"%PDF-", MediaType::Pdf),
        (b"\x89PNG\r\n\x1a\n", MediaType::Png),
        (b"\xff\xd8\xff", MediaType::Jpeg),
    ];
    let signed = SIGNATURES.iter().find(|(signature, _)| content.starts_with(signature));
    if let Some((_, media_type)) = signed {
        return Some(*media_type);
    }
    let text = std::str::from_utf8(content).ok()?;
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let page = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('<');
    (!text.is_empty() && !page && text.chars().all(plain)).then_some(MediaType::Text)
}
