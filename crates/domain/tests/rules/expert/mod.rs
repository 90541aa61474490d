//! Properties of experts, their consent and the search of the bank.

mod cards;
mod consent;
mod criteria;
mod leaving;
mod profile;
mod search;

use domain::{
    codes,
    expert::{
        Availability, Card, ConsentWithdrawal, Criteria, Criterion, DelegationForm, Enrolment,
        Expert, Load, Needs, Newcomer, Perspective, Profile, PublicCard, RecordedConsent, Search,
        ThemeConsent, Training, Visibility, matches, rank,
    },
    policy::Power,
    record,
    refusal::{Refusal, Rule},
    time::{Day, Moment},
};
use proptest::{prelude::*, sample::subsequence};
use uuid::Uuid;

use crate::full::full;
use crate::made_up::id;

const NAME: &str = "Aino Salanimi";
const PERSON: u128 = 0xaaaa_bbbb_cccc;

fn at(second: i64) -> Moment {
    Moment::from_timestamp(1_780_000_000 + second).expect("a moment")
}

fn newcomer() -> Newcomer<'static> {
    Newcomer {
        id: id(1),
        card: id(2),
        public_card: id(3),
        person: id(PERSON),
        name: NAME,
        node: id(4),
        by: id(PERSON),
    }
}

fn profile() -> Profile {
    Profile {
        titles: vec!["expert_by_experience".into()],
        perspective: Perspective::Own,
        languages: vec!["fi".into()],
        areas: vec!["21".into()],
        municipalities: vec![],
        task_types: vec!["lecture".into()],
        modes: vec!["on_site".into()],
        activity_fields: vec![],
        trainings: vec![],
        skills: None,
        service_experience: Some("kuntoutus".into()),
        advocacy_experience: None,
        introduction: Some("Puhun suoraan.".into()),
        public_introduction: Some("Pidän puheenvuoroja.".into()),
        background: vec![],
    }
}

fn enrolment() -> Enrolment {
    Enrolment {
        person: None,
        node: None,
        profile: profile(),
        themes: vec![],
        needs: None,
        recorded_consent: None,
    }
}

fn expert() -> Expert {
    Expert::enrol(enrolment(), newcomer(), at(0)).expect("enrols")
}

fn given(theme: &str, visibility: &[Visibility]) -> ThemeConsent {
    ThemeConsent { theme: theme.into(), visibility: visibility.to_vec() }
}

fn looking_for(theme: &str) -> Search {
    let required = Criteria { themes: vec![theme.into()], ..Criteria::default() };
    Search { required, ..Search::default() }
}

fn pointers(refusal: Refusal) -> Vec<String> {
    let Refusal::Invalid(faults) = refusal else { panic!("faults, not {refusal:?}") };
    faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

fn any_visibility() -> impl Strategy<Value = Vec<Visibility>> {
    subsequence(
        vec![Visibility::BankSearch, Visibility::NamedDisclosure, Visibility::Public],
        1..=3,
    )
}

fn any_theme() -> impl Strategy<Value = String> {
    let themes: Vec<_> = codes::EXPERIENCE_THEMES.codes().take(6).map(str::to_owned).collect();
    prop::sample::select(themes)
}

/// Consent given and taken back, in any order.
#[derive(Clone, Debug)]
enum Step {
    Give(String, Vec<Visibility>),
    Take(String, Vec<Visibility>),
}

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<bool>(), any_theme(), any_visibility());
    let step = step.prop_map(|(give, theme, visibility)| match give {
        true => Step::Give(theme, visibility),
        false => Step::Take(theme, visibility),
    });
    prop::collection::vec(step, 0..20)
}

fn walk(steps: &[Step]) -> Expert {
    steps.iter().zip(1..).fold(expert(), |expert, (step, second)| match step {
        Step::Give(theme, visibility) => {
            expert.consent(given(theme, visibility), id(PERSON), at(second)).expect("a known theme")
        }
        Step::Take(theme, visibility) => {
            let taken = ConsentWithdrawal { theme: theme.clone(), visibility: visibility.clone() };
            expert.withdraw(&taken, at(second)).expect("a known theme")
        }
    })
}

