//! `/v1/codes`: the words of the field, for forms and for people.

use actix_web::{get, web::Path};
use domain::{
    codes::{self, Code, CodeSet},
    localized::Localized,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_code_sets).service(get_code_set);
}

/// The sets change only with a new version of the program.
const CACHE: (&str, &str) = ("cache-control", "public, max-age=3600, stale-while-revalidate=86400");

/// The code sets
#[derive(Serialize, ToSchema)]
struct CodeSetsView {
    /// Every set, by name.
    #[schema(max_items = 200)]
    sets: Vec<CodeSetSummary>,
}

/// A code set, without its codes
#[derive(Serialize, ToSchema)]
struct CodeSetSummary {
    /// Its name, as in its address.
    #[schema(example = "task_types", max_length = 60)]
    name: &'static str,
    /// What people call it.
    label: Localized,
    /// How many codes it has.
    #[schema(example = 26, minimum = 1, maximum = 1000)]
    size: usize,
}

/// A code set
#[derive(Serialize, ToSchema)]
struct CodeSetView {
    /// Its name.
    #[schema(example = "task_types", max_length = 60)]
    name: &'static str,
    /// What people call it.
    label: Localized,
    /// The codes, in the order that people expect.
    #[schema(max_items = 1000)]
    codes: Vec<CodeEntry>,
}

/// A code
#[derive(Serialize, ToSchema)]
struct CodeEntry {
    /// The value that is stored and sent.
    #[schema(example = "lecture", max_length = 60)]
    code: &'static str,
    /// What people read.
    label: Localized,
    /// What it means, in easy Finnish.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Kerrot kokemuksistasi yleisölle.", max_length = 500)]
    easy_fi: Option<&'static str>,
}

/// List the code sets
///
/// Values that are one of a set are short codes; this says which sets there are.
#[utoipa::path(tag = "codes", security(()), responses((status = OK, body = CodeSetsView)))]
#[get("/v1/codes")]
async fn list_code_sets() -> Result<Answer> {
    let summary = |set: &CodeSet| CodeSetSummary {
        name: set.name,
        label: Localized::of(set.fi, set.sv, set.en),
        size: set.entries.len(),
    };
    let view = CodeSetsView { sets: codes::ALL.iter().map(summary).collect() };
    Ok(Answer::ok(&view)?.header(CACHE.0, CACHE.1).tagged())
}

/// Get a code set
///
/// Every code with its labels in Finnish, Swedish and English, in Northern Sámi where a name is known, and with an
/// explanation in easy Finnish.
#[utoipa::path(
    tag = "codes",
    security(()),
    params(("code_set" = String, Path, description = "The name of the set.", example = "task_types", min_length = 1, max_length = 60, pattern = "^[a-z_]+$")),
    responses((status = OK, body = CodeSetView)),
)]
#[get("/v1/codes/{code_set}")]
async fn get_code_set(code_set: Path<String>) -> Result<Answer> {
    let set = codes::set(&code_set).ok_or(Problem::NotFound)?;
    let view = CodeSetView {
        name: set.name,
        label: Localized::of(set.fi, set.sv, set.en),
        codes: set.entries.iter().map(view).collect(),
    };
    Ok(Answer::ok(&view)?.header(CACHE.0, CACHE.1).tagged())
}

fn view(code: &Code) -> CodeEntry {
    let label =
        Localized { se: code.se.map(str::to_owned), ..Localized::of(code.fi, code.sv, code.en) };
    CodeEntry { code: code.code, label, easy_fi: code.easy_fi }
}
