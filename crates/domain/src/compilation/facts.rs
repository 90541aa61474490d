//! What a compilation is made from: the year's orders, assignments, fee forms and feedback, as plain facts.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{
    agreement::Agreement,
    assignment::{Assignment, State},
    expense_rates::ExpenseKind,
    fee_form::FeeForm,
    feedback::{Answers, AudienceFeedback, Feedback, Quote, Side, question_set::QuestionSet},
    localized::Localized,
    money::Money,
    order::{FeeBasis, Order},
    time::{Day, Moment},
};

/// All that happened in an area in a year. People and things are bare identifiers here: only their number counts.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The orders that were submitted in the year.
    pub orders: Vec<OrderFact>,
    /// The assignments of those tasks that were, or were to be, in the year.
    pub assignments: Vec<AssignmentFact>,
    /// The fee forms of those assignments that were approved.
    pub fees: Vec<FeeFact>,
    /// The feedback on those assignments.
    pub feedback: Vec<FeedbackFact>,
    /// What the audiences said, in counts.
    pub audiences: Vec<AudienceFact>,
    /// The question sets that were answered.
    pub question_sets: Vec<QuestionSet>,
    /// The experts of the bank who offer themselves in the area.
    pub experts: Vec<Uuid>,
    /// The names of the units that ordered.
    pub units: BTreeMap<Uuid, Localized>,
}

/// An order.
#[derive(Clone, Debug, Default)]
pub struct OrderFact {
    /// Its identifier.
    pub id: Uuid,
    /// The name of its state.
    pub state: String,
    /// The unit that ordered.
    pub unit: Uuid,
    /// Why (S4-48).
    pub purpose: Option<String>,
    /// In which phase of service development (S0-07).
    pub phase: Option<String>,
    /// What.
    pub task_type: Option<String>,
    /// How the task is done.
    pub mode: Option<String>,
    /// For whom.
    pub audience: Option<String>,
}

/// An assignment.
#[derive(Clone, Debug, Default)]
pub struct AssignmentFact {
    /// Its identifier.
    pub id: Uuid,
    /// The expert.
    pub expert: Uuid,
    /// The name of its state.
    pub state: String,
    /// How it is paid: `paid`, `expenses_only` or `volunteer`, once agreed.
    pub fee_basis: Option<String>,
    /// When the order was submitted.
    pub ordered: Option<Moment>,
    /// When the expert accepted.
    pub matched: Option<Moment>,
    /// When both had agreed.
    pub agreed: Option<Moment>,
    /// The end of the day on which the task was done.
    pub performed: Option<Moment>,
    /// When the fee was paid for the first time.
    pub paid: Option<Moment>,
}

/// What was approved on one fee form.
#[derive(Clone, Debug, Default)]
pub struct FeeFact {
    /// The expert.
    pub expert: Uuid,
    /// The fee.
    pub fee: Money,
    /// The expenses by kind.
    pub expenses: BTreeMap<String, Money>,
}

/// One side's feedback.
#[derive(Clone, Debug)]
pub struct FeedbackFact {
    /// The assignment.
    pub assignment: Uuid,
    /// Which side.
    pub side: Side,
    /// The question set.
    pub question_set: Uuid,
    /// The answers.
    pub answers: Answers,
    /// The open answers cleared for quoting.
    pub quotes: Vec<Quote>,
}

/// What one audience said, in counts.
#[derive(Clone, Debug, Default)]
pub struct AudienceFact {
    /// The assignment.
    pub assignment: Uuid,
    /// How many answered.
    pub respondents: u32,
    /// How many gave each answer, by question and answer.
    pub counts: BTreeMap<(String, String), u32>,
}

/// The day that an assignment belongs to: that of the task, done or to be done, and before that is known, the day on which
/// it came to be.
pub fn day_of(assignment: &Assignment) -> Day {
    match &assignment.state {
        State::Performed { performance } | State::Closed { performance, .. } => performance.date,
        _ => assignment.starts.unwrap_or(assignment.created).day(),
    }
}

