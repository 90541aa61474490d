//! The notice (*ilmoitus*): that something waits for a person, and where.
//!
//! **Invariant:** a notice says what kind of thing waits and its address, and nothing of its content: experience themes
//! and other health data never travel by e-mail, text message or letter (`process.md`, invariant 3). The texts are in
//! the locales, one for each [`Kind`]. What is told on paper or by telephone also says when and where a supervision session is:
//! whoever does not use the service has nowhere else to look it up.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    id::Id,
    person::{Channel, Facts, PersonId},
    time::Moment,
};

/// The identifier of a notice.
pub type NoticeId = Id<Notice>;

/// A notice to a person.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Notice {
    /// Its identifier.
    pub id: NoticeId,
    /// Whom it is for.
    pub person: PersonId,
    /// The expert whose matter it is, if the person is told because they act for them.
    #[serde(default)]
    pub on_behalf_of: Option<PersonId>,
    /// What kind of thing waits.
    pub kind: Kind,
    /// The address of the thing, such as `/v1/offers/019aa5d0-…`.
    pub reference: String,
    /// When it was made.
    pub created_at: Moment,
    /// How the person wishes to hear of it.
    pub channel: Channel,
    /// When it was sent, printed or read out.
    pub sent_at: Option<Moment>,
    /// Since when it is not to be sent any more, because what it tells of does not wait any more.
    #[serde(default)]
    pub dropped_at: Option<Moment>,
    /// When the person read it here.
    pub read_at: Option<Moment>,
    /// How often sending it was tried.
    pub tries: u32,
    /// Before when nobody should try to send it: someone may be doing so.
    pub next_try_at: Moment,
}

impl Notice {
    /// A notice, made at `at`.
    pub fn new(
        id: NoticeId,
        person: PersonId,
        kind: Kind,
        reference: &str,
        channel: Channel,
        at: Moment,
    ) -> Self {
        let reference = reference.to_owned();
        let (created_at, next_try_at) = (at, at);
        let (sent_at, dropped_at, read_at, tries) = (None, None, None, 0);
        Self {
            id,
            person,
            on_behalf_of: None,
            kind,
            reference,
            created_at,
            channel,
            sent_at,
            dropped_at,
            read_at,
            tries,
            next_try_at,
        }
    }

    /// The notice, about the matter of an expert for whom its receiver acts.
    #[must_use]
    pub fn about(self, expert: PersonId) -> Self {
        Self { on_behalf_of: Some(expert), ..self }
    }

    /// Whether this notice, as it is at `at`, says all that another one about the next message in the same place would: it has
    /// yet to be read, and it is still to be sent, or was within a day. Whoever does not read notices here hears again then.
    pub fn still_says_it(&self, at: Moment) -> bool {
        let fresh = |sent: Moment| at < sent.plus(TOLD_AGAIN);
        self.read_at.is_none() && self.sent_at.is_none_or(fresh)
    }

    /// The notice, being sent at `at`.
    #[must_use]
    pub fn tried(self, at: Moment) -> Self {
        Self { tries: self.tries + 1, next_try_at: next_try(self.tries, at), ..self }
    }

    /// The notice, not to be sent any more from `at` on; nothing, if it was sent or dropped before.
    #[must_use]
    pub fn dropped(self, at: Moment) -> Option<Self> {
        self.waits().then_some(Self { dropped_at: Some(at), ..self })
    }

    /// The notice, due at `at` on the way that leads to the person, once what was known of them as `before` is as `now`. It goes as
    /// they wish, unless another way was chosen for the occasion that leads to them still. Nothing, if that changes nothing.
    #[must_use]
    pub fn redirected(self, before: &Facts, now: &Facts, at: Moment) -> Option<Self> {
        let chosen = self.channel != before.channel && now.reached_by(self.channel);
        let channel = if chosen { self.channel } else { now.channel };
        let readdressed = channel == Channel::Email && before.email != now.email;
        if !self.waits() || (channel == self.channel && !readdressed) {
            return None;
        }
        Some(Self { channel, tries: 0, next_try_at: at, ..self })
    }

    /// Whether it has yet to be sent.
    pub const fn waits(&self) -> bool {
        self.sent_at.is_none() && self.dropped_at.is_none()
    }

    /// The notice, read at `at`; the first time counts.
    #[must_use]
    pub fn read(self, at: Moment) -> Self {
        Self { read_at: self.read_at.or(Some(at)), ..self }
    }

    /// The notice, sent at `at`; the first time counts.
    #[must_use]
    pub fn sent(self, at: Moment) -> Self {
        Self { sent_at: self.sent_at.or(Some(at)), ..self }
    }
}

