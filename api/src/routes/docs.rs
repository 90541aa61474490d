//! `/docs`: the contract for people.

use actix_web::{get, web::Path};

use crate::{
    answer::Answer,
    docs,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_docs).service(get_docs_page);
}

/// Get the documentation
///
/// How to begin, and links to everything else: guides, the reference by step of the process, the states of things, and the
/// errors with what to do about each. Plain HTML.
#[utoipa::path(tag = "discovery", security(()), responses((status = OK, body = String, content_type = "text/html", example = "<!DOCTYPE html>")))]
#[get("/docs")]
async fn get_docs() -> Result<Answer> {
    page("")
}

/// Get a page of the documentation
///
/// A guide, the operations of a subject, `states`, `problems` or what else the first page links to.
#[utoipa::path(
    tag = "discovery",
    security(()),
    params(("page" = String, Path, description = "The name of the page, as the first one links to it.", min_length = 1, max_length = 60, pattern = "^[a-z0-9-]+$", example = "problems")),
    responses((status = OK, body = String, content_type = "text/html", example = "<!DOCTYPE html>")),
)]
#[get("/docs/{page}")]
async fn get_docs_page(name: Path<String>) -> Result<Answer> {
    page(&name)
}

fn page(name: &str) -> Result<Answer> {
    let page = docs::find(name).ok_or(Problem::NotFound)?;
    Ok(Answer::fixed("text/html; charset=utf-8", page.html.as_bytes())
        .header("content-language", page.language)
        .header("content-security-policy", &docs::POLICY)
        .header("cache-control", "public, max-age=60")
        .header("etag", &page.tag))
}
