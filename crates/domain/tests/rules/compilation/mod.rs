//! What a compilation never tells, and the way it goes.

mod averages;
mod lead_times;
mod ledger;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::{
    compilation::{
        AssignmentFact, AudienceFact, Compilation, Content, Event, Facts, FeeFact, FeedbackFact,
        OrderFact, Quoted, State, Table, WORKFLOW, compile, leaves_open, ledger::Ledger,
    },
    feedback::{
        Answer, Answers, Quote, Side, default_questions,
        question_set::{self, QuestionSet},
    },
    id::Id,
    money::Money,
    refusal::{Refusal, Rule},
    time::{Day, Moment},
};
use expect_test::expect_file;
use proptest::prelude::*;
use uuid::Uuid;

const STATES: [&str; 5] = ["preparing", "confirmed", "performed", "closed", "cancelled"];
const PURPOSES: [&str; 4] = ["training", "service_development", "peer_support", "advocacy"];

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(seconds).expect("in range")
}

fn set(side: Side, id: u128) -> QuestionSet {
    QuestionSet {
        id: Id::new(Uuid::from_u128(id)),
        node: Id::new(Uuid::from_u128(1)),
        number: 1,
        facts: default_questions(side),
        state: question_set::State::Published { at: moment(0) },
    }
}

/// A task: whose, what became of it, and what the expert said.
#[derive(Clone, Debug)]
struct Task {
    expert: u128,
    state: usize,
    purpose: usize,
    unit: u128,
    scale: Option<u8>,
    yes: Option<bool>,
    euros: i64,
}

fn tasks() -> impl Strategy<Value = Vec<Task>> {
    let task = (
        1_u128..=12,
        prop_oneof![1 => 0_usize..5, 3 => Just(2_usize)],
        prop_oneof![3 => Just(0_usize), 1 => 0_usize..4],
        1_u128..=4,
        prop::option::weighted(0.9, prop_oneof![1 => 1_u8..=5, 2 => 4_u8..=5]),
        prop::option::weighted(0.9, any::<bool>()),
        0_i64..200,
    )
        .prop_map(|(expert, state, purpose, unit, scale, yes, euros)| Task {
            expert,
            state,
            purpose,
            unit,
            scale,
            yes,
            euros,
        });
    prop::collection::vec(task, 0..60)
}

fn is_done(task: &Task) -> bool {
    matches!(task.state, 2 | 3)
}

fn facts(tasks: &[Task]) -> Facts {
    let mut facts = Facts {
        question_sets: vec![set(Side::Expert, 71), set(Side::Orderer, 72), set(Side::Audience, 73)],
        experts: (1..=12).map(Uuid::from_u128).collect(),
        ..Facts::default()
    };
    for (n, task) in tasks.iter().enumerate() {
        let id = Uuid::from_u128(1000 + n as u128);
        let expert = Uuid::from_u128(task.expert);
        facts.orders.push(OrderFact {
            id,
            state: "closed".to_owned(),
            unit: Uuid::from_u128(500 + task.unit),
            purpose: Some(PURPOSES[task.purpose].to_owned()),
            ..OrderFact::default()
        });
        facts.assignments.push(AssignmentFact {
            id,
            expert,
            state: STATES[task.state].to_owned(),
            ordered: Some(moment(0)),
            matched: Some(moment(86_400 * n as i64)),
            ..AssignmentFact::default()
        });
        if !is_done(task) {
            continue;
        }
        facts.fees.push(FeeFact {
            expert,
            fee: Money::eur(task.euros * 100),
            expenses: BTreeMap::from([("kilometres".to_owned(), Money::eur(task.euros))]),
        });
        let answers = [
            task.scale.map(|n| ("respect".to_owned(), Answer::Scale(n))),
            task.yes.map(|yes| ("oral_feedback".to_owned(), Answer::YesNo(yes))),
        ];
        facts.feedback.push(FeedbackFact {
            assignment: id,
            side: Side::Expert,
            question_set: Uuid::from_u128(71),
            answers: Answers(answers.into_iter().flatten().collect()),
            quotes: Vec::new(),
        });
    }
    facts
}

