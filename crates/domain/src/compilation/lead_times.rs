//! How long the steps of the chain took: timeliness (*oikea-aikaisuus*, S4-45).

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    content::{LeadTime, Step},
    facts::AssignmentFact,
    ledger::THRESHOLD,
};

/// Below so many experts, nine out of ten is one person's own time.
const TAIL: usize = 10;

/// The lead times of each step.
pub fn lead_times(assignments: &[AssignmentFact]) -> Vec<LeadTime> {
    Step::ALL.iter().map(|step| lead_time(*step, assignments)).collect()
}

fn lead_time(step: Step, assignments: &[AssignmentFact]) -> LeadTime {
    let mut days: Vec<(i64, Uuid)> = assignments
        .iter()
        .filter_map(|assignment| {
            let (from, until) = match step {
                Step::OrderToMatch => (assignment.ordered, assignment.matched),
                Step::MatchToAgreement => (assignment.matched, assignment.agreed),
                Step::AgreementToTask => (assignment.agreed, assignment.performed),
                Step::TaskToPayment => (assignment.performed, assignment.paid),
                Step::OrderToPayment => (assignment.ordered, assignment.paid),
            };
            Some((until?.since(from?).num_days().max(0), assignment.expert))
        })
        .collect();
    days.sort_unstable();
    let experts = days.iter().map(|(_, expert)| expert).collect::<BTreeSet<_>>().len();
    let rank = |tenths: usize| (days.len() * tenths).div_ceil(10).max(1) - 1;
    let within = |tenths: usize| days.get(rank(tenths)).map(|(days, _)| *days);
    LeadTime {
        step,
        at_least: fives(days.len()),
        median_days: if experts >= THRESHOLD { within(5) } else { None },
        p90_days: if experts >= TAIL { within(9) } else { None },
    }
}

/// The number, down to a multiple of five: neither it nor the difference of two such numbers counts fewer than five.
pub fn fives(n: usize) -> i64 {
    i64::try_from(n / THRESHOLD * THRESHOLD).unwrap_or(i64::MAX)
}
