//! Question sets (*palautelomake*): what a side is asked, in versions (S4-23, S4-50, S3-33).
//!
//! ```text
//! draft ──publish──▶ published ──retire──▶ retired
//! ```
//!
//! A published set never changes: a better one is a new set with the next number, so that figures stay comparable and
//! an answer always has the question it answered. Feedback that is under way may still be given on a retired set.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Side;
use crate::{
    id::Id,
    localized::Localized,
    node::NodeId,
    policy::Action,
    refusal::{Fault, Refusal},
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// The identifier of a question set.
pub type QuestionSetId = Id<QuestionSet>;

/// A question set and where it is in its life.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct QuestionSet {
    /// Its identifier.
    pub id: QuestionSetId,
    /// The area whose set it is, or the nation.
    pub node: NodeId,
    /// Its number among the sets of the same node and side, beginning with one.
    pub number: u32,
    /// What it asks.
    pub facts: Facts,
    /// Where it is in its life.
    pub state: State,
}

/// What a question set asks
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuestionSetFacts)]
pub struct Facts {
    /// Who is asked.
    pub side: Side,
    /// What people call it.
    pub name: Localized,
    /// The questions, in the order they are asked.
    #[schema(min_items = 1, max_items = 50)]
    pub questions: Vec<Question>,
}

/// A question
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its key among the answers. The same key in a later set means the same question.
    #[schema(
        example = "matched_need",
        min_length = 1,
        max_length = 60,
        pattern = "^[a-z][a-z0-9_]*$"
    )]
    pub key: String,
    /// How it is answered.
    pub kind: Kind,
    /// The question.
    pub text: Localized,
    /// The question in easy Finnish (*selkokieli*, S1-02).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Oliko kokemustoimija sopiva?",
        min_length = 1,
        max_length = 500
    )]
    pub easy_fi: Option<String>,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// What can be chosen: of a choice only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 30)]
    pub choices: Vec<Choice>,
    /// What the answer is used for beside its own figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tag: Option<Tag>,
}

/// How a question is answered
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = QuestionKind)]
pub enum Kind {
    /// With a number from one (not at all) to five (very much).
    #[serde(rename = "scale_1_5")]
    Scale,
    /// With yes or no.
    YesNo,
    /// In words.
    Text,
    /// By choosing one.
    Choice,
}

/// Something to choose
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its code in the answer.
    #[schema(example = "soon", min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub code: String,
    /// Its name.
    pub name: Localized,
}

/// What an answer is used for beside its own figure
///
/// The three dimensions of inclusion are those of S2-27.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = QuestionTag)]
pub enum Tag {
    /// Inclusion in one's own life.
    OwnLife,
    /// Inclusion in processes of influence.
    Influence,
    /// Inclusion in the common good.
    CommonGood,
    /// What will change at the unit because of the task: both sides read it as it is, and it is followed up.
    Change,
    /// The expert wants to talk the task through: a request, never a figure.
    DebriefRequest,
}

/// Where a question set is in its life
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = QuestionSetState)]
#[expect(missing_docs, reason = "the module's diagram documents the states")]
pub enum State {
    Draft,
    Published { at: Moment },
    Retired { at: Moment },
}

/// What can happen to a question set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    Publish,
    Retire,
}

/// The machine as data.
pub const WORKFLOW: Workflow = Workflow {
    name: "question-set",
    finnish: "palautelomake",
    states: &["draft", "published", "retired"],
    arrows: &[
        Arrow {
            action: "publish",
            from: &["draft"],
            to: &["published"],
            may: Some(Action::ManageSetting),
        },
        Arrow {
            action: "retire",
            from: &["published"],
            to: &["retired"],
            may: Some(Action::ManageSetting),
        },
    ],
};

impl QuestionSet {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if there is no such arrow in the diagram.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (self.state, event) {
            (State::Draft, Event::Publish) => State::Published { at },
            (State::Published { .. }, Event::Retire) => State::Retired { at },
            (state, event) => {
                return Err(Refusal::OutOfTurn {
                    machine: WORKFLOW.name,
                    state: state.name(),
                    action: event.action(),
                });
            }
        };
        Ok(Self { state, ..self })
    }

    /// The question of a key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.facts.questions.iter().find(|question| question.key == key)
    }
}

impl State {
    /// Its name, in the API and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published { .. } => "published",
            Self::Retired { .. } => "retired",
        }
    }
}

impl Event {
    /// The action, as in the URL.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Retire => "retire",
        }
    }
}

impl Facts {
    /// What is wrong across the fields.
    pub fn faults(&self) -> Vec<Fault> {
        let mut seen = HashSet::new();
        let mut faults = Vec::new();
        for (n, question) in self.questions.iter().enumerate() {
            let at = |field: &str| format!("/questions/{n}/{field}");
            if !seen.insert(&question.key) {
                faults.push(Fault::new(at("key"), "duplicate"));
            }
            let chooses = question.kind == Kind::Choice;
            if chooses && question.choices.len() < 2 {
                faults.push(Fault::new(at("choices"), "too_few"));
            }
            if !chooses && !question.choices.is_empty() {
                faults.push(Fault::new(at("choices"), "not_a_choice"));
            }
            let fits = match question.tag {
                // Both sides read what will change, so nobody is asked for it whose answers are for their own side.
                Some(Tag::Change) => question.kind == Kind::Text && self.side == Side::Orderer,
                Some(Tag::DebriefRequest) => {
                    question.kind == Kind::YesNo && self.side == Side::Expert && !question.required
                }
                Some(Tag::OwnLife | Tag::Influence | Tag::CommonGood) | None => true,
            };
            if !fits {
                faults.push(Fault::new(at("tag"), "tag_does_not_fit"));
            }
            if self.side == Side::Audience && question.kind == Kind::Text {
                faults.push(Fault::new(at("kind"), "audience_counts_only"));
            }
        }
        faults
    }
}
