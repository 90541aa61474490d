//! Narrowing the bank to whom a search can be about.

use diesel::{dsl::not, prelude::*};
use domain::expert::{Criteria, Expert, PublicCard};

use super::{Kind, document};
use crate::{
    Page, Result, Session, Stored,
    schema::{
        expert_codes::{self, dsl},
        experts,
    },
};

/// A page of the experts that can fit what is `required`: all that do, and some that do not.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn candidates(
    session: &mut Session<'_>,
    required: &Criteria,
    page: Page,
) -> Result<Vec<Stored<Expert>>> {
    let with = |kind: Kind, codes: &[String]| {
        expert_codes::table
            .filter(dsl::kind.eq(kind.name()))
            .filter(dsl::code.eq_any(codes.to_vec()))
            .select(dsl::expert_id)
    };
    let limited =
        expert_codes::table.filter(dsl::kind.eq(Kind::TaskType.name())).select(dsl::expert_id);
    let mut query = experts::table.filter(experts::findable.eq(true)).into_boxed();
    for (kind, codes) in [
        (Kind::Theme, &required.themes),
        (Kind::Area, &required.areas),
        (Kind::Language, &required.languages),
    ] {
        if !codes.is_empty() {
            query = query.filter(experts::id.eq_any(with(kind, codes)));
        }
    }
    if !required.task_types.is_empty() {
        let named = experts::id.eq_any(with(Kind::TaskType, &required.task_types));
        query = query.filter(named.or(not(experts::id.eq_any(limited))));
    }
    let query = query.filter(experts::id.gt(page.floor())).order(experts::id);
    document::load(session, query.limit(page.rows()))
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
