//! Which issuers an installation trusts, and what their claims mean here.

use std::collections::HashMap;

use domain::policy::Role;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::BadIssuers;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuers: Vec<Settings>,
}

/// One issuer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// The issuer, exactly as it calls itself in `iss`.
    pub(super) issuer: String,
    /// What its tokens for this installation name in `aud`.
    pub(super) audience: String,
    /// Where its keys are; what its metadata says, unless it is said here.
    pub(super) jwks_uri: Option<String>,
    /// The type of its tokens: `at+jwt` (RFC 9068), unless it cannot be taught that.
    #[serde(default = "usual_type")]
    token_type: String,
    /// What its tokens may be signed with.
    #[serde(default = "usual_algorithms")]
    pub(super) algorithms: Vec<Algorithm>,
    /// How its subjects are found among the people here.
    pub(super) person: Mapping,
    /// Claims that must have one of some values, such as the level of assurance in `acr`.
    #[serde(default)]
    pub(super) require: HashMap<String, Vec<String>>,
    /// How its claims limit what somebody may do here.
    pub(super) roles: Option<Roles>,
    /// Whether it is on this machine: then it needs no TLS, and may be nowhere else.
    #[serde(default)]
    pub(super) loopback: bool,
}

/// How a subject is found among the people here.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Mapping {
    /// By the e-mail address, if the issuer says that it has verified it.
    Email,
    /// By a list of subjects with the identifiers of people.
    Subject {
        /// The list.
        people: HashMap<String, Uuid>,
    },
}

/// How the values of a claim limit what somebody may do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Roles {
    /// The claim: a text, or a list of texts.
    claim: String,
    /// The roles that each value leaves to those who have them here.
    map: HashMap<String, Vec<Role>>,
}

fn usual_type() -> String {
    "at+jwt".to_owned()
}

fn usual_algorithms() -> Vec<Algorithm> {
    vec![Algorithm::ES256, Algorithm::EdDSA, Algorithm::PS256, Algorithm::RS256]
}

/// Reads the file's text.
pub(super) fn parse(text: &str) -> Result<Vec<Settings>, BadIssuers> {
    let file: File = serde_json::from_str(text)?;
    for settings in &file.issuers {
        settings.check().map_err(|what| BadIssuers::Value(settings.issuer.clone(), what))?;
    }
    Ok(file.issuers)
}

impl Settings {
    /// Whether tokens of this type are taken. RFC 9068 lets the type come with or without `application/`.
    pub(super) fn takes(&self, kind: &str) -> bool {
        let bare = kind.get(..12).filter(|start| start.eq_ignore_ascii_case("application/"));
        kind[bare.map_or(0, str::len)..].eq_ignore_ascii_case(&self.token_type)
    }

    fn check(&self) -> Result<(), &'static str> {
        let scheme = if self.loopback { "http://" } else { "https://" };
        let addresses = [Some(&self.issuer), self.jwks_uri.as_ref()];
        if !addresses.into_iter().flatten().all(|address| address.starts_with(scheme)) {
            return Err("addresses begin with https://, or with http:// for one on this machine");
        }
        if self.audience.is_empty() {
            return Err("the audience is missing");
        }
        let hmac = [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512];
        if self.algorithms.is_empty() || self.algorithms.iter().any(|one| hmac.contains(one)) {
            return Err("the algorithms must be those of public keys");
        }
        Ok(())
    }
}

impl Roles {
    /// The roles that these claims leave.
    pub(super) fn of(&self, claims: &Map<String, Value>) -> Vec<Role> {
        let values = match claims.get(&self.claim) {
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(value)) => vec![value.as_str()],
            _ => Vec::new(),
        };
        values.into_iter().filter_map(|value| self.map.get(value)).flatten().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: &str) -> String {
        let base = r#"{ "issuers": [{ "issuer": "https://id.example", "audience": "us", "person": { "by": "email" } }] }"#;
        base.replacen("\"audience\": \"us\"", change, 1)
    }

    #[test]
    fn what_cannot_be_used_is_refused_at_the_start() {
        assert_eq!(parse(&with("\"audience\": \"us\"")).expect("it is well-formed").len(), 1);
        for change in [
            "\"audience\": \"\"",
            "\"audience\": \"us\", \"loopback\": true",
            "\"audience\": \"us\", \"jwks_uri\": \"http://id.example/keys\"",
            "\"audience\": \"us\", \"algorithms\": []",
            "\"audience\": \"us\", \"algorithms\": [\"HS256\"]",
            "\"audience\": \"us\", \"algorithms\": [\"none\"]",
            "\"audience\": \"us\", \"nonsense\": 1",
            "\"nonsense\": 1",
        ] {
            assert!(parse(&with(change)).is_err(), "{change}");
        }
    }

    #[test]
    fn a_type_may_come_with_its_family() {
        let settings = parse(&with("\"audience\": \"us\"")).expect("well-formed").remove(0);
        for (kind, taken) in [
            ("at+jwt", true),
            ("AT+JWT", true),
            ("application/at+jwt", true),
            ("JWT", false),
            ("", false),
            ("id+jwt", false),
            ("ääääääääää", false),
        ] {
            assert_eq!(settings.takes(kind), taken, "{kind}");
        }
    }
}
