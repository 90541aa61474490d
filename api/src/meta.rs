//! What the edge knows of a request before any handler does.

use std::sync::{Arc, OnceLock};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{
        Method,
        header::{self, HeaderName},
    },
    web::Bytes,
};
use domain::{
    localized::Language,
    refusal::{Fault, Refusal},
};
use std::future::{Ready, ready};
use uuid::Uuid;

use crate::{
    issuers::Unreachable,
    operations::{self, Facts},
    problem::{Problem, Result},
    tokens::Bearer,
    trace::Trace,
};

/// What every request has: an identifier, a language, conditions and a body that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Meta {
    pub(crate) request_id: String,
    /// Which chain of calls it belongs to.
    pub(crate) trace: Trace,
    pub(crate) language: Language,
    pub(crate) method: Method,
    /// The operation of the contract that is asked for, if there is one.
    pub(crate) operation: Option<&'static Facts>,
    /// The path, without the query.
    pub(crate) path: String,
    pub(crate) query: String,
    /// The place that the request came from, as far as the connection and trusted proxies tell, and as limits count it.
    pub(crate) address: String,
    /// Whether the request came with a bearer token, good or not.
    pub(crate) has_token: bool,
    /// Who is calling, if the request has a token that is good, as far as that can be told.
    pub(crate) bearer: std::result::Result<Option<Bearer>, Unreachable>,
    pub(crate) body: Bytes,
    pub(crate) if_match: Option<String>,
    pub(crate) if_none_match: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    /// The words in the body that are wrong although they have the right form.
    pub(crate) wrong: OnceLock<Vec<Fault>>,
}

/// The name of the header of [`Meta::idempotency_key`].
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl Meta {
    /// The meta data that the edge left with the request.
    pub(crate) fn of(request: &HttpRequest) -> Arc<Self> {
        request.extensions().get::<Arc<Self>>().cloned().expect("the edge left it")
    }

    /// Whether the method changes a thing that is there, and so must name its version.
    pub(crate) fn needs_condition(&self) -> bool {
        matches!(self.method, Method::PATCH | Method::PUT | Method::DELETE)
            && self.if_match.is_none()
            && self.if_none_match.as_deref() != Some("*")
    }

    /// Tells the wrong words of the body together with what the domain found: nobody who sends some is told that all is well,
    /// or only of the rest.
    ///
    /// # Errors
    ///
    /// [`Problem::Invalid`] if there are any, unless something else stands in the way before values matter.
    pub(crate) fn settle<T>(&self, result: Result<T>) -> Result<T> {
        let wrong = self.wrong.get().map(Vec::as_slice).unwrap_or_default();
        let mut found = match result {
            Ok(_) if !wrong.is_empty() => Vec::new(),
            Err(Problem::Refused(Refusal::Invalid(found)) | Problem::Invalid(found)) => found,
            other => return other,
        };
        let told = |found: &[Fault], one: &Fault| found.iter().any(|it| it.pointer == one.pointer);
        let more: Vec<Fault> = wrong.iter().filter(|one| !told(&found, one)).cloned().collect();
        found.extend(more);
        Err(Problem::Invalid(found))
    }

    /// The idempotency key, a structured-header string or bare.
    ///
    /// # Errors
    ///
    /// [`Problem::BadKey`] if it is empty, longer than 255 characters or not printable ASCII, or if a quote is not closed.
    pub(crate) fn key(&self) -> Result<Option<&str>> {
        self.idempotency_key.as_deref().map_or(Ok(None), Self::bare_key)
    }

    /// The key that a header holds.
    pub(crate) fn bare_key(key: &str) -> Result<Option<&str>> {
        let bare = match key.strip_prefix('"') {
            None => Some(key),
            Some(quoted) => quoted.strip_suffix('"'),
        };
        let fine = |byte: u8| byte.is_ascii_graphic() && byte != b'"';
        bare.filter(|bare| (1..=255).contains(&bare.len()) && bare.bytes().all(fine))
            .map_or(Err(Problem::BadKey), |bare| Ok(Some(bare)))
    }

    /// The same without an idempotency key: what it is answered shows what may be shown now, and is kept for no later try.
    ///
    /// # Errors
    ///
    /// [`Problem::BadKey`].
    pub(crate) fn anew(&self) -> Result<Arc<Self>> {
        self.key()?;
        Ok(Arc::new(Self { idempotency_key: None, ..self.clone() }))
    }

    /// The same as a request that reads what is at `path`, for the record of what it is told.
    pub(crate) fn looking_at(&self, path: String) -> Arc<Self> {
        let operation = operations::at(&path).and_then(|found| found.operation(&Method::GET));
        Arc::new(Self { method: Method::GET, operation, path, body: Bytes::new(), ..self.clone() })
    }

    /// Whether it is an action that names the version of its thing. For other methods, the handler asks.
    pub(crate) fn acts_on_version(&self) -> bool {
        let conditional = self.operation.is_some_and(|operation| operation.conditional);
        self.method == Method::POST && self.if_match.is_some() && conditional
    }

    /// The thing that an action is done to: the last one that its path names.
    pub(crate) fn thing(&self) -> Option<Uuid> {
        named(self.path.split('/').nth(self.operation?.thing?)?)
    }

    /// What came of an action that names a version of its thing, which was `found` at this one: nothing, if that is another one.
    /// Whoever may not know of the thing is not told so.
    pub(crate) fn held<T>(&self, found: Option<i32>, result: Result<T>) -> Result<T> {
        if !matches!(result, Ok(_) | Err(Problem::Refused(_) | Problem::Invalid(_))) {
            return result;
        }
        match found {
            Some(version) => self.unchanged(version)?,
            None if self.if_match.as_deref() == Some("*") => {}
            None => return Err(Problem::PreconditionFailed),
        }
        result
    }

    /// Fails unless the request names a version, whichever that is.
    pub(crate) fn names_version(&self) -> Result<()> {
        if self.if_match.is_some() { Ok(()) } else { Err(Problem::PreconditionRequired) }
    }

    /// Fails unless the request names `version`, or another one was not asked for.
    pub(crate) fn unchanged(&self, version: i32) -> Result<()> {
        match self.if_match.as_deref() {
            // Something is there, whatever else is said.
            Some(_) if self.if_none_match.as_deref() == Some("*") => {
                Err(Problem::PreconditionFailed)
            }
            None if self.needs_condition() => Err(Problem::PreconditionRequired),
            None => Err(Problem::PreconditionFailed),
            Some("*") => Ok(()),
            Some(tags) if tags.split(',').any(|tag| names(tag.trim(), version)) => Ok(()),
            Some(_) => Err(Problem::PreconditionFailed),
        }
    }
}

