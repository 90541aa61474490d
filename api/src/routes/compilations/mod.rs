//! `/v1/compilations`: what an area's year says (S4-43), as data, as a table and as a page to read.

mod csv;
mod page;
mod read;
mod words;
mod write;

use domain::{
    compilation::{Compilation, CompilationId, Content, State, WORKFLOW},
    node::NodeId,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Session, Stored, nodes};
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use self::csv::{HEAD as CSV_HEAD, lines as csv_lines};
use crate::{actions::ActionView, call::Caller, problem::Result, routes::ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    write::configure(config);
    read::configure(config);
    csv::configure(config);
    page::configure(config);
}

/// A yearly compilation
#[derive(Serialize, ToSchema)]
struct CompilationView {
    /// Its identifier.
    id: CompilationId,
    /// The area.
    area_id: NodeId,
    /// The year.
    #[schema(example = 2026, minimum = 2000, maximum = 2200)]
    year: i32,
    /// Its number among the frozen compilations of the area and year.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 1, minimum = 1, maximum = 100_000)]
    number: Option<u32>,
    /// When its content was last compiled.
    compiled_at: Moment,
    /// What it says.
    content: Content,
    /// Where it is in its life.
    state: State,
    /// What the caller can do with it.
    #[schema(max_items = 20)]
    actions: Vec<ActionView>,
}

fn subject(session: &mut Session<'_>, compilation: &Compilation) -> Result<Subject> {
    Ok(Subject::at(nodes::path(session, compilation.area)?))
}

/// Fails unless the caller may read the compilation: everyone may read the published one. The others are for those who may
/// read the feedback itself. Two of one year, or a draft before and after it was compiled again, could be subtracted from
/// each other, and what is left would be one person's answers.
fn readable(caller: &Caller, compilation: &Compilation, subject: &Subject) -> Result<()> {
    let action = match compilation.state {
        State::Published { .. } => Action::ReadSetting,
        State::Draft | State::Frozen { .. } => Action::ReadFeedback,
    };
    caller.require(action, subject)
}

fn view(caller: &Caller, subject: &Subject, compilation: &Stored<Compilation>) -> CompilationView {
    let mut actions = caller.actions(&WORKFLOW, compilation.state.name(), subject);
    if !compilation.is_of_whole_year() {
        ActionView::refuse(&mut actions, &["freeze"], "year_not_over", caller.meta.language);
    }
    CompilationView {
        id: compilation.thing.id,
        area_id: compilation.area,
        year: compilation.year,
        number: compilation.state.number(),
        compiled_at: compilation.compiled_at,
        content: compilation.content.clone(),
        state: compilation.state,
        actions,
    }
}
