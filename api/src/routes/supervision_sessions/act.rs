//! What becomes of a supervision session.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    notice::Kind,
    person::PersonId,
    policy::Action,
    supervision::{Event, SessionTerms, SupervisionSessionId},
};
use persistence::supervision_sessions;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    subject, tell,
    view::{SupervisionSessionView, view},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::{Call, Caller},
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(offer_supervision_session)
        .service(book_supervision_session)
        .service(hold_supervision_session)
        .service(cancel_supervision_session);
}

/// A session as it was held
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HeldForm {
    /// How long it took, in minutes.
    #[schema(minimum = 1, maximum = 10_000, example = 90)]
    minutes: i32,
    /// Those who came.
    #[schema(max_items = 200)]
    present: Vec<PersonId>,
}

/// Offer what was asked for
///
/// When, where and with whom.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/offer")]
async fn offer_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
    body: Json<SessionTerms>,
) -> Result<Answer> {
    let event = Event::Offer(body.0.clone());
    change(
        app,
        call,
        *supervision_session_id,
        Action::ManageSupervision,
        move |_| Ok(event.clone()),
    )
    .await
}

/// Book a seat
///
/// For the caller, if the session is offered to them and there is a seat.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/book")]
async fn book_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
) -> Result<Answer> {
    change(app, call, *supervision_session_id, Action::BookSupervision, |caller| {
        Ok(Event::Book { by: caller.human()? })
    })
    .await
}

/// Record that a session was held
///
/// With its length and those who came.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/hold")]
async fn hold_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
    body: Json<HeldForm>,
) -> Result<Answer> {
    let event = Event::Hold { minutes: body.minutes, present: body.present.clone() };
    change(
        app,
        call,
        *supervision_session_id,
        Action::ManageSupervision,
        move |_| Ok(event.clone()),
    )
    .await
}

/// Cancel a session
///
/// It will not be held.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/cancel")]
async fn cancel_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
) -> Result<Answer> {
    change(app, call, *supervision_session_id, Action::ManageSupervision, |_| Ok(Event::Cancel))
        .await
}

/// Finds, requires, applies, saves and answers; those invited are told when a session is offered or cancelled.
async fn change(
    app: Data<App>,
    call: Call,
    id: SupervisionSessionId,
    action: Action,
    event: impl Fn(&Caller) -> Result<Event> + Send + 'static,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let stored = supervision_sessions::find(session, id)?;
        let subject = subject(session, &stored)?;
        caller.require(action, &subject)?;
        let event = event(caller)?;
        let news = match event {
            Event::Offer(_) => Some(Kind::SupervisionOffered),
            Event::Cancel => Some(Kind::SupervisionCancelled),
            _ => None,
        };
        let next = stored.thing.clone().apply(event, now)?;
        let stored = supervision_sessions::save(session, &stored, next)?;
        if let Some(kind) = news {
            tell(session, caller, &stored, kind)?;
        }
        Answer::ok(&view(caller, &subject, &stored)).version(&stored)
    })
    .await
}
