//! What callers see of an expert whose name they may know.

use domain::{
    expert::{
        AgreedNeeds, Availability, CardId, Delegation, Expert, ExpertId, Origin, PastConsent,
        Profile, Theme, Visibility,
    },
    node::NodeId,
    person::PersonId,
    policy::{Action, Subject},
    time::Moment,
};
use persistence::{Session, people};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{call::Caller, problem::Result};

/// An expert by experience
#[derive(Serialize, ToSchema)]
pub(super) struct ExpertView {
    /// The expert.
    id: ExpertId,
    /// The person.
    person_id: PersonId,
    /// The name.
    #[schema(example = "Aino Esimerkki", max_length = 200)]
    name: String,
    /// The card in the bank, by which they are asked.
    card_id: CardId,
    /// Where they enrolled.
    node_id: NodeId,
    /// What they tell of themselves.
    profile: Profile,
    /// The themes that they agreed to be found by, from the code set `experience_themes`; none once they were deactivated.
    #[schema(max_items = 40, example = json!(["mental_health"]))]
    themes: Vec<String>,
    /// Whether they take tasks now.
    availability: Availability,
    /// When they enrolled.
    enrolled_at: Moment,
    /// When they left the bank, if they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    left_at: Option<Moment>,
    /// What only the expert sees, and a support person with power over the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    own: Option<OwnPart>,
}

/// What of an expert only the expert sees
#[derive(Serialize, ToSchema)]
#[schema(as = ExpertOwnPart)]
struct OwnPart {
    /// How they came to the bank.
    origin: Origin,
    /// The themes, with the consent given to each.
    #[schema(max_items = 40)]
    themes: Vec<Theme>,
    /// The consents that have ended.
    past_consents: Vec<PastConsent>,
    /// What they need to be able to take part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    needs: Option<AgreedNeeds>,
    /// Whom they let act for them.
    delegations: Vec<Delegation>,
}

/// The view of an expert for the caller.
pub(super) fn show(
    session: &mut Session<'_>,
    caller: &Caller,
    expert: &Expert,
    about: &Subject,
) -> Result<ExpertView> {
    let person = people::find(session, expert.person)?;
    let own = caller.may(Action::EditExpert, about).then(|| OwnPart {
        origin: expert.origin.clone(),
        themes: expert.themes.now().to_vec(),
        past_consents: expert.themes.past().to_vec(),
        needs: expert.needs.clone(),
        delegations: expert.delegations.clone(),
    });
    // Whoever has been deactivated is in no bank, and can take back nothing.
    let open = expert.themes.open_to(Visibility::BankSearch).filter(|_| person.is_active());
    Ok(ExpertView {
        id: expert.id,
        person_id: expert.person,
        name: person.facts.name.clone(),
        card_id: expert.card,
        node_id: expert.node,
        profile: expert.profile.clone(),
        themes: open.map(str::to_owned).collect(),
        availability: expert.availability,
        enrolled_at: expert.enrolled_at,
        left_at: expert.left_at,
        own,
    })
}
