//! Experts who rest, leave and come back, and those who act for them.

use domain::{
    expert::{
        Availability, Background, Delegation, DelegationForm, Expert, Needs, Perspective, Profile,
    },
    policy::Power,
    refusal::{Fault, Refusal, Rule},
    time::Moment,
};

use crate::aino::aino;
use crate::made_up::id;

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(1_780_000_100 + seconds).expect("in range")
}

/// Aino, who has told a lot and has a support person.
fn talkative() -> Expert {
    let text = || Some("Rohkea puhuja.".to_owned());
    let mut expert = aino();
    expert.profile = Profile {
        skills: text(),
        service_experience: text(),
        advocacy_experience: text(),
        introduction: text(),
        public_introduction: text(),
        background: vec![Background { organisation: id(8), support_contact: None }],
        ..expert.profile
    };
    let needs =
        Needs { adjustments: vec!["breaks".to_owned()], note: None, on_card: false, consent: true };
    let form = DelegationForm { person: id(7), powers: vec![Power::Offers, Power::Feedback] };
    expert
        .need(Some(needs), moment(0))
        .and_then(|expert| expert.delegate(form, moment(0)))
        .expect("agreed")
}

#[test]
fn whoever_leaves_is_gone_from_that_day_with_all_that_they_told() {
    let gone = talkative().leave(moment(5));
    let told = aino().profile;
    assert_eq!(gone.profile, Profile { trainings: vec![], perspective: Perspective::Both, ..told });
    assert!(gone.themes.past().iter().all(|past| past.theme.is_none()));
    assert_eq!(gone.clone().forget_left(), gone);
    assert_eq!((gone.availability, gone.left_at), (Availability::NotNow, Some(moment(5))));
    assert!(gone.needs.is_none() && gone.delegations.is_empty() && !gone.is_findable());
    assert_eq!(gone.takes_part(), Err(Rule::LeftBank.into()));
    assert_eq!(gone.clone().avail(Availability::Available).takes_part(), Ok(()), "they are back");
    assert_eq!(talkative().avail(Availability::NotNow).takes_part(), Ok(()));
    assert_eq!(gone.leave(moment(6)).left_at, Some(moment(5)), "they left once");
}

#[test]
fn a_task_is_for_those_who_take_tasks_now() {
    assert_eq!(aino().takes_tasks(), Ok(()));
    let away = aino().avail(Availability::NotNow);
    for expert in [away.clone(), talkative().leave(moment(5)), talkative().rest()] {
        assert_eq!(expert.takes_tasks(), Err(Rule::NotAvailable.into()));
    }
    assert_eq!(away.avail(Availability::Available).takes_tasks(), Ok(()));
}

#[test]
fn whoever_rests_is_hidden_and_keeps_what_they_told() {
    let resting = talkative().rest();
    assert_eq!(resting.availability, Availability::NotNow);
    assert!(resting.delegations.is_empty() && !resting.is_findable());
    assert_eq!((&resting.profile, resting.left_at), (&talkative().profile, None));
    assert_eq!(resting.needs, talkative().needs);
}

#[test]
fn whoever_rests_is_acted_for_in_what_is_owed_to_them_alone() {
    let form =
        |person, powers: &[Power]| DelegationForm { person: id(person), powers: powers.to_vec() };
    let expert = talkative()
        .delegate(form(5, &[Power::Profile, Power::FeeForms, Power::Agreements]), moment(1))
        .and_then(|expert| expert.delegate(form(6, &[Power::FeeForms]), moment(2)))
        .expect("agreed");
    let left: Vec<_> = expert
        .rest()
        .delegations
        .into_iter()
        .map(|one| (one.person, one.powers, one.given_at))
        .collect();
    let owed = || vec![Power::FeeForms];
    assert_eq!(left, [(id(5), owed(), moment(1)), (id(6), owed(), moment(2))]);
}

#[test]
fn whoever_takes_tasks_again_has_come_back() {
    let gone = talkative().leave(moment(5));
    let still_gone = gone.clone().avail(Availability::NotNow);
    assert_eq!(still_gone.left_at, Some(moment(5)));
    let back = gone.avail(Availability::Available);
    assert!(back.is_findable() && back.left_at.is_none());
    let returning = Expert { left_at: Some(moment(5)), ..aino() };
    assert!(!returning.is_findable());
}

#[test]
fn a_power_is_given_once_and_from_a_known_moment() {
    let given = &talkative().delegations[..];
    let powers = vec![Power::Offers, Power::Feedback];
    assert_eq!(given, [Delegation { person: id(7), powers, given_at: moment(0) }]);
    let twice = vec![Power::Offers, Power::Profile, Power::Offers];
    let refused = aino().delegate(DelegationForm { person: id(7), powers: twice }, moment(0));
    let fault = Fault::new("/powers/2", "duplicate");
    assert_eq!(refused, Err(Refusal::Invalid(vec![fault])));
}
