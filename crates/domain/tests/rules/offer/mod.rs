//! Properties of an offer's way.

mod course;

use domain::{
    localized::Localized,
    offer::{
        AnswerWay, Event, Mode, Offer, OfferDescription, State, ToldAnswer, Turn, Version,
        WORKFLOW, WithdrawalReason, next_in_turn,
    },
    order::TaskDescription,
    person::Channel,
    refusal::{Fault, Refusal, Rule},
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::made_up::{id, moment};

fn version(digest: &str, what: &str) -> Version {
    let task = TaskDescription {
        title: "Puheenvuoro".to_owned(),
        what: what.to_owned(),
        ..TaskDescription::default()
    };
    let description = OfferDescription { ordered_by: vec![Localized::fi("Osasto 1")], task };
    Version { digest: digest.to_owned(), description, since: moment(0) }
}

fn waiting() -> Offer {
    Offer {
        id: id(1),
        order: id(2),
        node: id(3),
        handler: None,
        expert: id(4),
        person: id(5),
        card: id(6),
        sent_by: id(7),
        channel: Channel::Email,
        message: None,
        versions: vec![version("aa", "Kerrot.")],
        turn: Turn { mode: Mode::InTurn, position: 0, seconds_to_answer: 100 },
        expires_at: None,
        created_at: moment(0),
        answered: None,
        reminded: None,
        state: State::Waiting,
    }
}

fn in_state(state: State) -> Offer {
    Offer { expires_at: Some(moment(100)), state, ..waiting() }
}

fn states() -> Vec<Offer> {
    let at = moment(1);
    vec![
        waiting(),
        in_state(State::Sent { at }),
        in_state(State::Accepted { at, by: id(5) }),
        in_state(State::Declined { at }),
        in_state(State::Expired { at }),
        in_state(State::Withdrawn { at, reason: WithdrawalReason::TakenBack }),
        in_state(State::Superseded { at }),
    ]
}

fn sample_events() -> Vec<Event> {
    vec![
        Event::Send { expires_at: moment(100) },
        Event::Redescribe { version: Box::new(version("bb", "Kerrot ja kirjoitat.")) },
        Event::Accept { by: id(5), digest: "aa".to_owned() },
        Event::Accept { by: id(5), digest: "bb".to_owned() },
        Event::Decline,
        Event::RecordAnswer {
            by: id(7),
            answer: ToldAnswer::Accept { digest: "aa".to_owned() },
            way: AnswerWay::Phone,
        },
        Event::RecordAnswer { by: id(7), answer: ToldAnswer::Decline, way: AnswerWay::Post },
        Event::Expire,
        Event::Withdraw { reason: WithdrawalReason::TakenBack },
        Event::Supersede,
        Event::StepBack,
        Event::CancelTask,
    ]
}

fn walk(events: Vec<(Event, i64)>, mut check: impl FnMut(&Offer, &Result<Offer, Refusal>)) {
    let mut offer = waiting();
    for (event, at) in events {
        let next = offer.clone().apply(event, moment(at));
        check(&offer, &next);
        offer = next.unwrap_or(offer);
    }
}

proptest! {
    #[test]
    fn nobody_is_bound_to_words_they_have_not_seen(
        events in prop::collection::vec((prop::sample::select(sample_events()), 0_i64..150), 0..16),
    ) {
        let mut named = None;
        walk(events.clone(), |offer, next| {
            if let Ok(next) = next
                && matches!(next.state, State::Accepted { .. })
                && offer.state != next.state
            {
                named = offer.shown().map(|shown| shown.digest.clone());
                assert!(offer.expires_at.is_some_and(|expires| expires > moment(0)));
            }
        });
        if let Some(named) = named {
            let says = |event: &Event| match event {
                Event::Accept { digest, .. } => *digest == named,
                Event::RecordAnswer { answer: ToldAnswer::Accept { digest }, .. } => {
                    *digest == named
                }
                _ => false,
            };
            assert!(events.iter().any(|(event, _)| says(event)));
        }
    }

    #[test]
    fn an_offer_that_has_been_answered_stays_so(
        events in prop::collection::vec((prop::sample::select(sample_events()), 0_i64..150), 0..16),
    ) {
        walk(events, |offer, next| {
            if !offer.state.is_open() && !matches!(offer.state, State::Accepted { .. }) {
                assert!(next.is_err());
            }
        });
    }

    #[test]
    fn whoever_was_asked_has_been_and_whoever_was_not_has_not(
        events in prop::collection::vec((prop::sample::select(sample_events()), 0_i64..150), 0..16),
    ) {
        let mut asked = false;
        walk(events, |offer, next| {
            assert_eq!(offer.was_sent(), asked);
            if let Ok(next) = next {
                asked |= matches!(next.state, State::Sent { .. });
                assert_eq!(next.was_sent(), asked);
            }
        });
    }

    #[test]
    fn no_more_are_asked_in_turn_than_are_needed(
        sent in prop::collection::vec(0_usize..3, 0..8),
        room in 0_u32..4,
    ) {
        let at = moment(1);
        let offers: Vec<Offer> = (1_u128..)
            .zip(sent)
            .map(|(n, state)| {
                let state = [State::Waiting, State::Sent { at }, State::Declined { at }][state].clone();
                let turn = Turn { position: u32::try_from(n).expect("few"), ..waiting().turn };
                Offer { id: id(n), turn, ..in_state(state) }
            })
            .collect();
        let out = offers.iter().filter(|offer| matches!(offer.state, State::Sent { .. })).count();
        let waiting: Vec<_> = offers.iter().filter(|offer| offer.state == State::Waiting).map(|offer| offer.id).collect();
        let next = next_in_turn(&offers, room);
        assert_eq!(next.as_slice(), &waiting[..next.len()]);
        assert_eq!(next.len(), waiting.len().min((room as usize).saturating_sub(out)));
    }
}

#[test]
fn the_whole_table() {
    let events = || {
        sample_events()
            .into_iter()
            .map(|event| (event, 50))
            .chain([(Event::Expire, 100)])
            .chain([(Event::Accept { by: id(5), digest: "aa".to_owned() }, 100)])
    };
    let name = |event: &Event, at| match event {
        Event::Accept { digest, .. } if digest == "bb" => "accept another".to_owned(),
        event if at == 100 => format!("{} late", event.action()),
        event => event.action().to_owned(),
    };
    let mut table = format!("{:<12}", "");
    for (event, at) in events() {
        table += &format!("{:<21}", name(&event, at));
    }
    for offer in states() {
        table += &format!("\n{:<12}", offer.state.name());
        for (event, at) in events() {
            let cell_of = (WORKFLOW.name, offer.state.name(), event.action());
            let cell = match offer.clone().apply(event, moment(at)) {
                Ok(next) => next.state.name().to_owned(),
                Err(Refusal::OutOfTurn { machine, state, action }) => {
                    assert_eq!((machine, state, action), cell_of);
                    "·".to_owned()
                }
                Err(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => format!("{rule}!"),
                Err(Refusal::Invalid(_)) => "invalid!".to_owned(),
            };
            table += &format!("{cell:<21}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../../golden/offer.txt"].assert_eq(&table);
}

#[test]
fn the_published_workflow_says_what_the_machine_does() {
    let mut seen = vec![];
    for offer in states() {
        for event in sample_events() {
            for at in [50, 100] {
                let (state, action) = (offer.state.name(), event.action());
                if let Ok(next) = offer.clone().apply(event.clone(), moment(at)) {
                    let arrow = WORKFLOW.arrow(state, action).expect(action);
                    assert!(arrow.to.contains(&next.state.name()), "{state} {action}");
                    seen.push((state, action));
                }
            }
        }
    }
    for arrow in WORKFLOW.arrows {
        for from in arrow.from {
            assert!(seen.contains(&(from, arrow.action)), "{from} {}", arrow.action);
        }
    }
}

#[test]
fn whoever_accepts_words_that_have_changed_is_told_what_changed() {
    let offer = in_state(State::Sent { at: moment(1) });
    let offer = offer
        .apply(
            Event::Redescribe { version: Box::new(version("bb", "Kerrot ja kirjoitat.")) },
            moment(2),
        )
        .expect("redescribed");
    let accept = |digest: &str| Event::Accept { by: id(5), digest: digest.to_owned() };
    assert_eq!(
        offer.clone().apply(accept("aa"), moment(3)),
        Err(Refusal::RuleAt(
            Rule::DescriptionChanged,
            vec![Fault::new("/description/task/what", "changed")]
        ))
    );
    assert_eq!(
        offer.clone().apply(accept("never shown"), moment(3)),
        Err(Refusal::RuleAt(
            Rule::DescriptionChanged,
            vec![Fault::new("/description_digest", "changed")]
        ))
    );
    assert!(offer.apply(accept("bb"), moment(3)).is_ok());
}

#[test]
fn an_offer_whose_time_has_run_out_is_expired_before_that_is_written_down() {
    let offer = in_state(State::Sent { at: moment(1) });
    assert_eq!(offer.clone().as_of(moment(99)).state.name(), "sent");
    assert_eq!(offer.as_of(moment(100)).state.name(), "expired");
    assert_eq!(
        in_state(State::Declined { at: moment(1) }).as_of(moment(200)).state.name(),
        "declined"
    );
}
