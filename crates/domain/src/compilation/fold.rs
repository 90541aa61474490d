//! From the year's facts to the compilation: a pure fold.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    content::{Content, Quoted},
    facts::{AssignmentFact, AudienceFact, Facts, FeedbackFact, OrderFact},
    lead_times::lead_times,
    ledger::CellId,
    sheet::{Counted, NO_ANSWER, Of, Sheet},
};
use crate::{
    feedback::{
        Answer, Side,
        question_set::{Kind, Question, Tag},
    },
    figures::{BANDS, band},
    record,
};

/// A view of the orders: the row that an order belongs to.
type View = fn(&OrderFact) -> Option<&str>;

/// The states of an assignment whose task was done.
const DONE: [&str; 2] = ["performed", "closed"];

/// Compiles a year.
pub fn compile(facts: &Facts) -> Content {
    let mut draft = Sheet::default();
    draft.orders(facts);
    let done = draft.assignments(facts);
    draft.experts(facts);
    draft.answers(facts, done);
    let took_place = tasks_done(facts);
    draft.audience(facts, &took_place);
    draft.fees(facts);
    let mut content = draft.close();
    content.lead_times = lead_times(&facts.assignments);
    (content.changes, content.quotes) = quotes(facts, &took_place);
    content
}

impl Sheet {
    fn orders(&mut self, facts: &Facts) {
        let people: BTreeSet<_> = facts.orders.iter().map(|order| order.id).collect();
        let total = self.ledger.enter(count(facts.orders.len()), people);
        let by = |of: View| {
            move |order| Counted {
                row: of(order).unwrap_or("unknown"),
                amount: 1,
                person: order.id,
            }
        };
        let views: [(&str, View); 6] = [
            ("orders_by_state", |order| Some(&order.state)),
            ("orders_by_purpose", |order| order.purpose.as_deref()),
            ("orders_by_phase", |order| order.phase.as_deref()),
            ("orders_by_task_type", |order| order.task_type.as_deref()),
            ("orders_by_mode", |order| order.mode.as_deref()),
            ("orders_by_audience", |order| order.audience.as_deref()),
        ];
        for (name, of) in views {
            let rows = self.rows(&[], facts.orders.iter().map(by(of)));
            self.table(Of::Counts, name, rows, total);
        }
        let ids: Vec<_> =
            facts.orders.iter().map(|order| (order.unit.to_string(), order.id)).collect();
        let rows = self.rows(
            &[],
            ids.iter().map(|(unit, order)| Counted { row: unit, amount: 1, person: *order }),
        );
        self.table(Of::Counts, "orders_by_unit", rows, total);
        if let Some(table) = self.tables.last_mut() {
            for (code, name, _) in &mut table.rows {
                *name = Uuid::parse_str(code).ok().and_then(|unit| facts.units.get(&unit).cloned());
            }
        }
    }

    /// The assignments, and the cell of those whose task was done: the whole that feedback is measured against.
    fn assignments(&mut self, facts: &Facts) -> CellId {
        let experts = |of: &dyn Fn(&&AssignmentFact) -> bool| -> (i64, BTreeSet<Uuid>) {
            let found: Vec<_> = facts.assignments.iter().filter(of).collect();
            (count(found.len()), found.iter().map(|assignment| assignment.expert).collect())
        };
        let (all, people) = experts(&|_| true);
        let total = self.ledger.enter(all, people);
        let by = |of: fn(&AssignmentFact) -> &str| {
            move |assignment| Counted { row: of(assignment), amount: 1, person: assignment.expert }
        };
        let states = self.rows(&[], facts.assignments.iter().map(by(|a| &a.state)));
        let (done, people) = experts(&|assignment| is_done(assignment));
        let done = self.ledger.enter(done, people);
        let of_done: Vec<_> = states
            .iter()
            .filter(|(code, ..)| DONE.contains(&code.as_str()))
            .map(|(.., cell)| *cell)
            .collect();
        self.ledger.adds_up(done, &of_done);
        self.table(Of::Counts, "assignments_by_state", states, total);
        let bases = self.rows(
            &[],
            facts.assignments.iter().map(by(|a| a.fee_basis.as_deref().unwrap_or("not_agreed"))),
        );
        self.table(Of::Counts, "assignments_by_fee_basis", bases, total);
        done
    }

