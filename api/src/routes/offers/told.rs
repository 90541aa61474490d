//! An answer that the expert told in another way is written down by whoever brokers (S4-56).

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    disclosure::DisclosedField,
    notice::Kind,
    offer::{AnswerWay, Event, OfferId, ToldAnswer},
    policy::{Action, Power},
    refusal::Fault,
};
use persistence::offers;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    answer::{accepted, declined},
    subject,
    view::{OfferView, show},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering::tell_expert,
    call::Call,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(record_offer_answer);
}

/// An answer that was told
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecordedAnswer {
    /// What the expert said.
    answer: RecordedChoice,
    /// How it was told.
    way: RecordedWay,
    /// The digest of the description that was read to the expert or sent to them, if they take on the task.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        min_length = 64,
        max_length = 64,
        pattern = "^[0-9a-f]{64}$"
    )]
    description_digest: Option<String>,
}

/// What an expert said
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RecordedChoice {
    /// The expert takes on the task.
    Accept,
    /// The expert does not.
    Decline,
}

/// How an expert said it
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RecordedWay {
    /// By telephone.
    Phone,
    /// By text message.
    Sms,
    /// By e-mail.
    Email,
    /// By letter.
    Post,
    /// Face to face.
    Meeting,
}

/// Record an answer that was told
///
/// For experts who neither sign in nor use the link: whoever brokers writes down what they were told, and how. The expert
/// is told that it was written down, in the way that they wish, and still confirms the agreement themself.
#[utoipa::path(tag = "offers", responses((status = OK, body = OfferView)))]
#[post("/v1/offers/{offer_id}/record-answer")]
async fn record_offer_answer(
    app: Data<App>,
    call: Call,
    offer_id: Path<OfferId>,
    body: Json<RecordedAnswer>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let offer = offers::find(session, *offer_id)?;
        let about = subject(session, &offer)?;
        caller.require(Action::RecordOfferAnswer, &about)?;
        let answer = match (body.answer, &body.description_digest) {
            (RecordedChoice::Decline, _) => ToldAnswer::Decline,
            (RecordedChoice::Accept, Some(digest)) => ToldAnswer::Accept { digest: digest.clone() },
            (RecordedChoice::Accept, None) => {
                let fault = Fault::new("/description_digest", "required");
                return Err(Problem::Invalid(vec![fault]));
            }
        };
        let event = Event::RecordAnswer { by: caller.human()?, answer, way: body.way.into() };
        let next = offer.thing.clone().as_of(now).apply(event, now)?;
        let offer = match body.answer {
            RecordedChoice::Accept => accepted(session, now, &offer, next, DisclosedField::USUAL)?,
            RecordedChoice::Decline => declined(session, now, &offer, next)?,
        };
        let reference = format!("/v1/offers/{}", offer.id);
        let (expert, kind) = ((offer.person, Power::Offers), Kind::OfferAnswerRecorded);
        tell_expert(session, expert, caller.person(), kind, &reference, now)?;
        let about = subject(session, &offer)?;
        Answer::ok(&show(session, caller, offer.thing.clone(), &about)?).version(&offer)
    })
    .await
}

impl From<RecordedWay> for AnswerWay {
    fn from(way: RecordedWay) -> Self {
        match way {
            RecordedWay::Phone => Self::Phone,
            RecordedWay::Sms => Self::Sms,
            RecordedWay::Email => Self::Email,
            RecordedWay::Post => Self::Post,
            RecordedWay::Meeting => Self::Meeting,
        }
    }
}
