//! The fee form's machine as data.

use crate::{
    policy::Action,
    workflow::{Arrow, Workflow},
};

/// The fee form's machine.
pub const WORKFLOW: Workflow = Workflow {
    name: "fee-form",
    finnish: "palkkiolomake",
    states: &[
        "draft",
        "submitted",
        "checked",
        "approved",
        "handed_over",
        "paid",
        "returned",
        "queried",
        "withdrawn",
    ],
    arrows: &[
        arrow("edit", &["draft"], &["draft"], Action::WriteFeeForm),
        arrow("edit", &["returned"], &["returned"], Action::WriteFeeForm),
        arrow("submit", WRITTEN, &["submitted"], Action::WriteFeeForm),
        arrow("check", WITH_THE_UNIT, &["checked"], Action::CheckFeeForm),
        arrow("approve", &["checked", "queried"], &["approved"], Action::CheckFeeForm),
        arrow("return", WITH_THE_UNIT, &["returned"], Action::CheckFeeForm),
        arrow(
            "withdraw",
            &["draft", "submitted", "returned"],
            &["withdrawn"],
            Action::WriteFeeForm,
        ),
        arrow("acknowledge", &["approved"], &["handed_over"], Action::HandlePayroll),
        arrow("query", &["approved", "handed_over"], &["queried"], Action::HandlePayroll),
        arrow("pay", &["handed_over"], &["paid"], Action::HandlePayroll),
    ],
};

const WRITTEN: &[&str] = &["draft", "returned"];
/// The states in which it waits for the unit: see [`super::FeeForm::is_with_unit`].
pub const WITH_THE_UNIT: &[&str] = &["submitted", "checked", "queried"];

const fn arrow(
    action: &'static str,
    from: &'static [&'static str],
    to: &'static [&'static str],
    may: Action,
) -> Arrow {
    Arrow { action, from, to, may: Some(may) }
}
