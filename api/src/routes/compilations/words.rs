//! What people call the tables and rows of a compilation.

use domain::{
    codes::{self, CodeSet},
    compilation::Row,
    localized::Language,
};

use crate::locale;

/// The name of a table.
pub(super) fn table(language: Language, name: &str) -> String {
    locale::text(language, &format!("compilation-{}", locale::key(name)))
}

/// The name of a row of a table.
pub(super) fn row(language: Language, table: &str, row: &Row) -> String {
    match &row.name {
        Some(name) => name.text(language).to_owned(),
        None => code(language, table, &row.code),
    }
}

/// The name of a code in a table: that of the code set, of the locales, or the code itself, as with numbers from one to
/// five and choices.
pub(super) fn code(language: Language, table: &str, code: &str) -> String {
    let found = set(table).and_then(|set| set.find(code)).map(|found| found.label(language));
    let key = format!("compilation-row-{}", locale::key(code));
    found
        .map(str::to_owned)
        .or_else(|| locale::find(language, &key, &[]))
        .unwrap_or_else(|| code.to_owned())
}

fn set(table: &str) -> Option<CodeSet> {
    match table {
        "orders_by_state" | "assignments_by_state" => Some(codes::STATES),
        "orders_by_purpose" => Some(codes::PURPOSES),
        "orders_by_phase" => Some(codes::SERVICE_PHASES),
        "orders_by_task_type" => Some(codes::TASK_TYPES),
        "orders_by_mode" => Some(codes::PARTICIPATION_MODES),
        "orders_by_audience" => Some(codes::AUDIENCES),
        "assignments_by_fee_basis" => Some(codes::FEE_BASES),
        "approved_by_kind" => Some(codes::EXPENSE_KINDS),
        _ => None,
    }
}
