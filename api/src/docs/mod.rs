//! The documentation for people, made from the same document that programs read, and from the guides.
//!
//! **Invariant:** plain HTML with one style sheet inside: no script, and nothing from elsewhere.

mod diagram;
mod examples;
mod guides;
mod html;
mod markdown;
mod operation;
mod problems;
mod reference;
mod schemas;
mod states;

use std::{collections::BTreeMap, sync::LazyLock};

use crate::secret::sha256;

pub(crate) use self::html::{POLICY, escape};
pub use self::problems::codes as problem_codes;

/// A page before it is framed.
struct Page {
    /// The last part of its address; the first page has none.
    name: String,
    title: String,
    language: &'static str,
    body: String,
    /// Whether there are examples to choose a language for.
    examples: bool,
}

/// A page as it is sent.
pub(crate) struct Sent {
    /// The whole page.
    pub(crate) html: String,
    /// Its entity tag.
    pub(crate) tag: String,
    /// The language that it is in.
    pub(crate) language: &'static str,
}

/// Every page by its name.
static PAGES: LazyLock<BTreeMap<String, Sent>> = LazyLock::new(|| {
    let pages = guides::pages().chain(reference::pages());
    let pages = pages.chain([states::page(), problems::page(), schemas::page()]);
    let framed = pages.map(|page| {
        let html = html::frame(&page);
        let tag = format!("\"1.{}\"", &sha256(html.as_bytes())[..16]);
        (page.name, Sent { html, tag, language: page.language })
    });
    framed.collect()
});

/// Where a page is.
fn address(name: &str) -> String {
    if name.is_empty() { "/docs".to_owned() } else { format!("/docs/{name}") }
}

/// The page with this name, if there is one.
pub(crate) fn find(name: &str) -> Option<&'static Sent> {
    PAGES.get(name)
}

/// The requests of the guides as files for editors and for httpYac, by name: what is in `docs/collection`.
pub fn collection() -> Vec<(String, String)> {
    guides::collection()
}

#[cfg(test)]
mod tests {
    use super::{PAGES, guides, operation, problems, reference, schemas, states};

    #[test]
    fn every_page_has_a_name_of_its_own() {
        let made = guides::pages().chain(reference::pages()).count() + 3;
        assert_eq!(PAGES.len(), made);
        for name in [states::page().name, problems::page().name, schemas::page().name] {
            assert!(PAGES.contains_key(&name));
        }
    }

    #[test]
    fn signing_in_is_told_in_the_order_in_which_it_is_done() {
        let page = &PAGES["signing-in"].html;
        let of = |name: &str| page.find(&format!("<h2 id=\"{name}\">"));
        let places: Vec<_> = operation::IN_USE.iter().map(|name| of(name).expect(name)).collect();
        assert!(places.is_sorted(), "{places:?}");
        assert_eq!(operation::of("signing in").count(), places.len());
    }

    #[test]
    fn every_link_leads_somewhere() {
        for (name, page) in PAGES.iter() {
            for link in page.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next())
            {
                let path = link.split('#').next().unwrap_or_default();
                assert!(path != "/docs/", "the page {name:?} links to {link}");
                let target = match path.strip_prefix("/docs") {
                    Some(target) => target.trim_start_matches('/'),
                    None if path.is_empty() => name,
                    None => continue,
                };
                let fragment = link.split_once('#').map_or("", |(_, fragment)| fragment);
                let found = PAGES.get(target).is_some_and(|page| {
                    fragment.is_empty() || page.html.contains(&format!("id=\"{fragment}\""))
                });
                assert!(found, "the page {name:?} links to {link}, which is not there");
            }
        }
    }

    #[test]
    fn no_place_on_a_page_is_named_twice() {
        for (name, page) in PAGES.iter() {
            let mut ids: Vec<&str> = page
                .html
                .split(" id=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .collect();
            ids.sort_unstable();
            if let Some(twice) = ids.windows(2).find(|two| two[0] == two[1]) {
                panic!("the page {name:?} has {} twice", twice[0]);
            }
        }
    }

    #[test]
    fn pages_load_nothing_from_elsewhere() {
        for (name, page) in PAGES.iter() {
            let icon = "<link rel=\"icon\" href=\"data:,\">";
            assert!(page.html.contains(icon), "a browser that reads {name:?} asks for an icon");
            let html = page.html.replace(icon, "");
            for word in ["<script", "<img", "<link", "@import", "url(", " style=\"", " onclick"] {
                assert!(!html.contains(word), "the page {name:?} has {word}");
            }
        }
    }
}
