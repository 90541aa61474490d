//! The documentation under `/docs`, as a browser gets it. `make check-docs` reads it with a real one.

use acceptance::{golden, on_both_databases};

/// `make openapi` rewrites the files.
#[test]
fn the_collection_is_up_to_date() {
    let files = api::collection();
    assert!(files.len() > 5, "every guide with requests is a file");
    for (name, text) in files {
        golden(&format!("docs/collection/{name}"), &text);
    }
}

#[test]
fn every_step_of_the_process_has_its_subjects() {
    let mut grouped: Vec<&str> = api::json()["x-tagGroups"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|group| group["tags"].as_array().into_iter().flatten())
        .filter_map(|tag| tag.as_str())
        .collect();
    let tags = api::json()["tags"].as_array().into_iter().flatten();
    let mut tags: Vec<&str> = tags.filter_map(|tag| tag["name"].as_str()).collect();
    grouped.sort_unstable();
    tags.sort_unstable();
    assert_eq!(grouped, tags);
}

on_both_databases! {
    fn a_page_is_kept_by_whoever_has_it(server) {
        let reader = server.stranger();
        let page = reader.get("/docs/orders");
        assert_eq!(page.status, 200);
        assert!(page.text.contains("id=\"create_order\""));
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(page.header("cache-control").contains("public"));
        let tag = page.header("etag").to_owned();
        let again = reader.call("GET", "/docs/orders", &[("if-none-match", &tag)], None);
        assert_eq!((again.status, again.text.as_str()), (304, ""));
        assert_eq!(reader.get("/docs/suomeksi").header("content-language"), "fi");
        assert_eq!(reader.get("/docs/nothing").status, 404);
    }
}