    /// How evenly the tasks fell on the experts.
    fn experts(&mut self, facts: &Facts) {
        let mut gigs: BTreeMap<Uuid, usize> =
            facts.experts.iter().map(|expert| (*expert, 0)).collect();
        for assignment in facts.assignments.iter().filter(|assignment| is_done(assignment)) {
            *gigs.entry(assignment.expert).or_default() += 1;
        }
        let total = self.ledger.enter(count(gigs.len()), gigs.keys().copied().collect());
        let rows = self.rows(
            &BANDS,
            gigs.iter().map(|(expert, gigs)| Counted {
                row: band(*gigs),
                amount: 1,
                person: *expert,
            }),
        );
        self.table(Of::Counts, "experts_by_tasks", rows, total);
    }

    fn answers(&mut self, facts: &Facts, done: CellId) {
        let done_assignments: Vec<_> =
            facts.assignments.iter().filter(|assignment| is_done(assignment)).collect();
        for side in [Side::Orderer, Side::Expert] {
            let given: BTreeMap<Uuid, &FeedbackFact> = facts
                .feedback
                .iter()
                .filter(|feedback| feedback.side == side)
                .map(|feedback| (feedback.assignment, feedback))
                .collect();
            let state = |id: &Uuid| if given.contains_key(id) { "given" } else { "missing" };
            let rows = self.rows(
                &["given", "missing"],
                done_assignments.iter().map(|assignment| Counted {
                    row: state(&assignment.id),
                    amount: 1,
                    person: assignment.expert,
                }),
            );
            let name = match side {
                Side::Orderer => "feedback_of_orderers",
                Side::Expert | Side::Audience => "feedback_of_experts",
            };
            self.table(Of::Counts, name, rows, done);
            for question in questions(facts, side) {
                let answered: Vec<(String, Uuid)> = done_assignments
                    .iter()
                    .map(|assignment| {
                        let answer = given
                            .get(&assignment.id)
                            .and_then(|feedback| feedback.answers.0.get(&question.key));
                        (row_of(answer), assignment.expert)
                    })
                    .collect();
                let rows = self.rows(
                    &options(&question),
                    answered.iter().map(|(row, person)| Counted {
                        row,
                        amount: 1,
                        person: *person,
                    }),
                );
                self.answer_table(side, question, rows, done);
            }
        }
    }

    fn audience(&mut self, facts: &Facts, took_place: &BTreeSet<Uuid>) {
        let counts = |audience: &&AudienceFact| took_place.contains(&audience.assignment);
        let audiences: Vec<&AudienceFact> = facts.audiences.iter().filter(counts).collect();
        let respondents: u32 = audiences.iter().map(|audience| audience.respondents).sum();
        if respondents == 0 {
            return;
        }
        let someone = |n: u32| Uuid::from_u128(n.into());
        let total = self.ledger.enter(respondents.into(), (0..respondents).map(someone).collect());
        for question in questions(facts, Side::Audience) {
            let given = |row: &str| -> u32 {
                let of = |audience: &AudienceFact| {
                    audience.counts.get(&(question.key.clone(), row.to_owned())).copied()
                };
                audiences.iter().copied().filter_map(of).sum()
            };
            let options = options(&question);
            let mut next = 0;
            let mut rows = Vec::new();
            for row in options.iter().filter(|row| **row != NO_ANSWER) {
                let n = given(row).min(respondents - next);
                let people = (next..next + n).map(someone).collect();
                rows.push(((*row).to_owned(), None, self.ledger.enter(n.into(), people)));
                next += n;
            }
            let silent = (next..respondents).map(someone).collect();
            let silent = self.ledger.enter((respondents - next).into(), silent);
            rows.push((NO_ANSWER.to_owned(), None, silent));
            self.answer_table(Side::Audience, question.clone(), rows, total);
        }
    }

