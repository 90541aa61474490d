//! The approval of an order before it is brokered, where a unit wants one (S4-51), and what else it wants orders to say.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OrderForm;
use crate::{person::PersonId, policy::Action, refusal::Fault, time::Moment};

/// Whether an order needs an approval before it is brokered, and whether it has one (S4-51)
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = OrderApproval)]
pub enum Approval {
    /// The unit does not ask for it.
    #[default]
    NotNeeded,
    /// It waits for it.
    Wanted {
        /// For whose.
        #[serde(default)]
        from: OrderApprover,
    },
    /// It has been approved.
    Given {
        /// Whose it takes.
        #[serde(default)]
        from: OrderApprover,
        /// By whom.
        by: PersonId,
        /// When.
        at: Moment,
    },
    /// It was sent back to the orderer, who may change it and submit it again, or cancel it.
    Refused {
        /// By whom.
        by: PersonId,
        /// When.
        at: Moment,
        /// Why.
        #[schema(max_length = 1000)]
        reason: String,
    },
}

/// Who approves orders
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderApprover {
    /// The person in charge at the competence centre of the area.
    #[default]
    Centre,
    /// Somebody else who orders for the unit or for what it is part of, such as its head; or the centre.
    Unit,
}

/// Whether orders are approved before they are brokered, and by whom
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderApprovalRule {
    /// They are not.
    NotNeeded,
    /// By the person in charge at the competence centre of the area.
    Centre,
    /// By somebody else who orders for the unit or for what it is part of, such as its head; or by the centre.
    Unit,
}

/// Something that an area or a unit may want every order to say (S4-50)
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the order form")]
pub enum OrderField {
    Purpose,
    DevelopmentTarget,
    ServicePhase,
    Audience,
    Environment,
    Modes,
    Experience,
    Competence,
    Languages,
    Responsibility,
    Length,
    Fee,
    Payer,
    CostCentres,
}

impl OrderApprovalRule {
    /// The approval that an order begins with when it is submitted.
    pub const fn approval(self) -> Approval {
        match self {
            Self::NotNeeded => Approval::NotNeeded,
            Self::Centre => Approval::Wanted { from: OrderApprover::Centre },
            Self::Unit => Approval::Wanted { from: OrderApprover::Unit },
        }
    }
}

impl OrderApprover {
    /// What it takes to approve.
    pub const fn action(self) -> Action {
        match self {
            Self::Centre => Action::ApproveOrder,
            Self::Unit => Action::ApproveUnitOrder,
        }
    }
}

impl Approval {
    /// Whose approval the order waits for, if it does.
    pub const fn wanted(&self) -> Option<OrderApprover> {
        match self {
            Self::Wanted { from } => Some(*from),
            Self::NotNeeded | Self::Given { .. } | Self::Refused { .. } => None,
        }
    }

    /// The approval of an order whose form has changed: what was approved was another one.
    #[must_use]
    pub fn after_edit(self) -> Self {
        match self {
            Self::Given { from, .. } => Self::Wanted { from },
            approval => approval,
        }
    }
}

impl OrderField {
    /// Where it is in the form.
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Purpose => "/task/purpose",
            Self::DevelopmentTarget => "/task/development_target",
            Self::ServicePhase => "/task/service_phase",
            Self::Audience => "/task/audience",
            Self::Environment => "/task/environment",
            Self::Modes => "/task/modes",
            Self::Experience => "/task/experience/themes",
            Self::Competence => "/task/competence",
            Self::Languages => "/task/languages",
            Self::Responsibility => "/task/responsibility",
            Self::Length => "/task/length",
            Self::Fee => "/task/fee",
            Self::Payer => "/payer",
            Self::CostCentres => "/cost_centres",
        }
    }

    /// Whether `form` leaves it out. A task without a fee has none to tell.
    fn is_missing(self, form: &OrderForm) -> bool {
        let task = &form.task;
        match self {
            Self::Purpose => task.purpose.is_none(),
            Self::DevelopmentTarget => task.development_target.is_none(),
            Self::ServicePhase => task.service_phase.is_none(),
            Self::Audience => task.audience.is_none(),
            Self::Environment => task.environment.is_none(),
            Self::Modes => task.modes.is_empty(),
            Self::Experience => task.experience.themes.is_empty(),
            Self::Competence => task.competence.is_none(),
            Self::Languages => task.languages.is_empty(),
            Self::Responsibility => task.responsibility.is_none(),
            Self::Length => task.length.is_none(),
            Self::Fee => task.fee.is_none() && task.fee_basis == super::FeeBasis::Paid,
            Self::Payer => form.payer.is_none(),
            Self::CostCentres => form.cost_centres.is_empty(),
        }
    }
}

impl OrderForm {
    /// Pointers to what every order must say before it can be submitted (S4-13): what, where, when, for whom, and the
    /// kind of task. A title and what is to be done are there from the beginning.
    pub const NEEDED: [&str; 4] =
        ["/task/where", "/task/when", "/task/for_whom", "/task/task_type"];

    /// What an order must say before it can be submitted, beside that what its area or unit `wanted`.
    pub fn missing(&self, at: &str, wanted: &[OrderField]) -> Vec<Fault> {
        let task = &self.task;
        let absent = [
            task.place.is_none(),
            task.when.is_none(),
            task.for_whom.is_none(),
            task.task_type.is_none(),
        ];
        let always = Self::NEEDED.into_iter().zip(absent).filter(|(_, absent)| *absent);
        let here = wanted.iter().filter(|field| field.is_missing(self));
        always
            .map(|(pointer, _)| pointer)
            .chain(here.map(|field| field.pointer()))
            .map(|pointer| Fault::new(format!("{at}{pointer}"), "required"))
            .collect()
    }
}
