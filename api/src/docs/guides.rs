//! The pages that somebody has written: guides, and the documents that hold for everything.

use super::{
    Page,
    examples::{BEGINNINGS, collection::File},
    markdown::{self, Document, choices},
};

/// A document of the project that is a page.
struct Source {
    /// The name of the page; the first page has none.
    name: &'static str,
    /// The name of the file.
    file: &'static str,
    language: &'static str,
    text: &'static str,
}

const fn source(
    name: &'static str,
    file: &'static str,
    language: &'static str,
    text: &'static str,
) -> Source {
    Source { name, file, language, text }
}

/// The guides, in the order in which they are listed.
const GUIDES: &[Source] = &[
    source("", "beginning.md", "en", include_str!("../../../docs/guides/beginning.md")),
    source("chain", "chain.md", "en", include_str!("../../../docs/guides/chain.md")),
    source("hr", "hr.md", "en", include_str!("../../../docs/guides/hr.md")),
    source("website", "website.md", "en", include_str!("../../../docs/guides/website.md")),
    source("mobile", "mobile.md", "en", include_str!("../../../docs/guides/mobile.md")),
    source("suomeksi", "suomeksi.md", "fi", include_str!("../../../docs/guides/suomeksi.md")),
    source("behaviour", "api.md", "en", include_str!("../../../docs/api.md")),
    source("versions", "versioning.md", "en", include_str!("../../../docs/versioning.md")),
    source(
        "identification",
        "identification.md",
        "en",
        include_str!("../../../docs/identification.md"),
    ),
    source("changes", "CHANGELOG.md", "en", include_str!("../../../CHANGELOG.md")),
];

/// The page that is made of the file with this name.
pub(super) fn of_file(file: &str) -> Option<&'static str> {
    GUIDES.iter().find(|guide| guide.file == file).map(|guide| guide.name)
}

/// What the guide of this file says.
pub(super) fn text_of(file: &str) -> Option<&'static str> {
    GUIDES.iter().find(|guide| guide.file == file).map(|guide| guide.text)
}

/// Every written page.
pub(super) fn pages() -> impl Iterator<Item = Page> {
    GUIDES.iter().map(|guide| {
        let Document { title, body, examples, .. } = read(guide).0;
        let body = if examples { begin(&body) } else { body };
        Page { name: guide.name.to_owned(), title, language: guide.language, body, examples }
    })
}

fn read(guide: &Source) -> (Document, File) {
    let mut file = File::new(&format!("docs/guides/{}", guide.file));
    let document = markdown::read(guide.text, &mut file);
    (document, file)
}

/// Before the first example stand the lines that every program begins with.
fn begin(body: &str) -> String {
    let lines = format!(
        "<details class=\"beginning\"><summary>The lines that every program of this page begins with</summary>\n{}</details>\n",
        choices(&BEGINNINGS)
    );
    match body.find("<h2") {
        Some(place) => format!("{}{lines}{}", &body[..place], &body[place..]),
        None => lines + body,
    }
}

/// The guides as files of requests, by name.
pub(super) fn collection() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut people: Vec<(String, String)> = Vec::new();
    for guide in GUIDES {
        let (document, file) = read(guide);
        if !document.examples {
            continue;
        }
        for person in &file.people {
            if !people.contains(person) {
                people.push(person.clone());
            }
        }
        let name = guide.file.trim_end_matches(".md");
        files.push((format!("{name}.http"), file.finish()));
    }
    files.push(("sign-in.http".to_owned(), super::examples::collection::SIGN_IN.to_owned()));
    let names = super::examples::collection::environment(&people);
    files.push(("http-client.env.json".to_owned(), names));
    files
}

#[cfg(test)]
mod tests {
    use super::{GUIDES, read};

    #[test]
    fn every_example_can_be_read() {
        for guide in GUIDES {
            let (document, _) = read(guide);
            assert!(document.faults.is_empty(), "{}: {:?}", guide.file, document.faults);
            assert!(!document.title.is_empty(), "{} has no title", guide.file);
            assert!(!document.body.contains("is not in the contract"), "{}", guide.file);
        }
    }
}
