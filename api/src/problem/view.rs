//! How a problem is told: the document, in the caller's language.

use domain::{
    codes,
    localized::Language,
    refusal::{Fault, Refusal},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::Problem;
use crate::locale;

/// How many characters of its path a problem document repeats.
const MOST_INSTANCE: usize = 2000;

/// Where machine clients handle their tokens.
const OAUTH: &str = "/v1/oauth/";

/// The registered type of the problem of those who ask for more than their quota.
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/// A problem
///
/// RFC 9457. `code` never changes for the same problem; texts are in the caller's language. A rejected value is never
/// repeated.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemView {
    /// A page about this kind of problem.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/docs/problems#not_found", max_length = 300)]
    kind: String,
    /// What went wrong, in few words.
    #[schema(example = "There is no such thing", max_length = 300)]
    title: String,
    /// The HTTP status.
    #[schema(example = 404, minimum = 400, maximum = 599)]
    status: u16,
    /// What went wrong and what to do about it.
    #[schema(
        example = "There is nothing here by that name, or you may not know of it.",
        max_length = 2000
    )]
    detail: String,
    /// The path of the request.
    #[schema(
        format = "uri-reference",
        example = "/v1/orders/019aa5d0-0000-7000-8000-000000000001",
        max_length = 2000
    )]
    instance: String,
    /// What went wrong, for programs.
    #[schema(example = "not_found", max_length = 100, pattern = "^[a-z0-9_]+$")]
    code: String,
    /// The request's identifier, to tell to those who run the service.
    #[schema(example = "019aa5d0-0000-7000-8000-00000000abcd", max_length = 100)]
    request_id: String,
    /// Each wrong field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    errors: Vec<FieldProblem>,
    /// The error code of OAuth 2.0 (RFC 6749, 5.2), where people sign in and machine clients handle their tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "invalid_client", max_length = 60)]
    error: Option<&'static str>,
    /// The policies of `RateLimit-Policy` that left no room for the request.
    #[serde(rename = "violated-policies", skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10, example = json!(["default"]))]
    violated_policies: Vec<&'static str>,
}

/// What is wrong with one field of the body, or one parameter
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// A JSON Pointer to the field, as a URI fragment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "#/form/what", max_length = 500)]
    pointer: Option<String>,
    /// The name of the parameter, for one in the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "limit", max_length = 500)]
    parameter: Option<String>,
    /// What is wrong, for programs.
    #[schema(example = "required", max_length = 100, pattern = "^[a-z0-9_]+$")]
    code: String,
    /// What is wrong, for people.
    #[schema(example = "This is missing.", max_length = 1000)]
    detail: String,
    /// What it is about, where the code alone does not say it, by its name in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "kilometre_car", max_length = 100)]
    about: Option<&'static str>,
}

/// What a problem document says about the request.
pub(crate) struct Occasion<'a> {
    pub(crate) language: Language,
    pub(crate) path: &'a str,
    pub(crate) request_id: &'a str,
}

impl Problem {
    /// The problem document.
    pub(crate) fn view(&self, occasion: &Occasion<'_>) -> ProblemView {
        let (status, code) = self.row();
        let key = locale::key(code);
        let title = locale::text(occasion.language, &key);
        let detail = match self {
            Self::Refused(Refusal::OutOfTurn { state, action, .. }) => {
                out_of_turn(occasion.language, state, action)
            }
            _ => locale::find(occasion.language, &format!("{key}.detail"), &[]),
        };
        let detail = detail.unwrap_or_else(|| title.clone());
        ProblemView {
            kind: match self {
                Self::TooMany { .. } => QUOTA_EXCEEDED.to_owned(),
                _ => format!("/docs/problems#{code}"),
            },
            title,
            status: status.as_u16(),
            detail,
            instance: shortened(occasion.path),
            code: code.to_owned(),
            request_id: occasion.request_id.to_owned(),
            errors: self.fields(occasion.language),
            error: self.oauth().or_else(|| self.oauth_at(occasion.path)),
            violated_policies: match self {
                Self::TooMany { policies, .. } => policies.clone(),
                _ => Vec::new(),
            },
        }
    }

    fn fields(&self, language: Language) -> Vec<FieldProblem> {
        let (faults, in_body) = match self {
            Self::Invalid(faults)
            | Self::BadTokenRequest { faults, .. }
            | Self::Refused(Refusal::Invalid(faults) | Refusal::RuleAt(_, faults)) => {
                (faults, true)
            }
            Self::InvalidParameters(faults) => (faults, false),
            _ => return Vec::new(),
        };
        let field = |fault: &Fault| FieldProblem {
            pointer: in_body.then(|| format!("#{}", ours(&fault.pointer))),
            parameter: (!in_body).then(|| fault.pointer.clone()),
            code: fault.code.to_owned(),
            detail: detail(language, fault),
            about: fault.about,
        };
        faults.iter().map(field).collect()
    }

