//! What a year's compilation takes from assignments and from what was said of them.

use chrono::TimeDelta;
use domain::{
    compilation::{AssignmentFact, AudienceFact, FeedbackFact, day_of},
    feedback::AudienceFeedback,
    time::Day,
};

use super::*;

fn later(days: i64) -> Moment {
    moment(0).plus(TimeDelta::days(days))
}

fn preparing() -> Assignment {
    let (created, starts) = (later(1), Some(later(10)));
    Assignment { created, starts, state: assignment::State::Preparing, ..assignment() }
}

fn performed(date: Day) -> Assignment {
    let assignment::State::Performed { performance } = assignment().state else { panic!("done") };
    let performance = Performance { date, at: later(12), ..performance };
    Assignment { state: assignment::State::Performed { performance }, ..preparing() }
}

#[test]
fn a_task_belongs_to_the_day_it_was_done_else_planned_else_taken_on() {
    let done = later(11).day();
    let unplanned = Assignment { starts: None, ..preparing() };
    let days = [performed(done), preparing(), unplanned].map(|assignment| day_of(&assignment));
    assert_eq!(days, [done, later(10).day(), later(1).day()]);
}

#[test]
fn what_is_known_of_a_task_is_counted_and_nothing_is_made_up() {
    let fact = AssignmentFact::of(&preparing(), None, None, None);
    assert_eq!((fact.state.as_str(), fact.matched), ("preparing", Some(later(1))));
    assert_eq!((fact.id, fact.expert), (Uuid::from_u128(4), Uuid::from_u128(14)));
    assert_eq!((fact.ordered, fact.agreed, fact.performed, fact.paid), (None, None, None, None));
    assert_eq!(fact.fee_basis, None);

    let paid = later(30).day();
    let fact = AssignmentFact::of(&performed(later(11).day()), None, None, Some(paid));
    assert_eq!((fact.performed, fact.paid), (Some(later(11).day().end()), Some(paid.end())));
    let moved = Assignment { ends: Some(later(11)), ..performed(later(20).day()) };
    let fact = AssignmentFact::of(&moved, None, None, None);
    assert_eq!(fact.performed, Some(later(20).day().end()), "done on another day than agreed");
}

#[test]
fn answers_are_counted_as_they_were_given() {
    let given = give(&[("respect", Answer::Scale(2))], &set(Side::Expert)).expect("it fits");
    let quote = Quote { question: "respect".to_owned(), text: "Hyvä.".to_owned() };
    let feedback = Feedback { quotes: vec![quote.clone()], ..given.feedback };
    let fact = FeedbackFact::of(&feedback);
    assert_eq!((fact.assignment, fact.side), (Uuid::from_u128(4), Side::Expert));
    assert_eq!((fact.question_set, fact.answers), (Uuid::from_u128(1), feedback.form.answers));
    assert_eq!(fact.quotes, [quote]);
}

#[test]
fn an_audience_counts_by_question_and_answer() {
    let count = |answer: &str, count| AnswerCount {
        question: "hope".to_owned(),
        answer: answer.to_owned(),
        count,
    };
    let counts = vec![count("yes", 8), count("no", 1)];
    let form = AudienceForm { question_set: set(Side::Audience).id, respondents: 9, counts };
    let (id, by) = (Id::new(Uuid::from_u128(3)), Id::new(Uuid::from_u128(15)));
    let entered =
        AudienceFeedback::enter(id, &assignment(), by, form, &set(Side::Audience), moment(1));
    let fact = AudienceFact::of(&entered.expect("it fits"));
    let key = |answer: &str| ("hope".to_owned(), answer.to_owned());
    assert_eq!(fact.counts, [(key("yes"), 8), (key("no"), 1)].into());
    assert_eq!(fact.respondents, 9);
}
