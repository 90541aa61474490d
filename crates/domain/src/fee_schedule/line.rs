//! One line of a fee, as agreed, claimed and approved.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::money::Money;

/// What a rate is the price of
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FeeUnit {
    /// An hour, counted to a tenth.
    Hour,
    /// Each half hour that has begun.
    StartedHalfHour,
    /// Half a day.
    HalfDay,
    /// A day.
    Day,
    /// One occasion, however long.
    Occasion,
    /// A whole that was agreed, such as a course.
    Package,
}

/// A line of a fee
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeLine {
    /// The type of task, from the code set `task_types`.
    #[schema(example = "lecture", min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub task_type: String,
    /// What the rate is the price of.
    pub unit: FeeUnit,
    /// How many units, in tenths: 15 is one and a half. Only hours may be other than whole.
    #[schema(example = 20, minimum = 1, maximum = 10_000)]
    pub quantity_tenths: i64,
    /// The price of one unit.
    pub rate: Money,
    /// Whether the line pays for preparation rather than for the task itself.
    #[serde(default)]
    pub preparation: bool,
}

impl FeeUnit {
    /// Whether parts of the unit can be paid.
    pub const fn divisible(self) -> bool {
        matches!(self, Self::Hour)
    }

    /// Whether it is a stretch of time that can be counted, and not as long as people say.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Hour | Self::StartedHalfHour)
    }

    /// How many minutes so many tenths of the unit are, of what is a stretch of time.
    pub const fn minutes(self, tenths: i64) -> i64 {
        match self {
            Self::Hour => tenths * 6,
            Self::StartedHalfHour => tenths * 3,
            Self::HalfDay | Self::Day | Self::Occasion | Self::Package => 0,
        }
    }

    /// How many tenths of the unit a task of `minutes` takes, rounded in favour of whoever gave the time: hours up to
    /// the next tenth, half hours up to the next whole one. The rest count as one, because how long a day is, is for
    /// people to say.
    pub const fn tenths(self, minutes: i64) -> i64 {
        match self {
            Self::Hour => (minutes + 5) / 6,
            Self::StartedHalfHour => (minutes + 29) / 30 * 10,
            Self::HalfDay | Self::Day | Self::Occasion | Self::Package => 10,
        }
    }
}

impl FeeLine {
    /// What the line comes to, rounded half up to a whole cent.
    pub const fn sum(&self) -> Money {
        self.rate.times_tenths(self.quantity_tenths)
    }
}
