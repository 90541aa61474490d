//! What the figures of an area are made from, table by table.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use domain::{
    agreement::Agreement,
    assignment::{Assignment, AssignmentId},
    compilation::day_of,
    fee_form::FeeForm,
    feedback::{AudienceFeedback, Feedback, question_set::QuestionSet},
    id::Id,
    node::{Node, Path},
    order::{Order, OrderId},
    time::{Day, Moment},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::Span;
use crate::{
    Error, Result, Session,
    chunks::chunks,
    codec::{from_day, from_id},
    connection::ask,
    schema::{
        agreements, assignments, expert_codes, experts, fee_forms, nodes, orders, question_sets,
    },
};

pub(super) fn orders_of(session: &mut Session<'_>, area: &Path, span: Span) -> Result<Vec<Order>> {
    let (from, until) = span.around();
    let rows = ask!(session, |conn| orders::table
        .filter(orders::node_id.eq_any(below(area)))
        .filter(orders::submitted_at.between(from, until))
        .select((orders::id, orders::body))
        .load(conn))?;
    let mut found: Vec<Order> = bodies("orders", rows)?;
    found.retain(|order| order.times.submitted_at.is_some_and(|at| span.covers(at.day())));
    Ok(found)
}

pub(super) fn assignments_of(
    session: &mut Session<'_>,
    area: &Path,
    span: Span,
) -> Result<Vec<Assignment>> {
    let mut rows: Vec<(String, String)> = ask!(session, |conn| assignments::table
        .filter(assignments::node_id.eq_any(below(area)))
        .filter(assignments::performed_on.between(from_day(span.from), from_day(span.until)))
        .select((assignments::id, assignments::body))
        .load(conn))?;
    let (from, until) = span.around();
    let ahead = ask!(session, |conn| assignments::table
        .filter(assignments::node_id.eq_any(below(area)))
        .filter(assignments::performed_on.is_null())
        .filter(assignments::starts_at.between(from, until).or(assignments::starts_at.is_null()))
        .select((assignments::id, assignments::body))
        .load::<(String, String)>(conn))?;
    rows.extend(ahead);
    rows.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    let mut found: Vec<Assignment> = bodies("assignments", rows)?;
    found.retain(|assignment| span.covers(day_of(assignment)));
    Ok(found)
}

pub(super) fn orders_by_id(
    session: &mut Session<'_>,
    assignments: &[Assignment],
) -> Result<HashMap<OrderId, Order>> {
    let ids: BTreeSet<String> =
        assignments.iter().map(|assignment| from_id(assignment.order)).collect();
    let rows = chunks(&ids.into_iter().collect::<Vec<_>>(), |ids| {
        ask!(session, |conn| orders::table
            .filter(orders::id.eq_any(ids))
            .select((orders::id, orders::body))
            .load(conn))
    })?;
    let found: Vec<Order> = bodies("orders", rows)?;
    Ok(found.into_iter().map(|order| (order.id, order)).collect())
}

/// What was agreed for an assignment.
pub(super) struct Agreed {
    /// The version in force.
    pub(super) agreement: Agreement,
    /// Since when there has been one in force: an amendment is no later agreement.
    pub(super) since: Moment,
}

/// What was agreed for each assignment for which something holds.
pub(super) fn agreed_of(
    session: &mut Session<'_>,
    assignments: &[String],
) -> Result<HashMap<AssignmentId, Agreed>> {
    let rows = chunks(assignments, |ids| {
        ask!(session, |conn| agreements::table
            .filter(agreements::assignment_id.eq_any(ids))
            .filter(agreements::state.eq_any(["in_force", "amended"]))
            .select((agreements::id, agreements::body))
            .load(conn))
    })?;
    let found: Vec<Agreement> = bodies("agreements", rows)?;
    let mut first: HashMap<AssignmentId, Moment> = HashMap::new();
    for agreement in &found {
        if let Some(since) = agreement.state.since() {
            let first = first.entry(agreement.assignment).or_insert(since);
            *first = since.min(*first);
        }
    }
    let held = found.into_iter().filter(Agreement::in_force).filter_map(|agreement| {
        let since = first.get(&agreement.assignment).copied()?;
        Some((agreement.assignment, Agreed { agreement, since }))
    });
    Ok(held.collect())
}

/// What was claimed and paid for an assignment.
pub(super) struct Fee {
    /// The fee form that counts: the last one that was approved and not withdrawn; if none was, the first one.
    pub(super) form: FeeForm,
    /// The day on which the first of them was paid.
    pub(super) paid: Option<Day>,
}

