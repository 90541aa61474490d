//! Consent to be known by a theme, and the cards that follow from it.

mod aino;

use aino::aino;
use domain::{
    expert::{
        Card, Consent, ConsentWithdrawal, Expert, Needs, Perspective, Profile, PublicCard,
        ThemeConsent, Training, Visibility,
    },
    id::Id,
    refusal::{Fault, Refusal},
    time::{Day, Moment},
};
use uuid::Uuid;

const EVERYONE: [Visibility; 3] =
    [Visibility::BankSearch, Visibility::NamedDisclosure, Visibility::Public];

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(1_780_000_100 + seconds).expect("in range")
}

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|&code| code.to_owned()).collect()
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
    assert_eq!((&*past.theme, past.visibility), ("grief", Visibility::Public));
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

/// Aino, who has told everything that a card can show.
fn told() -> Expert {
    let mut expert = aino();
    expert.profile = Profile {
        perspective: Perspective::Both,
        municipalities: codes(&["698"]),
        task_types: codes(&["lecture"]),
        activity_fields: codes(&["peer_support"]),
        trainings: vec![Training {
            model: "kokoa".to_owned(),
            completed: Day::new(2024, 5, 31).expect("a day"),
            issuer: "Verkosto".to_owned(),
        }],
        skills: Some("Esiintyminen.".to_owned()),
        introduction: Some("Puhun suoraan.".to_owned()),
        public_introduction: Some("Pidän puheenvuoroja.".to_owned()),
        ..expert.profile
    };
    let expert = give(expert, "grief", &[Visibility::BankSearch], 1);
    give(expert, "debt", &[Visibility::Public], 2)
}

#[test]
fn a_card_shows_what_the_expert_told_for_the_bank() {
    let expert = told();
    let card = Card::of(&expert).expect("available");
    assert_eq!(card.id, expert.card);
    assert_eq!(card.introduction.as_deref(), Some("Puhun suoraan."));
    assert_eq!(card.skills.as_deref(), Some("Esiintyminen."));
    assert_eq!((&card.titles, card.perspective), (&expert.profile.titles, Perspective::Both));
    assert_eq!(card.themes, ["grief"]);
    assert_eq!((&card.languages[..], &card.areas[..]), (&codes(&["fi"])[..], &codes(&["21"])[..]));
    assert_eq!((&*card.municipalities[0], &*card.task_types[0]), ("698", "lecture"));
    assert_eq!((&*card.modes[0], &*card.activity_fields[0]), ("on_site", "peer_support"));
    assert_eq!((&card.trainings[..], card.adjustments.len()), (&codes(&["kokoa"])[..], 0));
    assert_eq!(format!("{card:?}"), format!("Card({})", expert.card));
}

#[test]
fn a_public_card_shows_what_the_expert_told_for_everyone() {
    let expert = told();
    let card = PublicCard::of(&expert).expect("available");
    assert_eq!(card.id, expert.public_card);
    assert_eq!(
        (&*card.introduction, &card.themes[..]),
        ("Pidän puheenvuoroja.", &codes(&["debt"])[..])
    );
    assert_eq!(
        (&card.titles, &card.languages),
        (&expert.profile.titles, &expert.profile.languages)
    );
    assert_eq!(
        (&card.areas, &card.task_types),
        (&expert.profile.areas, &expert.profile.task_types)
    );
    assert_eq!(format!("{card:?}"), format!("PublicCard({})", expert.public_card));
    assert_eq!(format!("{expert:?}"), format!("Expert({})", expert.id));
}

#[test]
fn there_is_no_public_card_without_words_or_without_a_theme_for_everyone() {
    let mut wordless = told();
    wordless.profile.public_introduction = None;
    assert!(PublicCard::of(&wordless).is_none());
    assert!(PublicCard::of(&take(told(), "debt", &[], 3)).is_none());
    assert!(PublicCard::of(&told().rest()).is_none());
}

#[test]
fn needs_are_on_the_card_only_if_they_may_be() {
    let adjustments = |on_card| {
        let needs = codes(&["step_free"]);
        let needs = Needs { adjustments: needs, note: None, on_card, consent: true };
        let expert = told().need(Some(needs), moment(1)).expect("agreed");
        Card::of(&expert).expect("available").adjustments
    };
    assert_eq!(adjustments(true), ["step_free"]);
    assert!(adjustments(false).is_empty());
}

#[test]
fn a_theme_is_never_printed() {
    let expert = take(told(), "grief", &[], 3);
    let given = ThemeConsent { theme: "grief".to_owned(), visibility: vec![] };
    let taken = ConsentWithdrawal { theme: "grief".to_owned(), visibility: vec![] };
    let (now, past) = (&expert.themes.now()[0], &expert.themes.past()[0]);
    assert_eq!(
        format!("{:?} {now:?} {past:?} {given:?} {taken:?} {:?}", expert.themes, expert.profile),
        "Themes(…) Theme(…) PastConsent(…) ThemeConsent(…) ConsentWithdrawal(…) Profile(…)"
    );
}
