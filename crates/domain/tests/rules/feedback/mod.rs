//! What may be asked and answered.

mod facts;
mod questions;

use domain::{
    assignment::{self, Assignment, Performance},
    feedback::{
        Answer, AnswerCount, Answers, AudienceFeedback, AudienceForm, Feedback, Form, Given, Lock,
        Quote, Side, default_questions, faults,
        question_set::{Event, QuestionSet, State, WORKFLOW},
    },
    id::Id,
    refusal::{Refusal, Rule},
    time::Moment,
};
use expect_test::expect_file;
use uuid::Uuid;

use crate::preparing::preparing;

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(seconds).expect("in range")
}

fn set(side: Side) -> QuestionSet {
    QuestionSet {
        id: Id::new(Uuid::from_u128(1)),
        node: Id::new(Uuid::from_u128(2)),
        number: 1,
        facts: default_questions(side),
        state: State::Published { at: moment(0) },
    }
}

fn assignment() -> Assignment {
    let performance = Performance {
        date: moment(0).day(),
        minutes: 60,
        participants: None,
        by: Id::new(Uuid::from_u128(15)),
        at: moment(0),
    };
    Assignment {
        id: Id::new(Uuid::from_u128(4)),
        person: Id::new(Uuid::from_u128(14)),
        node: Id::new(Uuid::from_u128(2)),
        created: moment(0),
        state: assignment::State::Performed { performance },
        ..preparing()
    }
}

fn form(answers: &[(&str, Answer)]) -> Form {
    let answers = answers.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone()));
    Form {
        question_set: Id::new(Uuid::from_u128(1)),
        answers: Answers(answers.collect()),
        may_quote: true,
    }
}

fn give(answers: &[(&str, Answer)], set: &QuestionSet) -> Result<Given, Refusal> {
    Feedback::give(
        Id::new(Uuid::from_u128(3)),
        &assignment(),
        Id::new(Uuid::from_u128(5)),
        form(answers),
        set,
        moment(0),
    )
}

#[test]
fn the_default_questions_are_right_themselves() {
    for side in [Side::Orderer, Side::Expert, Side::Audience] {
        assert_eq!(default_questions(side).faults(), []);
    }
}

#[test]
fn each_answer_must_fit_its_question() {
    let form = form(&[
        ("matched_need", Answer::Scale(6)),
        ("again", Answer::Text("maybe".to_owned())),
        ("change", Answer::Text(" ".to_owned())),
        ("weather", Answer::YesNo(true)),
        ("preparation", Answer::Scale(5)),
    ]);
    let found: Vec<_> = faults(&form.answers, &set(Side::Orderer))
        .into_iter()
        .map(|fault| format!("{} {}", fault.pointer, fault.code))
        .collect();
    assert_eq!(
        found,
        [
            "/answers/weather no_such_question",
            "/answers/matched_need not_on_the_scale",
            "/answers/change empty",
            "/answers/again not_yes_or_no",
        ]
    );
}

#[test]
fn that_someone_wants_to_talk_is_not_stored_among_the_answers() {
    let answers = [("debrief", Answer::YesNo(true)), ("respect", Answer::Scale(2))];
    let given = give(&answers, &set(Side::Expert)).expect("fits");
    assert!(given.debrief);
    assert!(!given.feedback.form.answers.0.contains_key("debrief"));
    assert!(given.feedback.form.answers.0.contains_key("respect"));
}

#[test]
fn answers_stay_once_the_assignment_is_closed_or_the_year_frozen() {
    let set = set(Side::Expert);
    let given = give(&[], &set).expect("fits").feedback;
    for (lock, rule) in
        [(Lock::Closed, Rule::FeedbackClosed), (Lock::Frozen, Rule::CompilationFrozen)]
    {
        let refused = given.clone().change(form(&[]), &set, Some(lock), moment(1));
        assert_eq!(refused, Err(rule.into()));
    }
    assert!(given.change(form(&[]), &set, None, moment(1)).is_ok());
}

#[test]
fn that_words_may_be_quoted_is_taken_back_at_any_time() {
    let set = set(Side::Expert);
    let said = [("suggestions", Answer::Text("Lisää aikaa.".to_owned()))];
    let quote = Quote { question: "suggestions".into(), text: "Lisää aikaa.".into() };
    let given = give(&said, &set).expect("fits").feedback.clear(quote).expect("may be");
    let silent = Form { may_quote: false, ..form(&said) };
    for lock in [Lock::Closed, Lock::Frozen] {
        let change = |form| given.clone().change(form, &set, Some(lock), moment(1));
        let taken = change(silent.clone()).expect("it is consent").feedback;
        assert_eq!((&taken.form, taken.quotes.len(), taken.changed_at), (&silent, 0, moment(1)));
        assert!(change(form(&said)).is_err(), "nothing is taken back");
        let other = Form { may_quote: false, ..form(&[("respect", Answer::Scale(1))]) };
        assert!(change(other).is_err(), "the answers stay");
        let mut debrief = silent.clone();
        debrief.answers.0.insert("debrief".to_owned(), Answer::YesNo(true));
        assert!(change(debrief).is_err(), "nothing else is asked for");
        let again = taken.change(form(&said), &set, Some(lock), moment(2));
        assert!(again.is_err(), "it is not given anew");
    }
}

