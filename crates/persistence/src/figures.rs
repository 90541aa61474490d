//! What compilations and figures are made from: everything of an area in a stretch of time, across the tables.
//!
//! The policy is asked about the area before any of this is read; what leaves is counts, never these things.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDateTime};
use diesel::prelude::*;
use domain::{
    agreement::Agreement,
    assignment::{Assignment, AssignmentId},
    compilation::{AssignmentFact, AudienceFact, Facts, FeeFact, FeedbackFact, OrderFact, day_of},
    fee_form::FeeForm,
    feedback::{AudienceFeedback, Feedback, question_set::QuestionSet},
    figures::{Demand, Supply},
    id::Id,
    node::{Node, Path},
    order::{Order, OrderId},
    time::Day,
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    Error, Result, Session,
    chunks::chunks,
    codec::{from_day, from_id},
    connection::ask,
    schema::{
        agreements, assignments, audience_feedback, expert_codes, experts, fee_forms, feedback,
        nodes, orders, question_sets,
    },
};

/// From the first day to the last, both included.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
}

impl Span {
    /// A calendar year.
    pub fn year(year: i32) -> Option<Self> {
        Some(Self { from: Day::new(year, 1, 1)?, until: Day::new(year, 12, 31)? })
    }

    fn covers(self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }

    /// The span in UTC with some days to spare on both sides: what is read before it is looked at day by day.
    fn around(self) -> (NaiveDateTime, NaiveDateTime) {
        let spare = Days::new(45);
        let from = from_day(self.from).checked_sub_days(spare).unwrap_or_default();
        let until = from_day(self.until).checked_add_days(spare).unwrap_or_default();
        (from.and_time(chrono::NaiveTime::MIN), until.and_time(chrono::NaiveTime::MIN))
    }
}

/// The facts of an area and a year.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn facts(session: &mut Session<'_>, area: &Path, span: Span) -> Result<Facts> {
    let orders = orders_of(session, area, span)?;
    let assignments = assignments_of(session, area, span)?;
    let ids: Vec<String> = assignments.iter().map(|assignment| from_id(assignment.id)).collect();
    let agreements = agreements_of(session, &ids)?;
    let fees = fees_of(session, &ids)?;
    let feedback: Vec<Feedback> = bodies(
        "feedback",
        chunks(&ids, |ids| {
            ask!(session, |conn| feedback::table
                .filter(feedback::assignment_id.eq_any(ids))
                .select((feedback::id, feedback::body))
                .load(conn))
        })?,
    )?;
    let audiences: Vec<AudienceFeedback> = bodies(
        "audience_feedback",
        chunks(&ids, |ids| {
            ask!(session, |conn| audience_feedback::table
                .filter(audience_feedback::assignment_id.eq_any(ids))
                .select((audience_feedback::id, audience_feedback::body))
                .load(conn))
        })?,
    )?;
    let mut facts = Facts {
        units: units(session, &orders)?,
        experts: supply_of(session, area)?.into_keys().collect(),
        question_sets: question_sets_of(session, &feedback, &audiences)?,
        feedback: feedback.iter().map(FeedbackFact::of).collect(),
        audiences: audiences.iter().map(AudienceFact::of).collect(),
        orders: orders.iter().map(OrderFact::of).collect(),
        ..Facts::default()
    };
    let ordered = orders_by_id(session, &assignments)?;
    for assignment in &assignments {
        let fee = fees.get(&assignment.id);
        facts.assignments.push(AssignmentFact::of(
            assignment,
            ordered.get(&assignment.order),
            agreements.get(&assignment.id),
            fee.and_then(|fee| fee.paid),
        ));
        facts.fees.extend(fee.and_then(|fee| FeeFact::of(&fee.form)));
    }
    Ok(facts)
}

/// Demand and supply in a stretch of time: of an area, or of the whole country.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn market(
    session: &mut Session<'_>,
    areas: &[Path],
    span: Span,
) -> Result<(Vec<Demand>, Vec<Supply>)> {
    let mut demand = Vec::new();
    let mut supply: BTreeMap<Uuid, Supply> = BTreeMap::new();
    for area in areas {
        let code = area_code(session, area)?;
        for order in orders_of(session, area, span)? {
            demand.push(Demand {
                state: order.state.name().to_owned(),
                task_type: order.form.task.task_type.clone(),
                area: code.clone(),
                themes: order.form.task.experience.themes.clone(),
            });
        }
        let found = supply_of(session, area)?;
        for (person, codes) in found {
            let of = |kind: &str| {
                let of_kind = codes.iter().filter(|(one, _)| one == kind);
                of_kind.map(|(_, code)| code.clone()).collect::<Vec<_>>()
            };
            supply.entry(person).or_insert_with(|| Supply {
                expert: person,
                task_types: of("task_type"),
                areas: of("area"),
                themes: of("theme"),
                tasks: 0,
            });
        }
        for assignment in assignments_of(session, area, span)? {
            let given = !matches!(assignment.state.name(), "cancelled" | "stepped_back");
            if let Some(expert) = supply.get_mut(&assignment.person.raw()).filter(|_| given) {
                expert.tasks += 1;
            }
        }
    }
    Ok((demand, supply.into_values().collect()))
}

