//! The order's machine as data.

use crate::{
    policy::Action::{ApproveOrder, ApproveUnitOrder, BrokerOrder, EditOrder},
    workflow::{Arrow, Workflow},
};

/// The order's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "order",
    finnish: "tilaus",
    states: &[
        "draft",
        "submitted",
        "brokering",
        "needs_information",
        "filled",
        "closed",
        "cancelled",
        "unfilled",
    ],
    arrows: &[
        Arrow { action: "edit", from: &["draft"], to: &["draft"], may: Some(EditOrder) },
        Arrow { action: "edit", from: &["submitted"], to: &["submitted"], may: Some(EditOrder) },
        Arrow {
            action: "edit",
            from: &["brokering"],
            to: &["brokering", "filled"],
            may: Some(EditOrder),
        },
        Arrow {
            action: "edit",
            from: &["needs_information"],
            to: &["needs_information", "filled"],
            may: Some(EditOrder),
        },
        Arrow { action: "submit", from: &["draft"], to: &["submitted"], may: Some(EditOrder) },
        Arrow {
            action: "approve",
            from: &["submitted"],
            to: &["submitted"],
            may: Some(ApproveOrder),
        },
        Arrow {
            action: "approve",
            from: &["submitted"],
            to: &["submitted"],
            may: Some(ApproveUnitOrder),
        },
        Arrow {
            action: "send-back",
            from: &["submitted"],
            to: &["draft"],
            may: Some(ApproveOrder),
        },
        Arrow {
            action: "send-back",
            from: &["submitted"],
            to: &["draft"],
            may: Some(ApproveUnitOrder),
        },
        Arrow {
            action: "take",
            from: &["submitted", "brokering"],
            to: &["brokering"],
            may: Some(BrokerOrder),
        },
        Arrow {
            action: "ask",
            from: &["submitted", "brokering"],
            to: &["needs_information"],
            may: Some(BrokerOrder),
        },
        Arrow {
            action: "answer",
            from: &["needs_information"],
            to: &["submitted", "brokering"],
            may: Some(EditOrder),
        },
        Arrow {
            action: "hand-over",
            from: &["submitted"],
            to: &["submitted"],
            may: Some(BrokerOrder),
        },
        Arrow {
            action: "hand-over",
            from: &["brokering"],
            to: &["brokering"],
            may: Some(BrokerOrder),
        },
        Arrow { action: "reassign", from: &["submitted"], to: &["submitted"], may: None },
        Arrow { action: "reassign", from: &["brokering"], to: &["brokering"], may: None },
        Arrow {
            action: "reassign",
            from: &["needs_information"],
            to: &["needs_information"],
            may: None,
        },
        Arrow { action: "reassign", from: &["filled"], to: &["filled"], may: None },
        Arrow { action: "accept", from: &["brokering"], to: &["brokering", "filled"], may: None },
        Arrow {
            action: "accept",
            from: &["needs_information"],
            to: &["needs_information", "filled"],
            may: None,
        },
        Arrow {
            action: "step-back",
            from: &["brokering", "filled"],
            to: &["brokering"],
            may: None,
        },
        Arrow {
            action: "step-back",
            from: &["needs_information"],
            to: &["needs_information"],
            may: None,
        },
        Arrow {
            action: "cancel",
            from: &["draft", "submitted", "brokering", "needs_information"],
            to: &["cancelled"],
            may: Some(EditOrder),
        },
        Arrow {
            action: "give-up",
            from: &["submitted", "brokering", "needs_information"],
            to: &["unfilled"],
            may: Some(BrokerOrder),
        },
        Arrow { action: "abandon", from: &["filled"], to: &["cancelled"], may: None },
        Arrow { action: "close", from: &["filled"], to: &["closed"], may: Some(BrokerOrder) },
    ],
};