#[test]
fn only_words_that_may_be_quoted_are_cleared() {
    let set = set(Side::Orderer);
    let words = [("change", Answer::Text("We, Anna's team, ask first.".to_owned()))];
    let given = give(&words, &set).expect("fits").feedback;
    let quote = |question: &str| Quote { question: question.into(), text: "We ask first.".into() };
    let cleared = given.clone().clear(quote("change")).expect("may");
    assert_eq!(cleared.quotes, [quote("change")]);
    assert!(matches!(given.clone().clear(quote("again")), Err(Refusal::Invalid(_))));
    let kept = Feedback { form: Form { may_quote: false, ..given.form.clone() }, ..given.clone() };
    assert_eq!(kept.clear(quote("change")), Err(Rule::QuoteNotPermitted.into()));
    assert_eq!(given.changes, ["We, Anna's team, ask first."]);
}

#[test]
fn nobody_assesses_a_task_that_was_not_done() {
    let cancelled = Assignment { state: assignment::State::Preparing, ..assignment() };
    let (id, by) = (Id::new(Uuid::from_u128(3)), Id::new(Uuid::from_u128(5)));
    let refused = Feedback::give(id, &cancelled, by, form(&[]), &set(Side::Expert), moment(0));
    assert_eq!(refused, Err(Rule::NothingToAssess.into()));
}

#[test]
fn nobody_answers_a_draft() {
    let draft = QuestionSet { state: State::Draft, ..set(Side::Expert) };
    assert_eq!(give(&[], &draft), Err(Rule::QuestionsNotPublished.into()));
}

#[test]
fn what_an_audience_said_is_counted_within_those_who_answered() {
    let count = |question: &str, answer: &str, count| AnswerCount {
        question: question.to_owned(),
        answer: answer.to_owned(),
        count,
    };
    let form = AudienceForm {
        question_set: Id::new(Uuid::from_u128(1)),
        respondents: 10,
        counts: vec![
            count("hope", "yes", 8),
            count("hope", "no", 3),
            count("hope", "yes", 1),
            count("useful", "6", 1),
            count("weather", "yes", 1),
        ],
    };
    let found: Vec<_> = form
        .faults(&set(Side::Audience))
        .into_iter()
        .map(|fault| format!("{} {}", fault.pointer, fault.code))
        .collect();
    assert_eq!(
        found,
        [
            "/counts/1/count more_than_respondents",
            "/counts/2/answer duplicate",
            "/counts/2/count more_than_respondents",
            "/counts/3/answer unknown_code",
            "/counts/4/question no_such_question",
        ]
    );
    assert_eq!(form.faults(&set(Side::Expert))[0].code, "wrong_side");
}

#[test]
fn counts_are_put_right_until_the_year_is_frozen_and_told_from_five_on() {
    let set = set(Side::Audience);
    let form = |respondents| AudienceForm {
        question_set: Id::new(Uuid::from_u128(1)),
        respondents,
        counts: vec![AnswerCount { question: "hope".into(), answer: "no".into(), count: 1 }],
    };
    let by = |number| Id::new(Uuid::from_u128(number));
    let (id, assignment) = (Id::new(Uuid::from_u128(3)), assignment());
    let few = AudienceFeedback::enter(id, &assignment, by(5), form(4), &set, moment(0));
    let few = few.expect("fits");
    assert_eq!(few.told(), None);
    let correct = |form, lock| few.clone().correct(by(6), form, &set, lock, moment(9));
    let right = correct(form(5), None).expect("fits");
    assert_eq!(right.told(), Some(&form(5)));
    assert_eq!((right.id, right.entered_by, right.entered_at), (id, by(6), moment(9)));
    assert_eq!(correct(form(5), Some(Lock::Frozen)), Err(Rule::CompilationFrozen.into()));
    assert!(matches!(correct(form(0), None), Err(Refusal::Invalid(_))), "more than respondents");
}

#[test]
fn the_whole_table() {
    let at = moment(0);
    let mut table = format!("{:<12}{:<12}{:<12}", "", "publish", "retire");
    for state in [State::Draft, State::Published { at }, State::Retired { at }] {
        table += &format!("\n{:<12}", state.name());
        for event in [Event::Publish, Event::Retire] {
            let next = QuestionSet { state, ..set(Side::Expert) }.apply(event, at);
            let arrow = WORKFLOW.arrow(state.name(), event.action());
            let cell = next.as_ref().map_or("·", |next| next.state.name());
            assert_eq!(arrow.is_some(), next.is_ok());
            assert!(next.is_err() || arrow.is_some_and(|arrow| arrow.to.contains(&cell)));
            table += &format!("{cell:<12}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../../golden/question_set.txt"].assert_eq(&table);
}
