//! `/v1/offer-links/{token}`: an offer is looked at and answered by the link in its message, without signing in (S4-56).

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    disclosure::DisclosedField,
    localized::{Language, Localized},
    offer::{AnswerWay, Event, Offer, State},
    order::{ExperienceSought, TaskDescription},
    time::Moment,
};
use persistence::{Session, Stored, offers, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{OfferAcceptance, accepted, declined},
    link_page,
};
use crate::{
    App,
    actions::ActionView,
    answer::Answer,
    body::{Form, Json},
    meta::Visit,
    offer_link::Shown,
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_offer_link)
        .service(accept_offer_link)
        .service(decline_offer_link)
        .service(show_offer_link_page)
        .service(answer_offer_link_page);
}

/// An offer, as the link in its message shows it
#[derive(Serialize, ToSchema)]
pub(super) struct OfferLinkView {
    /// The unit that orders, and what it belongs to, the nearest first.
    #[schema(max_items = 10)]
    pub(super) ordered_by: Vec<Localized>,
    /// The task. The experience that is sought is shown to those who sign in.
    pub(super) task: TaskDescription,
    /// A message to the expert.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000)]
    pub(super) message: Option<String>,
    /// The digest of the description. Whoever accepts names it.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub(super) description_digest: String,
    /// When the time to answer runs out, and the link with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) expires_at: Option<Moment>,
    /// Where the offer stands, by the code set `states`.
    #[schema(example = "sent", max_length = 60)]
    pub(super) state: &'static str,
    /// Whether it can be answered now.
    #[schema(example = true)]
    pub(super) open: bool,
    /// What can be done by the link now, and for the rest why not.
    #[schema(max_items = 2)]
    actions: Vec<ActionView>,
}

/// An answer from the page of an offer
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OfferPageAnswer {
    /// Whether the expert takes on the task.
    answer: OfferPageChoice,
    /// The digest of the description that was shown.
    #[schema(
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        min_length = 64,
        max_length = 64,
        pattern = "^[0-9a-f]{64}$"
    )]
    description_digest: String,
}

/// Whether the expert takes on a task
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OfferPageChoice {
    /// The expert takes it on.
    Accept,
    /// The expert does not.
    Decline,
}

/// Look at an offer by its link
///
/// The link is in the expert's own e-mail. It opens this one offer, until the time to answer runs out, and only while that
/// address is the expert's: afterwards they find the offer by signing in, and the next message about it brings a new link. No
/// signing in is needed, and nothing about the expert is shown.
#[utoipa::path(
    tag = "offers",
    security(()),
    params(("token" = String, Path, description = "The end of the link.", example = "019aa5d000007000800000000000000100000000659a2feaAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE", min_length = 91, max_length = 91, pattern = "^[A-Za-z0-9_-]{91}$")),
    responses((status = OK, body = OfferLinkView)),
)]
#[get("/v1/offer-links/{token}")]
async fn get_offer_link(app: Data<App>, visit: Visit, token: Path<String>) -> Result<Answer> {
    let (pepper, language) = (app.pepper.clone(), visit.0.language);
    app.read_open(move |session, now| {
        let offer = find(session, &pepper, &token, now)?;
        Ok(Answer::ok(&view(&offer, now, language)?)?.header("cache-control", "no-store").tagged())
    })
    .await
}

/// Accept an offer by its link
///
/// As by signing in: the description that was shown is named, and the details to go to the orderer.
#[utoipa::path(
    tag = "offers",
    security(()),
    params(("token" = String, Path, description = "The end of the link.", example = "019aa5d000007000800000000000000100000000659a2feaAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE", min_length = 91, max_length = 91, pattern = "^[A-Za-z0-9_-]{91}$")),
    responses((status = OK, body = OfferLinkView)),
)]
#[post("/v1/offer-links/{token}/accept")]
async fn accept_offer_link(
    app: Data<App>,
    visit: Visit,
    token: Path<String>,
    body: Json<OfferAcceptance>,
) -> Result<Answer> {
    let language = visit.0.language;
    answer(&app, visit, token, move |session, offer, now| {
        let told = body.disclose.as_deref().unwrap_or(DisclosedField::USUAL);
        let offer = accept(session, now, &offer, &body.description_digest, told)?;
        Ok(Answer::ok(&view(&offer, now, language)?)?.tagged())
    })
    .await
}

/// Decline an offer by its link
///
/// Without a reason, as by signing in.
#[utoipa::path(
    tag = "offers",
    security(()),
    params(("token" = String, Path, description = "The end of the link.", example = "019aa5d000007000800000000000000100000000659a2feaAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE", min_length = 91, max_length = 91, pattern = "^[A-Za-z0-9_-]{91}$")),
    responses((status = OK, body = OfferLinkView)),
)]
#[post("/v1/offer-links/{token}/decline")]
async fn decline_offer_link(app: Data<App>, visit: Visit, token: Path<String>) -> Result<Answer> {
    let language = visit.0.language;
    answer(&app, visit, token, move |session, offer, now| {
        let offer = decline(session, now, &offer)?;
        Ok(Answer::ok(&view(&offer, now, language)?)?.tagged())
    })
    .await
}

