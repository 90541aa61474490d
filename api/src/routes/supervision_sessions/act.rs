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
use utoipa::{IntoParams, ToSchema};

use super::{
    drop_invitations, expert, subject, subject_of, tell,
    view::{SupervisionSessionView, view},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    brokering::tell_supporters,
    call::Call,
    problem::{Problem, Result},
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(offer_supervision_session)
        .service(change_supervision_terms)
        .service(book_supervision_session)
        .service(give_back_supervision_seat)
        .service(withdraw_supervision_request)
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

/// For whom something is done about a session
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ForWhom {
    /// For whom, where a support person acts for several of those invited; without it the caller themself, or the one whose
    /// profile they look after.
    person_id: Option<PersonId>,
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
    arrange(app, call, *supervision_session_id, event).await
}

/// Move a supervision session
///
/// To another time or place, or to somebody else who leads it, until it begins. Nobody loses their seat, so there are no fewer
/// seats than are booked. Those invited are told, unless only the number of seats changes.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/change-terms")]
async fn change_supervision_terms(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
    body: Json<SessionTerms>,
) -> Result<Answer> {
    let event = Event::ChangeTerms(body.0.clone());
    arrange(app, call, *supervision_session_id, event).await
}

/// Book a seat
///
/// For the caller, if the session is offered to them, there is a seat, and it has not begun, or for an expert whose profile they
/// look after. Whoever has left the bank comes back to it first.
#[utoipa::path(tag = "support", params(ForWhom), responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/book")]
async fn book_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
    query: Query<ForWhom>,
) -> Result<Answer> {
    take_part(app, call, *supervision_session_id, *query, |by| Event::Book { by }).await
}

/// Give a seat back
///
/// Whoever was to come does not. No reason is asked for, and the seat is free for another. Those who arrange it are told.
#[utoipa::path(tag = "support", params(ForWhom), responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/give-back")]
async fn give_back_supervision_seat(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
    query: Query<ForWhom>,
) -> Result<Answer> {
    take_part(app, call, *supervision_session_id, *query, |by| Event::GiveBack { by }).await
}

/// Take a request for supervision back
///
/// Whoever asked does not want it any more. No reason is asked for. Those who arrange it are told.
#[utoipa::path(tag = "support", params(ForWhom), responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/withdraw")]
async fn withdraw_supervision_request(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
    query: Query<ForWhom>,
) -> Result<Answer> {
    take_part(app, call, *supervision_session_id, *query, |by| Event::Withdraw { by }).await
}

/// Record that a session was held
///
/// With its length and those who came, once it has begun: also those who came without booking, if they were invited.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/hold")]
async fn hold_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
    body: Json<HeldForm>,
) -> Result<Answer> {
    let event = Event::Hold { minutes: body.minutes, present: body.present.clone() };
    arrange(app, call, *supervision_session_id, event).await
}

/// Cancel a session
///
/// It will not be held. Those invited are told, and invitations that have not been sent yet are not sent any more.
#[utoipa::path(tag = "support", responses((status = OK, body = SupervisionSessionView)))]
#[post("/v1/supervision-sessions/{supervision_session_id}/cancel")]
async fn cancel_supervision_session(
    app: Data<App>,
    call: Call,
    supervision_session_id: Path<SupervisionSessionId>,
) -> Result<Answer> {
    arrange(app, call, *supervision_session_id, Event::Cancel).await
}

/// What those who arrange a session do: finds, requires, applies, saves and answers. Those invited are told when it is offered,
/// moved or cancelled.
async fn arrange(
    app: Data<App>,
    call: Call,
    id: SupervisionSessionId,
    event: Event,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let stored = supervision_sessions::find(session, id)?;
        let subject = subject(session, caller, &stored)?;
        caller.require(Action::ManageSupervision, &subject)?;
        let next = stored.thing.clone().apply(event.clone(), now)?;
        let news = match &event {
            // What has been is only recorded.
            Event::Offer(_) => (!next.has_begun(now)).then_some(Kind::SupervisionOffered),
            Event::ChangeTerms(terms) => {
                let moved = stored.terms.as_ref().is_none_or(|before| terms.differ_from(before));
                moved.then_some(Kind::SupervisionMoved)
            }
            Event::Cancel => Some(Kind::SupervisionCancelled),
            _ => None,
        };
        let stored = supervision_sessions::save(session, &stored, next)?;
        if event == Event::Cancel {
            drop_invitations(session, caller, &stored)?;
        }
        if let Some(kind) = news {
            tell(session, caller, &stored, kind)?;
        }
        Answer::ok(&view(session, caller, &subject, &stored)?).version(&stored)
    })
    .await
}

/// What one of those invited does about their own part, or whoever looks after their profile. Those who arrange it are told
/// when a request is taken back or a seat given back.
async fn take_part(
    app: Data<App>,
    call: Call,
    id: SupervisionSessionId,
    whom: ForWhom,
    event: fn(PersonId) -> Event,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let stored = supervision_sessions::find(session, id)?;
        let seen = subject(session, caller, &stored)?;
        if !caller.may(Action::ReadSupervision, &seen) {
            return Err(Problem::NotFound);
        }
        let named = whom.person_id.filter(|person| stored.invited.contains(person));
        let owner = if whom.person_id.is_some() { named } else { seen.owner };
        let theirs = subject_of(session, &stored, owner)?;
        let by = owner.filter(|_| caller.may(Action::BookSupervision, &theirs));
        let by = by.ok_or(Problem::Forbidden)?;
        caller.require(Action::BookSupervision, &theirs)?;
        let event = event(by);
        if let (Event::Book { .. }, Some(expert)) = (&event, expert(session, by)?) {
            expert.takes_part()?;
        }
        let withdrawn = matches!(event, Event::Withdraw { .. });
        let given_back = matches!(event, Event::GiveBack { .. });
        let next = stored.thing.clone().apply(event, now)?;
        let stored = supervision_sessions::save(session, &stored, next)?;
        if given_back && !stored.has_begun(now) {
            tell_supporters(session, &stored, by, Kind::SupervisionSeatFree, now)?;
        }
        if withdrawn {
            drop_invitations(session, caller, &stored)?;
            tell_supporters(session, &stored, by, Kind::SupervisionCancelled, now)?;
        }
        Answer::ok(&view(session, caller, &theirs, &stored)?).version(&stored)
    })
    .await
}