/// What a figure is when nothing is hidden, and about how many people, counted by other means than the fold.
fn truth(tasks: &[Task], table: &str, row: &str) -> Option<(usize, usize)> {
    let of = |found: Vec<&Task>| {
        let experts: BTreeSet<_> = found.iter().map(|task| task.expert).collect();
        Some((found.len(), experts.len()))
    };
    match table {
        "assignments_by_state" => {
            of(tasks.iter().filter(|task| STATES[task.state] == row).collect())
        }
        "orders_by_purpose" => {
            let n = tasks.iter().filter(|task| PURPOSES[task.purpose] == row).count();
            Some((n, n))
        }
        "respect" => {
            let said = |task: &Task| task.scale.map_or("no_answer".to_owned(), |n| n.to_string());
            of(tasks.iter().filter(|task| is_done(task) && said(task) == row).collect())
        }
        _ => None,
    }
}

/// Every published table of counts.
fn tables(content: &Content) -> impl Iterator<Item = &Table> {
    content.tables.iter().chain(content.answers.iter().map(|answers| &answers.table))
}

/// What subtraction from the total gives for a hidden row: how little and how much it can be.
fn range(table: &Table, row: usize) -> Option<(i64, i64)> {
    let total = table.total?;
    if table.rows[row].count.is_some() {
        return None;
    }
    let shown: i64 = table.rows.iter().filter_map(|row| row.count).sum();
    let others = table.rows.iter().filter(|row| row.count.is_none()).count() - 1;
    let rest = total - shown;
    // Rows of answers may be hidden whatever they are; any other hidden row is at least one.
    let least = if table.rows.iter().any(|row| row.code == "no_answer") { 0 } else { 1 };
    Some((if others == 0 { rest } else { least }, rest - least * others as i64))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn no_shown_figure_is_about_one_to_four_people(tasks in tasks()) {
        let content = compile(&facts(&tasks));
        for table in tables(&content) {
            for row in &table.rows {
                let truth = truth(&tasks, &table.name, &row.code);
                if let (Some(count), Some((n, people))) = (row.count, truth) {
                    prop_assert_eq!(count, n as i64, "{} {}", &table.name, &row.code);
                    prop_assert!(n == 0 || people >= 5, "{} {}", &table.name, &row.code);
                }
            }
        }
    }

    #[test]
    fn subtraction_within_a_table_does_not_give_a_hidden_row(tasks in tasks()) {
        let content = compile(&facts(&tasks));
        for table in tables(&content) {
            for row in 0..table.rows.len() {
                if let Some((low, high)) = range(table, row) {
                    prop_assert!(high > low, "{:?} gives row {} away", table, row);
                }
            }
        }
    }

    #[test]
    fn subtraction_across_tables_does_not_give_a_hidden_row(tasks in tasks()) {
        let content = compile(&facts(&tasks));
        // The tasks that were done are the rows `performed` and `closed`, and the total of every table of answers.
        let states = content.tables.iter().find(|table| table.name == "assignments_by_state");
        let states = states.expect("always there");
        let done = content.answers.iter().find_map(|answers| answers.table.total);
        let of = |code: &str| states.rows.iter().find(|row| row.code == code).map(|row| row.count);
        match (done, of("performed"), of("closed")) {
            (Some(_), Some(performed), Some(closed)) => {
                prop_assert_eq!(performed.is_some(), closed.is_some());
            }
            (Some(_), Some(only), None) | (Some(_), None, Some(only)) => {
                prop_assert!(only.is_some(), "the total of the answers gives {:?} away", states);
            }
            _ => {}
        }
        // A table that shows all its rows tells its total, and with it that of every table of the same orders.
        let of_orders = || content.tables.iter().filter(|table| table.name.starts_with("orders_"));
        let whole = |table: &Table| table.rows.iter().all(|row| row.count.is_some());
        if of_orders().any(whole) {
            prop_assert!(of_orders().all(|table| table.total.is_some()));
        }
    }

    #[test]
    fn an_average_stands_beside_all_rows_or_none(tasks in tasks()) {
        let content = compile(&facts(&tasks));
        for answers in content.answers.iter().filter(|answers| answers.average.is_some()) {
            let values = answers.table.rows.iter().filter(|row| row.code != "no_answer");
            let hidden = values.filter(|row| row.count.is_none()).count();
            prop_assert!(hidden == 0 || hidden == 5, "{:?}", answers);
        }
    }

    #[test]
    fn an_average_fits_more_than_one_distribution(n in 5_i64..40, tenths in 10_i64..=50) {
        prop_assume!(leaves_open(n, tenths));
        // By brute force over all distributions of five rows.
        let mut few = [false; 5];
        let mut otherwise = [false; 5];
        let mut any = false;
        for a in 0..=n { for b in 0..=n - a { for c in 0..=n - a - b { for d in 0..=n - a - b - c {
            let e = n - a - b - c - d;
            let sum = a + 2 * b + 3 * c + 4 * d + 5 * e;
            if (sum * 20 + n).div_euclid(n * 2) == tenths {
                any = true;
                for (value, count) in [a, b, c, d, e].into_iter().enumerate() {
                    if (1..5).contains(&count) { few[value] = true } else { otherwise[value] = true }
                }
            }
        } } } }
        for value in 0..5 {
            prop_assert!(!any || !few[value] || otherwise[value], "{} of {} gives {} away", tenths, n, value + 1);
        }
    }

    #[test]
    fn sums_of_money_are_about_five_experts_or_more(tasks in tasks()) {
        let facts = facts(&tasks);
        let experts: BTreeSet<_> = facts.fees.iter().filter(|fee| fee.fee.cents > 0).map(|fee| fee.expert).collect();
        let content = compile(&facts);
        for sums in &content.sums {
            let hidden = sums.rows.iter().filter(|row| row.sum.is_none()).count();
            prop_assert!(sums.total.is_none() || hidden != 1, "{:?}", sums);
            prop_assert!(!(1..5).contains(&experts.len()) || sums.total.is_none());
        }
    }

    /// Against every solution: all non-negative whole numbers that fit what a small ledger shows.
    #[test]
    fn every_hidden_cell_has_more_than_one_value_that_fits(cells in prop::collection::vec(0_i64..9, 4)) {
        // Two tables over one total, where a row of the second is the sum of two rows of the first.
        let mut next = 0_u128;
        let groups: Vec<BTreeSet<Uuid>> = cells
            .iter()
            .map(|n| {
                let from = next;
                next += *n as u128;
                (from..next).map(Uuid::from_u128).collect()
            })
            .collect();
        let mut ledger = Ledger::default();
        let mut enter = |of: &[usize]| {
            let people = of.iter().flat_map(|n| groups[*n].clone()).collect();
            ledger.enter(of.iter().map(|n| cells[*n]).sum(), people)
        };
        let total = enter(&[0, 1, 2, 3]);
        let first: Vec<_> = (0..4).map(|n| enter(&[n])).collect();
        let second = [enter(&[0, 1]), enter(&[2, 3])];
        ledger.adds_up(total, &first);
        ledger.adds_up(total, &second);
        ledger.adds_up(second[0], &first[..2]);
        let ledger = ledger.close();
        let shown: Vec<_> =
            [total].iter().chain(&first).chain(&second).map(|cell| ledger.shown(*cell)).collect();

        let mut fits: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); 7];
        for a in 0..16 { for b in 0..16 { for c in 0..16 { for d in 0..16 {
            let all = [a + b + c + d, a, b, c, d, a + b, c + d];
            let agrees = |(value, shown): (&i64, &Option<i64>)| shown.is_none_or(|shown| shown == *value);
            if all.iter().zip(&shown).all(agrees) {
                for (fits, value) in fits.iter_mut().zip(all) {
                    fits.insert(value);
                }
            }
        } } } }
        for (n, fits) in fits.iter().enumerate() {
            prop_assert!(shown[n].is_some() || fits.len() > 1, "{:?} shown as {:?} gives {}", cells, shown, n);
        }
    }
}

