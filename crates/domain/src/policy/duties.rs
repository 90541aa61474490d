//! What each role may do, read from the one table (S3-10, S3-32): never written down a second time.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Action, Role, Who};

/// Something that a role may do, and to what.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Duty {
    /// The action.
    pub action: Action,
    /// To what.
    pub reach: DutyReach,
}

/// To what a role may do something
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyReach {
    /// What belongs to the node of the role, or to one below it.
    Below,
    /// What belongs to the node of the role, above it or below it.
    Around,
    /// What was handed to the organisation of the role, and the people whom it serves.
    HandedOver,
    /// What the person wrote down in the role for somebody else, as long as they have it there.
    Named,
    /// What is about the person themself.
    Own,
    /// What is about an expert who lets them act.
    Delegated,
}

/// One of the five families of roles (S3-32)
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleFamily {
    /// *Ohjausryhmä*.
    SteeringGroup,
    /// *Keskus*, and whoever brokers.
    Centre,
    /// *Kouluttajat*.
    Trainers,
    /// *Tilaajat*.
    Orderers,
    /// *Kokemusosaajat*, their support and their networks.
    Experts,
}

/// On which level of the co-operation a role is (S3-10)
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleLevel {
    /// The whole country.
    Nation,
    /// A wellbeing services county.
    Area,
    /// An organisation, a unit or a network.
    Local,
}

impl Role {
    /// Every role.
    pub const ALL: &[Self] = &[
        Self::SteeringMember,
        Self::PlatformAdmin,
        Self::CentreManager,
        Self::AreaCoordinator,
        Self::Liaison,
        Self::Broker,
        Self::Trainer,
        Self::Orderer,
        Self::Expert,
        Self::SupportPerson,
        Self::NetworkCoordinator,
        Self::PeerFacilitator,
        Self::NetworkMember,
    ];

    /// The family of the role.
    pub const fn family(self) -> RoleFamily {
        match self {
            Self::SteeringMember => RoleFamily::SteeringGroup,
            Self::PlatformAdmin
            | Self::CentreManager
            | Self::AreaCoordinator
            | Self::Liaison
            | Self::Broker => RoleFamily::Centre,
            Self::Trainer => RoleFamily::Trainers,
            Self::Orderer => RoleFamily::Orderers,
            Self::Expert
            | Self::SupportPerson
            | Self::NetworkCoordinator
            | Self::PeerFacilitator
            | Self::NetworkMember => RoleFamily::Experts,
        }
    }

    /// The level of the role.
    pub const fn level(self) -> RoleLevel {
        match self {
            Self::PlatformAdmin => RoleLevel::Nation,
            Self::CentreManager | Self::AreaCoordinator | Self::SteeringMember => RoleLevel::Area,
            _ => RoleLevel::Local,
        }
    }

    /// What the role may do, beyond what everyone may, in the order of the table: an action once for each of its reaches.
    pub fn duties(self) -> Vec<Duty> {
        let of = |action: &Action| {
            let (action, doers) = (*action, action.doers());
            doers.iter().filter_map(move |who| Some(Duty { action, reach: self.reach(*who)? }))
        };
        Action::ALL.iter().flat_map(of).collect()
    }

    fn reach(self, who: Who) -> Option<DutyReach> {
        match who {
            Who::Below(role) if role == self => Some(DutyReach::Below),
            Who::Member(role) if role == self => Some(DutyReach::Around),
            Who::Handler(role) | Who::Asked(role) if role == self => Some(DutyReach::HandedOver),
            Who::Named(role) if role == self => Some(DutyReach::Named),
            Who::Own if self == Self::Expert => Some(DutyReach::Own),
            Who::Delegate(_) if self == Self::SupportPerson => Some(DutyReach::Delegated),
            _ => None,
        }
    }
}

impl Action {
    /// Its name in the contract.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }
}
