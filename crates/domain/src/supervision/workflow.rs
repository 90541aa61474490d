//! The machine of supervision sessions as data.

use crate::{
    policy::Action,
    workflow::{Arrow, Workflow},
};

/// The machine of supervision sessions.
pub const WORKFLOW: Workflow = Workflow {
    name: "supervision-session",
    finnish: "työnohjaus",
    states: &["requested", "offered", "booked", "held", "cancelled"],
    arrows: &[
        Arrow {
            action: "offer",
            from: &["requested"],
            to: &["offered"],
            may: Some(Action::ManageSupervision),
        },
        Arrow {
            action: "change-terms",
            from: &["offered"],
            to: &["offered"],
            may: Some(Action::ManageSupervision),
        },
        Arrow {
            action: "change-terms",
            from: &["booked"],
            to: &["booked"],
            may: Some(Action::ManageSupervision),
        },
        Arrow {
            action: "book",
            from: &["offered", "booked"],
            to: &["booked"],
            may: Some(Action::BookSupervision),
        },
        Arrow {
            action: "give-back",
            from: &["booked"],
            to: &["offered", "booked"],
            may: Some(Action::BookSupervision),
        },
        Arrow {
            action: "withdraw",
            from: &["requested", "offered"],
            to: &["cancelled"],
            may: Some(Action::BookSupervision),
        },
        Arrow {
            action: "hold",
            from: &["offered", "booked"],
            to: &["held"],
            may: Some(Action::ManageSupervision),
        },
        Arrow {
            action: "cancel",
            from: &["requested", "offered", "booked"],
            to: &["cancelled"],
            may: Some(Action::ManageSupervision),
        },
    ],
};
