//! What a handler answers.

mod kept;

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::{BoxBody, SizedStream},
    http::{Method, StatusCode, header},
    web::Bytes,
};
use domain::{localized::Language, policy::Actor, time::Moment};
use futures_util::stream::{self, Stream};
use persistence::Stored;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    grounds::Grounds,
    locale,
    meta::{self, Meta},
    problem::{Problem, Result},
    query::Query,
    secret::sha256,
};

/// The type of a page for people.
pub(crate) const PAGE: &str = "text/html; charset=utf-8";

/// The header of an answer that was given before.
const REPLAYED: &str = "idempotent-replayed";

/// The header that says in which language an answer is.
const LANGUAGE: &str = "content-language";

/// An answer, ready to be sent, and to be kept for whoever asks again with the same idempotency key.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    #[serde(with = "kept")]
    body: Vec<u8>,
    /// The version of the thing that it is about, or 1 if that has none, for the entity tag.
    #[serde(default)]
    version: Option<i32>,
    /// The body of what is the same for everybody, which is sent piece by piece and never copied.
    #[serde(skip)]
    fixed: Option<&'static [u8]>,
    /// Whether it stands for a problem, although what was done is kept: a wrong try is counted.
    #[serde(skip)]
    refused: bool,
    /// The session whose tokens it carries, and until when they may be told again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<(Uuid, Moment)>,
    /// The machine client's token that it carries, and until when it may be told again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<(Uuid, Moment)>,
    /// Whom it was given to, with what they were trusted with then, if they had signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given_to: Option<Box<Actor>>,
    /// What it rests on, as that was when it was given.
    #[serde(default, skip_serializing_if = "Grounds::are_none")]
    grounds: Grounds,
}

/// A page of a listing.
#[derive(Serialize)]
struct PageView<'a, V> {
    items: Vec<V>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a str>,
}

impl Answer {
    /// 200 with `view`.
    pub(crate) fn ok(view: &impl Serialize) -> Result<Self> {
        Self::json(StatusCode::OK, view)
    }

    /// 201 with `view`, which is to be found at `location` from now on.
    pub(crate) fn created(location: &str, view: &impl Serialize) -> Result<Self> {
        Ok(Self::json(StatusCode::CREATED, view)?.header("location", location))
    }

    /// 202 with `view`.
    pub(crate) fn accepted(view: &impl Serialize) -> Result<Self> {
        Self::json(StatusCode::ACCEPTED, view)
    }

    /// 204.
    pub(crate) fn nothing() -> Self {
        Self { status: 204, ..Self::default() }
    }

    /// What the handler answers with a problem, once that a try was wrong has been kept.
    pub(crate) fn refused() -> Self {
        Self { refused: true, ..Self::nothing() }
    }

    /// Whether it is that of [`Self::refused`].
    pub(crate) const fn is_refused(&self) -> bool {
        self.refused
    }

    /// The answer, which carries tokens of this session and may be told again until then.
    #[must_use]
    pub(crate) fn with_tokens_of(self, session: Uuid, until: Moment) -> Self {
        Self { session: Some((session, until)), ..self }
    }

    /// The session whose tokens it carries, and until when they may be told again.
    pub(crate) const fn session(&self) -> Option<(Uuid, Moment)> {
        self.session
    }

    /// Whether it tells tokens. One that does not name whose was kept before that was written down.
    pub(crate) fn tells_tokens(&self) -> bool {
        const FIELD: &[u8] = b"\"access_token\":";
        self.body.windows(FIELD.len()).any(|part| part == FIELD)
    }

    /// The answer, which carries this token of a machine client and may be told again until then.
    #[must_use]
    pub(crate) fn with_token(self, token: Uuid, until: Moment) -> Self {
        Self { token: Some((token, until)), ..self }
    }

    /// The machine client's token that it carries, and until when it may be told again.
    pub(crate) const fn token(&self) -> Option<(Uuid, Moment)> {
        self.token
    }

    /// The answer, with whom it is given to.
    #[must_use]
    pub(crate) fn given_to(self, actor: Option<Actor>) -> Self {
        Self { given_to: actor.map(Box::new), ..self }
    }

    /// Whether it may be given again to the one who asks now: they must not be trusted with less than when it was given first. Of
    /// an answer that was kept before that was, it is not known.
    pub(crate) fn may_be_shown_to(&self, actor: Option<&Actor>) -> bool {
        let then = self.given_to.as_deref();
        actor.is_none_or(|now| then.is_some_and(|then| now.has_all_of(then)))
    }

    /// The answer, with what it rests on.
    #[must_use]
    pub(crate) fn resting_on(self, grounds: Grounds) -> Self {
        Self { grounds, ..self }
    }

    /// What it rests on.
    pub(crate) const fn grounds(&self) -> &Grounds {
        &self.grounds
    }

    /// The answer, given again to whoever asks with the same idempotency key.
    #[must_use]
    pub(crate) fn replayed(self) -> Self {
        self.header(REPLAYED, "true")
    }

    /// Whether it was given before, so that nothing has been done for it now.
    pub(crate) fn is_replayed(&self) -> bool {
        self.find(REPLAYED).is_some()
    }

