//! `/v1/experts/{expert_id}/support-notes`: for those who support the expert, and nobody else (S2-04).

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    expert::ExpertId,
    person::PersonId,
    policy::Action,
    support_note::{SupportNote, SupportNoteForm, SupportNoteId},
    time::{Day, Moment},
};
use persistence::{Session, experts, people, support_notes};
use serde::Serialize;
use utoipa::ToSchema;

use super::subject;
use crate::{
    App,
    answer::{Answer, Versioned, page},
    audit::Told,
    body::Json,
    call::Call,
    problem::Result,
    query::{NoFilter, Query},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_support_notes).service(write_support_note);
}

page!(SupportNotePage of SupportNoteView);

/// A note about supporting an expert
#[derive(Serialize, ToSchema)]
struct SupportNoteView {
    /// The note.
    id: SupportNoteId,
    /// The expert.
    expert_id: ExpertId,
    /// What to remember.
    #[schema(max_length = 4000, example = "Sovittiin puhelu ennen ensimmäistä keikkaa.")]
    text: String,
    /// The day to come back to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    follow_up: Option<Day>,
    /// Who wrote it.
    author_id: PersonId,
    /// Their name.
    #[schema(example = "Veera Välittäjä", max_length = 200)]
    author_name: String,
    /// When.
    at: Moment,
}

/// List support notes
///
/// Only those who support the expert in the organisation behind them read these, and of an expert who came from another
/// organisation only what their own wrote. That they have is on record: `GET /v1/audit-events`.
#[utoipa::path(tag = "experts", responses((status = OK, body = SupportNotePage)))]
#[get("/v1/experts/{expert_id}/support-notes")]
async fn list_support_notes(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    query: Query<NoFilter>,
) -> Result<Answer> {
    let read = app.read(call, move |session, caller| {
        let expert = experts::find(session, *expert_id)?;
        let about = subject(session, &expert)?;
        caller.require(Action::SupportExpert, &about)?;
        let scope = caller.scope(Action::SupportExpert);
        let found = support_notes::list(session, expert.thing.id, &scope, query.page)?;
        let answer = Answer::page(&query, found, |note| show(session, &note))?;
        let look = caller.look(Action::SupportExpert, &about, expert.id);
        Told::of(session, caller, answer, look)
    });
    app.tell(read.await?).await
}

/// Write a support note
///
/// It cannot be changed afterwards: a correction is another note.
#[utoipa::path(tag = "experts", responses((status = CREATED, body = SupportNoteView)))]
#[post("/v1/experts/{expert_id}/support-notes")]
async fn write_support_note(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<SupportNoteForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let expert = experts::find(session, *expert_id)?;
        caller.require(Action::SupportExpert, &subject(session, &expert)?)?;
        let note = SupportNote {
            id: caller.new_id(),
            expert: expert.thing.id,
            organisation: expert.handler(),
            author: caller.human()?,
            at: now,
            follow_up: body.follow_up,
        };
        let note = support_notes::record(session, note, &body.text)?;
        let place = format!("/v1/experts/{}/support-notes", expert.id);
        Answer::created(&place, &show(session, &note)?).version(&note)
    })
    .await
}

fn show(session: &mut Session<'_>, note: &SupportNote) -> Result<SupportNoteView> {
    Ok(SupportNoteView {
        id: note.id,
        expert_id: note.expert,
        text: support_notes::text(session, note.id)?,
        follow_up: note.follow_up,
        author_id: note.author,
        author_name: people::find(session, note.author)?.facts.name.clone(),
        at: note.at,
    })
}
