//! The whole table of the assignment, and what always holds on its way.

mod prepare;
mod record;
mod settlement;

use domain::{
    assignment::{
        Assignment, CancellationParty, ContactChannel, ContactForm, Deliverable, DeliveryWaiver,
        Event, HandedOver, IntroductionForm, OralFeedbackForm, Performance, PerformanceForm,
        Reminder, Reminders, Side, State, WORKFLOW,
    },
    refusal::{Refusal, Rule},
    settings::Settings,
    time::{Day, Moment},
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::full::full;
use crate::made_up::id;

const START: i64 = 1_000_000;

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(seconds).expect("in range")
}

fn day() -> Day {
    moment(0).day()
}

fn preparing() -> Assignment {
    Assignment {
        starts: Some(moment(START)),
        ends: Some(moment(START + 3600)),
        created: moment(0),
        contact_due: day(),
        ..crate::preparing::preparing()
    }
}

fn introduction() -> IntroductionForm {
    IntroductionForm { at: moment(9), channel: ContactChannel::Video, place: None, note: None }
}

fn everything() -> Vec<Deliverable> {
    vec![
        Deliverable::Orientation,
        Deliverable::ExpertFeedbackForm,
        Deliverable::OrdererFeedbackForm,
    ]
}

fn all_events() -> Vec<Event> {
    let by = id(7);
    vec![
        Event::RecordContact {
            by,
            form: ContactForm { at: None, channel: ContactChannel::Phone, note: None },
        },
        Event::Remind,
        Event::Confirm { starts: moment(START), ends: moment(START + 3600) },
        Event::Deliver(everything()),
        Event::WaiveDelivery { by, reason: "kiire".to_owned() },
        Event::Introduce { by: id(8), form: introduction() },
        Event::RecordVisit { by, date: day() },
        Event::Perform {
            by,
            form: PerformanceForm { date: day(), minutes: 60, participants: Some(3) },
        },
        Event::RecordOralFeedback {
            by,
            form: OralFeedbackForm { date: day(), given_by: "Liisa".to_owned(), note: None },
        },
        Event::Cancel {
            party: CancellationParty::Orderer,
            by,
            reason: "peruuntui".to_owned(),
            pay_percent: 50,
        },
        Event::NoShow { by, absent: Side::Orderer, pay_percent: 100 },
        Event::Reopen { since: moment(0) },
        Event::StepBack,
        Event::Close,
    ]
}

fn all_states() -> Vec<State> {
    let (by, at) = (id(7), moment(0));
    let performance = Performance { date: day(), minutes: 60, participants: None, by, at };
    vec![
        State::Preparing,
        State::Confirmed { since: at },
        State::Performed { performance: performance.clone() },
        State::Closed { performance, at },
        State::Cancelled {
            party: CancellationParty::Broker,
            by,
            reason: String::new(),
            pay_percent: 0,
            at: moment(START),
        },
        State::NoShow { by, absent: Side::Expert, pay_percent: 0, at },
        State::SteppedBack { at },
    ]
}

