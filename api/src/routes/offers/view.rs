//! What an offer looks like from outside.

use domain::{
    assignment::Assignment,
    expert::{CardId, ExpertId},
    offer::{AnswerWay, Mode, Offer, OfferDescription, OfferId, State, WORKFLOW},
    order::OrderId,
    person::Channel,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Session, assignments};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{actions::ActionView, call::Caller, problem::Result};

/// An offer
#[derive(Serialize, ToSchema)]
pub(super) struct OfferView {
    /// Its identifier.
    pub(super) id: OfferId,
    /// The order that it belongs to.
    order_id: OrderId,
    /// The card of the expert who is asked.
    card_id: CardId,
    /// The expert, for themself, and after they have accepted for those who broker.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    expert_id: Option<ExpertId>,
    /// Whether experts are asked at once or one after the other.
    mode: Mode,
    /// The place in the row.
    #[schema(example = 0, minimum = 0)]
    position: u32,
    /// How the expert is reached.
    channel: Channel,
    /// A message to the expert.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000)]
    message: Option<String>,
    /// The task, as it is now.
    description: OfferDescription,
    /// The digest of the description. Whoever accepts names it.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    description_digest: String,
    /// Since when the description is as it is.
    described_at: Moment,
    /// How often the description has changed since the offer was made.
    #[schema(example = 0, minimum = 0)]
    changes: usize,
    /// When the time to answer runs out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    expires_at: Option<Moment>,
    /// When it was made.
    created_at: Moment,
    /// How the expert answered, where they did not sign in to do so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    answered_by: Option<AnswerWay>,
    /// Where it stands.
    state: State,
    /// The expert's other tasks at the same time, for the expert alone.
    #[schema(max_items = 20)]
    overlaps: Vec<OverlapView>,
    /// What can be done with it.
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

/// Another task at the same time
#[derive(Serialize, ToSchema)]
struct OverlapView {
    /// The offer by which it was taken on.
    offer_id: OfferId,
    /// The name of the task.
    #[schema(max_length = 200)]
    title: String,
    /// When it begins.
    starts_at: Moment,
    /// When it ends.
    ends_at: Moment,
}

/// The view of an offer for the caller.
pub(super) fn show(
    session: &mut Session<'_>,
    caller: &Caller,
    offer: Offer,
    subject: &Subject,
) -> Result<OfferView> {
    let offer = offer.as_of(caller.now);
    let own = caller.may(Action::AnswerOffer, subject);
    let named = own || matches!(offer.state, State::Accepted { .. });
    let shown = offer.shown().cloned().ok_or_else(|| persistence::Error::Corrupt {
        table: "offers",
        id: offer.id.to_string(),
        what: "versions",
    })?;
    Ok(OfferView {
        id: offer.id,
        order_id: offer.order,
        card_id: offer.card,
        expert_id: named.then_some(offer.expert),
        mode: offer.turn.mode,
        position: offer.turn.position,
        channel: offer.channel,
        message: offer.message.clone(),
        description: shown.description,
        description_digest: shown.digest,
        described_at: shown.since,
        changes: offer.versions.len() - 1,
        expires_at: offer.expires_at,
        created_at: offer.created_at,
        answered_by: offer.answered,
        overlaps: if own { overlaps(session, &offer)? } else { Vec::new() },
        actions: caller.actions(&WORKFLOW, offer.state.name(), subject),
        state: offer.state,
    })
}

/// How many of them are told: it is a warning, and no list to go by.
const MOST_OVERLAPS: u8 = 20;

/// The tasks that the expert is to do at the same time, as they are agreed by now.
fn overlaps(session: &mut Session<'_>, offer: &Offer) -> Result<Vec<OverlapView>> {
    let Some(span) = span(offer) else { return Ok(Vec::new()) };
    // Its own task may be one of them.
    let tasks = assignments::during(session, offer.person, span, MOST_OVERLAPS + 1)?;
    let others = tasks.into_iter().map(|task| task.thing).filter(|task| task.offer != offer.id);
    let overlap = |task: Assignment| {
        let (starts_at, ends_at) = task.starts.zip(task.ends)?;
        Some(OverlapView { offer_id: task.offer, title: task.title, starts_at, ends_at })
    };
    Ok(others.filter_map(overlap).take(MOST_OVERLAPS.into()).collect())
}

fn span(offer: &Offer) -> Option<(Moment, Moment)> {
    let task = &offer.shown()?.description.task;
    task.when.as_ref()?.span(task.length)
}
