//! Who saw which card of the bank (S4-12).

use diesel::prelude::*;
use domain::{expert::ExpertId, lookup::Lookup};

use crate::{
    Page, Result, Session, Stored,
    codec::from_id,
    documents::{documents, page_of},
    schema::lookups,
};

documents! {
    lookups of Lookup as lookup {
        expert_id: String = from_id(lookup.expert),
        order_id: String = from_id(lookup.order),
    }
}

/// The look-ups of one expert.
///
/// # Errors
///
/// [`crate::Error::Database`], [`crate::Error::Corrupt`].
pub fn list(
    session: &mut Session<'_>,
    expert: ExpertId,
    page: Page,
) -> Result<Vec<Stored<Lookup>>> {
    page_of!(session, lookups, page, lookups::table.filter(lookups::expert_id.eq(from_id(expert))))
}
