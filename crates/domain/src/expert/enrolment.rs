//! Coming to the bank: by oneself, or with the help of somebody who records the consent (S4-18).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AgreedNeeds, Availability, CardId, Expert, ExpertId, Needs, NeedsSince, Profile, PublicCardId,
    ThemeConsent, Themes,
};
use crate::{
    codes,
    node::NodeId,
    person::PersonId,
    refusal::{Fault, Refusal, faultless},
    time::{Day, Moment},
};

/// A profile for the bank
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExpertEnrolment)]
pub struct Enrolment {
    /// Whom it is about. Without it, the caller themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub person: Option<PersonId>,
    /// Where in the tree they enrol. Without it, where they were registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub node: Option<NodeId>,
    /// What they tell of themselves.
    pub profile: Profile,
    /// The themes they want to be known by.
    #[serde(default)]
    #[schema(max_items = 40)]
    pub themes: Vec<ThemeConsent>,
    /// What they need to be able to take part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub needs: Option<Needs>,
    /// The consent, if somebody else than the person writes this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub recorded_consent: Option<RecordedConsent>,
}

/// Consent that somebody gave, written down by another
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordedConsent {
    /// What the person agreed to, in the words that were used.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Minut saa lisätä kokemuspankkiin näillä tiedoilla."
    )]
    pub text: String,
    /// How they said it, from the code set `intake_channels`.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "phone")]
    pub channel: String,
    /// The day they said it.
    pub day: Day,
}

/// How an expert came to the bank
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = ExpertOrigin)]
pub enum Origin {
    /// By themselves.
    Themselves,
    /// Enrolled by another, with their recorded consent (S4-18).
    Recorded {
        /// By whom.
        by: PersonId,
        /// The consent.
        consent: RecordedConsent,
    },
}

/// What is known of someone who comes to the bank, beside what they tell.
#[derive(Clone, Copy, Debug)]
pub struct Newcomer<'a> {
    /// The identifier for the expert.
    pub id: ExpertId,
    /// A random identifier for the card.
    pub card: CardId,
    /// Another one for the public card.
    pub public_card: PublicCardId,
    /// The person.
    pub person: PersonId,
    /// The person's name, which the cards must not tell.
    pub name: &'a str,
    /// Where they enrol.
    pub node: NodeId,
    /// Who writes it down.
    pub by: PersonId,
}

impl Expert {
    /// A new expert.
    ///
    /// # Errors
    ///
    /// [`Refusal::Invalid`] with pointers into the enrolment.
    pub fn enrol(enrolment: Enrolment, who: Newcomer<'_>, at: Moment) -> Result<Self, Refusal> {
        faultless(enrolment.faults(who, at))?;
        let origin = match enrolment.recorded_consent {
            Some(consent) if who.by != who.person => Origin::Recorded { by: who.by, consent },
            _ => Origin::Themselves,
        };
        let themes = enrolment
            .themes
            .into_iter()
            .fold(Themes::default(), |themes, given| themes.give(given, who.by, at));
        Ok(Self {
            id: who.id,
            card: who.card,
            public_card: who.public_card,
            person: who.person,
            node: who.node,
            origin,
            profile: enrolment.profile,
            themes,
            needs: enrolment.needs.map(|needs| AgreedNeeds { needs, agreed_at: at }),
            needs_since: NeedsSince::default(),
            availability: Availability::Available,
            delegations: vec![],
            enrolled_at: at,
            left_at: None,
        })
    }
}

impl Enrolment {
    fn faults(&self, who: Newcomer<'_>, at: Moment) -> Vec<Fault> {
        let mut faults = self.profile.faults("/profile", who.name);
        for (index, given) in self.themes.iter().enumerate() {
            faults.extend(given.faults(&format!("/themes/{index}")));
        }
        faults.extend(self.needs.iter().flat_map(|needs| needs.faults("/needs")));
        match &self.recorded_consent {
            None if who.by != who.person => {
                faults.push(Fault::new("/recorded_consent", "consent_needed"));
            }
            Some(consent) => faults.extend(consent.faults("/recorded_consent", at)),
            None => {}
        }
        faults
    }
}

impl RecordedConsent {
    fn faults(&self, at: &str, now: Moment) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !codes::INTAKE_CHANNELS.has(&self.channel) {
            faults.push(Fault::new(format!("{at}/channel"), "unknown_code"));
        }
        if self.day > now.day() {
            faults.push(Fault::new(format!("{at}/day"), "in_future"));
        }
        faults
    }
}
