//! `/v1/offer-links/{token}`: an offer is looked at and answered by the link in its message, without signing in (S4-56).

use actix_web::{
    HttpRequest, get,
    http::header,
    post,
    web::{Data, Path},
};
use domain::{
    disclosure::DisclosedField,
    localized::{Language, Localized},
    offer::{AnswerWay, Event, Offer, State},
    order::{ExperienceSought, TaskDescription},
    refusal::{Refusal, Rule},
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
    answer::{Answer, PAGE, Versioned},
    body::{Form, Json},
    edge::admit::asks_for_page,
    meta::{self, Visit},
    offer_link::Shown,
    problem::{Problem, Result},
    routes::ServiceConfig,
    secret::Pepper,
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
        let answer = Answer::ok(&view(&offer, now, language)?).version(&offer)?;
        Ok(answer.header("cache-control", "no-store"))
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
    let (pepper, language) = (app.pepper.clone(), visit.0.language);
    app.write_shown(visit, opens(&pepper, &token), move |session, now| {
        let offer = find(session, &pepper, &token, now)?;
        let told = body.disclose.as_deref().unwrap_or(DisclosedField::USUAL);
        let offer = accept(session, now, &offer, &body.description_digest, told)?;
        Answer::ok(&view(&offer, now, language)?).version(&offer)
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
    let (pepper, language) = (app.pepper.clone(), visit.0.language);
    app.write_shown(visit, opens(&pepper, &token), move |session, now| {
        let offer = find(session, &pepper, &token, now)?;
        let offer = decline(session, now, &offer)?;
        Answer::ok(&view(&offer, now, language)?).version(&offer)
    })
    .await
}

/// Show an offer as a page
///
/// For people: the task in plain words, in the expert's own language, with two buttons. It needs no script. Once the time of the link
/// is over, a page says so, and nothing of the offer. Whoever does not ask for a page by name gets a problem document then.
#[utoipa::path(
    tag = "offers",
    security(()),
    params(("token" = String, Path, description = "The end of the link.", example = "019aa5d000007000800000000000000100000000659a2feaAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE", min_length = 91, max_length = 91, pattern = "^[A-Za-z0-9_-]{91}$")),
    responses((status = OK, body = String, content_type = "text/html")),
)]
#[get("/v1/offer-links/{token}/page")]
async fn show_offer_link_page(
    app: Data<App>,
    visit: Visit,
    token: Path<String>,
    request: HttpRequest,
) -> Result<Answer> {
    let (pepper, shown) = (app.pepper.clone(), token.clone());
    let read = app.read_open(move |session, now| {
        let offer = find(session, &pepper, &shown, now)?;
        Ok(page(session, &offer, now, None)?.tagged())
    });
    match read.await {
        Err(problem) => in_the_way(&app, &request, visit.0.language, &token, problem).await,
        shown => shown,
    }
}

/// Answer an offer from its page
///
/// What the buttons of the page do. The same answer once more changes nothing. Whoever asks for a page by name, as browsers do, is
/// told on the page as it is now what stands in the way; others get a problem document.
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
    form: Result<Form<OfferPageAnswer>>,
    request: HttpRequest,
) -> Result<Answer> {
    let language = visit.0.language;
    let Form(form) = match form {
        Ok(form) => form,
        Err(problem) => return in_the_way(&app, &request, language, &token, problem).await,
    };
    let (pepper, shown, choice) = (app.pepper.clone(), token.clone(), form.answer);
    let written = app.write_shown(visit, opens(&pepper, &token), move |session, now| {
        let offer = find(session, &pepper, &shown, now)?;
        let offer = match choice {
            OfferPageChoice::Accept => {
                accept(session, now, &offer, &form.description_digest, DisclosedField::USUAL)?
            }
            OfferPageChoice::Decline => decline(session, now, &offer)?,
        };
        page(session, &offer, now, None)
    });
    match written.await {
        Err(problem @ Problem::Refused(Refusal::OutOfTurn { .. })) => {
            let (pepper, shown) = (app.pepper.clone(), token.clone());
            let said = app.read_open(move |session, now| {
                let offer = find(session, &pepper, &shown, now)?;
                if choice.is_that_of(&offer) {
                    page(session, &offer, now, None)
                } else {
                    Err(Problem::NotFound)
                }
            });
            match said.await {
                Err(Problem::NotFound) => {
                    in_the_way(&app, &request, language, &token, problem).await
                }
                said => said,
            }
        }
        Err(problem) => in_the_way(&app, &request, language, &token, problem).await,
        written => written,
    }
}

