//! The agreement's machine as data.

use crate::{
    policy::Action,
    workflow::{Arrow, Workflow},
};

/// The agreement's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "agreement",
    finnish: "toimeksiantosopimus",
    states: &["drafting", "in_force", "amended", "lapsed"],
    arrows: &[
        Arrow {
            action: "edit",
            from: &["drafting"],
            to: &["drafting"],
            may: Some(Action::EditAgreement),
        },
        Arrow {
            action: "confirm",
            from: &["drafting"],
            to: &["drafting", "in_force"],
            may: Some(Action::EditAgreement),
        },
        Arrow {
            action: "amend",
            from: &["in_force"],
            to: &["in_force"],
            may: Some(Action::EditAgreement),
        },
        Arrow { action: "supersede", from: &["in_force"], to: &["amended"], may: None },
        Arrow {
            action: "discard",
            from: &["drafting"],
            to: &["lapsed"],
            may: Some(Action::EditAgreement),
        },
        Arrow { action: "lapse", from: &["drafting"], to: &["lapsed"], may: None },
        Arrow { action: "forget", from: &["drafting"], to: &["drafting"], may: None },
    ],
};
