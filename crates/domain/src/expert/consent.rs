//! Experience themes (*kokemusteema*) and the consent to be known by them: health data (GDPR, article 9).

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{codes, person::PersonId, refusal::Fault, time::Moment};

/// How far a theme may be known
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Those who search the bank for an order find the expert by it and see it on the card, without a name.
    BankSearch,
    /// The orderer of an accepted task is told it together with the name.
    NamedDisclosure,
    /// Anyone sees it on the public card, without a name.
    Public,
}

/// What the experience of an expert is of, and who may know; nothing of it shows in `Debug`
///
/// **Invariant:** there is no theme without consent.
#[derive(Clone, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Themes {
    now: Vec<Theme>,
    past: Vec<PastConsent>,
}

/// A theme that an expert agreed to be known by
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = ExpertTheme)]
pub struct Theme {
    /// The theme, from the code set `experience_themes`.
    #[schema(max_length = 60, example = "mental_health")]
    pub theme: String,
    /// To whom it may be known.
    #[schema(max_items = 3)]
    pub consents: Vec<Consent>,
}

/// Consent to be known by a theme
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(as = ThemeConsentRecord)]
pub struct Consent {
    /// How far it may be known.
    pub visibility: Visibility,
    /// When the consent was given.
    pub given_at: Moment,
    /// Who recorded it: the expert, a support person who may, or the one who enrolled them.
    pub given_by: PersonId,
}

/// Consent that was taken back, or ended
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct PastConsent {
    /// The theme. Once the expert has left the bank it is forgotten which it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, example = "mental_health")]
    pub theme: Option<String>,
    /// How far it could be known.
    pub visibility: Visibility,
    /// From when.
    pub given_at: Moment,
    /// Until when.
    pub withdrawn_at: Moment,
}

/// Consent to be known by a theme
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeConsent {
    /// The theme, from the code set `experience_themes`.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "mental_health")]
    pub theme: String,
    /// How far it may be known.
    #[schema(min_items = 1, max_items = 3, example = json!(["bank_search"]))]
    pub visibility: Vec<Visibility>,
}

/// Consent taken back
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentWithdrawal {
    /// The theme, from the code set `experience_themes`.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "mental_health")]
    pub theme: String,
    /// What is taken back; all of it if nothing is named.
    #[serde(default)]
    #[schema(max_items = 3, example = json!(["public"]))]
    pub visibility: Vec<Visibility>,
}

impl Themes {
    /// The themes that may be known so far.
    pub fn open_to(&self, visibility: Visibility) -> impl Iterator<Item = &str> {
        self.now
            .iter()
            .filter(move |theme| theme.consents.iter().any(|c| c.visibility == visibility))
            .map(|theme| theme.theme.as_str())
    }

    /// The themes that might be known so far at `at`, and have been ever since. Consent that was taken back and given anew is for
    /// what comes after it. Within the same second nobody can tell which was first: then it counts as taken back.
    pub fn open_since(&self, visibility: Visibility, at: Moment) -> impl Iterator<Item = &str> {
        let taken_back = move |theme: &str| {
            self.past.iter().any(|past| {
                // Which one was taken back by leaving the bank is forgotten: all were.
                past.theme.as_deref().is_none_or(|taken| taken == theme)
                    && past.visibility == visibility
                    && past.withdrawn_at >= at
            })
        };
        let given = move |theme: &&Theme| {
            let mut consents = theme.consents.iter();
            consents.any(|consent| consent.visibility == visibility && consent.given_at <= at)
        };
        let lasting = self.now.iter().filter(given).map(|theme| theme.theme.as_str());
        lasting.filter(move |theme| !taken_back(theme))
    }

    /// The themes, for the expert's own eyes.
    pub fn now(&self) -> &[Theme] {
        &self.now
    }

    /// The consents that have ended, for the expert's own eyes.
    pub fn past(&self) -> &[PastConsent] {
        &self.past
    }

    /// With more consent. What was given before keeps its date.
    pub(super) fn give(mut self, given: ThemeConsent, by: PersonId, at: Moment) -> Self {
        let index = self.now.iter().position(|theme| theme.theme == given.theme);
        let index = index.unwrap_or_else(|| {
            self.now.push(Theme { theme: given.theme, consents: vec![] });
            self.now.len() - 1
        });
        let consents = &mut self.now[index].consents;
        for visibility in given.visibility {
            if !consents.iter().any(|consent| consent.visibility == visibility) {
                consents.push(Consent { visibility, given_at: at, given_by: by });
            }
        }
        self.now.retain(|theme| !theme.consents.is_empty());
        self
    }

    /// With less consent.
    pub(super) fn withdraw(mut self, taken: &ConsentWithdrawal, at: Moment) -> Self {
        for theme in self.now.iter_mut().filter(|theme| theme.theme == taken.theme) {
            let (ended, kept): (Vec<_>, Vec<_>) = theme.consents.iter().partition(|consent| {
                taken.visibility.is_empty() || taken.visibility.contains(&consent.visibility)
            });
            theme.consents = kept;
            self.past.extend(ended.into_iter().map(|consent| PastConsent {
                theme: Some(theme.theme.clone()),
                visibility: consent.visibility,
                given_at: consent.given_at,
                withdrawn_at: at,
            }));
        }
        self.now.retain(|theme| !theme.consents.is_empty());
        self
    }

    /// Without any, and without a word of which there were: what stays is that there was consent, from when and until when.
    pub(super) fn forget_all(self, at: Moment) -> Self {
        let themes: Vec<_> = self.now.iter().map(|theme| theme.theme.clone()).collect();
        let left = themes.into_iter().fold(self, |rest, theme| {
            rest.withdraw(&ConsentWithdrawal { theme, visibility: vec![] }, at)
        });
        left.forget_until(at)
    }

    /// Without a word of which themes those were by which the expert could be known until `at` at the latest.
    pub(super) fn forget_until(mut self, at: Moment) -> Self {
        for past in self.past.iter_mut().filter(|past| past.withdrawn_at <= at) {
            past.theme = None;
        }
        self
    }
}

impl ThemeConsent {
    /// What is wrong with it, with pointers below `at`.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        theme_at(at, &self.theme)
    }
}

impl ConsentWithdrawal {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault> {
        theme_at("", &self.theme)
    }
}

fn theme_at(at: &str, theme: &str) -> Vec<Fault> {
    let known = codes::EXPERIENCE_THEMES.has(theme);
    if known { vec![] } else { vec![Fault::new(format!("{at}/theme"), "unknown_code")] }
}

/// Shows that there is something, not what.
macro_rules! silent {
    ($($type:ident),+) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )+};
}
silent!(Themes, Theme, PastConsent, ThemeConsent, ConsentWithdrawal);
