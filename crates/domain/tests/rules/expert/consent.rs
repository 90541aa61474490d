//! Consent to be known by a theme, given and taken back.

use domain::{
    expert::{Consent, ConsentWithdrawal, Expert, ThemeConsent, Visibility},
    refusal::{Fault, Refusal},
    time::Moment,
};

use crate::aino::aino;
use crate::made_up::id;

const EVERYONE: [Visibility; 3] =
    [Visibility::BankSearch, Visibility::NamedDisclosure, Visibility::Public];

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(1_780_000_100 + seconds).expect("in range")
}

fn give(expert: Expert, theme: &str, visibility: &[Visibility], seconds: i64) -> Expert {
    let given = ThemeConsent { theme: theme.to_owned(), visibility: visibility.to_vec() };
    expert.consent(given, id(seconds as u128), moment(seconds)).expect("a known theme")
}

fn take(expert: Expert, theme: &str, visibility: &[Visibility], seconds: i64) -> Expert {
    let taken = ConsentWithdrawal { theme: theme.to_owned(), visibility: visibility.to_vec() };
    expert.withdraw(&taken, moment(seconds)).expect("a known theme")
}

fn open(expert: &Expert, visibility: Visibility) -> Vec<&str> {
    expert.themes.open_to(visibility).collect()
}

#[test]
fn consent_keeps_the_date_and_the_giver_of_the_first_time() {
    let once = give(aino(), "grief", &[Visibility::BankSearch], 1);
    let more = give(once, "grief", &EVERYONE[..2], 2);
    let [theme] = more.themes.now() else { panic!("one theme") };
    let consent = |visibility, seconds: i64| Consent {
        visibility,
        given_at: moment(seconds),
        given_by: id(seconds as u128),
    };
    assert_eq!(
        (&*theme.theme, &theme.consents[..]),
        (
            "grief",
            &[consent(Visibility::BankSearch, 1), consent(Visibility::NamedDisclosure, 2)][..]
        )
    );
    assert!(more.themes.past().is_empty());
}

#[test]
fn a_theme_is_open_only_to_those_it_was_opened_to() {
    let expert = give(aino(), "grief", &[Visibility::BankSearch], 1);
    let expert = give(expert, "debt", &[Visibility::Public], 2);
    assert_eq!(open(&expert, Visibility::BankSearch), ["grief"]);
    assert_eq!(open(&expert, Visibility::Public), ["debt"]);
    assert!(open(&expert, Visibility::NamedDisclosure).is_empty());
}

#[test]
fn consent_that_opens_a_theme_to_nobody_is_none() {
    assert!(give(aino(), "grief", &[], 1).themes.now().is_empty());
}

#[test]
fn what_is_taken_back_ends_and_the_rest_stays() {
    let expert = give(give(aino(), "grief", &EVERYONE, 1), "debt", &EVERYONE, 2);
    let expert = take(expert, "grief", &[Visibility::Public], 3);
    assert_eq!(open(&expert, Visibility::Public), ["debt"]);
    assert_eq!(open(&expert, Visibility::BankSearch), ["grief", "debt"]);
    let [past] = expert.themes.past() else { panic!("one consent has ended") };
    assert_eq!((past.theme.as_deref(), past.visibility), (Some("grief"), Visibility::Public));
    assert_eq!((past.given_at, past.withdrawn_at), (moment(1), moment(3)));

    let expert = take(expert, "grief", &[], 4);
    assert_eq!(open(&expert, Visibility::NamedDisclosure), ["debt"]);
    assert_eq!((expert.themes.now().len(), expert.themes.past().len()), (1, 3));
    let gone = expert.leave(moment(5));
    assert_eq!((gone.themes.now().len(), gone.themes.past().len()), (0, 6));
}

#[test]
fn taking_back_what_was_not_given_changes_nothing() {
    let expert = give(aino(), "grief", &[Visibility::BankSearch], 1);
    let same = take(take(expert.clone(), "debt", &[], 2), "grief", &[Visibility::Public], 2);
    assert!(same == expert);
}

#[test]
fn there_is_no_consent_to_an_unknown_theme() {
    let unknown = || "boredom".to_owned();
    let refused = || Err(Refusal::Invalid(vec![Fault::new("/theme", "unknown_code")]));
    let given = ThemeConsent { theme: unknown(), visibility: EVERYONE.to_vec() };
    assert_eq!(aino().consent(given, id(1), moment(1)), refused());
    let taken = ConsentWithdrawal { theme: unknown(), visibility: vec![] };
    assert_eq!(aino().withdraw(&taken, moment(1)), refused());
}

#[test]
fn a_theme_is_never_printed() {
    let expert = give(give(aino(), "grief", &EVERYONE, 1), "debt", &EVERYONE, 1);
    let expert = take(expert, "grief", &[], 2);
    let given = ThemeConsent { theme: "grief".to_owned(), visibility: vec![] };
    let taken = ConsentWithdrawal { theme: "grief".to_owned(), visibility: vec![] };
    let (now, past) = (&expert.themes.now()[0], &expert.themes.past()[0]);
    assert_eq!(
        format!("{:?} {now:?} {past:?} {given:?} {taken:?} {:?}", expert.themes, expert.profile),
        "Themes(…) Theme(…) PastConsent(…) ThemeConsent(…) ConsentWithdrawal(…) Profile(…)"
    );
}
