//! Reading compilations as data.

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    compilation::{Compilation, CompilationId, State, WORKFLOW},
    node::NodeId,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Stored, compilations};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{CompilationView, readable, subject, view};
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    call::{Call, Caller},
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_compilations).service(get_compilation);
}

/// A compilation in a listing
#[derive(Serialize, ToSchema)]
struct CompilationItem {
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
    /// Where it is in its life.
    state: State,
    /// What the caller can do with it now, and for the rest why not and whose turn it is.
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

page!(CompilationPage of CompilationItem);

/// Which compilations
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CompilationFilter {
    /// Only those of this area.
    area: Option<NodeId>,
    /// Only those of this year.
    #[param(minimum = 2000, maximum = 2200)]
    year: Option<i32>,
    /// Only those in this state.
    state: Option<String>,
}

/// List compilations
///
/// Everyone with an account finds the published ones, machine clients none; those who may read an area's feedback find its drafts as well.
#[utoipa::path(tag = "compilations", params(CompilationFilter), responses((status = OK, body = CompilationPage)))]
#[get("/v1/compilations")]
async fn list_compilations(
    app: Data<App>,
    call: Call,
    query: Query<CompilationFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let (scope, published) =
            (caller.scope(Action::ReadFeedback), caller.scope(Action::ReadSetting));
        let filter =
            compilations::Filter { area: query.area, year: query.year, state: query.state.clone() };
        let found = compilations::list(session, &scope, &published, &filter, query.page)?;
        Answer::page(&query, found, |compilation| {
            Ok(item(caller, &subject(session, &compilation)?, &compilation))
        })
    })
    .await
}

/// Get a compilation
///
/// The figures of an area's year: a draft says what it said when it was compiled last, a frozen one never changes. Until it
/// is published, it is for those who may read the feedback itself.
#[utoipa::path(tag = "compilations", responses((status = OK, body = CompilationView)))]
#[get("/v1/compilations/{compilation_id}")]
async fn get_compilation(
    app: Data<App>,
    call: Call,
    compilation_id: Path<CompilationId>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let compilation = compilations::find(session, *compilation_id)?;
        let subject = subject(session, &compilation)?;
        readable(caller, &compilation, &subject)?;
        Answer::ok(&view(caller, &subject, &compilation)).version(&compilation)
    })
    .await
}

fn item(caller: &Caller, subject: &Subject, compilation: &Stored<Compilation>) -> CompilationItem {
    CompilationItem {
        actions: caller.actions(&WORKFLOW, compilation.state.name(), subject),
        id: compilation.thing.id,
        area_id: compilation.area,
        year: compilation.year,
        number: compilation.state.number(),
        compiled_at: compilation.compiled_at,
        state: compilation.state,
    }
}
