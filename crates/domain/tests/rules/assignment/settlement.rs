//! What an agreement that both parties have confirmed does to its assignment.

use domain::{
    agreement::{
        Agreement, AgreementContent, AgreementPoints, ConfidentialityTerms, Event, FeeTerms,
        PartyTerms, TaskTime,
    },
    assignment::{self, Side, State},
    order::FeeBasis,
    refusal::Refusal,
};

use crate::made_up::{id, moment};
use crate::preparing::preparing;

const DAY: i64 = 86_400;

fn agreement(ends: i64) -> Agreement {
    let words = || Some("sovittu".to_owned());
    let time = TaskTime { starts: Some(moment(2 * DAY)), ends: Some(moment(ends)), text: None };
    let content = AgreementContent {
        task: AgreementPoints {
            experience_and_competence: words(),
            nature: words(),
            responsibility: words(),
            time,
            place: words(),
            target_group: words(),
        },
        parties: PartyTerms { payer: Some(id(2)), ..PartyTerms::default() },
        fee: FeeTerms { basis: Some(FeeBasis::Volunteer), ..FeeTerms::default() },
        confidentiality: ConfidentialityTerms { expert: words(), orderer: words() },
        ..AgreementContent::default()
    };
    Agreement::new(id(30), id(9), content, moment(0))
}

fn confirmed(agreement: Agreement) -> Agreement {
    let sides = [(Side::Expert, 6), (Side::Orderer, 3)];
    sides.into_iter().fold(agreement, |agreement, (side, by)| {
        let (deviations, digest) = (vec![], "ab".to_owned());
        let event = Event::Confirm { side, revision: 1, by: id(by), deviations, digest };
        agreement.apply(event, moment(5)).expect("confirms")
    })
}

#[test]
fn an_agreement_in_force_confirms_the_assignment_and_gives_it_its_time() {
    let settled = confirmed(agreement(2 * DAY + 60)).settle(preparing(), moment(6));
    let settled = settled.expect("settles");
    assert_eq!(settled.state, State::Confirmed { since: moment(6) });
    assert_eq!(settled.starts, Some(moment(2 * DAY)));
    assert_eq!(settled.ends, Some(moment(2 * DAY + 60)));

    let amended = confirmed(agreement(3 * DAY)).settle(settled, moment(9)).expect("settles");
    assert_eq!(amended.state, State::Confirmed { since: moment(6) }, "it was so already");
    assert_eq!(amended.ends, Some(moment(3 * DAY)));
}

#[test]
fn an_agreement_that_is_not_in_force_or_has_no_time_settles_nothing() {
    assert_eq!(agreement(3 * DAY).settle(preparing(), moment(6)), Ok(preparing()));
    let mut timeless = confirmed(agreement(3 * DAY));
    timeless.content.task.time = TaskTime::default();
    assert_eq!(timeless.settle(preparing(), moment(6)), Ok(preparing()));

    let gone = preparing().apply(assignment::Event::StepBack, moment(1)).expect("steps back");
    let refused = confirmed(agreement(3 * DAY)).settle(gone, moment(6));
    assert!(matches!(refused, Err(Refusal::OutOfTurn { action: "confirm", .. })), "{refused:?}");
}

#[test]
fn a_confirmation_says_who_confirmed_what_and_when() {
    let confirmations = confirmed(agreement(3 * DAY)).confirmations;
    let expert = confirmations.expert.expect("the expert confirmed");
    assert_eq!((expert.by, expert.at, expert.revision), (id(6), moment(5), 1));
    assert_eq!(expert.digest.as_deref(), Some("ab"));
    assert_eq!(confirmations.orderer.expect("and the unit").by, id(3));
}