proptest! {
    #[test]
    fn a_theme_that_was_taken_back_never_matches_and_is_on_no_card(
        steps in any_steps(), theme in any_theme(),
    ) {
        let taken = ConsentWithdrawal { theme: theme.clone(), visibility: vec![] };
        let expert = walk(&steps).withdraw(&taken, at(100)).expect("a known theme");
        prop_assert!(matches(&looking_for(&theme), &expert).is_none());
        let card = Card::of(&expert).expect("available");
        prop_assert!(!card.themes.contains(&theme));
        prop_assert!(PublicCard::of(&expert).is_none_or(|card| !card.themes.contains(&theme)));
        prop_assert!(expert.themes.now().iter().all(|kept| kept.theme != theme));
    }

    #[test]
    fn nobody_is_found_by_or_shows_a_theme_beyond_what_was_agreed(
        steps in any_steps(), theme in any_theme(),
    ) {
        let expert = walk(&steps);
        let agreed = |visibility| expert.themes.open_to(visibility).any(|open| open == theme);
        let card = Card::of(&expert).expect("available");
        prop_assert_eq!(matches(&looking_for(&theme), &expert).is_some(), agreed(Visibility::BankSearch));
        prop_assert_eq!(card.themes.contains(&theme), agreed(Visibility::BankSearch));
        let public = PublicCard::of(&expert).is_some_and(|card| card.themes.contains(&theme));
        prop_assert_eq!(public, agreed(Visibility::Public));
    }

    #[test]
    fn whoever_is_not_available_or_has_left_is_found_by_no_search(
        steps in any_steps(), theme in any_theme(), left in any::<bool>(),
    ) {
        let expert = walk(&steps);
        let away = match left {
            true => expert.leave(at(200)),
            false => expert.avail(Availability::NotNow),
        };
        prop_assert!(matches(&Search::default(), &away).is_none());
        prop_assert!(matches(&looking_for(&theme), &away).is_none());
        prop_assert!(Card::of(&away).is_none() && PublicCard::of(&away).is_none());
    }

    #[test]
    fn a_card_never_tells_who_it_is_about(steps in any_steps()) {
        let expert = walk(&steps);
        let card = serde_json::to_string(&Card::of(&expert)).expect("plain");
        let public = serde_json::to_string(&PublicCard::of(&expert)).expect("plain");
        for secret in [
            NAME.to_owned(),
            "Salanimi".to_owned(),
            expert.person.to_string(),
            expert.id.to_string(),
            "kuntoutus".to_owned(),
        ] {
            prop_assert!(!card.contains(&secret) && !public.contains(&secret));
        }
        prop_assert!(!card.contains(&expert.public_card.to_string()));
        prop_assert!(!public.contains(&expert.card.to_string()));
        prop_assert!(!public.contains("Puhun suoraan."));
    }

    #[test]
    fn nothing_about_an_expert_shows_in_debug(steps in any_steps(), theme in any_theme()) {
        let shown = format!(
            "{:?} {:?} {:?}",
            walk(&steps),
            matches(&Search::default(), &walk(&steps)),
            given(&theme, &[]),
        );
        prop_assert!(codes::EXPERIENCE_THEMES.codes().all(|code| !shown.contains(code)));
    }

    #[test]
    fn among_equals_whoever_has_had_fewer_tasks_comes_first(
        few in 0_u32..5, more in 1_u32..5, key in any::<u128>(), one in any::<u128>(), other in any::<u128>(),
    ) {
        let found = matches(&Search::default(), &expert()).expect("anyone");
        let load = |recent| Load { recent, last: Some(at(0)) };
        let key = Uuid::from_u128(key);
        let idle = rank(&found, load(few), key, id(one));
        let busy = rank(&found, load(few + more), key, id(other));
        prop_assert!(idle < busy);
        let never = rank(&found, Load { recent: few, last: None }, key, id(other));
        prop_assert!(never < idle);
    }
}

