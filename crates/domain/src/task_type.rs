//! The task-type catalogue (*kokemustehtävien kuvaukset*): what a kind of task means in an area (S3-16).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{codes, id::Id, localized::Localized, node::NodeId, refusal::Fault, time::Moment};

/// The identifier of a description of a task type.
pub type TaskTypeId = Id<TaskType>;

/// What a kind of task means at a node and below it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct TaskType {
    /// The identifier.
    pub id: TaskTypeId,
    /// Where it holds.
    pub node: NodeId,
    /// What it means there.
    pub facts: Facts,
    /// When it was last changed.
    pub changed_at: Moment,
}

/// What a kind of task means in an area
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaskTypeFacts)]
pub struct Facts {
    /// The kind of task, from the code set `task_types`; an area describes each once.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "lecture")]
    pub code: String,
    /// What it is.
    pub description: Localized,
    /// What it is, in easy Finnish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Kerrot kokemuksistasi yleisölle."
    )]
    pub easy_fi: Option<String>,
    /// What it asks of the expert.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub requirements: Option<Localized>,
    /// Models of training that are wished for, from the code set `training_models`: a criterion, never a gate (S1-17).
    #[serde(default)]
    #[schema(max_items = 10, example = json!(["national"]))]
    pub training_models: Vec<String>,
    /// How long it typically takes, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 5, maximum = 10_080, example = 90)]
    pub typical_minutes: Option<u32>,
    /// How long preparing for it typically takes, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 10_080, example = 60)]
    pub preparation_minutes: Option<u32>,
    /// What its fee is counted by unless agreed otherwise, from the code set `fee_units`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 60,
        pattern = "^[a-z0-9_]+$",
        example = "hour"
    )]
    pub fee_unit: Option<String>,
    /// Whether it can be ordered at present.
    #[serde(default = "yes")]
    #[schema(example = true, default = true)]
    pub offered: bool,
}

impl Facts {
    /// What is wrong with them, with pointers below `at`.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !codes::TASK_TYPES.has(&self.code) {
            faults.push(Fault::new(format!("{at}/code"), "unknown_code"));
        }
        for (index, model) in self.training_models.iter().enumerate() {
            if !codes::TRAINING_MODELS.has(model) {
                faults.push(Fault::new(format!("{at}/training_models/{index}"), "unknown_code"));
            }
        }
        if self.fee_unit.as_ref().is_some_and(|unit| !codes::FEE_UNITS.has(unit)) {
            faults.push(Fault::new(format!("{at}/fee_unit"), "unknown_code"));
        }
        faults
    }
}

const fn yes() -> bool {
    true
}
