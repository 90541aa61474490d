//! What compilations and figures are made from: everything of an area in a stretch of time, across the tables.
//!
//! The policy is asked about the area before any of this is read; what leaves is counts, never these things.

mod rows;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDateTime};
use diesel::prelude::*;
use domain::{
    compilation::{AssignmentFact, AudienceFact, Facts, FeeFact, FeedbackFact, OrderFact},
    feedback::{AudienceFeedback, Feedback},
    figures::{Demand, Supply},
    node::Path,
    time::Day,
};
use uuid::Uuid;

use self::rows::{
    agreed_of, area_code, assignments_of, bodies, fees_of, orders_by_id, orders_of,
    question_sets_of, supply_of, units,
};
use crate::{
    Error, Result, Session,
    chunks::chunks,
    codec::{from_day, from_id},
    connection::ask,
    schema::{audience_feedback, feedback, nodes},
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

    /// The span in UTC with a day to spare on both sides, because a day here is another stretch of hours: what is read before it
    /// is looked at day by day.
    fn around(self) -> (NaiveDateTime, NaiveDateTime) {
        let spare = Days::new(1);
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
    let agreed = agreed_of(session, &ids)?;
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
            agreed.get(&assignment.id).map(|agreed| (&agreed.agreement, agreed.since)),
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
        let agreed = agreed_of(session, &ids)?;
        let fees = fees_of(session, &ids)?;
        let ordered = orders_by_id(session, &assignments)?;
        found.extend(assignments.iter().map(|assignment| {
            AssignmentFact::of(
                assignment,
                ordered.get(&assignment.order),
                agreed.get(&assignment.id).map(|agreed| (&agreed.agreement, agreed.since)),
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
