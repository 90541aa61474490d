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
        stay("record-contact", PREPARING, Some(Action::RecordTask)),
        stay("record-contact", CONFIRMED, Some(Action::RecordTask)),
        stay("remind", PREPARING, None),
        stay("remind", CONFIRMED, None),
        Arrow { action: "confirm", from: OPEN, to: CONFIRMED, may: None },
        stay("deliver", PREPARING, Some(Action::DeliverDocuments)),
        stay("deliver", CONFIRMED, Some(Action::DeliverDocuments)),
        stay("waive-delivery", PREPARING, Some(Action::RecordTask)),
        stay("waive-delivery", CONFIRMED, Some(Action::RecordTask)),
        stay("introduce", PREPARING, Some(Action::IntroduceParties)),
        stay("introduce", CONFIRMED, Some(Action::IntroduceParties)),
        stay("record-visit", PREPARING, Some(Action::RunAssignment)),
        stay("record-visit", CONFIRMED, Some(Action::RunAssignment)),
        Arrow { action: "perform", from: CONFIRMED, to: PERFORMED, may: Some(Action::RecordTask) },
        stay("record-oral-feedback", PERFORMED, Some(Action::RecordTask)),
        stay("record-oral-feedback", CLOSED, Some(Action::RecordTask)),
        Arrow {
            action: "cancel",
            from: OPEN,
            to: &["cancelled"],
            may: Some(Action::RunAssignment),
        },
        Arrow {
            action: "no-show",
            from: CONFIRMED,
            to: &["no_show"],
            may: Some(Action::RecordTask),
        },
        Arrow {
            action: "reopen",
            from: &["performed", "no_show", "cancelled"],
            to: CONFIRMED,
            may: Some(Action::RecordTask),
        },
        Arrow {
            action: "step-back",
            from: OPEN,
            to: &["stepped_back"],
            may: Some(Action::StepBack),
        },
        Arrow { action: "close", from: PERFORMED, to: CLOSED, may: Some(Action::RunAssignment) },
    ],
};

const OPEN: &[&str] = &["preparing", "confirmed"];
const PREPARING: &[&str] = &["preparing"];
const CONFIRMED: &[&str] = &["confirmed"];
const PERFORMED: &[&str] = &["performed"];
const CLOSED: &[&str] = &["closed"];

/// An action that records something and leaves the assignment where it is.
const fn stay(action: &'static str, state: &'static [&'static str], may: Option<Action>) -> Arrow {
    Arrow { action, from: state, to: state, may }
}