/// The assignments of an area as facts, for the lead times alone.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn chain(session: &mut Session<'_>, areas: &[Path], span: Span) -> Result<Vec<AssignmentFact>> {
    let mut found = Vec::new();
    for area in areas {
        let assignments = assignments_of(session, area, span)?;
        let ids: Vec<String> =
            assignments.iter().map(|assignment| from_id(assignment.id)).collect();
        let agreements = agreements_of(session, &ids)?;
        let fees = fees_of(session, &ids)?;
        let ordered = orders_by_id(session, &assignments)?;
        found.extend(assignments.iter().map(|assignment| {
            AssignmentFact::of(
                assignment,
                ordered.get(&assignment.order),
                agreements.get(&assignment.id),
                fees.get(&assignment.id).and_then(|fee| fee.paid),
            )
        }));
    }
    Ok(found)
}

/// The paths of all areas.
///
/// # Errors
///
/// [`Error::Database`], [`Error::Corrupt`].
pub fn areas(session: &mut Session<'_>) -> Result<Vec<Path>> {
    let paths: Vec<String> = ask!(session, |conn| nodes::table
        .filter(nodes::level.eq("area"))
        .order(nodes::id)
        .select(nodes::path)
        .load(conn))?;
    let read = |text: &String| Path::parse(text).ok_or(Error::corrupt("nodes", text, "path"));
    paths.iter().map(read).collect()
}

fn orders_of(session: &mut Session<'_>, area: &Path, span: Span) -> Result<Vec<Order>> {
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

fn assignments_of(session: &mut Session<'_>, area: &Path, span: Span) -> Result<Vec<Assignment>> {
    let (from, until) = span.around();
    let rows = ask!(session, |conn| assignments::table
        .filter(assignments::node_id.eq_any(below(area)))
        .filter(assignments::starts_at.between(from, until).or(assignments::starts_at.is_null()))
        .select((assignments::id, assignments::body))
        .load(conn))?;
    let mut found: Vec<Assignment> = bodies("assignments", rows)?;
    found.retain(|assignment| span.covers(day_of(assignment)));
    Ok(found)
}

fn orders_by_id(
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

fn agreements_of(
    session: &mut Session<'_>,
    assignments: &[String],
) -> Result<HashMap<AssignmentId, Agreement>> {
    let rows = chunks(assignments, |ids| {
        ask!(session, |conn| agreements::table
            .filter(agreements::assignment_id.eq_any(ids))
            .filter(agreements::state.eq("in_force"))
            .select((agreements::id, agreements::body))
            .load(conn))
    })?;
    let found: Vec<Agreement> = bodies("agreements", rows)?;
    Ok(found.into_iter().map(|agreement| (agreement.assignment, agreement)).collect())
}

/// What was claimed and paid for an assignment.
struct Fee {
    /// The fee form that counts: the last one that was not withdrawn.
    form: FeeForm,
    /// The day on which the first of them was paid.
    paid: Option<Day>,
}

/// What was claimed and paid for each assignment.
fn fees_of(
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
        if form.approved.is_some() {
            fee.form = form;
        }
        fee.paid = fee.paid.into_iter().chain(paid).min();
    }
    Ok(fees)
}

fn question_sets_of(
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

fn units(
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
fn supply_of(
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

fn area_code(session: &mut Session<'_>, area: &Path) -> Result<Option<String>> {
    let id: Id<Node> = area.last().ok_or(Error::NotFound)?;
    Ok(ask!(session, |conn| nodes::table.find(from_id(id)).select(nodes::area_code).first(conn))?)
}

/// The identifiers of the nodes of an area.
#[diesel::dsl::auto_type(no_type_alias)]
fn below(area: &Path) -> _ {
    let pattern: String = format!("{}%", area.as_str());
    nodes::table.filter(nodes::path.like(pattern)).select(nodes::id)
}

fn bodies<T: DeserializeOwned>(table: &'static str, rows: Vec<(String, String)>) -> Result<Vec<T>> {
    let read = |(id, body): (String, String)| {
        serde_json::from_str(&body).map_err(|_| Error::corrupt(table, &id, "body"))
    };
    rows.into_iter().map(read).collect()
}
