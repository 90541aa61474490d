//! Links by which an expert looks at one offer and answers it without signing in (S4-56).
//!
//! **Invariant:** a link opens one offer and nothing else, until the time to answer runs out. It goes to the expert's own
//! e-mail address alone. Nothing is stored of it: it carries a keyed digest of what it opens and until when.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use domain::{
    id::Id,
    offer::{Offer, OfferId},
    time::Moment,
};
use uuid::Uuid;

use crate::secret::Pepper;

/// How long the parts of a token are: the offer, the end, and the digest.
const OFFER: usize = 32;
const END: usize = 16;
const DIGEST: usize = 43;

/// The token that opens the offer, once it is sent.
pub(crate) fn token(pepper: &Pepper, offer: &Offer) -> Option<String> {
    let end = offer.expires_at?.timestamp();
    let (id, end) = (offer.id.raw().simple().to_string(), format!("{end:016x}"));
    let digest = pepper.digest(&["offer link", &id, &end]);
    Some(format!("{id}{end}{digest}"))
}

/// The offer that the token opens at `now`.
pub(crate) fn open(pepper: &Pepper, token: &str, now: Moment) -> Option<OfferId> {
    if token.len() != OFFER + END + DIGEST || !token.is_ascii() {
        return None;
    }
    let (id, rest) = token.split_at(OFFER);
    let (end, given) = rest.split_at(END);
    let digest = pepper.digest(&["offer link", id, end]);
    verify_slices_are_equal(digest.as_bytes(), given.as_bytes()).ok()?;
    let end = i64::from_str_radix(end, 16).ok()?;
    let offer = Uuid::try_parse(id).ok()?;
    (now.timestamp() < end).then(|| Id::new(offer))
}