    fn fees(&mut self, facts: &Facts) {
        let people: BTreeSet<_> = facts.fees.iter().map(|fee| fee.expert).collect();
        let fees = || {
            facts.fees.iter().map(|fee| Counted {
                row: "fees",
                amount: fee.fee.cents,
                person: fee.expert,
            })
        };
        let expenses = || {
            facts.fees.iter().flat_map(|fee| {
                fee.expenses.iter().map(|(kind, sum)| Counted {
                    row: kind,
                    amount: sum.cents,
                    person: fee.expert,
                })
            })
        };
        let all = fees().chain(expenses()).map(|counted| counted.amount).sum();
        let total = self.ledger.enter(all, people);
        let rows = self.rows(&["fees"], fees().chain(expenses()));
        self.table(Of::Sums, "approved_by_kind", rows, total);
    }
}

/// The questions that a side was asked and that make figures, each once, in the words of the newest set.
fn questions(facts: &Facts, side: Side) -> Vec<Question> {
    let mut sets: Vec<_> =
        facts.question_sets.iter().filter(|set| set.facts.side == side).collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.number));
    let mut found: Vec<Question> = Vec::new();
    for question in sets.iter().flat_map(|set| &set.facts.questions) {
        let figures = question.kind != Kind::Text && question.tag != Some(Tag::DebriefRequest);
        if figures && !found.iter().any(|earlier| earlier.key == question.key) {
            found.push(question.clone());
        }
    }
    found
}

fn options(question: &Question) -> Vec<&str> {
    let mut options: Vec<&str> = match question.kind {
        Kind::Scale => vec!["1", "2", "3", "4", "5"],
        Kind::YesNo => vec!["yes", "no"],
        Kind::Choice => question.choices.iter().map(|choice| choice.code.as_str()).collect(),
        Kind::Text => Vec::new(),
    };
    options.push(NO_ANSWER);
    options
}

fn row_of(answer: Option<&Answer>) -> String {
    match answer {
        None => NO_ANSWER.to_owned(),
        Some(Answer::Scale(n)) => n.to_string(),
        Some(Answer::YesNo(true)) => "yes".to_owned(),
        Some(Answer::YesNo(false)) => "no".to_owned(),
        Some(Answer::Text(code)) => code.clone(),
    }
}

/// What was cleared for quoting: what will change, and the rest. In the order of the words, so that it tells no dates; of
/// very many, the first ones, for an answer has to hold them all.
fn quotes(facts: &Facts, took_place: &BTreeSet<Uuid>) -> (Vec<Quoted>, Vec<Quoted>) {
    let (mut changes, mut others) = (Vec::new(), Vec::new());
    let counts = |feedback: &&FeedbackFact| took_place.contains(&feedback.assignment);
    for feedback in facts.feedback.iter().filter(counts) {
        let set = facts.question_sets.iter().find(|set| set.id.raw() == feedback.question_set);
        for quote in &feedback.quotes {
            let tag = set.and_then(|set| set.question(&quote.question)).and_then(|q| q.tag);
            let quoted = Quoted {
                side: feedback.side,
                question: quote.question.clone(),
                text: quote.text.clone(),
            };
            if tag == Some(Tag::Change) { changes.push(quoted) } else { others.push(quoted) }
        }
    }
    changes.sort();
    others.sort();
    changes.truncate(record::MOST);
    others.truncate(record::MOST);
    (changes, others)
}

/// The assignments whose tasks were done. What was said of one that turned out not to have taken place counts for nothing.
fn tasks_done(facts: &Facts) -> BTreeSet<Uuid> {
    facts.assignments.iter().filter(|one| is_done(one)).map(|one| one.id).collect()
}

fn is_done(assignment: &AssignmentFact) -> bool {
    DONE.contains(&assignment.state.as_str())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
