//! The assignment's machine as data.

use crate::{
    policy::Action,
    workflow::{Arrow, Workflow},
};

/// The assignment's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "assignment",
    finnish: "toimeksianto",
    states: &[
        "preparing",
        "confirmed",
        "performed",
        "closed",
        "cancelled",
        "no_show",
        "stepped_back",
    ],
    arrows: &[
        stay("record-contact", Some(Action::RecordTask)),
        stay("remind", None),
        Arrow { action: "confirm", from: OPEN, to: &["confirmed"], may: None },
        stay("deliver", Some(Action::DeliverDocuments)),
        stay("waive-delivery", Some(Action::RunAssignment)),
        stay("introduce", Some(Action::IntroduceParties)),
        stay("record-visit", Some(Action::RunAssignment)),
        Arrow {
            action: "perform",
            from: &["confirmed"],
            to: &["performed"],
            may: Some(Action::RecordTask),
        },
        Arrow {
            action: "record-oral-feedback",
            from: &["performed", "closed"],
            to: &["performed", "closed"],
            may: Some(Action::RecordTask),
        },
        Arrow {
            action: "cancel",
            from: OPEN,
            to: &["cancelled"],
            may: Some(Action::RunAssignment),
        },
        Arrow {
            action: "no-show",
            from: &["confirmed"],
            to: &["no_show"],
            may: Some(Action::RecordTask),
        },
        Arrow {
            action: "step-back",
            from: OPEN,
            to: &["stepped_back"],
            may: Some(Action::StepBack),
        },
        Arrow {
            action: "close",
            from: &["performed"],
            to: &["closed"],
            may: Some(Action::RunAssignment),
        },
    ],
};

const OPEN: &[&str] = &["preparing", "confirmed"];

/// An action that records something and leaves the assignment where it is.
const fn stay(action: &'static str, may: Option<Action>) -> Arrow {
    Arrow { action, from: OPEN, to: OPEN, may }
}
