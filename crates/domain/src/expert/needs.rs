//! What an expert needs to be able to take part (S4-56): told only with consent, passed on as adjustments.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::profile::codes_at;
use crate::{codes, refusal::Fault, time::Moment};

/// What an expert needs to be able to take part
///
/// The orderer of an accepted task is told it as adjustments to arrange, without reasons.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExpertNeeds)]
pub struct Needs {
    /// The adjustments, from the code set `adjustments`.
    #[schema(min_items = 1, max_items = 20, example = json!(["step_free", "breaks"]))]
    pub adjustments: Vec<String>,
    /// More about them, in words that say what to arrange, not why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Tauko tunnin välein."
    )]
    pub note: Option<String>,
    /// Whether the adjustments may be shown on the card in the bank, so that the place can be fit from the start.
    #[serde(default)]
    #[schema(example = false)]
    pub on_card: bool,
    /// That the expert agrees to this being kept and passed on. Without it, nothing is kept.
    #[schema(example = true)]
    pub consent: bool,
}

/// Needs, and since when it is agreed that they may be passed on
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct AgreedNeeds {
    /// The needs.
    pub needs: Needs,
    /// When the expert agreed to tell them.
    pub agreed_at: Moment,
}

/// Since when each need has been told without a break. Of what is missing here it is not known: it was told with the first ones.
#[derive(Clone, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct NeedsSince {
    adjustments: BTreeMap<String, Moment>,
    note: Option<Moment>,
}

impl NeedsSince {
    /// The same once `after` is told at `at` in the place of `before`: what is told again is told anew if it was not told
    /// meanwhile.
    pub(super) fn after(&self, before: Option<&Needs>, after: Option<&Needs>, at: Moment) -> Self {
        let Some(after) = after else { return Self::default() };
        let adjustments = after.adjustments.iter().filter_map(|code| {
            let lasts = before.is_some_and(|before| before.adjustments.contains(code));
            let since = if lasts { *self.adjustments.get(code)? } else { at };
            Some((code.clone(), since))
        });
        let adjustments = adjustments.collect();
        let lasts = before.is_some_and(|before| before.note == after.note);
        Self { adjustments, note: if lasts { self.note } else { Some(at) } }
    }

    /// Whether this adjustment, if it is told now, was told at `at` and ever since.
    pub fn adjustment_lasts(&self, code: &str, at: Moment) -> bool {
        self.adjustments.get(code).is_none_or(|since| *since <= at)
    }

    /// Whether the note, as it is now, was told at `at` and ever since.
    pub fn note_lasts(&self, at: Moment) -> bool {
        self.note.is_none_or(|since| since <= at)
    }
}

impl Needs {
    /// What is wrong with them, with pointers below `at`.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let pointer = format!("{at}/adjustments");
        let mut faults = codes_at(&pointer, &codes::ADJUSTMENTS, &self.adjustments);
        if !self.consent {
            faults.push(Fault::new(format!("{at}/consent"), "consent_needed"));
        }
        faults
    }
}

impl fmt::Debug for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Needs(…)")
    }
}

impl fmt::Debug for AgreedNeeds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AgreedNeeds(…)")
    }
}
