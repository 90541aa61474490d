//! What the cards of an expert show, and when there is one.

use domain::{
    expert::{
        Card, ConsentWithdrawal, Expert, Needs, Perspective, Profile, PublicCard, ThemeConsent,
        Training, Visibility,
    },
    time::{Day, Moment},
};

use crate::aino::aino;

fn moment() -> Moment {
    Moment::from_timestamp(1_780_000_100).expect("in range")
}

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|&code| code.to_owned()).collect()
}

fn open(expert: Expert, theme: &str, visibility: Visibility) -> Expert {
    let given = ThemeConsent { theme: theme.to_owned(), visibility: vec![visibility] };
    let by = expert.person;
    expert.consent(given, by, moment()).expect("a known theme")
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
    let expert = open(expert, "grief", Visibility::BankSearch);
    open(expert, "debt", Visibility::Public)
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
    let taken = ConsentWithdrawal { theme: "debt".to_owned(), visibility: vec![] };
    let themeless = told().withdraw(&taken, moment()).expect("a known theme");
    assert!(PublicCard::of(&themeless).is_none());
    assert!(PublicCard::of(&told().rest()).is_none());
}

#[test]
fn needs_are_on_the_card_only_if_they_may_be() {
    let adjustments = |on_card| {
        let needs = codes(&["step_free"]);
        let needs = Needs { adjustments: needs, note: None, on_card, consent: true };
        let expert = told().need(Some(needs), moment()).expect("agreed");
        Card::of(&expert).expect("available").adjustments
    };
    assert_eq!(adjustments(true), ["step_free"]);
    assert!(adjustments(false).is_empty());
}