/// What was claimed and paid for each assignment.
pub(super) fn fees_of(
    session: &mut Session<'_>,
    assignments: &[String],
) -> Result<HashMap<AssignmentId, Fee>> {
    let rows = chunks(assignments, |ids| {
        ask!(session, |conn| fee_forms::table
            .filter(fee_forms::assignment_id.eq_any(ids))
            .filter(fee_forms::state.ne("withdrawn"))
            .order(fee_forms::id)
            .select((fee_forms::id, fee_forms::body))
            .load(conn))
    })?;
    let found: Vec<FeeForm> = bodies("fee_forms", rows)?;
    let mut fees: HashMap<AssignmentId, Fee> = HashMap::new();
    for form in found {
        let (assignment, paid) = (form.assignment, form.paid_on());
        let fee = fees.entry(assignment).or_insert_with(|| Fee { form: form.clone(), paid });
        // A correction that nobody has approved yet takes nothing away from what it corrects.
        if form.packaged().is_some() {
            fee.form = form;
        }
        fee.paid = fee.paid.into_iter().chain(paid).min();
    }
    Ok(fees)
}

pub(super) fn question_sets_of(
    session: &mut Session<'_>,
    feedback: &[Feedback],
    audiences: &[AudienceFeedback],
) -> Result<Vec<QuestionSet>> {
    let of_sides = feedback.iter().map(|given| given.form.question_set);
    let of_audiences = audiences.iter().map(|given| given.form.question_set);
    let ids: BTreeSet<String> = of_sides.chain(of_audiences).map(from_id).collect();
    let rows = ask!(session, |conn| question_sets::table
        .filter(question_sets::id.eq_any(ids))
        .select((question_sets::id, question_sets::body))
        .load(conn))?;
    bodies("question_sets", rows)
}

pub(super) fn units(
    session: &mut Session<'_>,
    orders: &[Order],
) -> Result<BTreeMap<Uuid, domain::localized::Localized>> {
    let ids: BTreeSet<String> = orders.iter().map(|order| from_id(order.node)).collect();
    let rows = ask!(session, |conn| nodes::table
        .filter(nodes::id.eq_any(ids))
        .select((nodes::id, nodes::body))
        .load(conn))?;
    let found: Vec<Node> = bodies("nodes", rows)?;
    Ok(found.into_iter().map(|node| (node.id.raw(), node.facts.name)).collect())
}

/// The persons who can be found for the area, each with what the bank finds them by.
pub(super) fn supply_of(
    session: &mut Session<'_>,
    area: &Path,
) -> Result<BTreeMap<Uuid, Vec<(String, String)>>> {
    let code = area_code(session, area)?.unwrap_or_default();
    let here: Vec<String> = ask!(session, |conn| expert_codes::table
        .filter(expert_codes::kind.eq("area"))
        .filter(expert_codes::code.eq(code))
        .order(expert_codes::expert_id)
        .select(expert_codes::expert_id)
        .load(conn))?;
    let people: HashMap<String, String> = chunks(&here, |ids| {
        ask!(session, |conn| experts::table
            .filter(experts::id.eq_any(ids))
            .select((experts::id, experts::person_id))
            .load::<(String, String)>(conn))
    })?
    .into_iter()
    .collect();
    let codes: Vec<(String, String, String)> = chunks(&here, |ids| {
        ask!(session, |conn| expert_codes::table
            .filter(expert_codes::expert_id.eq_any(ids))
            .select((expert_codes::expert_id, expert_codes::kind, expert_codes::code))
            .load(conn))
    })?;
    let mut found: BTreeMap<Uuid, Vec<(String, String)>> = BTreeMap::new();
    for (expert, kind, code) in codes {
        let person = people.get(&expert).map(String::as_str).unwrap_or_default();
        let person =
            Uuid::parse_str(person).map_err(|_| Error::corrupt("experts", &expert, "person_id"))?;
        found.entry(person).or_default().push((kind, code));
    }
    Ok(found)
}

pub(super) fn area_code(session: &mut Session<'_>, area: &Path) -> Result<Option<String>> {
    let id: Id<Node> = area.last().ok_or(Error::NotFound)?;
    Ok(ask!(session, |conn| nodes::table.find(from_id(id)).select(nodes::area_code).first(conn))?)
}

/// The identifiers of the nodes of an area.
#[diesel::dsl::auto_type(no_type_alias)]
fn below(area: &Path) -> _ {
    let pattern: String = format!("{}%", area.as_str());
    nodes::table.filter(nodes::path.like(pattern)).select(nodes::id)
}

pub(super) fn bodies<T: DeserializeOwned>(
    table: &'static str,
    rows: Vec<(String, String)>,
) -> Result<Vec<T>> {
    let read = |(id, body): (String, String)| {
        serde_json::from_str(&body).map_err(|_| Error::corrupt(table, &id, "body"))
    };
    rows.into_iter().map(read).collect()
}
