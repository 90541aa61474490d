//! Feedback (*palaute*): what each side says of an assignment, once (S4-23, S4-36, S4-41).
//!
//! Both forms are delivered before the task, so that each side knows what will be asked. A side answers once per
//! assignment, and may change its answers until the assignment is closed or the year's compilation is frozen.
//!
//! **Invariant:** that words may be quoted is consent, and is taken back at any time. What is published already stays.
//!
//! **Invariant:** that an expert wants to talk the task through (*jälkipuinti*) is a request to the people who support
//! them. It leaves the answers before they are stored, so no figure can ever be made of it.

mod answers;
mod audience;
mod defaults;
pub mod question_set;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::question_set::{QuestionSet, QuestionSetId, Tag};
pub use self::{
    answers::{Answer, Answers, faults},
    audience::{AnswerCount, AudienceFeedback, AudienceFeedbackId, AudienceForm},
    defaults::default_questions,
};
use crate::{
    assignment::{Assignment, AssignmentId},
    id::Id,
    node::NodeId,
    person::PersonId,
    refusal::{Fault, Refusal, Rule, faultless},
    time::Moment,
};

/// The identifier of one side's feedback.
pub type FeedbackId = Id<Feedback>;

/// Who is asked
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = FeedbackSide)]
pub enum Side {
    /// The unit that ordered the task.
    Orderer,
    /// The expert who did it.
    Expert,
    /// Those who were there: clients, students, professionals (S4-54). They answer namelessly, as counts.
    Audience,
}

impl Side {
    /// Its name in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Orderer => "orderer",
            Self::Expert => "expert",
            Self::Audience => "audience",
        }
    }
}

/// What a side answers
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeedbackForm)]
pub struct Form {
    /// The published question set that was answered.
    pub question_set: QuestionSetId,
    /// The answers, by the key of the question.
    pub answers: Answers,
    /// Whether the words may be quoted without a name, once the coordinator has cleared them.
    pub may_quote: bool,
}

/// One side's feedback on one assignment.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Feedback {
    /// Its identifier.
    pub id: FeedbackId,
    /// The assignment.
    pub assignment: AssignmentId,
    /// The unit that ordered.
    pub node: NodeId,
    /// Which side answers.
    pub side: Side,
    /// Who wrote it down: the side itself, or somebody it let act for it.
    pub given_by: PersonId,
    /// When it was first given.
    pub given_at: Moment,
    /// When it was last changed.
    pub changed_at: Moment,
    /// The answers.
    pub form: Form,
    /// What was said to change because of the task: the open answers to the questions tagged so.
    pub changes: Vec<String>,
    /// The open answers that the coordinator cleared for quoting, as they may be quoted.
    pub quotes: Vec<Quote>,
}

/// An open answer as it may be quoted
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The key of the question.
    #[schema(example = "change", min_length = 1, max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    pub question: String,
    /// The words, with what would identify someone edited out.
    #[schema(
        example = "We will ask people before we change the form.",
        min_length = 1,
        max_length = 4000
    )]
    pub text: String,
}

/// Why feedback can no longer be changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lock {
    /// The assignment is closed.
    Closed,
    /// The compilation of the year is frozen.
    Frozen,
    /// It turned out that the task was not done.
    NotDone,
}

/// Feedback as given, with what was asked for beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The feedback, without the request.
    pub feedback: Feedback,
    /// Whether the expert asked to talk the task through.
    pub debrief: bool,
}

impl Feedback {
    /// Takes one side's answers to `set`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the set is not one that the side may answer now, or an answer does not fit its question.
    pub fn give(
        id: FeedbackId,
        assignment: &Assignment,
        given_by: PersonId,
        form: Form,
        set: &QuestionSet,
        at: Moment,
    ) -> Result<Given, Refusal> {
        if !matches!(assignment.state.name(), "performed" | "closed") {
            return Err(Rule::NothingToAssess.into());
        }
        if set.state.name() == "draft" {
            return Err(Rule::QuestionsNotPublished.into());
        }
        faultless(faults(&form.answers, set))?;
        let (form, debrief) = without_debrief(form, set);
        let feedback = Self {
            id,
            assignment: assignment.id,
            node: assignment.node,
            side: set.facts.side,
            given_by,
            given_at: at,
            changed_at: at,
            changes: changes(&form, set),
            form,
            quotes: Vec::new(),
        };
        Ok(Given { feedback, debrief })
    }

    /// Changes the answers. Cleared quotes fall: the words they were cleared from may be gone. The same answers without the
    /// permission to quote are taken whatever the `lock`: see [`Self::unquote`].
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is a `lock`, the form is for another side, or an answer does not fit its question.
    pub fn change(
        self,
        form: Form,
        set: &QuestionSet,
        lock: Option<Lock>,
        at: Moment,
    ) -> Result<Given, Refusal> {
        let (kept, debrief) = without_debrief(form.clone(), set);
        match lock {
            Some(_) if !debrief && kept == (Form { may_quote: false, ..self.form.clone() }) => {
                return Ok(Given { feedback: self.unquote(at), debrief });
            }
            Some(Lock::Closed) => return Err(Rule::FeedbackClosed.into()),
            Some(Lock::Frozen) => return Err(Rule::CompilationFrozen.into()),
            Some(Lock::NotDone) => return Err(Rule::NothingToAssess.into()),
            None => {}
        }
        if set.facts.side != self.side {
            return Err(Refusal::Invalid(vec![Fault::new("/question_set", "wrong_side")]));
        }
        faultless(faults(&form.answers, set))?;
        let changes = changes(&kept, set);
        let feedback = Self { form: kept, changed_at: at, changes, quotes: Vec::new(), ..self };
        Ok(Given { feedback, debrief })
    }

    /// The same answers, of which nothing may be quoted any more.
    #[must_use]
    pub fn unquote(self, at: Moment) -> Self {
        let form = Form { may_quote: false, ..self.form };
        Self { form, changed_at: at, quotes: Vec::new(), ..self }
    }

    /// Clears an open answer for quoting, in the words given: the coordinator may edit out what identifies someone.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the giver did not permit quoting, or the question was not answered in words.
    pub fn clear(self, quote: Quote) -> Result<Self, Refusal> {
        if !self.form.may_quote {
            return Err(Rule::QuoteNotPermitted.into());
        }
        if !matches!(self.form.answers.0.get(&quote.question), Some(Answer::Text(_))) {
            return Err(Refusal::Invalid(vec![Fault::new("/question", "not_answered_in_words")]));
        }
        let mut quotes = self.quotes;
        quotes.retain(|earlier| earlier.question != quote.question);
        quotes.push(quote);
        Ok(Self { quotes, ..self })
    }
}

/// What the giver said will change: the open answers to the questions tagged so.
fn changes(form: &Form, set: &QuestionSet) -> Vec<String> {
    let asked = set.facts.questions.iter().filter(|question| question.tag == Some(Tag::Change));
    asked
        .filter_map(|question| match form.answers.0.get(&question.key) {
            Some(Answer::Text(text)) => Some(text.clone()),
            _ => None,
        })
        .collect()
}

fn without_debrief(mut form: Form, set: &QuestionSet) -> (Form, bool) {
    let mut debrief = false;
    for question in set.facts.questions.iter().filter(|q| q.tag == Some(Tag::DebriefRequest)) {
        debrief |= form.answers.0.remove(&question.key) == Some(Answer::YesNo(true));
    }
    (form, debrief)
}
