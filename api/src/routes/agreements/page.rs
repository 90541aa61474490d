//! A page of HTML, written piece by piece.
//!
//! **Invariant:** what comes from people reaches the page only through [`Page::text`], which escapes it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::localized::Language;

use crate::locale;

/// A page that is being written.
pub(in crate::routes) struct Page {
    language: Language,
    html: String,
}

/// How the page looks, on a screen and on paper.
const STYLE: &str = "
body { font: 1rem/1.5 sans-serif; color: #111; background: #fff; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid #555 }
dt { font-weight: bold } dd { margin: 0 0 .75rem; white-space: pre-line }
table { border-collapse: collapse; width: 100% } caption { text-align: left; font-weight: bold; padding: .25rem 0 }
th, td { border: 1px solid #555; padding: .3rem .5rem; text-align: left; vertical-align: top }
td.sum, th.sum { text-align: right }
.state { font-weight: bold }
@media print { body { margin: 0; max-width: none; font-size: 11pt } h2 { break-after: avoid } tr, dd { break-inside: avoid } }
";

/// The content security policy of a page: its own style by its digest, forms to `forms`, and nothing else.
pub(in crate::routes) fn policy(forms: &str) -> String {
    let style = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action {forms}; frame-ancestors 'none'"
    )
}

impl Page {
    /// A page in `language` with the title that the locales have under `title`.
    pub(in crate::routes) fn new(language: Language, title: &str) -> Self {
        let tag = match language {
            Language::Fi => "fi",
            Language::Sv => "sv",
            Language::En => "en",
        };
        let mut page = Self { language, html: String::new() };
        page.html += &format!(
            "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        );
        page.word(title);
        page.html += &format!("</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n");
        page
    }

    /// The finished page.
    pub(in crate::routes) fn finish(mut self) -> String {
        self.html += "</main>\n</body>\n</html>\n";
        self.html
    }

    /// Writes markup of our own.
    pub(in crate::routes) fn tag(&mut self, markup: &'static str) {
        self.html += markup;
    }

    /// Writes a word of our own, from the locales.
    pub(in crate::routes) fn word(&mut self, key: &str) {
        let text = locale::text(self.language, key);
        self.text(&text);
    }

    /// Writes a text as it is read.
    pub(in crate::routes) fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.html += "&amp;",
                '<' => self.html += "&lt;",
                '>' => self.html += "&gt;",
                '"' => self.html += "&quot;",
                '\'' => self.html += "&#39;",
                character => self.html.push(character),
            }
        }
    }

    /// A heading of the second level.
    pub(in crate::routes) fn heading(&mut self, key: &str) {
        self.tag("<h2>");
        self.word(key);
        self.tag("</h2>\n");
    }

    /// A term and what is said of it, unless nothing is.
    pub(in crate::routes) fn entry(&mut self, key: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.tag("<dt>");
        self.word(key);
        self.tag("</dt><dd>");
        self.text(text);
        self.tag("</dd>\n");
    }

    /// A paragraph.
    pub(in crate::routes) fn paragraph(&mut self, text: &str) {
        self.tag("<p>");
        self.text(text);
        self.tag("</p>\n");
    }

    /// A list, under a heading of its own, unless it is empty.
    pub(in crate::routes) fn list(&mut self, key: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.tag("<h3>");
        self.word(key);
        self.tag("</h3>\n<ul>\n");
        for item in items {
            self.tag("<li>");
            self.text(item);
            self.tag("</li>\n");
        }
        self.tag("</ul>\n");
    }

    /// A table with a caption and a header for each column; the first cell of a row is its header.
    pub(in crate::routes) fn table(
        &mut self,
        caption: &str,
        columns: &[&str],
        rows: &[Vec<String>],
    ) {
        self.tag("<table>\n<caption>");
        self.word(caption);
        self.tag("</caption>\n<thead><tr>");
        for column in columns {
            self.tag("<th scope=\"col\">");
            self.word(column);
            self.tag("</th>");
        }
        self.tag("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.tag("<tr>");
            for (at, cell) in row.iter().enumerate() {
                self.tag(if at == 0 { "<th scope=\"row\">" } else { "<td>" });
                self.text(cell);
                self.tag(if at == 0 { "</th>" } else { "</td>" });
            }
            self.tag("</tr>\n");
        }
        self.tag("</tbody>\n</table>\n");
    }
}
