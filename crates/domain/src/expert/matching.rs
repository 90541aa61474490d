//! Who fits a search, and why (S4-17, S2-03).

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Card, Criteria, Criterion, Expert, Perspective, Search};

/// Why an expert fits a search
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = BankMatch)]
pub struct Match {
    /// The required criteria, and what of them fits.
    #[schema(max_items = 20)]
    pub required: Vec<Reason>,
    /// The wished criteria that are fulfilled, and what of them fits.
    #[schema(max_items = 20)]
    pub wished: Vec<Reason>,
    /// The wished criteria that are not.
    #[schema(max_items = 20)]
    pub unfulfilled: Vec<Criterion>,
}

/// A criterion, and what of it fits
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = MatchReason)]
pub struct Reason {
    /// The criterion.
    pub criterion: Criterion,
    /// The codes that are both asked for and offered. None where the expert has set no limit.
    #[schema(max_items = 40, example = json!(["lecture"]))]
    pub codes: Vec<String>,
}

/// Whether an expert fits a search, and why.
///
/// It looks at nothing but the expert's [`Card`], so that nobody is found by what may not be seen.
pub fn matches(search: &Search, expert: &Expert) -> Option<Match> {
    let card = Card::of(expert)?;
    let required = fits(&search.required, &card);
    if required.iter().any(|(_, fit)| fit.is_none()) {
        return None;
    }
    let mut found = Match { required: vec![], wished: vec![], unfulfilled: vec![] };
    for (criterion, fit) in required {
        found.required.extend(fit.map(|codes| Reason { criterion, codes }));
    }
    for (criterion, fit) in fits(&search.wished, &card) {
        match fit {
            Some(codes) => found.wished.push(Reason { criterion, codes }),
            None => found.unfulfilled.push(criterion),
        }
    }
    Some(found)
}

/// Each criterion that is named, and what of it fits: `None` if it does not.
fn fits(criteria: &Criteria, card: &Card) -> Vec<(Criterion, Option<Vec<String>>)> {
    use Criterion::{
        ActivityFields, Adjustments, Areas, Languages, Modes, Municipality, TaskTypes, Themes,
        Titles, Trained, TrainingModels,
    };
    let lists = [
        (Themes, &criteria.themes, &card.themes, Limit::Named),
        (Titles, &criteria.titles, &card.titles, Limit::Named),
        (Languages, &criteria.languages, &card.languages, Limit::Named),
        (Areas, &criteria.areas, &card.areas, Limit::Named),
        (TaskTypes, &criteria.task_types, &card.task_types, Limit::NamedOrNone),
        (Modes, &criteria.modes, &card.modes, Limit::Named),
        (ActivityFields, &criteria.activity_fields, &card.activity_fields, Limit::Named),
        (TrainingModels, &criteria.training_models, &card.trainings, Limit::Named),
    ];
    let mut found: Vec<_> = lists
        .into_iter()
        .filter(|(_, asked, ..)| !asked.is_empty())
        .map(|(criterion, asked, offered, limit)| (criterion, common(asked, offered, limit)))
        .collect();
    if let Some(place) = &criteria.municipality {
        let asked = std::slice::from_ref(place);
        found.push((Municipality, common(asked, &card.municipalities, Limit::NamedOrNone)));
    }
    if let Some(asked) = criteria.perspective {
        found.push((Criterion::Perspective, covers(card.perspective, asked).then(Vec::new)));
    }
    if criteria.trained {
        found.push((Trained, (!card.trainings.is_empty()).then(|| card.trainings.clone())));
    }
    if !criteria.adjustments.is_empty() {
        let arranged = |need: &String| criteria.adjustments.contains(need);
        let fit = card.adjustments.iter().all(arranged).then(|| card.adjustments.clone());
        found.push((Adjustments, fit));
    }
    found
}

/// What a list on a card that names nothing means.
#[derive(Clone, Copy)]
enum Limit {
    /// Only what is named.
    Named,
    /// Only what is named, and anything if nothing is.
    NamedOrNone,
}

fn common(asked: &[String], offered: &[String], limit: Limit) -> Option<Vec<String>> {
    if offered.is_empty() && matches!(limit, Limit::NamedOrNone) {
        return Some(vec![]);
    }
    let both: Vec<_> = asked.iter().filter(|code| offered.contains(code)).cloned().collect();
    (!both.is_empty()).then_some(both)
}

fn covers(offered: Perspective, asked: Perspective) -> bool {
    offered == asked || offered == Perspective::Both
}

impl Match {
    /// How many of the wishes are fulfilled, counting each code.
    pub(super) fn wishes(&self) -> usize {
        self.wished.iter().map(|reason| reason.codes.len().max(1)).sum()
    }
}

impl fmt::Debug for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Match(…)")
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reason({:?})", self.criterion)
    }
}
