//! `/v1/letters`
//!
//! Letters, text messages and calls: the notices that people deliver, for those who do not use e-mail.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    id::Id,
    localized::Language,
    notice::{Kind, Notice, NoticeId},
    person::{Channel, Person},
    policy::Action,
    refusal::Rule,
    time::Moment,
};
use persistence::{Session, Stored, nodes, notices, people, supervision_sessions};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{agreements::write, people::subject};
use crate::{
    App,
    answer::{Answer, Versioned, page},
    call::Call,
    delivery::words,
    locale,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_letters).service(mark_letter_sent);
}

/// A notice to be delivered by hand
///
/// Only what may stand on paper: it says nothing of what the thing is about. Of an offer it says by when to answer, and of a
/// supervision session when and where it is, and who arranges it.
#[derive(Serialize, ToSchema)]
struct LetterView {
    id: NoticeId,
    channel: HandChannel,
    /// The receiver.
    #[schema(example = "Aino Esimerkki", max_length = 200)]
    name: String,
    /// The receiver's postal address, for a letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Kotikatu 2 A 3, 96100 Rovaniemi", max_length = 300)]
    address: Option<String>,
    /// The receiver's telephone number, for a text message or a call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "+358 40 000 0000", max_length = 40)]
    phone: Option<String>,
    /// The language that the text is in.
    language: Language,
    /// What to print, send or say.
    #[schema(example = "Hei Aino Esimerkki, …", max_length = 2000)]
    text: String,
    /// The address of what it tells of: whoever delivers it may be able to look there. Not of what its receiver has told in
    /// confidence, of which the text says no more than that something waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri-reference",
        example = "/v1/supervision-sessions/019aa5d0-0000-7000-8000-000000000001",
        max_length = 300
    )]
    reference: Option<String>,
    created_at: Moment,
    /// When it was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sent_at: Option<Moment>,
}

/// A way of telling that needs hands
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum HandChannel {
    /// A letter.
    Post,
    /// A text message.
    Sms,
    /// A telephone call.
    Phone,
}

/// Which letters
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LetterFilter {
    /// Those to tell in this way; all of them unless said otherwise.
    #[serde(default)]
    channel: Option<HandChannel>,
}

page!(LetterPage of LetterView);

/// List what to deliver by hand
///
/// The notices that wait to be printed, sent as text messages or told by telephone, to the people whom the caller serves: an
/// expert is served by the organisation that supports them now, and by the centre of the area that they belong to.
#[utoipa::path(tag = "notices", params(LetterFilter), responses((status = OK, body = LetterPage)))]
#[get("/v1/letters")]
async fn list_letters(app: Data<App>, call: Call, query: Query<LetterFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let channel = query.channel.map(Channel::from);
        let scope = caller.scope(Action::DeliverLetter);
        let found = notices::to_deliver(session, &scope, channel, query.page)?;
        Answer::page(&query, found, |notice| {
            let person = people::find(session, notice.person)?;
            view(session, &notice, &person, by_hand(&notice)?)
        })
    })
    .await
}

/// Mark as delivered
///
/// Whoever delivers notices on paper says that this one has gone out, so that nobody sends it again.
#[utoipa::path(tag = "notices", responses((status = OK, body = LetterView)))]
#[post("/v1/letters/{notice_id}/sent")]
async fn mark_letter_sent(app: Data<App>, call: Call, notice_id: Path<NoticeId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let notice = notices::find(session, *notice_id)?;
        let person = people::find(session, notice.person)?;
        caller.require(Action::DeliverLetter, &subject(session, &person)?)?;
        let channel = by_hand(&notice)?;
        let notice = notices::save(session, &notice, notice.thing.clone().sent(now))?;
        Answer::ok(&view(session, &notice, &person, channel)?).version(&notice)
    })
    .await
}

/// The channel of a notice, if people deliver it.
fn by_hand(notice: &Notice) -> Result<HandChannel> {
    match notice.channel {
        Channel::Post => Ok(HandChannel::Post),
        Channel::Sms => Ok(HandChannel::Sms),
        Channel::Phone => Ok(HandChannel::Phone),
        Channel::Email => Err(Rule::SentByMachine.into()),
    }
}

fn view(
    session: &mut Session<'_>,
    notice: &Stored<Notice>,
    person: &Stored<Person>,
    channel: HandChannel,
) -> Result<LetterView> {
    let facts = person.facts.clone();
    let in_confidence = notice.kind.is_in_confidence();
    let mut what = match in_confidence {
        true => locale::text(facts.language, "letter-in-confidence"),
        false => words(session, notice, facts.language)?,
    };
    if let Some(where_and_when) = arranged(session, notice, facts.language)? {
        what = format!("{what}. {where_and_when}");
    }
    let values = [("name", facts.name.as_str()), ("text", what.as_str())];
    let text = locale::find(facts.language, "notice-letter", &values).unwrap_or(what.clone());
    let (address, phone) = match channel {
        HandChannel::Post => (facts.address, None),
        HandChannel::Sms | HandChannel::Phone => (None, facts.phone),
    };
    Ok(LetterView {
        id: notice.thing.id,
        channel,
        name: facts.name,
        address,
        phone,
        language: facts.language,
        text,
        reference: (!in_confidence).then(|| notice.reference.clone()),
        created_at: notice.created_at,
        sent_at: notice.sent_at,
    })
}

/// When and where the supervision session is that a notice tells of, and who arranges it: whoever reads of it on paper has nowhere
/// else to look it up. What it is for is not said.
fn arranged(
    session: &mut Session<'_>,
    notice: &Notice,
    language: Language,
) -> Result<Option<String>> {
    let kinds = [Kind::SupervisionOffered, Kind::SupervisionMoved, Kind::SupervisionCancelled];
    let id = notice.reference.strip_prefix("/v1/supervision-sessions/");
    let Some(id) = id.filter(|_| kinds.contains(&notice.kind)) else { return Ok(None) };
    let Ok(id) = Uuid::try_parse(id) else { return Ok(None) };
    let supervision = supervision_sessions::find(session, Id::new(id))?;
    let Some(terms) = &supervision.terms else { return Ok(None) };
    let (when, place) = (write::moment(language, terms.starts), terms.place.as_str());
    let organisation = nodes::name(session, supervision.node)?;
    let organisation = organisation.text(language);
    let values = [("when", when.as_str()), ("place", place), ("organisation", organisation)];
    Ok(locale::find(language, "letter-supervision", &values))
}

impl From<HandChannel> for Channel {
    fn from(channel: HandChannel) -> Self {
        match channel {
            HandChannel::Post => Self::Post,
            HandChannel::Sms => Self::Sms,
            HandChannel::Phone => Self::Phone,
        }
    }
}
