//! The page of states: every machine drawn, and told in a table, from the same data that the code and the tests go by.

use std::fmt::Write;

use domain::{
    codes::{self, CodeSet},
    policy::Who,
    workflow::{self, Arrow, Workflow},
};

use super::{
    Page, diagram,
    html::{capital, escape, table},
};
use crate::call::name_of;

/// The page.
pub(super) fn page() -> Page {
    let mut body = String::from(
        "<p>A state changes by a named action, <code>POST …/{id}/{action}</code>, and never in another way. Every answer about a thing lists its <code>actions</code>: which the caller may take now, and for the others why not and whose turn it is. A program that offers what <code>actions</code> allow needs none of this page to be right; it is here to understand the whole. <a href=\"/docs/workflows\">As data</a>: <code>GET /v1/workflows</code>.</p>\n<p>In the drawings the usual way leads down, shortcuts are on the right and ways back on the left. A dashed line is caused by time or by another thing, not by a caller. A double frame is an end. Actions that leave the state as it is are only in the tables.</p>\n",
    );
    body.extend(workflow::ALL.iter().map(|machine| section(machine)));
    let title = "The states of things".to_owned();
    Page { name: "states".to_owned(), title, language: "en", body, examples: false }
}

/// A link to a machine.
pub(super) fn link(name: &str) -> String {
    let thing = workflow::named(name).map(thing).unwrap_or_default();
    format!("<a href=\"/docs/states#{name}\">{thing}</a>")
}

/// What a machine is about, in English.
pub(super) fn thing(machine: &Workflow) -> String {
    escape(codes::WORKFLOWS.find(machine.name).map_or(machine.name, |code| code.en))
}

fn section(machine: &'static Workflow) -> String {
    let name = machine.name;
    let thing = capital(&thing(machine));
    let mut text = format!(
        "<h2 id=\"{name}\">{thing}</h2>\n<p>In Finnish: <i lang=\"fi\">{}</i>. Machine: <code>{name}</code>.</p>\n<div class=\"scroll drawing\" role=\"group\" tabindex=\"0\" aria-label=\"{thing}: drawing\">{}</div>\n",
        machine.finnish,
        diagram::draw(machine),
    );
    let rows: String = machine.arrows.iter().map(row).collect();
    text += &table(&format!("{thing}: actions"), &["action", "from", "to", "who may"], &rows);
    let states: String = machine.states.iter().map(|state| state_row(state)).collect();
    let words = ["state", "English", "Finnish", "Swedish", "what it means, in easy Finnish"];
    let _ = write!(
        text,
        "<details><summary>{thing}: what the states are called</summary>\n{}</details>\n",
        table(&format!("{thing}: states"), &words, &states)
    );
    text
}

fn row(arrow: &Arrow) -> String {
    let states = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("<code>{name}</code>")).collect();
        names.join(", ")
    };
    let who = match arrow.may {
        None => "nobody: time or another thing causes it".to_owned(),
        Some(action) => action.doers().iter().map(who).collect::<Vec<_>>().join("; "),
    };
    format!(
        "<tr><th scope=\"row\"><code>{}</code><br>{}</th><td>{}</td><td>{}</td><td>{who}</td></tr>\n",
        arrow.action,
        escape(label(&codes::ACTIONS, arrow.action)),
        states(arrow.from),
        states(arrow.to),
    )
}

fn state_row(state: &str) -> String {
    let Some(code) = codes::STATES.find(state) else { return String::new() };
    format!(
        "<tr><th scope=\"row\"><code>{state}</code></th><td>{}</td><td lang=\"fi\">{}</td><td lang=\"sv\">{}</td><td lang=\"fi\">{}</td></tr>\n",
        escape(code.en),
        escape(code.fi),
        escape(code.sv),
        escape(code.easy_fi.unwrap_or_default()),
    )
}

fn label<'a>(set: &CodeSet, code: &'a str) -> &'a str {
    set.find(code).map_or(code, |found| found.en)
}

/// Who may, in words.
fn who(who: &Who) -> String {
    let word = |name: String| escape(&name.replace('_', " "));
    match who {
        Who::Anyone => "anyone who has signed in".to_owned(),
        Who::Asked(role) => format!("{} of those who are asked", word(name_of(role))),
        Who::Below(role) => format!("{} there or above", word(name_of(role))),
        Who::Client(scope) => format!("machine client: {}", word(name_of(scope))),
        Who::Delegate(power) => format!("whom the person lets {}", word(name_of(power))),
        Who::Handler(role) => format!("{} of those who handle it", word(name_of(role))),
        Who::Member(role) => format!("{} above or below", word(name_of(role))),
        Who::Named(role) => format!("{} named in it", word(name_of(role))),
        Who::Own => "the person it is about".to_owned(),
        Who::Party => "persons named in it".to_owned(),
    }
}
