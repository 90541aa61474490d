//! People who sign in.
//!
//! Someone who leaves is deactivated, and may be reactivated: see [`standing`]. What they sign in with is their e-mail
//! address, and how that changes hands is in [`address`].

pub mod address;
pub mod standing;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::{address::NewAddress, standing::State};
use crate::{id::Id, localized::Language, node::Node, refusal::Fault, time::Moment};

/// The identifier of a person.
pub type PersonId = Id<Person>;

/// Someone who can sign in.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Person {
    /// The identifier.
    pub id: Id<Person>,
    /// Where in the tree the person was registered.
    pub node: Id<Node>,
    /// What is known of them.
    pub facts: Facts,
    /// When they first signed in, if they have: from then on the account is theirs.
    #[serde(default)]
    pub signed_in: Option<Moment>,
    /// Whether they can sign in.
    #[serde(default)]
    pub state: State,
    /// What became of that, when and by whom.
    #[serde(default)]
    pub record: Vec<standing::Entry>,
    /// An address that an administrator has asked for, and that has not been signed in with yet.
    #[serde(default)]
    pub new_address: Option<NewAddress>,
}

/// What is known of a person
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PersonFacts)]
pub struct Facts {
    /// The name that others see.
    #[schema(example = "Aino Esimerkki", min_length = 1, max_length = 200)]
    pub name: String,
    /// The e-mail address that one-time codes are sent to. It is unique, and compared in lower case.
    #[schema(
        example = "aino@example.fi",
        format = "email",
        min_length = 3,
        max_length = 254,
        pattern = "^[^@\\s]+@[^@\\s]+$"
    )]
    pub email: String,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "+358 40 000 0000",
        max_length = 40,
        pattern = "^[+0-9 ()-]+$"
    )]
    pub phone: Option<String>,
    /// A postal address, for those who want letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Kotikatu 2 A 3, 96100 Rovaniemi", max_length = 300)]
    pub address: Option<String>,
    /// The language to write to them in.
    pub language: Language,
    /// How they wish to hear of what waits for them (S1-30, S1-32). A letter needs the address, a text message or a call the
    /// telephone number.
    #[serde(default)]
    pub channel: Channel,
    /// The professional title, for staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "palveluesihenkilö", max_length = 120)]
    pub title: Option<String>,
}

impl Person {
    /// Someone who has never signed in.
    pub fn new(id: PersonId, node: Id<Node>, facts: Facts) -> Self {
        Self {
            id,
            node,
            facts,
            signed_in: None,
            state: State::Active,
            record: Vec::new(),
            new_address: None,
        }
    }

    /// Whether `address`, which somebody else vouches for, is the one that the person signs in with: letter by letter, but for
    /// capitals of ASCII. What looks alike, such as the sign of kelvin for a K, is the mailbox of somebody else.
    pub fn has_address(&self, address: &str) -> bool {
        self.facts.email.eq_ignore_ascii_case(address)
    }
}

impl Facts {
    /// What is wrong with them, with pointers below `at`: nobody can be reached by a channel without what it leads to.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let field = match self.channel {
            _ if self.reached_by(self.channel) => return Vec::new(),
            Channel::Email => "email",
            Channel::Post => "address",
            Channel::Sms | Channel::Phone => "phone",
        };
        vec![Fault::new(format!("{at}/{field}"), "channel_needs_it")]
    }

    /// Whether it is known where `channel` leads to.
    pub fn reached_by(&self, channel: Channel) -> bool {
        let given = match channel {
            Channel::Email => return true,
            Channel::Post => &self.address,
            Channel::Sms | Channel::Phone => &self.phone,
        };
        given.as_deref().is_some_and(|text| !text.trim().is_empty())
    }

    /// Whether somebody would be reached in another way than by `other`.
    pub fn reached_otherwise(&self, other: &Self) -> bool {
        (self.channel, &self.address, &self.phone) != (other.channel, &other.address, &other.phone)
    }
}

/// How someone wishes to hear of what waits for them, from the code set `channels`
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    Deserialize,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd,
    Serialize,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By e-mail.
    #[default]
    Email,
    /// By text message.
    Sms,
    /// By a telephone call.
    Phone,
    /// By letter.
    Post,
}

/// The form in which e-mail addresses are told apart: what differs only in capitals, of any script, is one address, so that no two
/// people have it. That two addresses are alike in this form does not make their mailboxes one: see [`Person::has_address`].
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}
