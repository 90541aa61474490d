//! Aino, who is made up: an expert as she comes to the bank.

use domain::{
    expert::{Enrolment, Expert, Newcomer, Perspective, Profile},
    id::Id,
    time::Moment,
};
use uuid::Uuid;

/// An expert who tells only what everyone must tell.
pub(crate) fn aino() -> Expert {
    let profile = Profile {
        titles: vec!["expert_by_experience".to_owned()],
        perspective: Perspective::Own,
        languages: vec!["fi".to_owned()],
        areas: vec!["21".to_owned()],
        municipalities: vec![],
        task_types: vec![],
        modes: vec!["on_site".to_owned()],
        activity_fields: vec![],
        trainings: vec![],
        skills: None,
        service_experience: None,
        advocacy_experience: None,
        introduction: None,
        public_introduction: None,
        background: vec![],
    };
    let enrolment = Enrolment {
        person: None,
        node: None,
        profile,
        themes: vec![],
        needs: None,
        recorded_consent: None,
    };
    let person = Id::new(Uuid::from_u128(0xa4));
    let newcomer = Newcomer {
        id: Id::new(Uuid::from_u128(0xa1)),
        card: Id::new(Uuid::from_u128(0xa2)),
        public_card: Id::new(Uuid::from_u128(0xa3)),
        person,
        name: "Aino Salanimi",
        node: Id::new(Uuid::from_u128(0xa5)),
        by: person,
    };
    let at = Moment::from_timestamp(1_780_000_000).expect("in range");
    Expert::enrol(enrolment, newcomer, at).expect("enrols")
}