#[test]
fn one_small_row_takes_another_with_it() {
    let task =
        |purpose| Task { expert: 1, state: 2, purpose, unit: 1, scale: None, yes: None, euros: 0 };
    let tasks: Vec<_> = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2].map(task).to_vec();
    let content = compile(&facts(&tasks));
    let table = content.tables.iter().find(|table| table.name == "orders_by_purpose");
    let table = table.expect("always there");
    let shown: Vec<_> = table.rows.iter().map(|row| (row.code.as_str(), row.count)).collect();
    assert_eq!(
        shown,
        [("peer_support", None), ("service_development", None), ("training", Some(7))]
    );
    assert_eq!(table.total, Some(14));
}

/// One task in the state, by its number among [`STATES`].
fn one_task(state: usize) -> Facts {
    let task = Task { expert: 1, state, purpose: 0, unit: 1, scale: None, yes: None, euros: 0 };
    facts(&[task])
}

#[test]
fn the_audience_is_counted_namelessly() {
    let mut facts = one_task(2);
    facts.audiences.push(AudienceFact {
        assignment: facts.assignments[0].id,
        respondents: 20,
        counts: BTreeMap::from([
            (("hope".to_owned(), "yes".to_owned()), 12),
            (("hope".to_owned(), "no".to_owned()), 8),
        ]),
    });
    let content = compile(&facts);
    let hope = content.answers.iter().find(|answers| answers.question == "hope");
    let rows: Vec<_> = hope.expect("asked").table.rows.iter().map(|row| row.count).collect();
    assert_eq!(rows, [Some(12), Some(8), Some(0)]);
}

