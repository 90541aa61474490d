//! The one who asks, and what a decision depends on in the thing asked about.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Action;
use crate::{client::Client, id::Id, node::Path, person::Person};

/// What a person is trusted with at a node and below it
///
/// The roles of `process.md`; the five families of S3-32 are the steering group, the centre, the trainers, the orderers
/// and the experts.
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// *Ylläpitäjä*: the installation, its areas, clients and grants.
    PlatformAdmin,
    /// *Kokemusosaamisen keskus*: an area's settings.
    CentreManager,
    /// *Järjestökoordinaattori*: reads the area's feedback and figures and compiles them yearly.
    AreaCoordinator,
    /// *Järjestöyhteyshenkilö*: brokers the orders of a subtree.
    Liaison,
    /// *Tilaaja*: orders, agrees, checks and approves for their own unit.
    Orderer,
    /// *Välittäjä*: brokers the orders that come to, or are handed to, their organisation.
    Broker,
    /// *Kokemustoimija*: has a profile in the experience bank.
    Expert,
    /// *Tukihenkilö*: acts for an expert within what the expert delegated.
    SupportPerson,
    /// *Verkoston koordinoija*.
    NetworkCoordinator,
    /// *Vertaisohjaaja*.
    PeerFacilitator,
    /// *Verkoston jäsen*.
    NetworkMember,
    /// *Kouluttaja*.
    Trainer,
    /// *Ohjausryhmän jäsen*.
    SteeringMember,
}

impl Role {
    /// Whether the role goes on after the last day of the node where it was given. Only whoever has ordered finishes what is left:
    /// what was done until then is still checked, paid and told of, and nobody else could do that for the unit.
    pub const fn winds_up(self) -> bool {
        matches!(self, Self::Orderer)
    }

    /// Whether whoever has the role gives roles to others.
    pub const fn gives_roles(self) -> bool {
        matches!(self, Self::PlatformAdmin | Self::CentreManager)
    }

    /// The action by which the role is given: those who run the installation are made by others who do, and whoever manages
    /// an area gives the rest within it, also that of managing it.
    pub const fn given_by(self) -> Action {
        match self {
            Self::PlatformAdmin => Action::GiveAdministration,
            Self::CentreManager
            | Self::AreaCoordinator
            | Self::Liaison
            | Self::Orderer
            | Self::Broker
            | Self::Expert
            | Self::SupportPerson
            | Self::NetworkCoordinator
            | Self::PeerFacilitator
            | Self::NetworkMember
            | Self::Trainer
            | Self::SteeringMember => Action::GiveGrant,
        }
    }
}

/// What an expert may let a support person do for them
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// Read and change the profile.
    Profile,
    /// Read and answer offers.
    Offers,
    /// Fill in and confirm agreements, and tell what happened at the task.
    Agreements,
    /// Fill in and submit fee forms.
    FeeForms,
    /// Give feedback.
    Feedback,
}

/// What a machine client may do in its area
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
pub enum ClientScope {
    /// *Henkilöstöpalvelut*: read approved fee packages, acknowledge them and report payments.
    #[serde(rename = "payroll")]
    Payroll,
    /// *Järjestön verkkosivu*: read the public part of the experience bank.
    #[serde(rename = "public_bank")]
    PublicBank,
}

/// A role at a node, in force now.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The node it was given at.
    pub path: Path,
}

/// That an expert lets the actor act for them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Delegation {
    /// The expert.
    pub expert: Id<Person>,
    /// In what.
    pub power: Power,
}

/// Who asks: a person or a machine.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Identity {
    /// A signed-in person.
    Person(Id<Person>),
    /// A machine client of the area at the path.
    Client {
        /// Which client.
        id: Id<Client>,
        /// Its area.
        area: Path,
        /// What its token lets it do.
        scopes: Vec<ClientScope>,
    },
}

/// The one who asks, with all that they are trusted with now.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Actor {
    /// Who it is.
    pub identity: Identity,
    /// The roles that a person has.
    pub grants: Vec<Grant>,
    /// What experts let the person do for them.
    pub delegations: Vec<Delegation>,
}

/// What the decision depends on in the thing asked about.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Subject {
    /// Where it belongs in the tree.
    pub node: Option<Path>,
    /// The organisation that handles it, if it was handed to one. Of a person it is the one that serves them: an expert the one
    /// that supports them now, and nobody once they have left; anybody else the one that they belong to.
    pub handler: Option<Path>,
    /// The organisation that is asked about it, if one is.
    pub asked: Option<Path>,
    /// The person it is about.
    pub owner: Option<Id<Person>>,
    /// Persons named in it, beside the owner.
    pub parties: Vec<Id<Person>>,
    /// Who is named in it for what they did in a role.
    pub named: Option<Named>,
}

/// Somebody who is named in a thing for what they did in a role: it counts for as long as they have that role there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Named {
    /// Who.
    pub person: Id<Person>,
    /// In which role.
    pub role: Role,
    /// Where they had it.
    pub node: Path,
}

impl Actor {
    /// The person who asks, unless it is a machine.
    pub const fn person(&self) -> Option<Id<Person>> {
        match self.identity {
            Identity::Person(person) => Some(person),
            Identity::Client { .. } => None,
        }
    }

    /// Whether the actor is who they were `before`, and still trusted with all that they were trusted with then: they may do all
    /// that they might.
    pub fn has_all_of(&self, before: &Self) -> bool {
        let same = match (&self.identity, &before.identity) {
            (Identity::Person(now), Identity::Person(then)) => now == then,
            (
                Identity::Client { id, area, scopes },
                Identity::Client { id: then, area: area_then, scopes: scopes_then },
            ) => {
                id == then
                    && area.covers(area_then)
                    && scopes_then.iter().all(|scope| scopes.contains(scope))
            }
            (Identity::Person(_), Identity::Client { .. })
            | (Identity::Client { .. }, Identity::Person(_)) => false,
        };
        let still = |then: &Grant| {
            self.grants.iter().any(|now| now.role == then.role && now.path.covers(&then.path))
        };
        same && before.grants.iter().all(still)
            && before.delegations.iter().all(|given| self.delegations.contains(given))
    }

    /// The area of the machine that asks, if its token has `scope`.
    pub fn client(&self, scope: ClientScope) -> Option<&Path> {
        match &self.identity {
            Identity::Client { area, scopes, .. } if scopes.contains(&scope) => Some(area),
            Identity::Client { .. } | Identity::Person(_) => None,
        }
    }

    /// The experts who let the actor act for them in `power`.
    pub fn delegators(&self, power: Power) -> impl Iterator<Item = Id<Person>> {
        self.delegations
            .iter()
            .filter(move |delegation| delegation.power == power)
            .map(|delegation| delegation.expert)
    }

    /// Whether the actor has `role` anywhere.
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }
}

impl Named {
    /// Whether `actor` is the one who is named, and still has the role there.
    pub fn counts_for(&self, actor: &Actor) -> bool {
        let held = |grant: &Grant| grant.role == self.role && grant.path.covers(&self.node);
        actor.person() == Some(self.person) && actor.grants.iter().any(held)
    }
}

impl Subject {
    /// A subject at `node`.
    pub fn at(node: Path) -> Self {
        Self { node: Some(node), ..Self::default() }
    }

    /// A subject about `owner` alone.
    pub fn of(owner: Id<Person>) -> Self {
        Self { owner: Some(owner), ..Self::default() }
    }
}
