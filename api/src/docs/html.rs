//! The frame of every page, and how texts are written in HTML.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::STANDARD};

const STYLE: &str = include_str!("style.css");

/// The content security policy of the pages: their own style sheet by its digest, and nothing else.
pub(crate) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

/// A whole page.
pub(super) fn page(title: &str, main: &str) -> String {
    let title = escape(title);
    format!(
        r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Kokemusväylä</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<a class="skip" href="#main">To the content</a>
<nav aria-label="Documentation"><ul>
<li><a href="/docs">Kokemusväylä: the API</a></li>
<li><a href="/docs/schemas">Schemas</a></li>
<li><a href="/docs/problems">Problems</a></li>
<li><a href="/v1/openapi.json">OpenAPI</a></li>
</ul></nav>
</header>
<main id="main">
<h1>{title}</h1>
{main}
</main>
<footer><p>Made from the contract that this server keeps, version {}.</p></footer>
</body>
</html>
"##,
        env!("CARGO_PKG_VERSION"),
    )
}

/// A table that scrolls by itself where it is too wide.
pub(super) fn table(caption: &str, heads: &[&str], rows: &str) -> String {
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n",
        caption = escape(caption),
    )
}

/// Text with its special characters written out.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text in one line, in which backquotes mean code.
pub(super) fn inline(text: &str) -> String {
    escape(text)
        .split('`')
        .enumerate()
        .map(
            |(index, part)| {
                if index % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() }
            },
        )
        .collect()
}

/// Paragraphs.
pub(super) fn prose(text: &str) -> String {
    text.split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| format!("<p>{}</p>\n", inline(paragraph.trim())))
        .collect()
}

/// A name as a part of an address.
pub(super) fn anchor(name: &str) -> String {
    name.to_lowercase()
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .collect::<Vec<_>>()
        .join("-")
}
