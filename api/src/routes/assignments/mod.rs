//! `/v1/assignments`: what one expert does for one unit (*toimeksianto*).

mod ending;
mod introduction;
mod preparation;
pub(crate) mod prepare;
mod reopen;
mod task;
mod view;

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    assignment::{Assignment, AssignmentId},
    node::NodeId,
    order::OrderId,
    person::PersonId,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Session, assignments, nodes};
use serde::Deserialize;
use utoipa::IntoParams;

use self::view::{AssignmentItem, AssignmentView, item};
pub(super) use self::{ending::give_up, view::answer};
use crate::{
    App,
    answer::{Answer, page},
    call::Call,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_assignments).service(get_assignment);
    preparation::configure(config);
    task::configure(config);
    introduction::configure(config);
    ending::configure(config);
    config.service(reopen::reopen_assignment);
}

page!(AssignmentPage of AssignmentItem);

/// Which assignments to list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AssignmentFilter {
    /// Those in this state.
    state: Option<String>,
    /// Those of this order.
    order: Option<OrderId>,
    /// Those of this unit itself.
    node: Option<NodeId>,
    /// Those of this expert.
    person: Option<PersonId>,
    /// Those that begin at this moment or later.
    from: Option<Moment>,
    /// Those that begin before this moment.
    until: Option<Moment>,
}

/// List assignments
///
/// An expert gets their own, a unit those that it ordered, a liaison or a broker those that they broker.
#[utoipa::path(tag = "assignments", params(AssignmentFilter), responses((status = OK, body = AssignmentPage)))]
#[get("/v1/assignments")]
async fn list_assignments(
    app: Data<App>,
    call: Call,
    query: Query<AssignmentFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let filter = assignments::AssignmentFilter {
            state: query.state.clone(),
            order: query.order,
            node: query.node,
            person: query.person,
            from: query.from,
            until: query.until,
        };
        let scope = caller.scope(Action::ReadAssignment);
        let found = assignments::list(session, &scope, &filter, query.page)?;
        Answer::page(&query, found, |stored| {
            let subject = subject(session, &stored)?;
            item(session, caller, &subject, &stored)
        })
    })
    .await
}

/// Get an assignment
///
/// Where it stands, what was recorded on its way, the other party's contact details as they were handed over, and what
/// the caller can do now.
#[utoipa::path(tag = "assignments", responses((status = OK, body = AssignmentView)))]
#[get("/v1/assignments/{assignment_id}")]
async fn get_assignment(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let assignment = assignments::find(session, *assignment_id)?;
        let subject = subject(session, &assignment)?;
        caller.require(Action::ReadAssignment, &subject)?;
        answer(session, caller, &subject, &assignment)
    })
    .await
}

/// What a decision about an assignment depends on.
pub(super) fn subject(session: &mut Session<'_>, assignment: &Assignment) -> Result<Subject> {
    let handler = assignment.handler.map(|handler| nodes::path(session, handler)).transpose()?;
    Ok(Subject {
        node: Some(nodes::path(session, assignment.node)?),
        handler,
        owner: Some(assignment.person),
        ..Subject::default()
    })
}
