//! Properties of disclosures and the task-type catalogue.

use chrono::TimeDelta;
use domain::{
    disclosure::{Acceptance, DisclosedField, Disclosure},
    expert::{ConsentWithdrawal, Enrolment, Expert, Needs, Newcomer, ThemeConsent, Visibility},
    localized::{Language, Localized},
    person,
    refusal::Fault,
    task_type,
    time::Moment,
};
use proptest::{prelude::*, sample::subsequence};

use crate::aino::aino;
use crate::made_up::id;

const FIELDS: [DisclosedField; 6] = [
    DisclosedField::Name,
    DisclosedField::Phone,
    DisclosedField::Email,
    DisclosedField::Address,
    DisclosedField::Adjustments,
    DisclosedField::Themes,
];

fn at() -> Moment {
    Moment::from_timestamp(1_780_000_000).expect("a moment")
}

fn later(seconds: i64) -> Moment {
    at().plus(TimeDelta::seconds(seconds))
}

fn acceptance() -> Acceptance {
    Acceptance {
        id: id(1),
        order: id(2),
        offer: id(3),
        assignment: id(4),
        to_node: id(5),
        to_person: id(6),
        at: at(),
    }
}

fn facts() -> person::Facts {
    person::Facts {
        name: "Aino Esimerkki".into(),
        email: "aino@example.fi".into(),
        phone: None,
        address: Some("Kotikatu 2".into()),
        language: Language::Fi,
        channel: person::Channel::Email,
        title: None,
    }
}

fn expert(themes: Vec<ThemeConsent>, needs: Option<Needs>) -> Expert {
    let profile = aino().profile;
    let form =
        Enrolment { person: None, node: None, profile, themes, needs, recorded_consent: None };
    let who = Newcomer {
        id: id(7),
        card: id(8),
        public_card: id(9),
        person: id(10),
        name: "Aino Esimerkki",
        node: id(11),
        by: id(10),
    };
    Expert::enrol(form, who, at()).expect("enrols")
}

proptest! {
    #[test]
    fn only_what_was_agreed_is_disclosed(agreed in subsequence(FIELDS.to_vec(), 0..=6)) {
        let themes = vec![
            ThemeConsent { theme: "grief".into(), visibility: vec![Visibility::NamedDisclosure] },
            ThemeConsent { theme: "debt".into(), visibility: vec![Visibility::BankSearch] },
        ];
        let needs = Needs {
            adjustments: vec!["breaks".into()],
            note: Some("tunnin välein".into()),
            on_card: false,
            consent: true,
        };
        let expert = expert(themes, Some(needs));
        let (disclosure, details) =
            Disclosure::on_acceptance(acceptance(), &expert, &facts(), &agreed);
        let has = |field| agreed.contains(&field);
        prop_assert_eq!(details.name.is_some(), has(DisclosedField::Name));
        prop_assert_eq!(details.email.is_some(), has(DisclosedField::Email));
        prop_assert_eq!(details.address.is_some(), has(DisclosedField::Address));
        prop_assert!(details.phone.is_none());
        prop_assert_eq!(details.adjustments == ["breaks"], has(DisclosedField::Adjustments));
        prop_assert_eq!(details.themes == ["grief"], has(DisclosedField::Themes));
        let told: Vec<_> =
            agreed.iter().copied().filter(|&field| field != DisclosedField::Phone).collect();
        prop_assert_eq!(disclosure.fields, told);
    }
}

#[test]
fn consent_that_is_taken_back_hides_what_was_told_with_it() {
    let both = vec![Visibility::NamedDisclosure, Visibility::BankSearch];
    let theme = |theme: &str| ThemeConsent { theme: theme.into(), visibility: both.clone() };
    let expert = expert(vec![theme("grief"), theme("debt")], None);
    let agreed = [DisclosedField::Name, DisclosedField::Themes];
    let (_, mut details) = Disclosure::on_acceptance(acceptance(), &expert, &facts(), &agreed);
    details.hide_withdrawn(&expert, at());
    assert_eq!(details.themes, ["grief", "debt"]);
    let taken =
        |visibility| ConsentWithdrawal { theme: "grief".into(), visibility: vec![visibility] };
    let expert = expert.withdraw(&taken(Visibility::BankSearch), at()).expect("a known theme");
    details.hide_withdrawn(&expert, at());
    assert_eq!(details.themes, ["grief", "debt"], "that was for others");
    let expert = expert.withdraw(&taken(Visibility::NamedDisclosure), at()).expect("a known theme");
    details.hide_withdrawn(&expert, at());
    assert_eq!((details.themes, details.name), (vec!["debt".to_owned()], Some(facts().name)));
}