/// Show an offer as a page
///
/// For people: the task in plain words, in the expert's own language, with two buttons. It needs no script.
#[utoipa::path(
    tag = "offers",
    security(()),
    params(("token" = String, Path, description = "The end of the link.", example = "019aa5d000007000800000000000000100000000659a2feaAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE", min_length = 91, max_length = 91, pattern = "^[A-Za-z0-9_-]{91}$")),
    responses((status = OK, body = String, content_type = "text/html")),
)]
#[get("/v1/offer-links/{token}/page")]
async fn show_offer_link_page(app: Data<App>, token: Path<String>) -> Result<Answer> {
    let pepper = app.pepper.clone();
    app.read_open(move |session, now| {
        let offer = find(session, &pepper, &token, now)?;
        Ok(page(session, &offer, now)?.tagged())
    })
    .await
}

/// Answer an offer from its page
///
/// What the buttons of the page do.
#[utoipa::path(
    tag = "offers",
    security(()),
    params(("token" = String, Path, description = "The end of the link.", example = "019aa5d000007000800000000000000100000000659a2feaAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE", min_length = 91, max_length = 91, pattern = "^[A-Za-z0-9_-]{91}$")),
    request_body(content = OfferPageAnswer, content_type = "application/x-www-form-urlencoded"),
    responses((status = OK, body = String, content_type = "text/html")),
)]
#[post("/v1/offer-links/{token}/page")]
async fn answer_offer_link_page(
    app: Data<App>,
    visit: Visit,
    token: Path<String>,
    form: Form<OfferPageAnswer>,
) -> Result<Answer> {
    answer(&app, visit, token, move |session, offer, now| {
        let offer = match form.0.answer {
            OfferPageChoice::Accept => {
                accept(session, now, &offer, &form.0.description_digest, DisclosedField::USUAL)?
            }
            OfferPageChoice::Decline => decline(session, now, &offer)?,
        };
        page(session, &offer, now)
    })
    .await
}

/// Runs `work` on the offer that the token opens. What was answered before is told only to whom the link still opens it.
async fn answer(
    app: &App,
    visit: Visit,
    token: Path<String>,
    work: impl Fn(&mut Session<'_>, Stored<Offer>, Moment) -> Result<Answer> + Send + 'static,
) -> Result<Answer> {
    let (pepper, who) = (app.pepper.clone(), String::clone(&token));
    let admit = move |session: &mut Session<'_>, now| find(session, &pepper, &token, now);
    let work = move |session: &mut Session<'_>, offer, now| Ok((work(session, offer, now)?, None));
    app.write_as(visit, who, admit, work).await
}

/// The offer that the token opens, if it went to the mailbox that is still the expert's. There is no other way than to look the
/// expert up first; what comes of it is not told to whoever shows anything else.
fn find(
    session: &mut Session<'_>,
    pepper: &crate::secret::Pepper,
    token: &str,
    now: Moment,
) -> Result<Stored<Offer>> {
    let shown = Shown::read(token, now).ok_or(Problem::NotFound)?;
    let offer = offers::find(session, shown.offer)?;
    let expert = people::find(session, offer.person)?;
    let opens = shown.was_sent_to(pepper, &expert.facts.email);
    if opens && expert.is_active() && offer.was_sent() { Ok(offer) } else { Err(Problem::NotFound) }
}

fn accept(
    session: &mut Session<'_>,
    now: Moment,
    offer: &Stored<Offer>,
    digest: &str,
    told: &[DisclosedField],
) -> Result<Stored<Offer>> {
    let event = Event::Accept { by: offer.person, digest: digest.to_owned() };
    let next = offer.thing.clone().as_of(now).apply(event, now)?;
    accepted(session, now, offer, Offer { answered: Some(AnswerWay::Link), ..next }, told)
}

fn decline(session: &mut Session<'_>, now: Moment, offer: &Stored<Offer>) -> Result<Stored<Offer>> {
    let next = offer.thing.clone().as_of(now).apply(Event::Decline, now)?;
    declined(session, now, offer, Offer { answered: Some(AnswerWay::Link), ..next })
}

fn view(offer: &Offer, now: Moment, language: Language) -> Result<OfferLinkView> {
    let offer = offer.clone().as_of(now);
    let shown = offer.shown().cloned().ok_or(Problem::NotFound)?;
    let open = matches!(offer.state, State::Sent { .. });
    Ok(OfferLinkView {
        ordered_by: shown.description.ordered_by,
        task: TaskDescription { experience: ExperienceSought::default(), ..shown.description.task },
        message: offer.message.clone(),
        description_digest: shown.digest,
        expires_at: offer.expires_at,
        state: offer.state.name(),
        open,
        actions: ["accept", "decline"]
            .map(|name| ActionView::of_holder(name, open, language))
            .into(),
    })
}

fn page(session: &mut Session<'_>, offer: &Offer, now: Moment) -> Result<Answer> {
    let language: Language = people::find(session, offer.person)?.thing.facts.language;
    let html = link_page::page(language, &view(offer, now, language)?);
    Ok(Answer::content("text/html; charset=utf-8", html)
        .header("content-security-policy", &link_page::POLICY)
        .header("cache-control", "no-store")
        .in_language(language))
}
