//! What each step of an offer's way leaves behind.

use domain::{
    localized::Localized,
    offer::{
        AnswerWay, Event, Mode, Offer, OfferDescription, State, ToldAnswer, Turn, Version,
        WithdrawalReason, next_in_turn,
    },
    order::TaskDescription,
    person::Channel,
    refusal::{Fault, Refusal, Rule},
};

use super::{id, moment, waiting};

fn version(digest: &str, unit: &str, what: &str) -> Version {
    let task = TaskDescription {
        title: "Puheenvuoro".to_owned(),
        what: what.to_owned(),
        ..TaskDescription::default()
    };
    let description = OfferDescription { ordered_by: vec![Localized::fi(unit)], task };
    Version { digest: digest.to_owned(), description, since: moment(0) }
}

fn sent() -> Offer {
    waiting().apply(Event::Send { expires_at: moment(100) }, moment(1)).expect("sends")
}

fn redescribe(digest: &str, unit: &str, what: &str) -> Event {
    Event::Redescribe { version: Box::new(version(digest, unit, what)) }
}

fn accept(digest: &str) -> Event {
    Event::Accept { by: id(5), digest: digest.to_owned() }
}

fn told(answer: ToldAnswer) -> Event {
    Event::RecordAnswer { by: id(7), answer, way: AnswerWay::Phone }
}

#[test]
fn a_sent_offer_says_until_when_it_can_be_answered() {
    assert_eq!(sent().expires_at, Some(moment(100)));
    assert_eq!(sent().state, State::Sent { at: moment(1) });
    assert!(!sent().overdue(moment(99)) && sent().overdue(moment(100)));
    assert!(!waiting().overdue(moment(1000)), "nobody has been asked yet");
    let endless = Offer { expires_at: None, ..sent() };
    assert!(!endless.overdue(moment(1000)));
}

#[test]
fn an_answer_says_who_gave_it_and_when() {
    let accepted = sent().apply(accept("aa"), moment(2)).expect("accepts");
    assert_eq!(accepted.state, State::Accepted { at: moment(2), by: id(5) });
    assert_eq!(accepted.answered, None);
    let declined = sent().apply(Event::Decline, moment(2)).expect("declines");
    assert_eq!(declined.state, State::Declined { at: moment(2) });
}

#[test]
fn an_answer_that_was_told_says_how_and_who_wrote_it_down() {
    let accepts = ToldAnswer::Accept { digest: "aa".to_owned() };
    let accepted = sent().apply(told(accepts), moment(2)).expect("accepts");
    assert_eq!(accepted.state, State::Accepted { at: moment(2), by: id(7) });
    assert_eq!(accepted.answered, Some(AnswerWay::Phone));
    let declined = sent().apply(told(ToldAnswer::Decline), moment(2)).expect("declines");
    assert_eq!(declined.state, State::Declined { at: moment(2) });
    assert_eq!(declined.answered, Some(AnswerWay::Phone));

    let other = ToldAnswer::Accept { digest: "bb".to_owned() };
    let refused = sent().apply(told(other), moment(2));
    let faults = vec![Fault::new("/description_digest", "changed")];
    assert_eq!(refused, Err(Refusal::RuleAt(Rule::DescriptionChanged, faults)));
}

#[test]
fn nobody_answers_when_the_time_has_run_out() {
    for event in [accept("aa"), Event::Decline, told(ToldAnswer::Decline)] {
        assert!(sent().apply(event.clone(), moment(99)).is_ok());
        assert_eq!(sent().apply(event, moment(100)), Err(Rule::OfferExpired.into()));
    }
    assert_eq!(sent().apply(Event::Expire, moment(99)), Err(Rule::OfferNotExpired.into()));
}

