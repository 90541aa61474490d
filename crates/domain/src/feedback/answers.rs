//! Answers, and whether they fit the questions.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, OneOfBuilder, RefOr, Schema,
        schema::{AdditionalProperties, SchemaType, Type},
    },
};

use super::question_set::{Kind, Question, QuestionSet};
use crate::refusal::Fault;

/// An answer: a number from one to five, yes or no, or words (for a choice, the code of what was chosen).
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// From one to five.
    Scale(u8),
    /// Yes or no.
    YesNo(bool),
    /// Words, or the code of a choice.
    Text(String),
}

/// Answers by the key of the question.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

/// What is wrong with the answers, with pointers from the root of a [`Form`](super::Form).
pub fn faults(answers: &Answers, set: &QuestionSet) -> Vec<Fault> {
    let questions = &set.facts.questions;
    let unknown = answers
        .0
        .keys()
        .filter(|key| !questions.iter().any(|question| question.key == **key))
        .map(|key| Fault::new(pointer(key), "no_such_question"));
    let missing = questions
        .iter()
        .filter(|question| question.required && !answers.0.contains_key(&question.key))
        .map(|question| Fault::new(pointer(&question.key), "required"));
    let unfit = questions.iter().filter_map(|question| {
        let answer = answers.0.get(&question.key)?;
        misfit(question, answer).map(|code| Fault::new(pointer(&question.key), code))
    });
    unknown.chain(missing).chain(unfit).collect()
}

fn misfit(question: &Question, answer: &Answer) -> Option<&'static str> {
    match (question.kind, answer) {
        (Kind::Scale, Answer::Scale(1..=5)) | (Kind::YesNo, Answer::YesNo(_)) => None,
        (Kind::Text, Answer::Text(text)) if text.trim().is_empty() => Some("empty"),
        (Kind::Text, Answer::Text(_)) => None,
        (Kind::Choice, Answer::Text(code)) => {
            let offered = question.choices.iter().any(|choice| choice.code == *code);
            (!offered).then_some("unknown_code")
        }
        (Kind::Scale, _) => Some("not_on_the_scale"),
        (Kind::YesNo, _) => Some("not_yes_or_no"),
        (Kind::Text | Kind::Choice, _) => Some("not_words"),
    }
}

fn pointer(key: &str) -> String {
    format!("/answers/{}", key.replace('~', "~0").replace('/', "~1"))
}

impl PartialSchema for Answers {
    fn schema() -> RefOr<Schema> {
        let of = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::new(kind));
        let answer = OneOfBuilder::new()
            .description(Some("A number from one to five, yes or no, or words."))
            .item(of(Type::Integer).minimum(Some(1)).maximum(Some(5)))
            .item(of(Type::Boolean))
            .item(of(Type::String).min_length(Some(1)).max_length(Some(4000)));
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::Object))
            .description(Some("The answers, by the key of the question."))
            .property_names(Some(
                of(Type::String).max_length(Some(60)).pattern(Some("^[a-z][a-z0-9_]*$")),
            ))
            .additional_properties(Some(AdditionalProperties::RefOr(answer.into())))
            .examples([utoipa::r#gen::serde_json::json!({ "matched_need": 4 })])
            .into()
    }
}

impl ToSchema for Answers {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Answers")
    }
}
