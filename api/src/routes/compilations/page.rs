//! A compilation as a page to read: each table with a chart beside it, in Finnish, Swedish or English, without scripts.

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    compilation::{Compilation, CompilationId, Content, Quoted},
    localized::{Language, Localized},
};
use persistence::{compilations, nodes};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{readable, subject, words};
use crate::{
    App, answer::Answer, call::Call, docs::escape, locale, problem::Result, query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_compilation_page);
}

/// How the page looks, on a screen and on paper.
const STYLE: &str = "
body { font: 1rem/1.5 sans-serif; color: #111; background: #fff; max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid #555 } h3 { font-size: 1.05rem }
table { border-collapse: collapse; width: 100% } caption { text-align: left; font-weight: bold; padding: .25rem 0 }
th, td { border: 1px solid #555; padding: .3rem .5rem; text-align: left; vertical-align: middle; font-weight: normal }
thead th, tfoot th, tfoot td { font-weight: bold } td.n { text-align: right; width: 7rem } td.bar { width: 40% }
svg { display: block; width: 100%; height: 1rem } rect { fill: #1b5e8a } blockquote { margin: .75rem 0; padding-left: 1rem; border-left: .25rem solid #1b5e8a }
@media print { body { margin: 0; max-width: none; font-size: 11pt } h2, h3 { break-after: avoid } tr { break-inside: avoid } }
";

/// In which language.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CompilationReading {
    /// The language. Without it: the one of `Accept-Language`.
    language: Option<Language>,
}

/// Read a compilation
///
/// A page of HTML with a table and a chart for each view of the year.
#[utoipa::path(
    tag = "compilations",
    params(CompilationReading),
    responses((status = OK, content_type = "text/html", body = String))
)]
#[get("/v1/compilations/{compilation_id}/page")]
async fn get_compilation_page(
    app: Data<App>,
    call: Call,
    compilation_id: Path<CompilationId>,
    query: Query<CompilationReading>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let compilation = compilations::find(session, *compilation_id)?;
        readable(caller, &compilation, &subject(session, &compilation)?)?;
        let area = nodes::name(session, compilation.area)?;
        let language = query.language.unwrap_or(caller.meta.language);
        let html = Page { language, html: String::new() }.write(&compilation, &area);
        Ok(Answer::content("text/html; charset=utf-8", html).in_language(language))
    })
    .await
}

/// A page that is being written.
struct Page {
    language: Language,
    html: String,
}

/// A row of a chart: what it is called, how it is told, and how long its bar is, unless it is hidden.
struct Bar {
    name: String,
    text: String,
    value: Option<i64>,
}