#[test]
fn training_is_a_criterion_and_never_a_gate() {
    let untrained = expert();
    assert!(matches(&Search::default(), &untrained).is_some());
    let trained = Criteria { trained: true, ..Criteria::default() };
    let required = Search { required: trained.clone(), wished: Criteria::default() };
    assert!(matches(&required, &untrained).is_none());
    let wished = Search { required: Criteria::default(), wished: trained };
    let found = matches(&wished, &untrained).expect("a wish keeps nobody out");
    assert_eq!(found.unfulfilled, [Criterion::Trained]);

    let training = Training {
        model: "national".into(),
        completed: Day::new(2024, 5, 31).expect("a day"),
        issuer: "Verkosto".into(),
    };
    let profile = Profile { trainings: vec![training], ..untrained.profile.clone() };
    let trained = untrained.edit(profile, NAME).expect("edits");
    let found = matches(&required, &trained).expect("trained");
    assert_eq!(found.required[0].codes, ["national"]);
}

#[test]
fn a_match_says_which_criteria_fit() {
    let expert = expert()
        .consent(given("grief", &[Visibility::BankSearch]), id(PERSON), at(1))
        .expect("a known theme");
    let search = Search {
        required: Criteria {
            themes: vec!["debt".into(), "grief".into()],
            task_types: vec!["lecture".into()],
            municipality: Some("698".into()),
            perspective: Some(Perspective::Own),
            ..Criteria::default()
        },
        wished: Criteria {
            languages: vec!["sv".into()],
            modes: vec!["on_site".into()],
            ..Criteria::default()
        },
    };
    let found = matches(&search, &expert).expect("fits");
    let reasons: Vec<_> =
        found.required.iter().map(|reason| (reason.criterion, reason.codes.join(" "))).collect();
    assert_eq!(
        reasons,
        [
            (Criterion::Themes, "grief".to_owned()),
            (Criterion::TaskTypes, "lecture".to_owned()),
            (Criterion::Municipality, String::new()),
            (Criterion::Perspective, String::new()),
        ]
    );
    assert_eq!(found.wished[0].criterion, Criterion::Modes);
    assert_eq!(found.unfulfilled, [Criterion::Languages]);
}

#[test]
fn needs_are_shown_and_counted_only_with_consent() {
    let needs =
        Needs { adjustments: vec!["step_free".into()], note: None, on_card: false, consent: true };
    let hidden = expert().need(Some(needs.clone()), at(1)).expect("agreed");
    assert!(Card::of(&hidden).expect("available").adjustments.is_empty());
    let shown = hidden.need(Some(Needs { on_card: true, ..needs.clone() }), at(2)).expect("agreed");
    assert_eq!(Card::of(&shown).expect("available").adjustments, ["step_free"]);
    let offer = |adjustments: &[&str]| Search {
        required: Criteria {
            adjustments: adjustments.iter().map(|&code| code.to_owned()).collect(),
            ..Criteria::default()
        },
        wished: Criteria::default(),
    };
    assert!(matches(&offer(&["step_free", "breaks"]), &shown).is_some());
    assert!(matches(&offer(&["breaks"]), &shown).is_none());

    let refusal = expert().need(Some(Needs { consent: false, ..needs }), at(1));
    assert_eq!(pointers(refusal.expect_err("no consent")), ["/consent consent_needed"]);
}

