//! The one error of the API, [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).

mod view;

use std::error::Error;

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use domain::refusal::{Fault, Refusal, Rule};

use crate::issuers::Unreachable;

pub(crate) use self::view::{FieldProblem, Occasion, ProblemView, is_plain};

/// A result of a handler.
pub(crate) type Result<T> = std::result::Result<T, Problem>;

/// Why a request was not fulfilled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("the request has no valid token")]
    Unauthenticated,
    #[error("the client or its secret is wrong")]
    BadClient,
    #[error("the code is wrong, used or too old")]
    BadCode,
    #[error("the refresh token is of no session that goes on")]
    BadRefreshToken,
    #[error("the caller may not do this")]
    Forbidden,
    #[error("there is no such thing, or the caller may not know of it")]
    NotFound,
    #[error("the method is not allowed here")]
    MethodNotAllowed { allow: &'static str },
    #[error("nothing acceptable to offer")]
    NotAcceptable,
    #[error("the body is of another type")]
    UnsupportedMediaType,
    #[error("the file is of a kind that is not taken for its purpose")]
    FileKind,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body came too slowly")]
    TooSlow,
    #[error("the body is not JSON")]
    Malformed,
    #[error("some values are wrong")]
    Invalid(Vec<Fault>),
    #[error("some values of a request for a token are wrong")]
    BadTokenRequest { error: &'static str, faults: Vec<Fault> },
    #[error("some parameters are wrong")]
    InvalidParameters(Vec<Fault>),
    #[error("the cursor is of another listing")]
    BadCursor,
    #[error("the idempotency key is malformed")]
    BadKey,
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error("it was done by an earlier try, whose answer is not for the caller any more")]
    AlreadyDone { place: Option<String> },
    #[error(transparent)]
    Refused(Refusal),
    #[error("it has changed since")]
    Stale,
    #[error("there is one already")]
    Exists,
    #[error("it does not have the version that the request names")]
    PreconditionFailed,
    #[error("the request must name the version that it changes")]
    PreconditionRequired,
    #[error("too many requests of this kind")]
    TooMany { policies: Vec<&'static str>, retry_after: u64 },
    #[error("too much to do at the moment")]
    Overloaded,
    #[error("whether the token is good cannot be told at the moment")]
    IssuerUnreachable { retry_after: u64 },
    #[error("something went wrong on our side: {0}")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl Problem {
    pub(crate) fn internal(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(cause))
    }

    /// The status and the stable code.
    pub(crate) const fn row(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Self::Invalid(_)
            | Self::BadTokenRequest { .. }
            | Self::Refused(Refusal::Invalid(_)) => (StatusCode::BAD_REQUEST, "invalid"),
            Self::InvalidParameters(_) => (StatusCode::BAD_REQUEST, "invalid_parameters"),
            Self::BadCursor => (StatusCode::BAD_REQUEST, "bad_cursor"),
            Self::BadKey => (StatusCode::BAD_REQUEST, "bad_idempotency_key"),
            Self::BadCode => (StatusCode::BAD_REQUEST, "bad_code"),
            Self::BadRefreshToken => (StatusCode::BAD_REQUEST, "bad_refresh_token"),
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated"),
            Self::BadClient => (StatusCode::UNAUTHORIZED, "bad_client"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed { .. } => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "not_acceptable"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too_slow"),
            Self::Stale => (StatusCode::CONFLICT, "stale"),
            Self::Exists => (StatusCode::CONFLICT, "exists"),
            Self::AlreadyDone { .. } => (StatusCode::CONFLICT, "already_done"),
            Self::Refused(Refusal::OutOfTurn { .. }) => (StatusCode::CONFLICT, "out_of_turn"),
            Self::Refused(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => {
                (StatusCode::CONFLICT, rule.code())
            }
            Self::PreconditionFailed => (StatusCode::PRECONDITION_FAILED, "precondition_failed"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
            }
            Self::FileKind => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "file_kind_not_taken"),
            Self::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused"),
            Self::PreconditionRequired => {
                (StatusCode::PRECONDITION_REQUIRED, "precondition_required")
            }
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            Self::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, "overloaded"),
            Self::IssuerUnreachable { .. } => {
                (StatusCode::SERVICE_UNAVAILABLE, "issuer_unreachable")
            }
        }
    }

    /// Whether it is nothing that the request could have done better, so that it may go well another time.
    pub(crate) const fn is_ours(&self) -> bool {
        matches!(self, Self::Stale | Self::Overloaded | Self::Internal(_))
    }

    /// Headers that belong to the problem.
    pub(crate) fn headers(&self) -> Vec<(header::HeaderName, String)> {
        match self {
            Self::MethodNotAllowed { allow } => vec![(header::ALLOW, (*allow).to_owned())],
            Self::Unauthenticated => {
                vec![(header::WWW_AUTHENTICATE, "Bearer realm=\"kokemusvayla\"".to_owned())]
            }
            Self::BadClient => {
                vec![(header::WWW_AUTHENTICATE, "Basic realm=\"kokemusvayla\"".to_owned())]
            }
            Self::TooMany { retry_after, .. } | Self::IssuerUnreachable { retry_after } => {
                vec![(header::RETRY_AFTER, retry_after.to_string())]
            }
            Self::Overloaded => vec![(header::RETRY_AFTER, "1".to_owned())],
            Self::AlreadyDone { place: Some(place) } => vec![(header::LOCATION, place.clone())],
            // What is left of the body would be read as the next request.
            Self::TooLarge | Self::TooSlow => vec![(header::CONNECTION, "close".to_owned())],
            _ => Vec::new(),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.row().0
    }

    /// The edge writes the document, which needs the request's language and identifier.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<persistence::Error> for Problem {
    fn from(error: persistence::Error) -> Self {
        match error {
            persistence::Error::NotFound => Self::NotFound,
            persistence::Error::Stale => Self::Stale,
            persistence::Error::Exists => Self::Exists,
            persistence::Error::Busy | persistence::Error::Pool(_) => {
                log::warn!("{error}");
                Self::Overloaded
            }
            persistence::Error::Unavailable(_) => {
                log::error!("{error}");
                Self::Overloaded
            }
            error => Self::internal(error),
        }
    }
}

/// A thing that the body names; that there is none is a fault at `pointer`.
///
/// # Errors
///
/// [`Refusal::Invalid`] if there is none, and those of the database.
pub(crate) fn referred<T>(found: persistence::Result<T>, pointer: &str) -> Result<T> {
    found.map_err(|error| match error {
        persistence::Error::NotFound => {
            Refusal::Invalid(vec![Fault::new(pointer, "unknown_reference")]).into()
        }
        error => error.into(),
    })
}

impl From<Unreachable> for Problem {
    fn from(unreachable: Unreachable) -> Self {
        Self::IssuerUnreachable { retry_after: unreachable.retry_after }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Rule> for Problem {
    fn from(rule: Rule) -> Self {
        Self::Refused(rule.into())
    }
}
