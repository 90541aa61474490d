//! From a draft to what is published.

use std::collections::BTreeSet;

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    compilation::{Compilation, CompilationId, Content, Event, State, compile},
    node::{Level, NodeId},
    notice::Kind,
    policy::{Action, Role, Subject},
    refusal::{Fault, Refusal, Rule},
};
use persistence::{
    Session, compilations,
    figures::{self, Span},
    grants, nodes,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{CompilationView, subject, view};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering::tell,
    call::Call,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_compilation)
        .service(compile_again)
        .service(freeze_compilation)
        .service(publish_compilation);
}

/// A new compilation
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCompilation {
    /// The area.
    area_id: NodeId,
    /// The year.
    #[schema(example = 2026, minimum = 2000, maximum = 2200)]
    year: i32,
}

/// Compile a year
///
/// Makes a draft from the area's orders, tasks, fees and feedback of the year. There is one draft of an area and year at a
/// time.
#[utoipa::path(tag = "compilations", responses((status = CREATED, body = CompilationView)))]
#[post("/v1/compilations")]
async fn create_compilation(
    app: Data<App>,
    call: Call,
    body: Json<NewCompilation>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let area = match nodes::find(session, body.0.area_id) {
            Err(persistence::Error::NotFound) => return Err(wrong_area("unknown_reference")),
            found => found?,
        };
        let subject = Subject::at(area.path.clone());
        caller.require(Action::ManageCompilation, &subject)?;
        // Of parts of an area there is no compilation: they could be subtracted from the whole.
        if area.level != Level::Area {
            return Err(wrong_area("not_an_area"));
        }
        let compilation = Compilation {
            id: caller.new_id(),
            area: area.thing.id,
            year: body.0.year,
            compiled_at: now,
            content: content(session, area.thing.id, body.0.year)?,
            state: State::Draft,
        };
        let compilation = compilations::add(session, compilation)?;
        let location = format!("/v1/compilations/{}", compilation.id);
        Answer::created(&location, &view(caller, &subject, &compilation)).version(&compilation)
    })
    .await
}

/// Compile a draft again
///
/// From what is there now.
#[utoipa::path(tag = "compilations", responses((status = OK, body = CompilationView)))]
#[post("/v1/compilations/{compilation_id}/compile")]
async fn compile_again(
    app: Data<App>,
    call: Call,
    compilation_id: Path<CompilationId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let compilation = compilations::find(session, *compilation_id)?;
        let subject = subject(session, &compilation)?;
        caller.require(Action::ManageCompilation, &subject)?;
        let content = content(session, compilation.area, compilation.year)?;
        let compiled = compilation.thing.clone().apply(Event::Compile { content }, now)?;
        let compilation = compilations::save(session, &compilation, compiled)?;
        Answer::ok(&view(caller, &subject, &compilation)).version(&compilation)
    })
    .await
}

/// Freeze a compilation
///
/// It gets its number, and neither it nor the feedback it was made from changes any more. Only words that may not be quoted any
/// more are taken out, until it is published.
#[utoipa::path(tag = "compilations", responses((status = OK, body = CompilationView)))]
#[post("/v1/compilations/{compilation_id}/freeze")]
async fn freeze_compilation(
    app: Data<App>,
    call: Call,
    compilation_id: Path<CompilationId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let compilation = compilations::find(session, *compilation_id)?;
        let subject = subject(session, &compilation)?;
        caller.require(Action::ManageCompilation, &subject)?;
        let number = compilations::next_number(session, compilation.area, compilation.year)?;
        let frozen = compilation.thing.clone().apply(Event::Freeze { number }, now)?;
        let compilation = compilations::save(session, &compilation, frozen)?;
        Answer::ok(&view(caller, &subject, &compilation)).version(&compilation)
    })
    .await
}

/// Publish a compilation
///
/// Everyone who has signed in can read it, and its figures are in the open data. Of an area and a year only one
/// compilation is ever published. The area's centre and its steering members are told.
#[utoipa::path(tag = "compilations", responses((status = OK, body = CompilationView)))]
#[post("/v1/compilations/{compilation_id}/publish")]
async fn publish_compilation(
    app: Data<App>,
    call: Call,
    compilation_id: Path<CompilationId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let compilation = compilations::find(session, *compilation_id)?;
        let subject = subject(session, &compilation)?;
        caller.require(Action::ManageCompilation, &subject)?;
        let published = compilation.thing.clone().apply(Event::Publish, now)?;
        if compilations::is_any(session, compilation.area, compilation.year, &["published"])? {
            return Err(Rule::AlreadyPublished.into());
        }
        let compilation = compilations::save(session, &compilation, published)?;
        let path = nodes::path(session, compilation.area)?;
        let roles = [Role::CentreManager, Role::SteeringMember];
        let held = grants::at(session, &path, &roles, now.day())?;
        let people: BTreeSet<_> = held.iter().map(|grant| grant.terms.person_id).collect();
        for person in people.into_iter().filter(|person| caller.person() != Some(*person)) {
            let reference = format!("/v1/compilations/{}", compilation.id);
            tell(session, person, Kind::CompilationPublished, &reference, now)?;
        }
        Answer::ok(&view(caller, &subject, &compilation)).version(&compilation)
    })
    .await
}

/// What the year of an area says now.
fn content(session: &mut Session<'_>, area: NodeId, year: i32) -> Result<Content> {
    let path = nodes::path(session, area)?;
    let wrong = || Refusal::Invalid(vec![Fault::new("/year", "out_of_range")]);
    let span = Span::year(year).ok_or_else(wrong)?;
    Ok(compile(&figures::facts(session, &path, span)?))
}

fn wrong_area(code: &'static str) -> Problem {
    Refusal::Invalid(vec![Fault::new("/area_id", code)]).into()
}