/// Whether an `If-None-Match` header lists `tag`.
pub(crate) fn list(tags: &str, tag: &str) -> bool {
    let mut tags = tags.split(',').map(str::trim);
    tags.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// Whether an entity tag, `"VERSION.DIGEST"`, is of this version.
pub(crate) fn names(tag: &str, version: i32) -> bool {
    let inner = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or(tag);
    inner.split('.').next().and_then(|number| number.parse().ok()) == Some(version)
}

/// A header as text, if it is there and readable.
pub(crate) fn header(request: &HttpRequest, name: &HeaderName) -> Option<String> {
    request.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// The idempotency key as it came. What is not readable, or more than one, stays to be refused, because whoever sent it relies
/// on it. Only a POST has one: whatever else is asked again is to be answered as things are then.
pub(crate) fn idempotency_key(request: &HttpRequest) -> Option<String> {
    lines(request, &IDEMPOTENCY_KEY).filter(|_| request.method() == Method::POST)
}

/// The conditions of a request.
pub(crate) fn conditions(request: &HttpRequest) -> (Option<String>, Option<String>) {
    (lines(request, &header::IF_MATCH), lines(request, &header::IF_NONE_MATCH))
}

/// All lines of a header as one, as RFC 9110 (5.3) has it.
pub(crate) fn lines(request: &HttpRequest, name: &HeaderName) -> Option<String> {
    let lines =
        request.headers().get_all(name).map(|line| String::from_utf8_lossy(line.as_bytes()));
    lines.reduce(|all, line| format!("{all}, {line}").into()).map(std::borrow::Cow::into_owned)
}

/// The path as it is written for the same thing by everybody: an identifier may come in capitals.
pub(crate) fn same_path(path: &str) -> String {
    let small = |part: &str| {
        let identifier = part.len() == HYPHENATED && Uuid::try_parse(part).is_ok();
        if identifier { part.to_ascii_lowercase() } else { part.to_owned() }
    };
    path.split('/').map(small).collect::<Vec<_>>().join("/")
}

/// How long an identifier is with its hyphens.
const HYPHENATED: usize = 36;

/// The thing that a segment of a path names: by its identifier, or by a link that begins with one.
pub(crate) fn named(segment: &str) -> Option<Uuid> {
    let plain = || segment.get(..32).filter(|_| segment.len() > HYPHENATED);
    Uuid::parse_str(segment).ok().or_else(|| Uuid::parse_str(plain()?).ok())
}

/// A request that needs no signing in.
#[derive(Clone, Debug)]
pub(crate) struct Visit(pub(crate) Arc<Meta>);

impl Visit {
    /// The same without its idempotency key: see [`Meta::anew`].
    ///
    /// # Errors
    ///
    /// [`Problem::BadKey`].
    pub(crate) fn anew(self) -> Result<Self> {
        self.0.anew().map(Self)
    }
}

impl FromRequest for Visit {
    type Error = Problem;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(Meta::of(request))))
    }
}
