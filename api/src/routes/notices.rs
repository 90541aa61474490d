//! `/v1/notices`

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    notice::{Kind, Notice, NoticeId},
    person::{Channel, PersonId},
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Session, Stored, notices};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, Versioned, page},
    call::{Call, Caller},
    delivery::words,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_notices).service(read_notice);
}

/// That something waits for the caller, and where
#[derive(Serialize, ToSchema)]
struct NoticeView {
    id: NoticeId,
    kind: Kind,
    /// What kind of thing waits, in words, and of an offer by when to answer, as long as it can be answered. It says nothing of
    /// what the thing is about.
    #[schema(example = "You have a new offer", max_length = 300)]
    text: String,
    /// The address of the thing.
    #[schema(
        format = "uri-reference",
        example = "/v1/offers/019aa5d0-0000-7000-8000-000000000001",
        max_length = 300
    )]
    reference: String,
    /// The expert whose matter it is, if the caller is told because they act for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    on_behalf_of: Option<PersonId>,
    created_at: Moment,
    /// How the caller is told of it beside this.
    channel: Channel,
    /// When it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sent_at: Option<Moment>,
    /// When the caller marked it as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    read_at: Option<Moment>,
}

/// Which notices
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NoticeFilter {
    /// Whether to show only those that are not marked as read.
    #[serde(default)]
    unread: Option<bool>,
}

page!(NoticePage of NoticeView);

/// List one's own notices
///
/// What waits for the caller, and where.
#[utoipa::path(tag = "notices", params(NoticeFilter), responses((status = OK, body = NoticePage)))]
#[get("/v1/notices")]
async fn list_notices(app: Data<App>, call: Call, query: Query<NoticeFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let which = match query.unread {
            Some(true) => notices::Which::Unread,
            Some(false) | None => notices::Which::All,
        };
        let found = notices::list(session, caller.human()?, which, query.page)?;
        Answer::page(&query, found, |notice| view(session, caller, &notice))
    })
    .await
}

/// Mark a notice as read
///
/// The notice counts as read from now on. To read it again changes nothing.
#[utoipa::path(tag = "notices", responses((status = OK, body = NoticeView)))]
#[post("/v1/notices/{notice_id}/read")]
async fn read_notice(app: Data<App>, call: Call, notice_id: Path<NoticeId>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let notice = notices::find(session, *notice_id)?;
        caller.require(Action::ReadNotice, &Subject::of(notice.person))?;
        let notice = notices::save(session, &notice, notice.thing.clone().read(now))?;
        Answer::ok(&view(session, caller, &notice)?).version(&notice)
    })
    .await
}

fn view(session: &mut Session<'_>, caller: &Caller, notice: &Stored<Notice>) -> Result<NoticeView> {
    let notice = notice.thing.clone();
    Ok(NoticeView {
        id: notice.id,
        kind: notice.kind,
        text: words(session, &notice, caller.meta.language)?,
        on_behalf_of: notice.on_behalf_of,
        reference: notice.reference,
        created_at: notice.created_at,
        channel: notice.channel,
        sent_at: notice.sent_at,
        read_at: notice.read_at,
    })
}
