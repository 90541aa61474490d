//! The frame of every page, and how texts are written in HTML.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Page, examples::LANGUAGES};

const STYLE: &str = include_str!("style.css");

/// The content security policy of the pages: their own style sheet by its digest, the icon that is none, so that no browser asks
/// for one, and nothing else.
pub(crate) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

/// What stands at the top of every page: the name of the page, and what it is called there.
const PLACES: [(&str, &str); 9] = [
    ("", "Begin"),
    ("chain", "The chain"),
    ("hr", "HR"),
    ("website", "Websites"),
    ("mobile", "Mobile"),
    ("reference", "Reference"),
    ("states", "States"),
    ("problems", "Errors"),
    ("suomeksi", "Suomeksi"),
];

/// A whole page.
pub(super) fn frame(page: &Page) -> String {
    let title = escape(&page.title);
    let Page { language, body, .. } = page;
    let places: String = PLACES.iter().map(|place| link(place, &page.name)).collect();
    let choice = if page.examples { choice() } else { String::new() };
    let contents = contents(body, language);
    format!(
        r##"<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Kokemusväylä</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<header>
<a class="skip" href="#main">{skip}</a>
<p class="brand"><a href="/docs">Kokemusväylä</a> <span lang="en">API documentation</span></p>
<nav aria-label="Documentation" lang="en"><ul>
{places}</ul></nav>
</header>
<div class="columns">
{contents}<main id="main">
<h1>{title}</h1>
{choice}{body}
</main>
</div>
<footer lang="en"><p>Version {version}, made from the contract that this server keeps: <a href="/v1/openapi.json">OpenAPI 3.1</a>. <a href="/docs/behaviour">How it behaves</a> · <a href="/docs/versions">Versions</a> · <a href="/docs/identification">Identification</a> · <a href="/docs/changes">Changes</a> · <a href="/docs/schemas">Shared forms</a></p></footer>
</body>
</html>
"##,
        skip = if *language == "fi" { "Siirry sisältöön" } else { "Skip to the content" },
        version = env!("CARGO_PKG_VERSION"),
    )
}

fn link((name, title): &(&str, &str), here: &str) -> String {
    let current = if *name == here { " aria-current=\"page\"" } else { "" };
    let language = if *name == "suomeksi" { " lang=\"fi\"" } else { "" };
    format!("<li><a href=\"{}\"{current}{language}>{title}</a></li>\n", super::address(name))
}

/// The choice of a language for the examples, which the style sheet understands.
fn choice() -> String {
    let each = LANGUAGES.iter().enumerate().map(|(index, (class, name))| {
        let checked = if index == 0 { " checked" } else { "" };
        format!("<label><input type=\"radio\" name=\"examples\" id=\"in-{class}\"{checked}> {name}</label>\n")
    });
    format!(
        "<fieldset class=\"choice\"><legend>Examples in</legend>\n{}</fieldset>\n",
        each.collect::<String>()
    )
}

/// Links to the headings of a page that has several.
fn contents(body: &str, language: &str) -> String {
    let headings: Vec<String> = body
        .split("<h2 id=\"")
        .skip(1)
        .filter_map(|rest| {
            let (id, rest) = rest.split_once("\">")?;
            let (text, _) = rest.split_once("</h2>")?;
            Some(format!("<li><a href=\"#{id}\">{text}</a></li>\n"))
        })
        .collect();
    if headings.len() < 3 {
        return "<div></div>\n".to_owned();
    }
    let title = if language == "fi" { "Tällä sivulla" } else { "On this page" };
    format!(
        "<nav class=\"contents\" aria-label=\"{title}\"><details><summary>{title}</summary>\n<ul>\n{}</ul></details></nav>\n",
        headings.concat()
    )
}

/// A table that scrolls by itself where it is too wide.
pub(super) fn table(caption: &str, heads: &[&str], rows: &str) -> String {
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    format!(
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n",
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
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The name with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
