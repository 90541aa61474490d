//! Experts and the bank.
//!
//! Beside each expert stand the codes that a search narrows by. They are written with the expert, in the same
//! transaction, and only what the card shows is among them: SQL narrows, and `domain::expert::matches` decides.

#[expect(unreachable_pub, reason = "adding and saving go through the functions of this module")]
mod document;
mod search;

use diesel::prelude::*;
use domain::expert::{Card, Expert, PublicCard};

pub use self::{
    document::{find, find_by_card, find_by_person, hidden, list, some, supporter},
    search::{candidates, public},
};
use crate::{
    Result, Session, Stored, callers,
    codec::from_id,
    connection::ask,
    schema::expert_codes::{self, dsl},
};

/// Adds a new expert.
///
/// # Errors
///
/// [`crate::Error::Exists`] if the person is an expert already.
pub fn add(session: &mut Session<'_>, expert: Expert) -> Result<Stored<Expert>> {
    let stored = document::add(session, expert)?;
    entrust(session, &stored)?;
    index(session, &stored)?;
    Ok(stored)
}

/// Saves `expert` in place of the `stored` one.
///
/// # Errors
///
/// [`crate::Error::Stale`] if that has changed since it was read.
pub fn save(
    session: &mut Session<'_>,
    stored: &Stored<Expert>,
    expert: Expert,
) -> Result<Stored<Expert>> {
    for delegation in &stored.delegations {
        callers::end_delegations(session, stored.person, delegation.person)?;
    }
    let stored = document::save(session, stored, expert)?;
    entrust(session, &stored)?;
    index(session, &stored)?;
    Ok(stored)
}

/// Writes what support persons may do where those who ask are looked up.
fn entrust(session: &mut Session<'_>, expert: &Expert) -> Result<()> {
    for delegation in &expert.delegations {
        for power in &delegation.powers {
            callers::delegate(session, expert.person, delegation.person, *power)?;
        }
    }
    Ok(())
}

/// What a code that is searched by is about.
#[derive(Clone, Copy)]
enum Kind {
    Area,
    /// An area together with a theme: most searches name both, and few experts have both.
    AreaTheme,
    Language,
    PublicArea,
    TaskType,
    Theme,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::AreaTheme => "area_theme",
            Self::Language => "language",
            Self::PublicArea => "public_area",
            Self::TaskType => "task_type",
            Self::Theme => "theme",
        }
    }
}

/// Each of the areas with each of the themes.
fn pairs(areas: &[String], themes: &[String]) -> Vec<String> {
    let of = |area| themes.iter().map(move |theme| format!("{area}/{theme}"));
    areas.iter().flat_map(of).collect()
}

/// Writes the codes that the expert is found by, in place of those of before.
fn index(session: &mut Session<'_>, expert: &Expert) -> Result<()> {
    let id = from_id(expert.id);
    ask!(session, |conn| diesel::delete(expert_codes::table.filter(dsl::expert_id.eq(&id)))
        .execute(conn))?;
    let mut codes: Vec<(Kind, String)> = Vec::new();
    let mut put = |kind, list: Vec<String>| codes.extend(list.into_iter().map(|code| (kind, code)));
    if let Some(card) = Card::of(expert) {
        put(Kind::AreaTheme, pairs(&card.areas, &card.themes));
        put(Kind::Area, card.areas);
        put(Kind::Language, card.languages);
        put(Kind::TaskType, card.task_types);
        put(Kind::Theme, card.themes);
    }
    if let Some(card) = PublicCard::of(expert) {
        put(Kind::PublicArea, card.areas);
    }
    for (kind, code) in codes {
        ask!(session, |conn| diesel::insert_into(expert_codes::table)
            .values((dsl::expert_id.eq(&id), dsl::kind.eq(kind.name()), dsl::code.eq(code)))
            .execute(conn))?;
    }
    Ok(())
}
