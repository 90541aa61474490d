//! What an audience said: nameless, in counts that the orderer writes down (S4-54, S0-31).
//!
//! **Invariant:** of fewer than five, nobody but the unit that wrote the counts down sees what they said (`process.md`,
//! invariant 11).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Lock, Side,
    question_set::{Kind, QuestionSet, QuestionSetId},
};
use crate::{
    assignment::{Assignment, AssignmentId},
    compilation::ledger::THRESHOLD,
    id::Id,
    node::NodeId,
    person::PersonId,
    refusal::{Fault, Refusal, Rule, faultless},
    time::Moment,
};

/// The identifier of an audience's feedback.
pub type AudienceFeedbackId = Id<AudienceFeedback>;

/// What the audience of one task said.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AudienceFeedback {
    /// Its identifier.
    pub id: AudienceFeedbackId,
    /// The assignment.
    pub assignment: AssignmentId,
    /// The unit that ordered.
    pub node: NodeId,
    /// Who wrote the counts down, as they are.
    pub entered_by: PersonId,
    /// When they were written down, or put right the last time.
    pub entered_at: Moment,
    /// The counts.
    pub form: AudienceForm,
}

/// What the audience said, in counts
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AudienceFeedbackForm)]
pub struct AudienceForm {
    /// The published question set that was answered.
    pub question_set: QuestionSetId,
    /// How many answered.
    #[schema(example = 24, minimum = 1, maximum = 10_000)]
    pub respondents: u32,
    /// How many gave each answer.
    #[schema(max_items = 500)]
    pub counts: Vec<AnswerCount>,
}

/// How many gave an answer
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerCount {
    /// The key of the question.
    #[schema(example = "hope", min_length = 1, max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    pub question: String,
    /// The answer: `1` to `5`, `yes` or `no`, or the code of a choice.
    #[schema(example = "yes", min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub answer: String,
    /// How many.
    #[schema(example = 18, minimum = 0, maximum = 10_000)]
    pub count: u32,
}

impl AudienceFeedback {
    /// Takes the counts.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the set is not one for audiences, or the counts do not fit it.
    pub fn enter(
        id: AudienceFeedbackId,
        assignment: &Assignment,
        entered_by: PersonId,
        form: AudienceForm,
        set: &QuestionSet,
        at: Moment,
    ) -> Result<Self, Refusal> {
        if !matches!(assignment.state.name(), "performed" | "closed") {
            return Err(Rule::NothingToAssess.into());
        }
        if set.state.name() == "draft" {
            return Err(Rule::QuestionsNotPublished.into());
        }
        faultless(form.faults(set))?;
        Ok(Self {
            id,
            assignment: assignment.id,
            node: assignment.node,
            entered_by,
            entered_at: at,
            form,
        })
    }

    /// Puts the counts right.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the year's compilation is frozen, the set is not one for audiences, or the counts do not fit it.
    pub fn correct(
        self,
        entered_by: PersonId,
        form: AudienceForm,
        set: &QuestionSet,
        frozen: Option<Lock>,
        at: Moment,
    ) -> Result<Self, Refusal> {
        if frozen.is_some() {
            return Err(Rule::CompilationFrozen.into());
        }
        faultless(form.faults(set))?;
        Ok(Self { entered_by, entered_at: at, form, ..self })
    }

    /// What others than the unit see of it: nothing, if it was said by fewer than five.
    pub fn told(&self) -> Option<&AudienceForm> {
        let enough = usize::try_from(self.form.respondents).is_ok_and(|many| many >= THRESHOLD);
        enough.then_some(&self.form)
    }
}

impl AudienceForm {
    /// What is wrong with the counts.
    pub fn faults(&self, set: &QuestionSet) -> Vec<Fault> {
        if set.facts.side != Side::Audience {
            return vec![Fault::new("/question_set", "wrong_side")];
        }
        let mut faults = Vec::new();
        for (n, given) in self.counts.iter().enumerate() {
            let at = |field: &str| format!("/counts/{n}/{field}");
            let Some(question) = set.question(&given.question) else {
                faults.push(Fault::new(at("question"), "no_such_question"));
                continue;
            };
            let offered = match question.kind {
                Kind::Scale => ["1", "2", "3", "4", "5"].contains(&given.answer.as_str()),
                Kind::YesNo => ["yes", "no"].contains(&given.answer.as_str()),
                Kind::Choice => question.choices.iter().any(|choice| choice.code == given.answer),
                Kind::Text => false,
            };
            if !offered {
                faults.push(Fault::new(at("answer"), "unknown_code"));
            }
            let earlier = &self.counts[..n];
            if earlier.iter().any(|e| (&e.question, &e.answer) == (&given.question, &given.answer))
            {
                faults.push(Fault::new(at("answer"), "duplicate"));
            }
            let so_far: u32 =
                earlier.iter().filter(|e| e.question == given.question).map(|e| e.count).sum();
            if so_far + given.count > self.respondents {
                faults.push(Fault::new(at("count"), "more_than_respondents"));
            }
        }
        faults
    }
}
