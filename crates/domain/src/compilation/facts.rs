//! What a compilation is made from: the year's orders, assignments, fee forms and feedback, as plain facts.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{
    feedback::{Answers, Quote, Side, question_set::QuestionSet},
    localized::Localized,
    money::Money,
    time::Moment,
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
    /// When the task was done.
    pub performed: Option<Moment>,
    /// When the fee was paid.
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
    /// How many answered.
    pub respondents: u32,
    /// How many gave each answer, by question and answer.
    pub counts: BTreeMap<(String, String), u32>,
}