    const fn oauth(&self) -> Option<&'static str> {
        match self {
            Self::BadClient => Some("invalid_client"),
            Self::BadTokenRequest { error, .. } => Some(error),
            Self::BadCode | Self::BadRefreshToken => Some("invalid_grant"),
            _ => None,
        }
    }
}

/// What does not go together, in the words of people: where one of the two has none, neither is named.
fn out_of_turn(language: Language, state: &str, action: &str) -> Option<String> {
    let labels = codes::STATES.find(state).zip(codes::ACTIONS.find(action));
    let Some((state, action)) = labels else { return Some(locale::text(language, "why-not-now")) };
    let values = [("state", state.label(language)), ("action", action.label(language))];
    locale::find(language, "out-of-turn.detail", &values)
}

impl Problem {
    /// What else is wrong with a request about tokens, in the words of their standard.
    fn oauth_at(&self, path: &str) -> Option<&'static str> {
        let theirs = self.row().0.is_client_error() && !matches!(self, Self::TooMany { .. });
        (theirs && path.starts_with(OAUTH)).then_some("invalid_request")
    }
}

/// As much of a pointer as leads to what has a name of ours. A name that the caller has made up may hold anything, and is not
/// repeated: only its place is told.
fn ours(pointer: &str) -> String {
    let steps = pointer.split('/').skip(1).take_while(|step| is_plain(step));
    steps.map(|step| format!("/{step}")).collect()
}

/// Whether a name is like those of the contract, so that it can be repeated.
pub(crate) fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    name.len() <= 60 && name.bytes().all(plain)
}

/// What is wrong with a field, for people.
fn detail(language: Language, fault: &Fault) -> String {
    let key = format!("field-{}", locale::key(fault.code));
    let Some(about) = fault.about else { return locale::text(language, &key) };
    let about = locale::text(language, &format!("about-{}", locale::key(about)));
    locale::find(language, &key, &[("about", &about)]).unwrap_or(key)
}

/// As much of a path as a problem document repeats, with no escape cut in two.
fn shortened(path: &str) -> String {
    let mut short: String = path.chars().take(MOST_INSTANCE).collect();
    if short.len() < path.len()
        && let Some(at) = short.rfind('%').filter(|at| at + 3 > short.len())
    {
        short.truncate(at);
    }
    short
}

#[cfg(test)]
mod tests {
    use domain::workflow;

    use super::*;

    #[test]
    fn what_is_out_of_turn_is_told_in_words_and_not_in_codes() {
        for machine in workflow::ALL {
            let actions = codes::ACTIONS.codes().chain(["no-such-action"]);
            for (state, action) in
                actions.flat_map(|action| machine.states.iter().map(move |state| (*state, action)))
            {
                let (machine, path, request_id) = (machine.name, "/", "one");
                let problem = Problem::from(Refusal::OutOfTurn { machine, state, action });
                for language in [Language::Fi, Language::Sv, Language::En] {
                    let told = problem.view(&Occasion { language, path, request_id }).detail;
                    let words: Vec<&str> = told.split(['”', '“', ' ', '.', ',']).collect();
                    let quoted = |code: &str| {
                        ["”", "“"].iter().any(|sign| told.contains(&format!("{sign}{code}")))
                    };
                    assert!(!quoted(state) && !quoted(action), "{told}");
                    assert!(!told.contains('_'), "{told}");
                    assert!(language == Language::En || !words.contains(&"actions"), "{told}");
                }
            }
        }
        let told = out_of_turn(Language::Fi, "accepted", "accept");
        let words = "Toiminto ”Hyväksy” ei ole mahdollinen, kun tila on ”Hyväksytty”. Toimintojen luettelo kertoo, mikä on mahdollista.";
        assert_eq!(told.as_deref(), Some(words));
    }

    #[test]
    fn a_name_that_a_caller_has_made_up_is_not_repeated() {
        for (pointer, told) in [
            ("", ""),
            ("/form/task/title", "/form/task/title"),
            ("/answers/as_agreed", "/answers/as_agreed"),
            ("/parts/2/cost_centre", "/parts/2/cost_centre"),
            ("/answers/\u{2}", "/answers"),
            ("/answers/Aino Esimerkki/0", "/answers"),
            ("/a~1b/c", ""),
        ] {
            assert_eq!(ours(pointer), told, "{pointer:?}");
        }
        assert_eq!(ours(&format!("/answers/{}", "a".repeat(61))), "/answers");
    }
}
