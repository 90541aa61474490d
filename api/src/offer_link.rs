//! Links by which an expert looks at one offer and answers it without signing in (S4-56).
//!
//! **Invariant:** a link opens one offer and nothing else, until the time to answer runs out. It goes to the expert's own
//! e-mail address alone, and opens nothing once they have another one: whoever reads the old mailbox need not be them. Nothing is
//! stored of it: it carries a keyed digest of what it opens, until when, and where it was sent.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use domain::{
    id::Id,
    offer::{Offer, OfferId},
    person::email_key,
    time::Moment,
};
use uuid::Uuid;

use crate::secret::Pepper;

/// How long the parts of a token are: the offer, the end, and the digest.
const OFFER: usize = 32;
const END: usize = 16;
const DIGEST: usize = 43;

/// The token that opens the offer, once it is sent, for whoever reads the mailbox of `email`.
pub(crate) fn token(pepper: &Pepper, offer: &Offer, email: &str) -> Option<String> {
    let end = offer.expires_at?.timestamp();
    let said = format!("{}{end:016x}", offer.id.raw().simple());
    let digest = digest(pepper, &said, email);
    Some(format!("{said}{digest}"))
}

/// What somebody shows who comes by a link. Nothing in it is to be believed before [`Self::was_sent_to`] has said so.
pub(crate) struct Shown<'a> {
    pub(crate) offer: OfferId,
    /// Until when it opens the offer.
    end: i64,
    /// What was signed, as text: the offer and the end.
    said: &'a str,
    digest: &'a str,
}

impl<'a> Shown<'a> {
    /// Reads a token.
    pub(crate) fn read(token: &'a str) -> Option<Self> {
        if token.len() != OFFER + END + DIGEST || !token.is_ascii() {
            return None;
        }
        let (said, digest) = token.split_at(OFFER + END);
        let (id, end) = said.split_at(OFFER);
        let end = i64::from_str_radix(end, 16).ok()?;
        let offer = Id::new(Uuid::try_parse(id).ok()?);
        Some(Self { offer, end, said, digest })
    }

    /// Whether its time, as it says, is over at `now`.
    pub(crate) fn is_over(&self, now: Moment) -> bool {
        now.timestamp() >= self.end
    }

    /// Whether the token is of ours, and went to this address.
    pub(crate) fn was_sent_to(&self, pepper: &Pepper, email: &str) -> bool {
        let digest = digest(pepper, self.said, email);
        verify_slices_are_equal(digest.as_bytes(), self.digest.as_bytes()).is_ok()
    }
}

fn digest(pepper: &Pepper, said: &str, email: &str) -> String {
    pepper.digest(&["offer link", said, &email_key(email)])
}