#[test]
fn an_expert_is_reminded_once_a_day_before_the_time_runs_out_if_they_had_more_than_two() {
    const DAY: i64 = 86_400;
    let offer = |days| Offer {
        state: State::Sent { at: moment(0) },
        expires_at: Some(moment(days * DAY)),
        ..waiting()
    };
    let reminded = offer(3).remind(moment(2 * DAY)).expect("a day is left");
    assert_eq!(reminded.reminded, Some(moment(2 * DAY)));
    assert_eq!(reminded.remind(moment(2 * DAY + 1)), None);
    assert_eq!(offer(3).remind(moment(2 * DAY - 1)), None, "more than a day is left");
    assert_eq!(offer(3).remind(moment(3 * DAY)), None, "it is over");
    assert_eq!(offer(2).remind(moment(DAY)), None, "two days are remembered");
    assert_eq!(waiting().remind(moment(1)), None);
    let by_letter = Offer { channel: Channel::Post, ..offer(3) };
    assert_eq!(by_letter.remind(moment(2 * DAY)), None);
}

#[test]
fn an_offer_that_ends_says_when_and_why() {
    let at = moment(100);
    let end = |event| sent().apply(event, at).expect("ends").state;
    let reason = WithdrawalReason::OrderEnded;
    assert_eq!(end(Event::Withdraw { reason }), State::Withdrawn { at, reason });
    assert_eq!(end(Event::Supersede), State::Superseded { at });
    assert_eq!(end(Event::Expire), State::Expired { at });
    assert_eq!(sent().as_of(at).state, State::Expired { at });
    let accepted = sent().apply(accept("aa"), moment(2)).expect("accepts");
    let whose = [
        (Event::StepBack, WithdrawalReason::SteppedBack),
        (Event::CancelTask, WithdrawalReason::TaskCancelled),
    ];
    for (event, reason) in whose {
        let over = accepted.clone().apply(event, at).expect("comes to nothing");
        assert_eq!(over.state, State::Withdrawn { at, reason });
    }
}

#[test]
fn what_has_been_shown_is_kept_and_the_newest_is_shown() {
    let offer = sent().apply(redescribe("bb", "Osasto 1", "Kirjoitat."), moment(2));
    let offer = offer.expect("redescribes");
    assert_eq!(offer.versions.len(), 2);
    assert_eq!(offer.shown().map(|shown| &*shown.digest), Some("bb"));
    let same = offer.clone().apply(redescribe("bb", "Osasto 1", "Kirjoitat."), moment(3));
    assert_eq!(same.expect("nothing is new"), offer);
}

#[test]
fn whoever_accepts_old_words_is_told_each_thing_that_changed() {
    let offer = sent().apply(redescribe("bb", "Osasto 2", "Kirjoitat."), moment(2));
    let refused = offer.expect("redescribes").apply(accept("aa"), moment(3));
    let faults = ["/description/ordered_by", "/description/task/what"]
        .map(|pointer| Fault::new(pointer, "changed"));
    assert_eq!(refused, Err(Refusal::RuleAt(Rule::DescriptionChanged, faults.to_vec())));
}

#[test]
fn those_who_were_asked_first_have_their_turn_first() {
    let at = |n: u128, created: i64, position| {
        let turn = Turn { position, ..waiting().turn };
        Offer { id: id(n), created_at: moment(created), turn, ..waiting() }
    };
    let parallel = Turn { mode: Mode::Parallel, ..waiting().turn };
    let offers = [
        at(1, 5, 0),
        at(2, 0, 1),
        at(3, 0, 0),
        Offer { id: id(4), turn: parallel, ..waiting() },
        Offer { id: id(5), turn: parallel, ..sent() },
    ];
    assert_eq!(next_in_turn(&offers, 9), [id(3), id(2), id(1)]);
    assert_eq!(next_in_turn(&offers, 1), [id(3)]);
    let asked = [Offer { id: id(6), ..sent() }, at(2, 0, 1)];
    assert!(next_in_turn(&asked, 1).is_empty(), "one is out already");
    assert_eq!(next_in_turn(&asked, 2), [id(2)]);
}

#[test]
fn an_offer_is_open_until_it_is_answered_or_ends() {
    assert!(waiting().state.is_open() && sent().state.is_open());
    for event in [accept("aa"), Event::Decline, Event::Supersede] {
        assert!(!sent().apply(event, moment(2)).expect("an arrow").state.is_open());
    }
}
