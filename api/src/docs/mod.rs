//! The documentation for people, made from the same document that programs read.
//!
//! **Invariant:** plain HTML with one style sheet inside: no script, and nothing from elsewhere.

mod html;
mod operations;
mod problems;
mod schemas;

use std::{collections::BTreeMap, sync::LazyLock};

use crate::openapi;

pub(crate) use self::html::{POLICY, escape};

/// Every page by its name. The first page has none.
static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let document = openapi::json();
    let mut pages = BTreeMap::new();
    for tag in operations::tags(document) {
        pages.insert(html::anchor(&tag), operations::page(document, &tag));
    }
    pages.insert("problems".to_owned(), problems::page());
    pages.insert("schemas".to_owned(), schemas::page(document));
    pages.insert(String::new(), operations::overview(document));
    pages
});

/// The page with this name, if there is one.
pub(crate) fn find(name: &str) -> Option<&'static str> {
    PAGES.get(name).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::PAGES;

    #[test]
    fn every_link_leads_somewhere() {
        for (name, page) in PAGES.iter() {
            for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let Some(rest) = link.strip_prefix("/docs") else { continue };
                let (path, fragment) = rest.split_once('#').unwrap_or((rest, ""));
                let target = PAGES.get(path.trim_start_matches('/'));
                let found = target.is_some_and(|page| {
                    fragment.is_empty() || page.contains(&format!("id=\"{fragment}\""))
                });
                assert!(found, "the page {name:?} links to {link}, which is not there");
            }
        }
    }

    #[test]
    fn pages_load_nothing_from_elsewhere() {
        for (name, page) in PAGES.iter() {
            for word in ["<script", "<img", "<link", "@import", "url("] {
                assert!(!page.contains(word), "the page {name:?} has {word}");
            }
        }
    }
}
