//! Narrowing the bank to whom a search can be about.

use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use domain::expert::{Criteria, Expert, ExpertId, PublicCard};

use super::{Kind, document, pairs};
use crate::{
    Page, Result, Session, Stored,
    codec::to_id,
    schema::{
        expert_codes::{self, dsl},
        experts,
    },
};

/// The experts that can fit what is `required`: all that do, and some that do not.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn candidates(session: &mut Session<'_>, required: &Criteria) -> Result<Vec<ExpertId>> {
    let with = |kind: Kind, codes: &[String]| {
        expert_codes::table
            .filter(dsl::kind.eq(kind.name()))
            .filter(dsl::code.eq_any(codes.to_vec()))
    };
    let of_them = dsl::expert_id.eq(experts::id);
    let limited = expert_codes::table.filter(dsl::kind.eq(Kind::TaskType.name())).filter(of_them);
    let mut query = experts::table.into_boxed();
    let (areas, themes) = (&required.areas, &required.themes);
    let both = pairs(areas, themes);
    let mut named = match both.is_empty() {
        true => vec![(Kind::Area, areas), (Kind::Theme, themes)],
        false => vec![(Kind::AreaTheme, &both)],
    };
    named.push((Kind::Language, &required.languages));
    let mut named = named.into_iter().filter(|(_, codes)| !codes.is_empty());
    // The first says whom to look at, and the others are asked about each: to list everybody in the country who has a
    // theme would take longer than all the rest.
    query = match named.next() {
        Some((kind, codes)) => {
            query.filter(experts::id.eq_any(with(kind, codes).select(dsl::expert_id)))
        }
        // Whoever cannot be found has no codes, so it is asked only where none is named.
        None => query.filter(experts::findable.eq(true)),
    };
    for (kind, codes) in named {
        query = query.filter(exists(with(kind, codes).filter(of_them)));
    }
    if !required.task_types.is_empty() {
        let named = exists(with(Kind::TaskType, &required.task_types).filter(of_them));
        query = query.filter(named.or(not(exists(limited))));
    }
    let found: Vec<String> = query.select(experts::id).load(session.conn)?;
    found.iter().map(|id| to_id("experts", id)).collect()
}

/// The public cards of one area, or of all.
///
/// The cards are in the order of their own identifiers, so that a page tells nothing of who is who.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn public(
    session: &mut Session<'_>,
    area: Option<&str>,
    page: Page,
) -> Result<Vec<Stored<PublicCard>>> {
    let shown =
        expert_codes::table.filter(dsl::kind.eq(Kind::PublicArea.name())).select(dsl::expert_id);
    let mut query = experts::table
        .filter(experts::findable.eq(true))
        .filter(experts::id.eq_any(shown))
        .filter(experts::public_card_id.gt(page.floor()))
        .into_boxed();
    if let Some(area) = area {
        query = query.filter(experts::id.eq_any(shown.filter(dsl::code.eq(area.to_owned()))));
    }
    let query = query.order(experts::public_card_id).limit(page.rows());
    let found = document::load(session, query)?;
    let card = |stored: Stored<Expert>| {
        let thing = PublicCard::of(&stored.thing)?;
        Some(Stored { id: thing.id.raw(), version: stored.version, thing })
    };
    Ok(found.into_iter().filter_map(card).collect())
}