#[test]
fn consent_that_is_given_anew_shows_nothing_that_was_told_before() {
    let theme = |theme: &str| ThemeConsent {
        theme: theme.into(),
        visibility: vec![Visibility::NamedDisclosure],
    };
    let taken = |theme: &str| ConsentWithdrawal { theme: theme.into(), visibility: Vec::new() };
    let expert = expert(vec![theme("grief"), theme("debt")], None);
    let agreed = [DisclosedField::Name, DisclosedField::Themes];
    let told = Acceptance { at: later(10), ..acceptance() };
    let seen = |expert: &Expert, told: Acceptance| {
        let (told, mut details) = Disclosure::on_acceptance(told, expert, &facts(), &agreed);
        move |now: &Expert| {
            details.hide_withdrawn(now, told.at);
            details.themes.clone()
        }
    };
    let mut first = seen(&expert, told);
    assert_eq!(first(&expert), ["grief", "debt"]);
    // In the second in which it was told, and long after.
    for (back, anew) in [(10, 10), (10, 11), (50, 60)] {
        let mut first = seen(&expert, told);
        let again = expert.clone().withdraw(&taken("grief"), later(back)).expect("a known theme");
        let again = again.consent(theme("grief"), id(10), later(anew)).expect("a known theme");
        assert_eq!(first(&again), ["debt"], "{back} {anew}");
        let mut second = seen(&again, Acceptance { at: later(70), ..acceptance() });
        assert_eq!(second(&again), ["debt", "grief"], "what was told with the new consent");
    }
}

#[test]
fn needs_that_are_taken_back_or_told_otherwise_hide_what_was_told_of_them() {
    let needs = |adjustments: &[&str], note: Option<&str>| Needs {
        adjustments: adjustments.iter().map(|&code| code.to_owned()).collect(),
        note: note.map(str::to_owned),
        on_card: false,
        consent: true,
    };
    let expert = expert(vec![], Some(needs(&["breaks", "step_free"], Some("tunnin välein"))));
    let agreed = [DisclosedField::Name, DisclosedField::Adjustments];
    let (_, told) = Disclosure::on_acceptance(acceptance(), &expert, &facts(), &agreed);
    let shown = |expert: &Expert| {
        let mut details = told.clone();
        details.hide_withdrawn(expert, at());
        (details.adjustments.join(" "), details.adjustments_note.unwrap_or_default())
    };
    let seen = |adjustments: &str, note: &str| (adjustments.to_owned(), note.to_owned());
    assert_eq!(shown(&expert), seen("breaks step_free", "tunnin välein"));
    let tell = |needs| expert.clone().need(needs, at()).expect("agreed");
    let other = tell(Some(needs(&["hearing_loop", "step_free"], Some("tunnin välein"))));
    assert_eq!(shown(&other), seen("step_free", "tunnin välein"));
    assert_eq!(shown(&tell(Some(needs(&["breaks"], None)))), seen("breaks", ""));
    assert_eq!(shown(&tell(Some(needs(&["breaks"], Some("muuta"))))), seen("breaks", ""));
    assert_eq!(shown(&tell(None)), seen("", ""));
    assert_eq!(shown(&expert.clone().leave(at())), seen("", ""));
    // What is told anew is for later tasks; what was told all along stays.
    let all = || Some(needs(&["breaks", "step_free"], Some("tunnin välein")));
    let telling = |expert: &Expert, needs, seconds: i64| {
        expert.clone().need(needs, later(seconds)).expect("agreed")
    };
    assert_eq!(shown(&telling(&expert, all(), 5)), seen("breaks step_free", "tunnin välein"));
    let taken = telling(&expert, None, 5);
    assert_eq!(shown(&telling(&taken, all(), 9)), seen("", ""));
    let changed = telling(&expert, Some(needs(&["breaks"], Some("muuta"))), 5);
    assert_eq!(shown(&telling(&changed, all(), 9)), seen("breaks", ""));
    let told_again = telling(&telling(&taken, all(), 9), all(), 12);
    assert_eq!(shown(&told_again), seen("", ""));
    let mut second = told.clone();
    second.hide_withdrawn(&told_again, later(10));
    assert_eq!(second.adjustments, ["breaks", "step_free"], "what was told with them told anew");
}

#[test]
fn nobody_takes_a_task_without_a_name() {
    assert!(DisclosedField::faults(DisclosedField::USUAL).is_empty());
    assert!(DisclosedField::faults(&[DisclosedField::Phone, DisclosedField::Name]).is_empty());
    let unnamed = DisclosedField::faults(&[DisclosedField::Phone]);
    assert_eq!(unnamed, [Fault::new("/disclose", "name_is_told")]);
}

#[test]
fn a_task_type_is_described_in_known_words() {
    let facts = task_type::Facts {
        code: "juggling".into(),
        description: Localized::fi("Jongleeraus"),
        easy_fi: None,
        requirements: None,
        training_models: vec!["national".into(), "circus".into()],
        typical_minutes: None,
        preparation_minutes: None,
        fee_unit: Some("ball".into()),
        offered: true,
    };
    let pointers: Vec<_> = facts.faults("").into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/code", "/training_models/1", "/fee_unit"]);
}
