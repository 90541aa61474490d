//! Whom to tell of a weakness: `/.well-known/security.txt` ([RFC 9116](https://www.rfc-editor.org/rfc/rfc9116)).

use chrono::{DateTime, SecondsFormat, Utc};

/// The contacts of an installation, and until when they hold. There are none unless somebody has named them.
#[derive(Clone, Debug, Default)]
pub struct Security {
    contacts: Vec<String>,
    expires: Option<DateTime<Utc>>,
}

/// What is no contact.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "a security contact begins with mailto:, tel: or https://, has no spaces, and says until when it holds"
)]
pub struct BadContact;

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
            Ok(Self { contacts: contacts.to_vec(), expires })
        } else {
            Err(BadContact)
        }
    }

    /// The text, for the installation that is known as `issuer`.
    pub(crate) fn text(&self, issuer: &str) -> Option<String> {
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
        assert_eq!(Security::default().text("https://x.example"), None);
    }
}