/// After how long people are told once more of messages that they have not read.
const TOLD_AGAIN: TimeDelta = TimeDelta::days(1);

/// When to try again to send what is being sent at `at` and was tried `tries` times before: nobody else should within five
/// minutes, and after each try that failed, within twice as long as before, up to a day. An address may be wrong for good,
/// or a mail server away for an hour.
#[must_use]
pub fn next_try(tries: u32, at: Moment) -> Moment {
    at.plus(TimeDelta::minutes(5 * 2_i64.pow(tries.min(8))))
}

/// Defines [`Kind`]: each kind with its code, which is the key of its text in the locales after `notice-`.
macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident = $code:literal,)+) => {
        /// What kind of thing waits
        #[derive(
            Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        #[schema(as = NoticeKind)]
        #[expect(missing_docs, reason = "the names say it, and the locales in three languages")]
        pub enum Kind { $($(#[$meta])* $kind),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The key of its text in the locales.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$kind => concat!("notice-", $code)),+ }
            }

            /// Whether there may be many of it in one place, such as messages: one notice tells of all that are unread.
            pub const fn is_of_talk(self) -> bool {
                matches!(self, Self::MessageReceived | Self::NobodyDecides | Self::FeesOverdue | Self::WorkWaits)
            }

            /// Whether it tells that its receiver has told something in confidence, perhaps of whoever delivers it by hand.
            pub const fn is_in_confidence(self) -> bool {
                matches!(self, Self::ConcernAnswered)
            }
        }
    };
}

kinds! {
    AccessGiven = "access-given",
    AccessRequested = "access-requested",
    AgreementChanged = "agreement-changed",
    AgreementDrafted = "agreement-drafted",
    AgreementDue = "agreement-due",
    AgreementInForce = "agreement-in-force",
    AmendmentDiscarded = "amendment-discarded",
    AssignmentCancelled = "assignment-cancelled",
    CompilationPublished = "compilation-published",
    ConcernAnswered = "concern-answered",
    ConcernRaised = "concern-raised",
    ContactDue = "contact-due",
    DetailsDisclosed = "details-disclosed",
    DocumentsDelivered = "documents-delivered",
    ExpertNotAvailable = "expert-not-available",
    ExpertSteppedBack = "expert-stepped-back",
    FeedbackWanted = "feedback-wanted",
    FeeApproved = "fee-approved",
    FeeChecked = "fee-checked",
    FeeFormDue = "fee-form-due",
    FeePaid = "fee-paid",
    FeeQueried = "fee-queried",
    FeeReturned = "fee-returned",
    FeeSubmitted = "fee-submitted",
    FeeWaits = "fee-waits",
    FeeWithdrawn = "fee-withdrawn",
    FeesOverdue = "fees-overdue",
    InterestExpressed = "interest-expressed",
    MeetingCalled = "meeting-called",
    MeetingCancelled = "meeting-cancelled",
    MeetingMoved = "meeting-moved",
    MessageReceived = "message-received",
    NobodyDecides = "nobody-decides",
    OfferAccepted = "offer-accepted",
    OfferAnswerRecorded = "offer-answer-recorded",
    OfferAnswered = "offer-answered",
    OfferChanged = "offer-changed",
    OfferClosed = "offer-closed",
    OfferEnding = "offer-ending",
    OfferExpired = "offer-expired",
    OfferReceived = "offer-received",
    OrderAnswered = "order-answered",
    OrderApproved = "order-approved",
    OrderCancelled = "order-cancelled",
    OrderClosed = "order-closed",
    OrderFilled = "order-filled",
    OrderHandedOver = "order-handed-over",
    OrderNeedsApproval = "order-needs-approval",
    OrderNeedsInformation = "order-needs-information",
    OrderReceived = "order-received",
    OrderSentBack = "order-sent-back",
    OrderUnfilled = "order-unfilled",
    PartiesIntroduced = "parties-introduced",
    RoleExpiring = "role-expiring",
    SourcingAnswered = "sourcing-answered",
    SourcingAsked = "sourcing-asked",
    SourcingUnanswered = "sourcing-unanswered",
    SupervisionCancelled = "supervision-cancelled",
    SupervisionMoved = "supervision-moved",
    // What those were called that were told before a session that was offered and one that was cancelled were told apart.
    #[serde(alias = "support_changed")]
    SupervisionOffered = "supervision-offered",
    SupervisionSeatFree = "supervision-seat-free",
    SupervisionWanted = "supervision-wanted",
    SupporterEnding = "supporter-ending",
    TaskPerformed = "task-performed",
    TaskReopened = "task-reopened",
    TaskUnrecorded = "task-unrecorded",
    WorkWaits = "work-waits",
}