impl Page {
    fn write(mut self, compilation: &Compilation, area: &Localized) -> String {
        let (tag, state) = (locale::tag(self.language), compilation.state.name());
        let title = format!(
            "{}: {} {}",
            self.word("compilation-title"),
            area.text(self.language),
            compilation.year
        );
        let title = escape(&title);
        self.html += &format!(
            "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        );
        let number = compilation.state.number().map(|number| format!(" {number}"));
        let state = words::code(self.language, "orders_by_state", state);
        let version = format!("{}{}", state, number.unwrap_or_default());
        let hidden = self.word("compilation-hidden-why");
        self.paragraph(&version);
        self.paragraph(&hidden);
        self.body(&compilation.content);
        self.html += "</main>\n</body>\n</html>\n";
        self.html
    }

    fn body(&mut self, content: &Content) {
        self.heading("compilation-counts");
        for table in &content.tables {
            let bars = table
                .rows
                .iter()
                .map(|row| self.count(words::row(self.language, &table.name, row), row.count));
            let (bars, name) = (bars.collect(), words::table(self.language, &table.name));
            self.chart(&name, bars, table.total.map(|total| total.to_string()));
        }
        self.heading("compilation-answers");
        for answers in &content.answers {
            let side = self.word(&format!("compilation-side-{}", answers.side.name()));
            let name = format!("{side}: {}", answers.text.text(self.language));
            let rows = answers.table.rows.iter();
            let bars = rows.map(|row| self.count(words::row(self.language, "", row), row.count));
            let bars = bars.collect();
            self.chart(&name, bars, answers.table.total.map(|total| total.to_string()));
            if let Some(average) = answers.average {
                let text = format!("{}: {average:.1}", self.word("compilation-average"));
                self.paragraph(&text);
            }
        }
        self.heading("compilation-sums");
        for sums in &content.sums {
            let bars = sums.rows.iter().map(|row| {
                let name = words::code(self.language, &sums.name, &row.code);
                let cents = row.sum.map(|sum| sum.cents);
                Bar { name, text: cents.map(euros).unwrap_or_default(), value: cents }
            });
            let (bars, name) = (bars.collect(), words::table(self.language, &sums.name));
            self.chart(&name, bars, sums.total.map(|sum| euros(sum.cents)));
        }
        self.heading("compilation-lead-times");
        let bars = content.lead_times.iter().map(|time| {
            let name = self.word(&format!("compilation-step-{}", locale::key(time.step.name())));
            let ninth = time.p90_days.map(|days| format!(" (90 %: {days})")).unwrap_or_default();
            let text = time.median_days.map(|days| format!("{days}{ninth}")).unwrap_or_default();
            Bar { name, text, value: time.median_days }
        });
        let (bars, name) = (bars.collect(), self.word("compilation-median"));
        self.chart(&name, bars, None);
        self.quotes("compilation-changes", &content.changes);
        self.quotes("compilation-quotes", &content.quotes);
    }

    /// A table whose rows have a bar each. The bars say nothing that the numbers beside them do not.
    fn chart(&mut self, name: &str, bars: Vec<Bar>, total: Option<String>) {
        if bars.is_empty() {
            return;
        }
        let longest = bars.iter().filter_map(|bar| bar.value).max().unwrap_or_default().max(1);
        let (number, hidden) = (self.word("compilation-number"), self.word("compilation-hidden"));
        self.html += &format!(
            "<table>\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><td></td></tr></thead>\n<tbody>\n",
            escape(name),
            escape(&self.word("compilation-row")),
            escape(&number),
        );
        for bar in bars {
            let text = if bar.value.is_some() { escape(&bar.text) } else { escape(&hidden) };
            let width = bar.value.unwrap_or_default() * 100 / longest;
            self.html += &format!(
                "<tr><th scope=\"row\">{}</th><td class=\"n\">{text}</td><td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{width}\" height=\"10\"/></svg></td></tr>\n",
                escape(&bar.name),
            );
        }
        self.html += "</tbody>\n";
        if let Some(total) = total {
            let word = escape(&self.word("compilation-total"));
            self.html += &format!(
                "<tfoot><tr><th scope=\"row\">{word}</th><td class=\"n\">{}</td><td></td></tr></tfoot>\n",
                escape(&total)
            );
        }
        self.html += "</table>\n";
    }

    fn quotes(&mut self, key: &str, quotes: &[Quoted]) {
        if quotes.is_empty() {
            return;
        }
        self.heading(key);
        for quote in quotes {
            self.html += &format!("<blockquote><p>{}</p></blockquote>\n", escape(&quote.text));
        }
    }

    fn heading(&mut self, key: &str) {
        self.html += &format!("<h2>{}</h2>\n", escape(&self.word(key)));
    }

    fn paragraph(&mut self, text: &str) {
        self.html += &format!("<p>{}</p>\n", escape(text));
    }

    fn word(&self, key: &str) -> String {
        locale::text(self.language, key)
    }

    fn count(&self, name: String, count: Option<i64>) -> Bar {
        Bar { name, text: count.map(|count| count.to_string()).unwrap_or_default(), value: count }
    }
}

fn euros(cents: i64) -> String {
    format!("{},{:02} €", cents / 100, cents % 100)
}
