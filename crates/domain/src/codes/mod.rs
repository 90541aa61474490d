//! Code sets (*koodistot*): the words of the field as data, with labels for people.
//!
//! A value is a short English code; what people read are its labels in Finnish, Swedish and English, and a sentence in
//! easy Finnish (*selkokieli*). The sets are part of the program and
//! change with it.
//!
//! **Invariant:** a code, once released, keeps its meaning. Labels may be improved, codes are only added.
//!
//! Northern Sámi labels are given only where an official name is known; nothing is translated by guess.

mod duties;
mod machines;
mod money;
mod people;
mod places;
mod tasks;
mod themes;
mod ways;

use crate::localized::Language;

pub use self::{
    duties::{DUTIES, DUTY_REACHES, ROLE_FAMILIES, ROLE_LEVELS},
    machines::{ACTIONS, STATES, WORKFLOWS},
    money::{EXPENSE_KINDS, FEE_BASES, FEE_UNITS, VEHICLES},
    people::{PERSPECTIVES, ROLES, SUPPORT_POWERS, TITLES, TRAINING_MODELS},
    places::{AREAS, ENVIRONMENTS, LANGUAGES, ORGANISATION_KINDS},
    tasks::{ACTIVITY_FIELDS, AUDIENCES, PURPOSES, SERVICE_PHASES, TASK_TYPES},
    themes::EXPERIENCE_THEMES,
    ways::{
        ADJUSTMENTS, CANCELLATION_PARTIES, CHANNELS, DOCUMENT_KINDS, INTAKE_CHANNELS,
        PARTICIPATION_MODES,
    },
};

/// Every code set, by name.
pub const ALL: &[CodeSet] = &[
    ACTIONS,
    ACTIVITY_FIELDS,
    ADJUSTMENTS,
    AREAS,
    AUDIENCES,
    CANCELLATION_PARTIES,
    CHANNELS,
    DOCUMENT_KINDS,
    DUTIES,
    DUTY_REACHES,
    ENVIRONMENTS,
    EXPENSE_KINDS,
    EXPERIENCE_THEMES,
    FEE_BASES,
    FEE_UNITS,
    INTAKE_CHANNELS,
    LANGUAGES,
    ORGANISATION_KINDS,
    PARTICIPATION_MODES,
    PERSPECTIVES,
    PURPOSES,
    ROLE_FAMILIES,
    ROLE_LEVELS,
    ROLES,
    SERVICE_PHASES,
    STATES,
    SUPPORT_POWERS,
    TASK_TYPES,
    TITLES,
    TRAINING_MODELS,
    VEHICLES,
    WORKFLOWS,
];

/// A set of codes for one kind of value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CodeSet {
    /// Its name, as in `GET /v1/codes/{set}`.
    pub name: &'static str,
    /// What it is called, in Finnish.
    pub fi: &'static str,
    /// In Swedish.
    pub sv: &'static str,
    /// In English.
    pub en: &'static str,
    /// The codes, in the order that people expect.
    pub entries: &'static [Code],
}

/// One code and its labels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Code {
    /// The value that is stored and sent.
    pub code: &'static str,
    /// The label in Finnish.
    pub fi: &'static str,
    /// In Swedish.
    pub sv: &'static str,
    /// In English.
    pub en: &'static str,
    /// In Northern Sámi, where an official name is known.
    pub se: Option<&'static str>,
    /// What it means, in easy Finnish.
    pub easy_fi: Option<&'static str>,
}

impl Code {
    /// Its label in one of the languages that everything has one in.
    pub const fn label(&self, language: Language) -> &'static str {
        match language {
            Language::Fi => self.fi,
            Language::Sv => self.sv,
            Language::En => self.en,
        }
    }
}

/// The set of that name, if there is one.
pub fn set(name: &str) -> Option<&'static CodeSet> {
    ALL.iter().find(|set| set.name == name)
}

impl CodeSet {
    /// Whether `code` is one of the set.
    pub fn has(&self, code: &str) -> bool {
        self.find(code).is_some()
    }

    /// The entry of `code`, if it is one of the set.
    pub fn find(&self, code: &str) -> Option<&'static Code> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// The codes alone.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().map(|entry| entry.code)
    }
}

/// Writes code sets as tables: `"code": "suomeksi", "på svenska", "in English", "davvisámegillii" => "selkokielellä";`. The
/// fourth label is there only where it is known.
macro_rules! sets {
    ($(
        $(#[$doc:meta])+
        $set:ident = $name:literal ($fi:literal, $sv:literal, $en:literal) {
            $(
                $code:literal: $code_fi:literal, $code_sv:literal, $code_en:literal
                $(, $code_se:literal)? $(=> $easy:literal)?;
            )+
        }
    )+) => {$(
        $(#[$doc])+
        pub const $set: $crate::codes::CodeSet = $crate::codes::CodeSet {
            name: $name,
            fi: $fi,
            sv: $sv,
            en: $en,
            entries: &[$($crate::codes::Code {
                code: $code,
                fi: $code_fi,
                sv: $code_sv,
                en: $code_en,
                se: $crate::codes::given!($($code_se)?),
                easy_fi: $crate::codes::given!($($easy)?),
            }),+],
        };
    )+};
}

/// What a row says beside the three labels, if it does.
macro_rules! given {
    () => {
        None
    };
    ($text:literal) => {
        Some($text)
    };
}

use {given, sets};
