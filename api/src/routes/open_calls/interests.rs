//! `/v1/open-calls/{open_call_id}/interests`: it binds nobody to be interested.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    expert::CardId,
    notice::Kind,
    open_call::{
        INTEREST_WORKFLOW, Interest, InterestEvent, InterestId, InterestState, OpenCallId,
    },
    person::PersonId,
    policy::{Action, Subject},
    refusal::Rule,
    time::Moment,
};
use persistence::{Error, Session, experts, interests, open_calls, orders};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{known_to, subject as call_subject};
use crate::{
    App,
    actions::ActionView,
    answer::{Answer, Versioned, page},
    body::Json,
    brokering::{brokers, tell},
    call::{Call, Caller},
    problem::{Problem, Result},
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(express_interest);
    config.service(list_interests);
    config.service(withdraw_interest);
}

page!(InterestPage of InterestView);

/// An expert's interest in an open call
#[derive(Serialize, ToSchema)]
struct InterestView {
    /// Its identifier.
    id: InterestId,
    /// The call.
    open_call_id: OpenCallId,
    /// The card of the expert: to select the expert is to send an offer to it.
    card_id: CardId,
    /// Whether the expert takes tasks now. Who does not can be sent no offer.
    available: bool,
    /// What the expert wants to say. Once they have withdrawn, nobody else reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000)]
    message: Option<String>,
    /// When it was expressed.
    at: Moment,
    /// Where it stands.
    state: InterestState,
    /// What can be done with it.
    #[schema(max_items = 10)]
    actions: Vec<ActionView>,
}

/// Interest in an open call
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewInterest {
    /// For whom, where a support person acts; the caller themself if nobody is named.
    #[serde(default)]
    #[schema(nullable = false)]
    person_id: Option<PersonId>,
    /// What the expert wants to say to whoever brokers.
    #[serde(default)]
    #[schema(
        nullable = false,
        example = "Aihe on minulle tärkeä.",
        min_length = 1,
        max_length = 2000
    )]
    message: Option<String>,
}

fn subject(session: &mut Session<'_>, interest: &Interest) -> Result<Subject> {
    let call = open_calls::find(session, interest.call)?;
    Ok(Subject { owner: Some(interest.person), ..call_subject(session, &call)? })
}

/// Express interest
///
/// An expert who takes tasks now says that this one interests them. Whoever brokers sees their card and what they say, and not
/// their name.
#[utoipa::path(tag = "offers", responses((status = CREATED, body = InterestView)))]
#[post("/v1/open-calls/{open_call_id}/interests")]
async fn express_interest(
    app: Data<App>,
    call: Call,
    open_call_id: Path<OpenCallId>,
    body: Json<NewInterest>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let open = open_calls::find(session, *open_call_id)?;
        known_to(session, caller, &open)?;
        let person = body.person_id.map_or_else(|| caller.human(), Ok)?;
        let about = Subject { owner: Some(person), ..call_subject(session, &open)? };
        if !caller.may(Action::ExpressInterest, &about) {
            return Err(Problem::Forbidden);
        }
        caller.require(Action::ExpressInterest, &about)?;
        // Whoever hands the order over takes along the interests that are there.
        let open = open_calls::hold(session, *open_call_id)?;
        open.takes_interest(now)?;
        let order = orders::find(session, open.order)?;
        if order.has_begun(now) {
            return Err(Rule::CallClosed.into());
        }
        let expert = experts::find_by_person(session, person).map_err(|error| match error {
            Error::NotFound => Problem::Forbidden,
            error => error.into(),
        })?;
        expert.takes_tasks()?;
        let interest = Interest {
            id: caller.new_id(),
            call: open.thing.id,
            node: open.node,
            handler: open.handler,
            expert: expert.thing.id,
            person,
            card: expert.card,
            message: body.message.clone(),
            at: now,
            state: InterestState::Expressed,
        };
        let interest = interests::add(session, interest)?;
        let location = format!("/v1/open-calls/{}/interests", open.id);
        for broker in brokers(session, &order, now)? {
            tell(session, broker, Kind::InterestExpressed, &location, now)?;
        }
        let view = show(session, caller, interest.thing.clone())?;
        Answer::created(&location, &view).version(&interest)
    })
    .await
}

/// List interests in an open call
///
/// All of them for those who broker the order, the expert's own for an expert.
#[utoipa::path(tag = "offers", responses((status = OK, body = InterestPage)))]
#[get("/v1/open-calls/{open_call_id}/interests")]
async fn list_interests(
    app: Data<App>,
    call: Call,
    open_call_id: Path<OpenCallId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let open = open_calls::find(session, *open_call_id)?;
        known_to(session, caller, &open)?;
        let scope = caller.scope(Action::ReadOffer);
        let found = interests::list(session, &scope, *open_call_id, query.page)?;
        Answer::page(&query, found, |interest| show(session, caller, interest.thing))
    })
    .await
}

/// Withdraw an interest
///
/// The task does not interest the expert any more. No reason is asked for.
#[utoipa::path(tag = "offers", responses((status = OK, body = InterestView)))]
#[post("/v1/interests/{interest_id}/withdraw")]
async fn withdraw_interest(
    app: Data<App>,
    call: Call,
    interest_id: Path<InterestId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let interest = interests::find(session, *interest_id)?;
        caller.require(Action::AnswerOffer, &subject(session, &interest)?)?;
        let next = interest.thing.clone().apply(InterestEvent::Withdraw)?;
        let interest = interests::save(session, &interest, next)?;
        Answer::ok(&show(session, caller, interest.thing.clone())?).version(&interest)
    })
    .await
}

fn show(session: &mut Session<'_>, caller: &Caller, interest: Interest) -> Result<InterestView> {
    let subject = subject(session, &interest)?;
    let told = interest.state != InterestState::Withdrawn;
    let read = told || caller.may(Action::AnswerOffer, &subject);
    let available = experts::find(session, interest.expert)?.is_findable();
    Ok(InterestView {
        id: interest.id,
        open_call_id: interest.call,
        card_id: interest.card,
        available,
        message: interest.message.filter(|_| read),
        at: interest.at,
        actions: caller.actions(&INTEREST_WORKFLOW, interest.state.name(), &subject),
        state: interest.state,
    })
}
