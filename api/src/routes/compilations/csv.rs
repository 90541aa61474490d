//! A compilation as a table for spreadsheets.

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::compilation::{CompilationId, Content, Table};
use persistence::compilations;

use super::{readable, subject};
use crate::{
    App, answer::Answer, call::Call, call::name_of, problem::Result, routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_compilation_csv);
}

/// The first line.
pub(in crate::routes) const HEAD: &str = "table,row,measure,value,hidden";

/// Get a compilation as CSV
///
/// One figure on each line: its table, its row, what it measures, and its value, which is empty if it is hidden.
#[utoipa::path(
    tag = "compilations",
    responses((status = OK, content_type = "text/csv", body = String, example = "table,row,measure,value,hidden\norders_by_state,closed,count,12,false\n"))
)]
#[get("/v1/compilations/{compilation_id}/csv")]
async fn get_compilation_csv(
    app: Data<App>,
    call: Call,
    compilation_id: Path<CompilationId>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let compilation = compilations::find(session, *compilation_id)?;
        readable(caller, &compilation, &subject(session, &compilation)?)?;
        let mut text = format!("{HEAD}\n");
        for line in lines(&compilation.content) {
            text += &line;
            text.push('\n');
        }
        Ok(Answer::content("text/csv; charset=utf-8; header=present", text))
    })
    .await
}

/// One line for each figure.
pub(in crate::routes) fn lines(content: &Content) -> Vec<String> {
    let mut lines = Vec::new();
    for table in &content.tables {
        counts(&mut lines, &table.name, table);
    }
    for answers in &content.answers {
        let name = format!("{}.{}", name_of(&answers.side), answers.question);
        counts(&mut lines, &name, &answers.table);
        if let Some(average) = answers.average {
            lines.push(format!("{name},all,average,{average:.1},false"));
        }
    }
    for sums in &content.sums {
        for row in &sums.rows {
            line(&mut lines, &sums.name, &row.code, "cents", row.sum.map(|sum| sum.cents));
        }
        line(&mut lines, &sums.name, "total", "cents", sums.total.map(|sum| sum.cents));
    }
    for time in &content.lead_times {
        line(&mut lines, "lead_times", time.step.name(), "at_least", Some(time.at_least));
        line(&mut lines, "lead_times", time.step.name(), "median_days", time.median_days);
        line(&mut lines, "lead_times", time.step.name(), "p90_days", time.p90_days);
    }
    lines
}

fn counts(lines: &mut Vec<String>, name: &str, table: &Table) {
    for row in &table.rows {
        let label = row.name.as_ref().map_or(row.code.as_str(), |name| name.fi.as_str());
        line(lines, name, label, "count", row.count);
    }
    line(lines, name, "total", "count", table.total);
}

fn line(lines: &mut Vec<String>, table: &str, row: &str, measure: &str, value: Option<i64>) {
    let text = value.map(|value| value.to_string()).unwrap_or_default();
    let hidden = value.is_none();
    lines.push(format!("{},{},{measure},{text},{hidden}", field(table), field(row)));
}

/// A field as RFC 4180 has it. A name that a spreadsheet would take for a formula is told as text.
fn field(text: &str) -> String {
    let safe = match text.chars().next() {
        Some('=' | '+' | '-' | '@') => format!("'{text}"),
        _ => text.to_owned(),
    };
    if safe.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", safe.replace('"', "\"\""));
    }
    safe
}