/// One line for each event, one column for each state, for a task that is in the middle of its day.
fn table(at: Moment, handed_over: &HandedOver) -> String {
    let mut table = format!("{:<22}", "");
    for state in all_states() {
        table += &format!("{:<16}", state.name());
    }
    for event in all_events() {
        table += &format!("\n{:<22}", event.action());
        for state in all_states() {
            let cell_of = (WORKFLOW.name, state.name(), event.action());
            let assignment = Assignment { state, handed_over: handed_over.clone(), ..preparing() };
            let cell = match assignment.apply(event.clone(), at) {
                Ok(next) => next.state.name().to_owned(),
                Err(Refusal::OutOfTurn { machine, state, action }) => {
                    assert_eq!((machine, state, action), cell_of);
                    "·".to_owned()
                }
                Err(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => format!("{rule}!"),
                Err(Refusal::Invalid(_)) => "invalid!".to_owned(),
            };
            table += &format!("{cell:<16}");
        }
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn delivered() -> HandedOver {
    let at = Some(moment(0));
    HandedOver { orientation: at, expert_feedback_form: at, orderer_feedback_form: at }
}

#[test]
fn the_whole_table() {
    let text = [
        "before the task, nothing delivered\n",
        &table(moment(0), &HandedOver::default()),
        "\nafter its beginning, everything delivered\n",
        &table(moment(START), &delivered()),
    ];
    expect_file!["../../golden/assignment.txt"].assert_eq(&text.concat());
}

#[test]
fn the_published_machine_is_the_one_that_runs() {
    for state in all_states() {
        for event in all_events() {
            let action = event.action();
            let reached: Vec<_> = [moment(0), moment(START)]
                .into_iter()
                .filter_map(|at| {
                    let assignment = Assignment {
                        state: state.clone(),
                        handed_over: delivered(),
                        ..preparing()
                    };
                    assignment.apply(event.clone(), at).ok()
                })
                .map(|next| next.state.name())
                .collect();
            match WORKFLOW.arrow(state.name(), action) {
                Some(arrow) => {
                    assert!(!reached.is_empty(), "{action} from {} never works", state.name());
                    assert!(
                        reached.iter().all(|to| arrow.to.contains(to)),
                        "{action}: {reached:?}"
                    );
                }
                None => assert!(reached.is_empty(), "{action} from {} is undrawn", state.name()),
            }
        }
    }
    let names: Vec<_> = all_states().iter().map(State::name).collect();
    assert_eq!(names, WORKFLOW.states);
}

#[test]
fn whoever_was_ready_for_a_task_can_claim_the_costs_unless_they_called_it_off_themself() {
    let (by, at, starts) = (id(7), moment(0), Some(moment(86_400)));
    let payable = |state| {
        let payable = Assignment { state, starts, ..preparing() }.payable();
        payable.map(|found| (found.day, found.percent))
    };
    let cancelled = |party, pay_percent| {
        payable(State::Cancelled { party, by, reason: String::new(), pay_percent, at })
    };
    let missed = |absent, pay_percent| payable(State::NoShow { by, absent, pay_percent, at });
    let agreed = moment(86_400).day();
    use CancellationParty::{Broker, Circumstances, Expert, Orderer};
    for party in [Broker, Circumstances, Orderer] {
        assert_eq!(cancelled(party, 0), Some((agreed, 0)), "{party:?}");
    }
    assert_eq!((cancelled(Expert, 0), cancelled(Expert, 50)), (None, Some((agreed, 50))));
    assert_eq!((missed(Side::Expert, 0), missed(Side::Orderer, 0)), (None, Some((agreed, 0))));
    assert_eq!(payable(State::Confirmed { since: at }), None);
    assert_eq!(payable(State::SteppedBack { at }), None);
    let performance = Performance { date: day(), minutes: 60, participants: None, by, at };
    assert_eq!(payable(State::Performed { performance }), Some((day(), 100)));
}

#[test]
fn each_is_reminded_once_of_what_is_left_after_the_task() {
    let settings =
        Settings { fee_form_days: Some(3), feedback_days: Some(5), ..Settings::default() };
    let performance =
        Performance { date: day(), minutes: 60, participants: None, by: id(7), at: moment(0) };
    let done = Assignment {
        state: State::Performed { performance },
        reminders: Reminders::of(&settings),
        ..preparing()
    };
    assert_eq!(done.deadlines().first(), Some(day().later(3)));
    assert_eq!(done.deadlines().passed(day().later(3)), []);
    assert_eq!(done.deadlines().passed(day().later(4)), [Reminder::FeeForm]);
    assert_eq!(done.deadlines().passed(day().later(6)), [Reminder::FeeForm, Reminder::Feedback]);
    let done = done.seen_to(Reminder::FeeForm, moment(9));
    assert_eq!(done.deadlines().first(), Some(day().later(5)));
    assert_eq!(done.seen_to(Reminder::Feedback, moment(9)).deadlines().first(), None);

    let unset = Assignment { reminders: Reminders::default(), ..preparing() };
    assert_eq!(unset.deadlines().first(), Some(unset.contact_due));
}

#[test]
fn a_task_is_performed_without_the_deliveries_only_for_a_reason() {
    let confirmed = Assignment { state: State::Confirmed { since: moment(0) }, ..preparing() };
    let perform = || Event::Perform {
        by: id(7),
        form: PerformanceForm { date: day(), minutes: 60, participants: None },
    };
    let refused = confirmed.clone().apply(perform(), moment(START));
    assert_eq!(refused, Err(Refusal::Rule(Rule::NotDelivered)));

    let partly = confirmed.clone().apply(Event::Deliver(vec![Deliverable::Orientation]), moment(1));
    let refused = partly.expect("delivers").apply(perform(), moment(START));
    assert_eq!(refused, Err(Refusal::Rule(Rule::NotDelivered)));

    let waiver = DeliveryWaiver { reason: "tuttu paikka".to_owned(), by: id(7), at: moment(1) };
    let waived = Assignment { delivery_waiver: Some(waiver), ..confirmed };
    assert!(waived.apply(perform(), moment(START)).is_ok());
}

fn events() -> impl Strategy<Value = Vec<(Event, i64)>> {
    let event = prop::sample::select(all_events());
    prop::collection::vec((event, 0_i64..2 * START), 0..16)
}

/// Follows `events`, passing over the refused ones, and calls `check` after each step.
fn walk(
    events: Vec<(Event, i64)>,
    mut check: impl FnMut(&Assignment, &Result<Assignment, Refusal>),
) {
    let mut assignment = preparing();
    for (event, seconds) in events {
        let next = assignment.clone().apply(event, moment(seconds));
        check(&assignment, &next);
        assignment = next.unwrap_or(assignment);
    }
}

proptest! {
    #[test]
    fn no_event_changes_who_is_bound_to_whom(events in events()) {
        walk(events, |before, next| {
            if let Ok(next) = next {
                let parties = |one: &Assignment| (one.id, one.order, one.offer, one.person, one.node, one.orderer);
                assert_eq!(parties(before), parties(next));
            }
        });
    }

    #[test]
    fn an_ended_assignment_stays_ended(events in events()) {
        walk(events, |before, next| {
            let early = matches!(before.state, State::Cancelled { at, .. } if at < moment(START));
            let over = early || ["closed", "stepped_back"].contains(&before.state.name());
            if over && let Ok(next) = next {
                assert_eq!(next.state.name(), before.state.name());
            }
        });
    }

    #[test]
    fn nothing_is_performed_before_it_is_delivered_or_waived(events in events()) {
        walk(events, |_, next| {
            if let Ok(next) = next && next.performance().is_some() {
                assert!(next.may_begin());
            }
        });
    }

    #[test]
    fn nobody_steps_back_from_a_task_that_has_begun(events in events()) {
        walk(events, |before, next| {
            if let Ok(Assignment { state: State::SteppedBack { at }, .. }) = next
                && before.open()
            {
                assert!(!before.has_begun(*at));
            }
        });
    }
}

#[test]
fn contacts_are_kept_up_to_a_bound_and_the_task_goes_on() {
    let contact = all_events().remove(0);
    let talkative = full(preparing(), |assignment| assignment.apply(contact.clone(), moment(0)));
    let times = Event::Confirm { starts: moment(START), ends: moment(START + 3600) };
    talkative.apply(times, moment(1)).expect("confirms");
}