impl OrderFact {
    /// The fact that an order is.
    pub fn of(order: &Order) -> Self {
        let task = &order.form.task;
        Self {
            id: order.id.raw(),
            state: order.state.name().to_owned(),
            unit: order.node.raw(),
            purpose: task.purpose.clone(),
            phase: task.service_phase.clone(),
            task_type: task.task_type.clone(),
            mode: task.modes.first().cloned(),
            audience: task.audience.clone(),
        }
    }
}

impl AssignmentFact {
    /// The fact that an assignment is, with its order and what was agreed, as far as there are any, and the day on which it was
    /// paid for the first time: a later correction does not make the first payment late, as little as an amendment makes the
    /// agreement. What was agreed is the agreement in force and since when there has been one.
    pub fn of(
        assignment: &Assignment,
        order: Option<&Order>,
        agreed: Option<(&Agreement, Moment)>,
        paid: Option<Day>,
    ) -> Self {
        Self {
            id: assignment.id.raw(),
            expert: assignment.person.raw(),
            state: assignment.state.name().to_owned(),
            fee_basis: agreed
                .and_then(|(agreement, _)| agreement.content.fee.basis)
                .map(|basis| basis_name(basis).to_owned()),
            ordered: order.and_then(|order| order.times.submitted_at),
            matched: Some(assignment.created),
            agreed: agreed.map(|(_, since)| since),
            performed: match &assignment.state {
                State::Performed { performance } | State::Closed { performance, .. } => {
                    Some(performance.date.end())
                }
                _ => None,
            },
            paid: paid.map(Day::end),
        }
    }
}

impl FeeFact {
    /// What was approved on a fee form, if it was ever approved. What is only checked counts for nothing yet.
    pub fn of(form: &FeeForm) -> Option<Self> {
        let approved = form.packaged()?.approved;
        let mut expenses: BTreeMap<String, Money> = BTreeMap::new();
        for (expense, sum) in approved.claim.expenses.iter().zip(&approved.sums.expenses) {
            let kind = expenses.entry(kind_name(expense.kind).to_owned()).or_default();
            *kind = Money::eur(kind.cents + sum.cents);
        }
        Some(Self { expert: form.person.raw(), fee: approved.sums.fees, expenses })
    }
}

impl FeedbackFact {
    /// The fact that one side's feedback is.
    pub fn of(feedback: &Feedback) -> Self {
        Self {
            assignment: feedback.assignment.raw(),
            side: feedback.side,
            question_set: feedback.form.question_set.raw(),
            answers: feedback.form.answers.clone(),
            quotes: feedback.quotes.clone(),
        }
    }
}

impl AudienceFact {
    /// The fact that an audience's feedback is.
    pub fn of(feedback: &AudienceFeedback) -> Self {
        let counts = feedback.form.counts.iter();
        Self {
            assignment: feedback.assignment.raw(),
            respondents: feedback.form.respondents,
            counts: counts
                .map(|given| ((given.question.clone(), given.answer.clone()), given.count))
                .collect(),
        }
    }
}

const fn basis_name(basis: FeeBasis) -> &'static str {
    match basis {
        FeeBasis::Paid => "paid",
        FeeBasis::ExpensesOnly => "expenses_only",
        FeeBasis::Volunteer => "volunteer",
    }
}

const fn kind_name(kind: ExpenseKind) -> &'static str {
    match kind {
        ExpenseKind::Kilometres => "kilometres",
        ExpenseKind::PublicTransport => "public_transport",
        ExpenseKind::PerDiem => "per_diem",
        ExpenseKind::Meal => "meal",
        ExpenseKind::Night => "night",
        ExpenseKind::Lodging => "lodging",
        ExpenseKind::Assistant => "assistant",
        ExpenseKind::Interpreter => "interpreter",
        ExpenseKind::ReplacementCare => "replacement_care",
        ExpenseKind::Other => "other",
    }
}