#[test]
fn what_was_said_of_a_task_that_was_not_done_is_neither_counted_nor_quoted() {
    for (state, name) in STATES.iter().enumerate() {
        let mut facts = one_task(state);
        let assignment = facts.assignments[0].id;
        let counts = BTreeMap::from([(("hope".to_owned(), "yes".to_owned()), 12)]);
        facts.audiences.push(AudienceFact { assignment, respondents: 12, counts });
        let words = |question: &str| Quote { question: question.into(), text: "Words.".into() };
        facts.feedback.push(FeedbackFact {
            assignment,
            side: Side::Orderer,
            question_set: Uuid::from_u128(72),
            answers: Answers::default(),
            quotes: vec![words("change"), words("suggestions")],
        });
        let content = compile(&facts);
        let said = content.answers.iter().any(|answers| answers.side == Side::Audience);
        let done = ["performed", "closed"].contains(name);
        let found = (said, content.changes.is_empty(), content.quotes.is_empty());
        assert_eq!(found, (done, !done, !done), "{name}");
    }
}

#[test]
fn cleared_quotes_are_listed_apart_from_the_changes_promised() {
    let mut facts = one_task(2);
    facts.feedback.clear();
    let quote = |question: &str, text: &str| Quote { question: question.into(), text: text.into() };
    facts.feedback.push(FeedbackFact {
        assignment: facts.assignments[0].id,
        side: Side::Orderer,
        question_set: Uuid::from_u128(72),
        answers: Answers::default(),
        quotes: vec![quote("change", "We ask first."), quote("suggestions", "More time.")],
    });
    let content = compile(&facts);
    assert_eq!(content.changes[0].text, "We ask first.");
    assert_eq!(content.quotes[0].text, "More time.");
}

fn compilation(state: State) -> Compilation {
    Compilation {
        id: Id::new(Uuid::from_u128(1)),
        area: Id::new(Uuid::from_u128(2)),
        year: moment(0).day().year() - 1,
        compiled_at: moment(0),
        content: Content::default(),
        state,
    }
}

