//! How the address that a person signs in with changes hands.
//!
//! Whoever reads that mailbox is the person, as far as the installation can tell. **Invariant:** once somebody has signed
//! in, nobody else puts another address in place of theirs at once and unnoticed. They change it themselves, with a code
//! from the new mailbox. For those who have lost the old one, an administrator asks for a new address: the old one is
//! told, and the new one can be signed in with only after [`WAIT`], unless the person signs in before.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Person, PersonId, email_key};
use crate::{
    refusal::{Refusal, Rule},
    time::Moment,
};

/// How long whoever still reads the old mailbox has to object, by signing in.
pub const WAIT: TimeDelta = TimeDelta::days(3);

/// How long after that the new address can be signed in with for the first time.
pub const USABLE: TimeDelta = TimeDelta::days(14);

/// An address that an administrator has asked for.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct NewAddress {
    /// The address.
    pub email: String,
    /// Who asked.
    pub by: PersonId,
    /// Since when it can be signed in with.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
}

impl Person {
    /// The person with another address, as those who manage people write it down, before the person has ever signed in.
    ///
    /// # Errors
    ///
    /// [`Rule::HasSignedIn`] afterwards.
    pub fn correct_address(mut self, email: String) -> Result<Self, Refusal> {
        if self.signed_in.is_some() && !self.has_address(&email) {
            return Err(Rule::HasSignedIn.into());
        }
        self.facts.email = email;
        Ok(self)
    }

    /// The person, for whom `by` asks for another address at `at`.
    ///
    /// # Errors
    ///
    /// [`Rule::OwnAccount`] for oneself, [`Rule::PersonDeactivated`] if they have left.
    pub fn ask_address(self, email: String, by: PersonId, at: Moment) -> Result<Self, Refusal> {
        if by == self.id {
            return Err(Rule::OwnAccount.into());
        }
        if !self.is_active() {
            return Err(Rule::PersonDeactivated.into());
        }
        let from = at.plus(WAIT);
        let new_address = Some(NewAddress { email, by, from, until: from.plus(USABLE) });
        Ok(Self { new_address, ..self })
    }

    /// Whether the person can sign in with `email` at `at` because an administrator has asked for it.
    pub fn awaits(&self, email: &str, at: Moment) -> bool {
        self.is_active()
            && self.new_address.as_ref().is_some_and(|new| {
                email_key(&new.email) == email_key(email) && new.from <= at && at < new.until
            })
    }

    /// The person after having signed in at `at` with the address that is theirs: they have not lost it. Nothing if that
    /// changes nothing.
    pub fn arrive(&self, at: Moment) -> Option<Self> {
        if self.signed_in.is_some() && self.new_address.is_none() {
            return None;
        }
        let signed_in = self.signed_in.or(Some(at));
        Some(Self { signed_in, new_address: None, ..self.clone() })
    }

    /// The person, whose mailbox `email` has proved to be at `at`.
    #[must_use]
    pub fn move_to(mut self, email: String, at: Moment) -> Self {
        self.facts.email = email;
        Self { signed_in: self.signed_in.or(Some(at)), new_address: None, ..self }
    }
}