    /// 200 with a body that is not JSON.
    pub(crate) fn content(kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, body: body.into(), ..Self::default() }.header("content-type", kind)
    }

    /// The answer, as what people are shown of a problem.
    #[must_use]
    pub(crate) fn instead_of(self, problem: &Problem) -> Self {
        Self { status: problem.row().0.as_u16(), ..self }
    }

    /// 200 with a body that is made once. However slowly it is read, and by however many, it is there once.
    pub(crate) fn fixed(kind: &str, body: &'static [u8]) -> Self {
        Self { fixed: Some(body), ..Self::content(kind, Vec::new()) }
    }

    /// 200 with a page of a listing: `found` has one more than the page holds if there is a next page.
    pub(crate) fn page<T, F, V: Serialize>(
        query: &Query<F>,
        found: Vec<Stored<T>>,
        mut view: impl FnMut(Stored<T>) -> Result<V>,
    ) -> Result<Self> {
        Self::page_of_some(query, found, |stored| view(stored).map(Some))
    }

    /// The same, without those of which `view` gives nothing: such a page has fewer things than were asked for.
    pub(crate) fn page_of_some<T, F, V: Serialize>(
        query: &Query<F>,
        mut found: Vec<Stored<T>>,
        mut view: impl FnMut(Stored<T>) -> Result<Option<V>>,
    ) -> Result<Self> {
        let limit = usize::from(query.page.limit);
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| more).map(|stored| stored.id);
        let items = found.into_iter().filter_map(|stored| view(stored).transpose());
        let items = items.collect::<Result<Vec<V>>>()?;
        let next = last.map(|last| query.cursor_after(last));
        let answer = Self::ok(&PageView { items, next: next.as_deref() })?;
        Ok(match next {
            Some(next) => answer.header("link", &format!("<{}>; rel=\"next\"", query.link(&next))),
            None => answer,
        })
    }

    /// Adds a header.
    #[must_use]
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn json(status: StatusCode, view: &impl Serialize) -> Result<Self> {
        let mut body = Vec::with_capacity(USUAL);
        serde_json::to_writer(&mut body, view).map_err(Problem::internal)?;
        Ok(Self { status: status.as_u16(), body, ..Self::default() }
            .header("content-type", "application/json"))
    }

    /// The entity tag that goes with the answer: the one that it was given as a header, or the version of the thing, which
    /// changing it has to name, and a digest of this view of it, which differs between languages and callers.
    fn tag(&self) -> Option<String> {
        let made = |version| format!("\"{version}.{}\"", &sha256(&self.body)[..16]);
        self.find("etag").map(str::to_owned).or_else(|| self.version.map(made))
    }

    /// Says in which language it is, unless that has been said: it is kept with the answer, which may be given again to somebody who
    /// asks in another one.
    #[must_use]
    pub(crate) fn in_language(self, language: Language) -> Self {
        match self.find(LANGUAGE) {
            Some(_) => self,
            None => self.header(LANGUAGE, locale::tag(language)),
        }
    }

    /// Adds an entity tag for a thing that has no version of its own.
    #[must_use]
    pub(crate) fn tagged(self) -> Self {
        Self { version: Some(1), ..self }
    }

    /// The status, as a number.
    pub(crate) const fn status(&self) -> u16 {
        self.status
    }

    /// The value of a header.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// An answer about one stored thing says its version.
pub(crate) trait Versioned: Sized {
    /// Adds the entity tag of `stored`.
    fn version<T>(self, stored: &Stored<T>) -> Result<Answer>;
}

impl Versioned for Result<Answer> {
    fn version<T>(self, stored: &Stored<T>) -> Result<Answer> {
        Ok(Answer { version: Some(stored.version), ..self? })
    }
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let meta = Meta::of(request);
        let tag = self.tag();
        let known = tag.as_ref().is_some_and(|tag| {
            meta.method == Method::GET
                && meta.if_none_match.as_deref().is_some_and(|tags| meta::list(tags, tag))
        });
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response =
            HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { status });
        for (name, value) in &self.headers {
            if !known || name != "content-type" {
                response.insert_header((name.as_str(), value.as_str()));
            }
        }
        if let Some(tag) = tag {
            response.insert_header((header::ETAG, tag));
        }
        if known || self.status == 204 {
            return response.finish();
        }
        if self.find("content-type").is_none() {
            response.insert_header((header::CONTENT_TYPE, "application/octet-stream"));
        }
        match self.fixed {
            None => response.body(self.body),
            Some(bytes) => response.body(SizedStream::new(bytes.len() as u64, pieces(bytes))),
        }
    }
}

/// How long the answer about one thing is, by and large: room for it is made once.
const USUAL: usize = 8 * 1024;

/// How much of a fixed body is handed on at a time.
const PIECE: usize = 32 * 1024;

fn pieces(
    bytes: &'static [u8],
) -> impl Stream<Item = std::result::Result<Bytes, actix_web::Error>> {
    stream::iter(bytes.chunks(PIECE).map(|piece| Ok(Bytes::from_static(piece))))
}

/// Defines the view of a page of a listing: one in the order in which things came, unless it says another.
macro_rules! page {
    ($vis:vis $page:ident of $view:ty) => {
        $crate::answer::page!(
            /// A page of a listing, the oldest first
            $vis $page of $view
        );
    };
    ($(#[$meta:meta])+ $vis:vis $page:ident of $view:ty) => {
        $(#[$meta])+
        #[derive(serde::Serialize, utoipa::ToSchema)]
        $vis struct $page {
            /// What the page holds.
            #[schema(max_items = 200)]
            items: Vec<$view>,
            /// The cursor of the next page, unless this is the last one.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false, max_length = 1000)]
            next: Option<String>,
        }
    };
}
pub(crate) use page;
