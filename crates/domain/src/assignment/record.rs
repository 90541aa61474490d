//! What is recorded along an assignment's way.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    person::PersonId,
    refusal::{Fault, Refusal, faultless},
    time::{Day, Moment},
};

/// How a contact was made
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactChannel {
    /// By telephone.
    Phone,
    /// By e-mail.
    Email,
    /// By text message.
    Sms,
    /// By letter.
    Post,
    /// In a video meeting.
    Video,
    /// Face to face.
    Meeting,
}

/// A contact between the unit and the expert, as told (S4-24)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactForm {
    /// When it was. Without it: now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub at: Option<Moment>,
    /// How it was made.
    pub channel: ContactChannel,
    /// What was agreed on going forward. Nothing about health.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Sovittiin tutustumiskäynti ensi viikolle."
    )]
    pub note: Option<String>,
}

/// A contact between the unit and the expert (S4-24)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct ContactRecord {
    /// Who recorded it.
    pub by: PersonId,
    /// When it was.
    pub at: Moment,
    /// How it was made.
    pub channel: ContactChannel,
    /// What was agreed on going forward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub note: Option<String>,
}

/// Who cancelled a task, or what did
///
/// The codes of the set `cancellation_parties`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancellationParty {
    /// The unit that ordered.
    Orderer,
    /// The expert, by agreement with the unit.
    Expert,
    /// The one who brokered.
    Broker,
    /// Something that nobody could help.
    Circumstances,
}

/// Something that the parties must have before the task
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Deliverable {
    /// Material that tells the expert about the place and the task (S4-22).
    Orientation,
    /// The form on which the expert gives feedback (S4-23).
    ExpertFeedbackForm,
    /// The form on which the orderer gives feedback (S4-23).
    OrdererFeedbackForm,
}

/// When each thing was handed over before the task
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct HandedOver {
    /// The orientation material.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub orientation: Option<Moment>,
    /// The expert's feedback form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub expert_feedback_form: Option<Moment>,
    /// The orderer's feedback form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub orderer_feedback_form: Option<Moment>,
}

/// Why a task may be done without the deliveries
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct DeliveryWaiver {
    /// Why.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
    /// Who said so.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

/// How the broker brings the expert and the unit together, as told (S2-03)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntroductionForm {
    /// When they meet, or met.
    #[schema(example = "2027-01-08T10:00:00Z")]
    pub at: Moment,
    /// How.
    pub channel: ContactChannel,
    /// Where, or the address of the video meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 300,
        example = "Kokemuspolku ry, Keskuskatu 3"
    )]
    pub place: Option<String>,
    /// What else they should know. Nothing about health.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 1000,
        example = "Käydään läpi päivän kulku."
    )]
    pub note: Option<String>,
}

/// How the broker brought the expert and the unit together (S2-03)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Introduction {
    /// Who introduces them.
    pub by: PersonId,
    /// When they meet, or met.
    pub at: Moment,
    /// How.
    pub channel: ContactChannel,
    /// Where, or the address of the video meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300)]
    pub place: Option<String>,
    /// What else they should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub note: Option<String>,
}

impl IntroductionForm {
    /// The introduction, made by someone.
    pub(super) fn recorded(self, by: PersonId) -> Introduction {
        let Self { at, channel, place, note } = self;
        Introduction { by, at, channel, place, note }
    }
}

/// A visit at which the expert got to know the place (S3-26)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Visit {
    /// The day of the visit.
    pub date: Day,
    /// Who recorded it.
    pub by: PersonId,
}

/// How a task went, as told (S4-31)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerformanceForm {
    /// The day of the task.
    pub date: Day,
    /// How long it took, in minutes.
    #[schema(minimum = 1, maximum = 100_000, example = 90)]
    pub minutes: i32,
    /// How many people took part, the expert left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100_000, example = 14)]
    pub participants: Option<i32>,
}

/// How a task went (S4-31)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Performance {
    /// The day of the task.
    pub date: Day,
    /// How long it took, in minutes.
    #[schema(minimum = 1, maximum = 100_000)]
    pub minutes: i32,
    /// How many people took part, the expert left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100_000)]
    pub participants: Option<i32>,
    /// Who recorded it.
    pub by: PersonId,
    /// When it was recorded.
    pub at: Moment,
}

/// That oral feedback was given, as told (S4-32)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OralFeedbackForm {
    /// The day it was given.
    pub date: Day,
    /// Who gave it.
    #[schema(min_length = 1, max_length = 200, example = "Palveluesihenkilö Liisa Lahti")]
    pub given_by: String,
    /// What was said, if the parties want it written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// That oral feedback was given (S4-32)
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct OralFeedback {
    /// The day it was given.
    pub date: Day,
    /// Who gave it.
    #[schema(min_length = 1, max_length = 200)]
    pub given_by: String,
    /// What was said, if the parties wanted it written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000)]
    pub note: Option<String>,
    /// Who recorded it.
    pub recorded_by: PersonId,
}

impl ContactForm {
    pub(super) fn recorded(self, by: PersonId, at: Moment) -> Result<ContactRecord, Refusal> {
        let made = self.at.unwrap_or(at);
        let ahead = (made > at).then(|| Fault::new("/at", "in_future"));
        faultless(ahead.into_iter().collect())?;
        Ok(ContactRecord { by, at: made, channel: self.channel, note: self.note })
    }
}

impl PerformanceForm {
    pub(super) fn recorded(self, by: PersonId, at: Moment) -> Performance {
        let Self { date, minutes, participants } = self;
        Performance { date, minutes, participants, by, at }
    }
}

impl OralFeedbackForm {
    pub(super) fn recorded(self, recorded_by: PersonId) -> OralFeedback {
        let Self { date, given_by, note } = self;
        OralFeedback { date, given_by, note, recorded_by }
    }
}

impl HandedOver {
    /// Marks `what` as handed over at `at`; the first time counts.
    pub(super) fn mark(&mut self, what: &[Deliverable], at: Moment) {
        for deliverable in what {
            let mark = match deliverable {
                Deliverable::Orientation => &mut self.orientation,
                Deliverable::ExpertFeedbackForm => &mut self.expert_feedback_form,
                Deliverable::OrdererFeedbackForm => &mut self.orderer_feedback_form,
            };
            mark.get_or_insert(at);
        }
    }

    /// Whether everything was handed over.
    pub const fn complete(&self) -> bool {
        self.orientation.is_some()
            && self.expert_feedback_form.is_some()
            && self.orderer_feedback_form.is_some()
    }
}