#[test]
fn the_whole_table() {
    let at = moment(0);
    let states = [
        State::Draft,
        State::Frozen { number: 1, at },
        State::Published { number: 1, frozen_at: at, at },
    ];
    let events = [
        Event::Compile { content: Content::default() },
        Event::Freeze { number: 1 },
        Event::Publish,
    ];
    let mut table = format!("{:<12}", "");
    for event in &events {
        table += &format!("{:<12}", event.action());
    }
    for state in states {
        table += &format!("\n{:<12}", state.name());
        for event in &events {
            let next = compilation(state).apply(event.clone(), at);
            let arrow = WORKFLOW.arrow(state.name(), event.action());
            let cell = match &next {
                Ok(next) => next.state.name(),
                Err(Refusal::OutOfTurn { .. }) => "·",
                Err(_) => "!",
            };
            assert_eq!(arrow.is_some(), next.is_ok(), "{} {}", state.name(), event.action());
            assert!(next.is_err() || arrow.is_some_and(|arrow| arrow.to.contains(&cell)));
            table += &format!("{cell:<12}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../../golden/compilation.txt"].assert_eq(&table);
}

#[test]
fn a_frozen_compilation_keeps_its_content() {
    let frozen = compilation(State::Frozen { number: 1, at: moment(0) });
    let refused = frozen.apply(Event::Compile { content: Content::default() }, moment(1));
    assert!(matches!(refused, Err(Refusal::OutOfTurn { .. })));
}

#[test]
fn words_are_taken_out_once_each_until_they_are_published() {
    let quoted = |text: &str| Quoted {
        side: Side::Expert,
        question: "suggestions".to_owned(),
        text: text.to_owned(),
    };
    let said = Content {
        quotes: vec![quoted("a"), quoted("a"), quoted("b")],
        changes: vec![quoted("a")],
        ..Content::default()
    };
    let (at, frozen_at) = (moment(9), moment(8));
    for (state, left) in [
        (State::Draft, (1, 0)),
        (State::Frozen { number: 1, at }, (1, 0)),
        (State::Published { number: 1, frozen_at, at }, (3, 1)),
    ] {
        let before = Compilation { content: said.clone(), ..compilation(state) };
        let content = before.without(&[quoted("a"), quoted("b"), quoted("c")]).content;
        assert_eq!((content.quotes.len(), content.changes.len()), left, "{}", state.name());
    }
}

#[test]
fn words_cleared_anew_take_the_place_of_the_old_ones_in_a_draft_alone() {
    let quoted = |text: &str| Quoted {
        side: Side::Expert,
        question: "suggestions".to_owned(),
        text: text.to_owned(),
    };
    let said = Content { quotes: vec![quoted("a"), quoted("b")], ..Content::default() };
    let (at, frozen_at) = (moment(9), moment(8));
    for (state, left) in [
        (State::Draft, vec!["b", "c"]),
        (State::Frozen { number: 1, at }, vec!["b"]),
        (State::Published { number: 1, frozen_at, at }, vec!["a", "b"]),
    ] {
        let before = Compilation { content: said.clone(), ..compilation(state) };
        let content = before.reworded(&quoted("a"), &quoted("c")).content;
        let left: Vec<_> = left.into_iter().map(quoted).collect();
        assert_eq!(content.quotes, left, "{}", state.name());
    }
}

#[test]
fn a_draft_is_compiled_anew_and_says_when() {
    let draft = compilation(State::Draft);
    let content = compile(&facts(&[]));
    assert_ne!(draft.content, content);
    let event = Event::Compile { content: content.clone() };
    let compiled = draft.apply(event, moment(9)).expect("it is a draft");
    assert_eq!((compiled.content, compiled.compiled_at), (content, moment(9)));
}

#[test]
fn a_compilation_keeps_the_number_it_was_frozen_under() {
    let frozen = State::Frozen { number: 7, at: moment(0) };
    let published = compilation(frozen).apply(Event::Publish, moment(1)).expect("it is frozen");
    assert_eq!(
        [State::Draft, frozen, published.state].map(State::number),
        [None, Some(7), Some(7)]
    );
}

#[test]
fn nothing_is_frozen_that_was_compiled_before_the_year_was_over() {
    let of = |year, compiled_at| Compilation { year, compiled_at, ..compilation(State::Draft) };
    let last = Day::new(2026, 12, 31).expect("a day").end();
    let freeze = |draft: Compilation| {
        draft.apply(Event::Freeze { number: 1 }, last.plus(TimeDelta::days(30)))
    };
    for early in [of(2026, last), of(2026, moment(0)), of(2199, last)] {
        assert_eq!(freeze(early).err(), Some(Rule::YearNotOver.into()));
    }
    let frozen =
        freeze(of(2026, last.plus(TimeDelta::seconds(1)))).expect("the year was over in Finland");
    assert_eq!(frozen.state.number(), Some(1));
}
