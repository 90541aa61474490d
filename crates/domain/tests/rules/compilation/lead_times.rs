//! How long the steps of the chain took, of so many that nobody's own time can be seen.

use domain::{
    compilation::{AssignmentFact, Facts, LeadTime, Step, compile},
    time::Moment,
};
use uuid::Uuid;

fn day(days: i64) -> Moment {
    Moment::from_timestamp(1_780_000_000 + 86_400 * days).expect("in range")
}

fn assignment(expert: u128) -> AssignmentFact {
    AssignmentFact { expert: Uuid::from_u128(expert), ..AssignmentFact::default() }
}

fn lead_times(assignments: Vec<AssignmentFact>) -> Vec<LeadTime> {
    compile(&Facts { assignments, ..Facts::default() }).lead_times
}

/// The figures of the first step for so many experts, of whom each took a day longer than the one before.
fn first(experts: u128) -> (i64, Option<i64>, Option<i64>) {
    let matched = |n: u128| AssignmentFact {
        ordered: Some(day(0)),
        matched: Some(day(n as i64)),
        ..assignment(n)
    };
    let found = &lead_times((0..experts).map(matched).collect())[0];
    (found.at_least, found.median_days, found.p90_days)
}

#[test]
fn half_and_nine_of_ten_took_no_longer() {
    assert_eq!(first(10), (10, Some(4), Some(8)));
    assert_eq!(first(20), (20, Some(9), Some(17)));
}

#[test]
fn no_time_is_told_that_could_be_the_time_of_one() {
    assert_eq!(first(4), (0, None, None));
    assert_eq!(first(5), (5, Some(2), None));
    assert_eq!(first(9), (5, Some(4), None));
    let often = AssignmentFact { ordered: Some(day(0)), matched: Some(day(1)), ..assignment(1) };
    let one = &lead_times(vec![often; 12])[0];
    assert_eq!((one.at_least, one.median_days, one.p90_days), (10, None, None));
}

#[test]
fn each_step_is_counted_from_the_one_before() {
    let whole = |n| AssignmentFact {
        ordered: Some(day(0)),
        matched: Some(day(1)),
        agreed: Some(day(3)),
        performed: Some(day(6)),
        paid: Some(day(10)),
        ..assignment(n)
    };
    let found = lead_times((0..10).map(whole).collect());
    let expected = [
        (Step::OrderToMatch, 1),
        (Step::MatchToAgreement, 2),
        (Step::AgreementToTask, 3),
        (Step::TaskToPayment, 4),
        (Step::OrderToPayment, 10),
    ];
    for (time, (step, days)) in found.iter().zip(expected) {
        assert_eq!((time.step, time.median_days, time.p90_days), (step, Some(days), Some(days)));
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn what_is_not_over_is_not_counted_and_nothing_takes_less_than_no_time() {
    let open = AssignmentFact { ordered: Some(day(0)), ..assignment(1) };
    assert_eq!(lead_times(vec![open; 10])[0].at_least, 0);
    let early = |n| AssignmentFact { performed: Some(day(5)), paid: Some(day(1)), ..assignment(n) };
    assert_eq!(lead_times((0..5).map(early).collect())[3].median_days, Some(0));
}