#[test]
fn every_wrong_value_of_an_enrolment_is_told_at_once() {
    let mut form = enrolment();
    form.profile.titles = vec!["king".into()];
    form.profile.languages = vec!["fi".into(), "fi".into()];
    form.profile.municipalities = vec!["69".into()];
    form.profile.introduction = Some("Olen Aino, soita 040 123 4567".into());
    form.profile.public_introduction = Some("Kirjoita salanimelle: a@example.fi".into());
    form.themes = vec![given("boredom", &[Visibility::Public])];
    let refusal = Expert::enrol(form, newcomer(), at(0)).expect_err("wrong");
    assert_eq!(
        pointers(refusal),
        [
            "/profile/titles/0 unknown_code",
            "/profile/languages/1 duplicate",
            "/profile/municipalities/0 unknown_code",
            "/profile/introduction names_person",
            "/profile/introduction contact_details",
            "/profile/public_introduction names_person",
            "/profile/public_introduction contact_details",
            "/themes/0/theme unknown_code",
        ]
    );
}

#[test]
fn enrolling_another_needs_their_recorded_consent() {
    let staff = Newcomer { by: id(9), ..newcomer() };
    let refusal = Expert::enrol(enrolment(), staff, at(0)).expect_err("no consent");
    assert_eq!(pointers(refusal), ["/recorded_consent consent_needed"]);

    let consent =
        |day| RecordedConsent { text: "Saa lisätä.".into(), channel: "phone".into(), day };
    let tomorrow = at(86_400).day();
    let form = Enrolment { recorded_consent: Some(consent(tomorrow)), ..enrolment() };
    let refusal = Expert::enrol(form, staff, at(0)).expect_err("too early");
    assert_eq!(pointers(refusal), ["/recorded_consent/day in_future"]);
    let form = Enrolment { recorded_consent: Some(consent(at(0).day())), ..enrolment() };
    assert!(Expert::enrol(form, staff, at(0)).is_ok());
}

#[test]
fn nobody_is_their_own_support_person_and_new_powers_replace_the_old() {
    let form = |person, powers: &[Power]| DelegationForm { person, powers: powers.to_vec() };
    let own = expert().delegate(form(id(PERSON), &[Power::Offers]), at(1));
    assert_eq!(own.expect_err("own"), Refusal::Rule(Rule::OwnSupport));
    let helped = expert()
        .delegate(form(id(7), &[Power::Offers]), at(1))
        .and_then(|expert| expert.delegate(form(id(7), &[Power::Profile]), at(2)))
        .expect("delegates");
    assert_eq!(helped.delegations.len(), 1);
    assert_eq!(helped.delegations[0].powers, [Power::Profile]);
    assert!(helped.undelegate(id(7)).delegations.is_empty());
}

#[test]
fn whoever_leaves_is_forgotten_and_may_come_back() {
    let gone = walk(&[Step::Give("grief".into(), vec![Visibility::Public])]).leave(at(50));
    assert!(gone.themes.now().is_empty() && gone.profile.introduction.is_none());
    assert_eq!(gone.themes.past().len(), 1);
    assert_eq!(gone.left_at, Some(at(50)));
    let back = gone.avail(Availability::Available);
    assert!(Card::of(&back).expect("available").themes.is_empty());
}

#[test]
fn consent_that_comes_and_goes_is_kept_up_to_a_bound_and_can_always_be_taken_back() {
    let theme = || given("grief", &[Visibility::BankSearch]);
    let taken = || ConsentWithdrawal { theme: "grief".into(), visibility: vec![] };
    let fickle = full(expert(), |expert| {
        expert.consent(theme(), id(PERSON), at(1))?.withdraw(&taken(), at(2))
    });
    assert!(fickle.leave(at(3)).themes.now().is_empty());
    let mut next = 100;
    let mut helped = expert();
    let refused = loop {
        next += 1;
        let form = DelegationForm { person: id(next), powers: vec![Power::Offers] };
        match helped.clone().delegate(form, at(1)) {
            Ok(with_more) => helped = with_more,
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refused, Refusal::Rule(Rule::RecordFull));
    assert!(helped.undelegate(id(101)).delegations.len() < record::MOST);
}