impl OfferPageChoice {
    /// Whether it is the answer that the offer has.
    const fn is_that_of(self, offer: &Offer) -> bool {
        match self {
            Self::Accept => matches!(offer.state, State::Accepted { .. }),
            Self::Decline => matches!(offer.state, State::Declined { .. }),
        }
    }
}

/// What people are shown of a problem: the page as it is now, with what stands in the way. Whoever does not ask for a page gets the
/// problem, and so does everybody whose try may go well another time.
async fn in_the_way(
    app: &App,
    request: &HttpRequest,
    language: Language,
    token: &str,
    problem: Problem,
) -> Result<Answer> {
    let accept = meta::lines(request, &header::ACCEPT);
    let tells = matches!(
        problem,
        Problem::Refused(_) | Problem::Invalid(_) | Problem::Malformed | Problem::NotFound
    );
    if !tells || !asks_for_page(accept.as_deref()) {
        return Err(problem);
    }
    let (pepper, token) = (app.pepper.clone(), token.to_owned());
    let why = match &problem {
        Problem::Refused(Refusal::OutOfTurn { .. }) => "offer-page-late",
        Problem::Refused(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => match rule {
            Rule::DescriptionChanged => "offer-page-changed",
            _ => "offer-page-refused",
        },
        _ => "offer-page-not-understood",
    };
    let shown = app.read_open(move |session, now| {
        let Some(shown) = Shown::read(&token) else { return Ok(bare(language, UNKNOWN)) };
        let over = shown.is_over(now);
        match genuine(session, &pepper, shown) {
            // A link opens nothing once its time is over, and tells nothing of the offer: it may be in an old mailbox.
            Ok((_, theirs)) if over => Ok(bare(theirs, "offer-page-time-over")),
            Ok((offer, _)) => page(session, &offer, now, Some(why)),
            Err(Problem::NotFound) => Ok(bare(language, UNKNOWN)),
            Err(problem) => Err(problem),
        }
    });
    Ok(shown.await?.instead_of(&problem))
}

/// What is said of a link that opens nothing, whatever the reason.
const UNKNOWN: &str = "offer-page-unknown";

/// A page that says one thing and nothing of any offer.
fn bare(language: Language, said: &str) -> Answer {
    sent(language, link_page::bare(language, said))
}

fn sent(language: Language, html: String) -> Answer {
    Answer::content(PAGE, html)
        .header("content-security-policy", &link_page::POLICY)
        .header("cache-control", "no-store")
        .in_language(language)
}

/// The offer that the token opens, if it went to the mailbox that is still the expert's. There is no other way than to look the
/// expert up first; what comes of it is not told to whoever shows anything else.
fn find(
    session: &mut Session<'_>,
    pepper: &Pepper,
    token: &str,
    now: Moment,
) -> Result<Stored<Offer>> {
    let shown = Shown::read(token).filter(|shown| !shown.is_over(now));
    Ok(genuine(session, pepper, shown.ok_or(Problem::NotFound)?)?.0)
}

/// The offer that the token is for, and the language of the expert whose mailbox it went to, whether or not its time is over.
fn genuine(
    session: &mut Session<'_>,
    pepper: &Pepper,
    shown: Shown<'_>,
) -> Result<(Stored<Offer>, Language)> {
    let offer = offers::find(session, shown.offer)?;
    let expert = people::find(session, offer.person)?;
    let opens = shown.was_sent_to(pepper, &expert.facts.email);
    if opens && expert.is_active() && offer.was_sent() {
        Ok((offer, expert.facts.language))
    } else {
        Err(Problem::NotFound)
    }
}

/// Lets in whoever shows a token that opens its offer.
fn opens(
    pepper: &Pepper,
    token: &str,
) -> impl Fn(&mut Session<'_>, Moment) -> Result<()> + Send + use<> {
    let (pepper, token) = (pepper.clone(), token.to_owned());
    move |session, now| find(session, &pepper, &token, now).map(drop)
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

/// The page as it is now, and `why` the last press of a button had no effect, if that is so.
fn page(
    session: &mut Session<'_>,
    offer: &Offer,
    now: Moment,
    why: Option<&str>,
) -> Result<Answer> {
    let language: Language = people::find(session, offer.person)?.thing.facts.language;
    Ok(sent(language, link_page::page(language, &view(offer, now, language)?, why)))
}
