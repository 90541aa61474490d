//! Whom to tell of a weakness: `/.well-known/security.txt` ([RFC 9116](https://www.rfc-editor.org/rfc/rfc9116)).

use std::sync::{Arc, Once};

use chrono::{DateTime, SecondsFormat, Utc};
use domain::time::Moment;

/// The contacts of an installation, and until when they hold. There are none unless somebody has named them.
#[derive(Clone, Debug)]
pub struct Security {
    contacts: Vec<String>,
    expires: Option<DateTime<Utc>>,
    /// Whether the log has been told that they hold no more.
    told: Arc<Once>,
}

/// What is no contact.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "a security contact begins with mailto:, tel: or https://, has no spaces, and says until when it holds"
)]
pub struct BadContact;

impl Default for Security {
    fn default() -> Self {
        Self { contacts: Vec::new(), expires: None, told: Arc::new(Once::new()) }
    }
}

impl Security {
    /// These contacts until `expires`.
    ///
    /// # Errors
    ///
    /// If a contact is not an address, or nobody says until when they hold.
    pub fn new(contacts: &[String], expires: Option<DateTime<Utc>>) -> Result<Self, BadContact> {
        let good = |contact: &String| {
            ["mailto:", "tel:", "https://"]
                .iter()
                .any(|start| contact.strip_prefix(start).is_some_and(|rest| !rest.is_empty()))
                && contact.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if contacts.iter().all(good) && (contacts.is_empty() || expires.is_some()) {
            Ok(Self { contacts: contacts.to_vec(), expires, ..Self::default() })
        } else {
            Err(BadContact)
        }
    }

    /// Whether there are contacts that hold no more at `now`.
    pub fn is_over(&self, now: Moment) -> bool {
        let over = |until: DateTime<Utc>| Moment::from(until) <= now;
        !self.contacts.is_empty() && self.expires.is_some_and(over)
    }

    /// The text, for the installation that is known as `issuer`. There is none once it holds no more (RFC 9116, 2.5.5), of which the
    /// log is told once.
    pub(crate) fn text(&self, issuer: &str, now: Moment) -> Option<String> {
        if self.is_over(now) {
            self.told.call_once(|| {
                log::warn!("security.txt is not shown any more: --security-expires has passed");
            });
            return None;
        }
        let expires = self.expires.filter(|_| !self.contacts.is_empty())?;
        let contacts: String =
            self.contacts.iter().map(|contact| format!("Contact: {contact}\n")).collect();
        let expires = expires.to_rfc3339_opts(SecondsFormat::Secs, true);
        Some(format!(
            "{contacts}Expires: {expires}\nPreferred-Languages: fi, sv, en\nCanonical: {issuer}/.well-known/security.txt\n"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_contacts_and_they_hold_for_a_time() {
        let until = DateTime::from_timestamp(1_800_000_000, 0);
        for (contact, until, good) in [
            ("mailto:a@b.example", until, true),
            ("https://b.example/report", until, true),
            ("mailto:a@b.example", None, false),
            ("a@b.example", until, false),
            ("mailto:", until, false),
            ("http://b.example/", until, false),
            ("mailto:a@b.example\nContact: mailto:c@d.example", until, false),
        ] {
            assert_eq!(Security::new(&[contact.to_owned()], until).is_ok(), good, "{contact}");
        }
        let now = DateTime::from_timestamp(1_700_000_000, 0).expect("in range").into();
        assert_eq!(Security::default().text("https://x.example", now), None);
    }

    #[test]
    fn what_holds_no_more_is_not_shown() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).expect("in range");
        let contacts = ["mailto:a@b.example".to_owned()];
        let security = Security::new(&contacts, Some(at(1_800_000_000))).expect("a contact");
        for (seconds, holds) in [(1_799_999_999, true), (1_800_000_000, false)] {
            let now = at(seconds).into();
            assert_eq!(security.text("https://x.example", now).is_some(), holds);
            assert_eq!(security.is_over(now), !holds);
        }
        assert!(!Security::default().is_over(at(1_800_000_000).into()), "nobody is named");
    }
}
