//! What a caller can do with a thing, and for the rest why not and whose turn it is.
//!
//! This is said of every thing of every listing, in few different ways. So each of them is put into JSON once.

use std::{collections::HashMap, sync::LazyLock};

use domain::{
    localized::Language,
    policy::{Action, Role, Subject, Who},
    workflow::{self, Workflow},
};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use utoipa::ToSchema;

use crate::{
    call::{Caller, name_of},
    locale::{self, LANGUAGES},
};

/// JSON that was made once.
type Said = Option<&'static RawValue>;

/// What the caller can do with a thing
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActionView {
    /// The action, as in the path.
    #[schema(example = "submit", max_length = 60)]
    name: &'static str,
    /// Whether the caller may do it now.
    #[schema(example = true)]
    allowed: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<WhyNot>, nullable = false)]
    why_not: Said,
    /// Whose turn it is instead: roles of the code set `roles`, or `owner` for the person whom the thing is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>, nullable = false, max_items = 20, example = json!(["liaison"]))]
    turn: Said,
}

/// Why an action is not possible
#[derive(Serialize, ToSchema)]
pub(crate) struct WhyNot {
    /// For programs: `not_now`, `not_yours`, or the code of the rule that stands in the way.
    #[schema(example = "not_now", max_length = 60)]
    code: String,
    /// For people.
    #[schema(example = "This is not possible in the present state.", max_length = 500)]
    detail: String,
}

impl ActionView {
    /// The action, as in the path.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the caller may do it now.
    pub(crate) const fn is_allowed(&self) -> bool {
        self.allowed
    }

    /// What whoever holds the key to something can do with it, while it can be done at all.
    pub(crate) fn of_holder(name: &'static str, allowed: bool, language: Language) -> Self {
        let why_not = if allowed { None } else { why_not("not_now", language) };
        Self { name, allowed, why_not, turn: None }
    }

    /// Says that the caller may not do the named actions after all, because a rule stands in the way of this caller.
    pub(crate) fn refuse(
        views: &mut [Self],
        names: &[&str],
        code: &'static str,
        language: Language,
    ) {
        for view in views.iter_mut().filter(|view| view.allowed && names.contains(&view.name)) {
            view.allowed = false;
            view.why_not = why_not(code, language);
        }
    }

    /// Says that whoever may do `action` is waited for, before anybody can do what is named and not the caller's.
    pub(crate) fn await_those_who(views: &mut [Self], names: &[&str], action: Action) {
        for view in views.iter_mut().filter(|view| !view.allowed && names.contains(&view.name)) {
            view.turn = turn_of(action);
        }
    }
}

impl Caller {
    /// The actions of a machine in a state: what the caller may do, and for the rest why not and whose turn it is.
    pub(crate) fn actions(
        &self,
        workflow: &'static Workflow,
        state: &str,
        subject: &Subject,
    ) -> Vec<ActionView> {
        let mut views: Vec<ActionView> = Vec::with_capacity(workflow.arrows.len());
        // The same for every action that is not possible now.
        let (not_now, next) = (why_not("not_now", self.meta.language), turn_in(workflow, state));
        for arrow in workflow.arrows {
            let Some(action) = arrow.may else { continue };
            let now = arrow.from.contains(&state);
            if views.iter().any(|view| view.name == arrow.action && (view.allowed || !now)) {
                continue;
            }
            views.retain(|view| view.name != arrow.action);
            let allowed = now && self.may(action, subject);
            let (why_not, turn) = match (now, allowed) {
                (true, true) => (None, None),
                (true, false) => (why_not("not_yours", self.meta.language), turn_of(action)),
                (false, _) => (not_now, next),
            };
            views.push(ActionView { name: arrow.action, allowed, why_not, turn });
        }
        views
    }
}

/// Every reason that there is a text for, by its code, in each language.
static REASONS: LazyLock<HashMap<Language, HashMap<String, Box<RawValue>>>> = LazyLock::new(|| {
    let reasons = |language| {
        locale::keys().filter_map(move |key| {
            let code = key.strip_prefix("why-")?.replace('-', "_");
            let reason = WhyNot { detail: locale::text(language, key), code: code.clone() };
            Some((code, said(&reason)))
        })
    };
    LANGUAGES.into_iter().map(|language| (language, reasons(language).collect())).collect()
});

fn why_not(code: &str, language: Language) -> Said {
    let reason = REASONS.get(&language)?.get(code);
    debug_assert!(reason.is_some(), "there is no text why {code} stands in the way");
    reason.map(AsRef::as_ref)
}

/// Who may do each action.
static DOERS: LazyLock<HashMap<Action, Box<RawValue>>> =
    LazyLock::new(|| Action::ALL.iter().map(|action| (*action, said(&names([*action])))).collect());

fn turn_of(action: Action) -> Said {
    DOERS.get(&action).map(AsRef::as_ref)
}

/// Who may do something in each state of each machine, where anybody can.
static NEXT: LazyLock<HashMap<&str, HashMap<&str, Box<RawValue>>>> = LazyLock::new(|| {
    let next = |machine: &'static Workflow| {
        machine.states.iter().filter_map(|state| {
            let arrows = machine.arrows.iter().filter(|arrow| arrow.from.contains(state));
            let names = names(arrows.filter_map(|arrow| arrow.may));
            (!names.is_empty()).then(|| (*state, said(&names)))
        })
    };
    workflow::ALL.iter().map(|machine| (machine.name, next(machine).collect())).collect()
});

fn turn_in(workflow: &Workflow, state: &str) -> Said {
    NEXT.get(workflow.name)?.get(state).map(AsRef::as_ref)
}

fn said(view: &impl Serialize) -> Box<RawValue> {
    to_raw_value(view).expect("names and texts can be said in JSON")
}

/// Those who may do any of the actions, by name, each once.
fn names(actions: impl IntoIterator<Item = Action>) -> Vec<String> {
    let mut names = Vec::new();
    for name in actions.into_iter().flat_map(Action::doers).map(who_name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn who_name(who: &Who) -> String {
    match who {
        Who::Anyone => "anyone".to_owned(),
        Who::Asked(role)
        | Who::Below(role)
        | Who::Handler(role)
        | Who::Member(role)
        | Who::Named(role) => name_of(role),
        Who::Client(scope) => format!("client_{}", name_of(scope)),
        Who::Delegate(_) => name_of(&Role::SupportPerson),
        Who::Own => "owner".to_owned(),
        Who::Party => "party".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str};

    use super::{LANGUAGES, NEXT, turn_of, why_not, workflow};
    use domain::policy::Action;

    #[test]
    fn a_reason_says_its_code_and_the_text_of_the_language() {
        let details = LANGUAGES.map(|language| {
            let said = why_not("own_order", language).expect("a reason").get();
            let said: Value = from_str(said).expect("JSON");
            assert_eq!(said["code"], "own_order");
            said["detail"].as_str().expect("a text").to_owned()
        });
        assert_eq!(details[2], "Nobody approves an order of their own.");
        assert!(details[0] != details[1] && details[1] != details[2]);
    }

    #[test]
    fn somebody_is_waited_for_wherever_somebody_can_go_on() {
        for machine in workflow::ALL {
            for state in machine.states {
                let mut arrows = machine.arrows.iter();
                let goes_on = arrows.any(|arrow| arrow.from.contains(state) && arrow.may.is_some());
                let said = NEXT[machine.name].get(state);
                assert_eq!(said.is_some(), goes_on, "{} {state}", machine.name);
            }
        }
        assert_eq!(turn_of(Action::BrokerOrder).expect("doers").get(), r#"["liaison","broker"]"#);
    }
}
