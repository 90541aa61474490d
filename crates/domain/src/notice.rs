//! The notice (*ilmoitus*): that something waits for a person, and where.
//!
//! **Invariant:** a notice says what kind of thing waits and its address, and nothing of its content: experience themes
//! and other health data never travel by e-mail, text message or letter (`process.md`, invariant 3). The texts are in
//! the locales, one for each [`Kind`].

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    id::Id,
    person::{Channel, PersonId},
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
        let (sent_at, read_at, tries) = (None, None, 0);
        Self {
            id,
            person,
            kind,
            reference,
            created_at,
            channel,
            sent_at,
            read_at,
            tries,
            next_try_at,
        }
    }

    /// The notice, being sent at `at`.
    #[must_use]
    pub fn tried(self, at: Moment) -> Self {
        Self { tries: self.tries + 1, next_try_at: next_try(self.tries, at), ..self }
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
        }
    };
}

kinds! {
    AccessGiven = "access-given",
    AccessRequested = "access-requested",
    AgreementChanged = "agreement-changed",
    AgreementDrafted = "agreement-drafted",
    AgreementInForce = "agreement-in-force",
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
    FeeFormDue = "fee-form-due",
    FeePaid = "fee-paid",
    FeeQueried = "fee-queried",
    FeeReturned = "fee-returned",
    FeeSubmitted = "fee-submitted",
    InterestExpressed = "interest-expressed",
    MeetingCalled = "meeting-called",
    MeetingMoved = "meeting-moved",
    MessageReceived = "message-received",
    OfferAccepted = "offer-accepted",
    OfferAnswerRecorded = "offer-answer-recorded",
    OfferAnswered = "offer-answered",
    OfferChanged = "offer-changed",
    OfferClosed = "offer-closed",
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
    SupervisionCancelled = "supervision-cancelled",
    // What those were called that were told before a session that was offered and one that was cancelled were told apart.
    #[serde(alias = "support_changed")]
    SupervisionOffered = "supervision-offered",
    SupervisionWanted = "supervision-wanted",
    TaskPerformed = "task-performed",
    TaskReopened = "task-reopened",
}
