//! What may be asked, and how each kind of question is answered and counted.

use domain::{
    feedback::{
        AudienceFeedback,
        question_set::{Choice, Facts, Kind, Question, Tag},
    },
    localized::Localized,
};

use super::*;

fn question(key: &str, kind: Kind) -> Question {
    let choices = match kind {
        Kind::Choice => ["soon", "later"].map(choice).to_vec(),
        Kind::Scale | Kind::YesNo | Kind::Text => Vec::new(),
    };
    Question {
        key: key.to_owned(),
        kind,
        text: Localized::fi("Kysymys"),
        easy_fi: None,
        required: false,
        choices,
        tag: None,
    }
}

fn choice(code: &str) -> Choice {
    Choice { code: code.to_owned(), name: Localized::fi(code) }
}

fn asked(side: Side, questions: Vec<Question>) -> QuestionSet {
    let facts = Facts { questions, ..default_questions(side) };
    QuestionSet { facts, ..set(side) }
}

fn told(faults: Vec<domain::refusal::Fault>) -> Vec<String> {
    faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

fn tagged(key: &str, kind: Kind, tag: Tag) -> Question {
    Question { tag: Some(tag), ..question(key, kind) }
}

#[test]
fn questions_that_cannot_be_asked_are_pointed_to() {
    let one = Question { choices: vec![choice("soon")], ..question("one", Kind::Choice) };
    let stray = Question { choices: vec![choice("soon")], ..question("stray", Kind::Text) };
    let questions = vec![
        question("twice", Kind::Scale),
        question("twice", Kind::YesNo),
        one,
        stray,
        question("right", Kind::Choice),
    ];
    let expected = [
        "/questions/1/key duplicate",
        "/questions/2/choices too_few",
        "/questions/3/choices not_a_choice",
    ];
    assert_eq!(told(asked(Side::Orderer, questions).facts.faults()), expected);
}

#[test]
fn what_changed_is_told_in_words_and_only_experts_ask_to_talk_and_never_have_to() {
    let must = |question| Question { required: true, ..question };
    let questions = || {
        vec![
            tagged("a", Kind::Text, Tag::Change),
            tagged("b", Kind::Scale, Tag::Change),
            tagged("c", Kind::YesNo, Tag::DebriefRequest),
            must(tagged("d", Kind::YesNo, Tag::DebriefRequest)),
            tagged("e", Kind::Text, Tag::DebriefRequest),
            tagged("f", Kind::Scale, Tag::OwnLife),
        ]
    };
    let expert = told(asked(Side::Expert, questions()).facts.faults());
    let misfit = |n: usize| format!("/questions/{n}/tag tag_does_not_fit");
    assert_eq!(expert, [misfit(0), misfit(1), misfit(3), misfit(4)]);
    let orderer = told(asked(Side::Orderer, questions()).facts.faults());
    assert_eq!(orderer, [misfit(1), misfit(2), misfit(3), misfit(4)]);
}

#[test]
fn an_audience_is_asked_for_nothing_that_cannot_be_counted() {
    let questions = vec![question("words", Kind::Text), question("hope", Kind::YesNo)];
    let found = told(asked(Side::Audience, questions).facts.faults());
    assert_eq!(found, ["/questions/0/kind audience_counts_only"]);
}

#[test]
fn what_must_be_answered_is_missed_and_what_is_chosen_must_be_offered() {
    let must = Question { required: true, ..question("must", Kind::Scale) };
    let questions = vec![must, question("when", Kind::Choice), question("words", Kind::Text)];
    let set = asked(Side::Orderer, questions);
    let found = |answers: &[(&str, Answer)]| told(faults(&form(answers).answers, &set));
    assert_eq!(found(&[]), ["/answers/must required"]);
    let text = |text: &str| Answer::Text(text.to_owned());
    let wrong = [("must", Answer::Scale(0)), ("when", text("never")), ("words", Answer::Scale(1))];
    let expected = [
        "/answers/must not_on_the_scale",
        "/answers/when unknown_code",
        "/answers/words not_words",
    ];
    assert_eq!(found(&wrong), expected);
    let right = [("must", Answer::Scale(1)), ("when", text("later")), ("words", text("kyllä"))];
    assert_eq!(found(&right), [""; 0]);
    assert_eq!(
        found(&[("must", Answer::Scale(5)), ("a/b~c", text("?"))]),
        ["/answers/a~1b~0c no_such_question"]
    );
}

#[test]
fn a_quote_takes_the_place_of_the_one_of_its_question() {
    let set = asked(Side::Orderer, ["a", "b"].map(|key| question(key, Kind::Text)).to_vec());
    let words = ["a", "b"].map(|key| (key, Answer::Text("sanat".to_owned())));
    let quote = |question: &str, text: &str| Quote { question: question.into(), text: text.into() };
    let feedback = [quote("a", "ensin"), quote("b", "toinen"), quote("a", "sitten")]
        .into_iter()
        .fold(give(&words, &set).expect("it fits").feedback, |feedback, quote| {
            feedback.clear(quote).expect("it may be quoted")
        });
    assert_eq!(feedback.quotes, [quote("b", "toinen"), quote("a", "sitten")]);
    let others = [("a", Answer::Text("uudet".to_owned()))];
    let changed = feedback.change(form(&others), &set, None, moment(9)).expect("it may").feedback;
    assert_eq!(changed.form, form(&others));
    assert_eq!(
        (changed.quotes, changed.changed_at, changed.given_at),
        (vec![], moment(9), moment(0))
    );
}

#[test]
fn answers_of_one_side_do_not_become_those_of_the_other() {
    let given = give(&[], &set(Side::Expert)).expect("it fits").feedback;
    let refused = given.change(form(&[]), &set(Side::Orderer), None, moment(1));
    let Err(Refusal::Invalid(faults)) = refused else { panic!("{refused:?}") };
    assert_eq!(told(faults), ["/question_set wrong_side"]);
}

#[test]
fn an_audience_is_counted_after_the_task_by_published_questions() {
    let count = |question: &str, answer: &str, count| AnswerCount {
        question: question.to_owned(),
        answer: answer.to_owned(),
        count,
    };
    let questions = [
        ("scale", Kind::Scale),
        ("yes", Kind::YesNo),
        ("when", Kind::Choice),
        ("words", Kind::Text),
    ];
    let set = asked(Side::Audience, questions.map(|(key, kind)| question(key, kind)).to_vec());
    let counts = |counts| AudienceForm { question_set: set.id, respondents: 10, counts };
    let enter = |assignment: &Assignment, form: AudienceForm, set: &QuestionSet| {
        let (id, by) = (Id::new(Uuid::from_u128(3)), Id::new(Uuid::from_u128(15)));
        AudienceFeedback::enter(id, assignment, by, form, set, moment(7))
    };
    let right = counts(vec![
        count("scale", "1", 4),
        count("scale", "5", 6),
        count("yes", "no", 10),
        count("when", "later", 0),
    ]);
    let entered = enter(&assignment(), right.clone(), &set).expect("it fits");
    assert_eq!((entered.assignment, entered.node), (assignment().id, assignment().node));
    assert_eq!((entered.entered_at, &entered.form), (moment(7), &right));

    let wrong = counts(vec![
        count("scale", "0", 1),
        count("yes", "soon", 1),
        count("when", "never", 1),
        count("words", "x", 1),
    ]);
    let Err(Refusal::Invalid(faults)) = enter(&assignment(), wrong, &set) else {
        panic!("refused")
    };
    assert_eq!(told(faults), [0, 1, 2, 3].map(|n| format!("/counts/{n}/answer unknown_code")));
    let undone = Assignment { state: assignment::State::Preparing, ..assignment() };
    assert_eq!(enter(&undone, right.clone(), &set), Err(Rule::NothingToAssess.into()));
    let draft = QuestionSet { state: State::Draft, ..set.clone() };
    assert_eq!(enter(&assignment(), right, &draft), Err(Rule::QuestionsNotPublished.into()));
}

#[test]
fn each_side_has_its_name() {
    assert_eq!(
        [Side::Orderer, Side::Expert, Side::Audience].map(Side::name),
        ["orderer", "expert", "audience"]
    );
}
