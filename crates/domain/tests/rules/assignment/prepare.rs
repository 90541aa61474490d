//! How an assignment begins, and of what it reminds people.

use domain::{
    assignment::{
        Assignment, CancellationParty, ContactChannel, ContactForm, Event, PerformanceForm,
        Reminder, Reminders, Side, State,
    },
    offer::{self, Mode, Offer, Turn},
    order::{Length, Order, OrderForm, TaskDescription, Timing},
    person::Channel,
    settings::Settings,
    time::{Day, Moment},
};

use crate::made_up::{id, moment};

const DAY: i64 = 86_400;

fn today() -> Day {
    moment(0).day()
}

fn order() -> Order {
    let task = TaskDescription {
        title: "Puheenvuoro".to_owned(),
        when: Some(Timing { start: Some(moment(DAY)), ..Timing::default() }),
        task_type: Some("lecture".to_owned()),
        length: Some(Length { minutes: 90, preparation_minutes: 0 }),
        ..TaskDescription::default()
    };
    let form = OrderForm {
        task,
        experts_wanted: 1,
        payer: None,
        cost_centres: vec![],
        units_involved: vec![],
        notes: None,
    };
    Order { handler: Some(id(20)), ..Order::draft(id(1), id(2), id(3), form, moment(0)) }
}

fn offer() -> Offer {
    Offer {
        id: id(4),
        order: id(1),
        node: id(2),
        handler: None,
        expert: id(5),
        person: id(6),
        card: id(7),
        sent_by: id(8),
        channel: Channel::Email,
        message: None,
        versions: vec![],
        turn: Turn { mode: Mode::Parallel, position: 0, seconds_to_answer: 100 },
        expires_at: None,
        created_at: moment(0),
        answered: None,
        reminded: None,
        state: offer::State::Accepted { at: moment(0), by: id(6) },
    }
}

fn prepared(settings: &Settings) -> Assignment {
    Assignment::prepare(id(9), &order(), &offer(), settings, moment(0))
}

/// An assignment whose task is a month away.
fn far_off(settings: &Settings) -> Assignment {
    let mut order = order();
    order.form.task.when = Some(Timing { start: Some(moment(30 * DAY)), ..Timing::default() });
    Assignment::prepare(id(9), &order, &offer(), settings, moment(0))
}

fn step(assignment: Assignment, event: Event, seconds: i64) -> Assignment {
    assignment.apply(event, moment(seconds)).expect("an arrow")
}

fn confirm() -> Event {
    Event::Confirm { starts: moment(DAY), ends: moment(DAY + 5400) }
}

#[test]
fn an_assignment_binds_those_of_the_order_and_the_offer() {
    let assignment = prepared(&Settings::default());
    assert_eq!((assignment.id, assignment.order, assignment.offer), (id(9), id(1), id(4)));
    assert_eq!((assignment.expert, assignment.person), (id(5), id(6)));
    assert_eq!((assignment.node, assignment.handler), (id(2), Some(id(20))));
    assert_eq!(assignment.orderer, id(3));
    assert_eq!((&*assignment.title, &*assignment.task_type), ("Puheenvuoro", "lecture"));
    assert_eq!(assignment.starts, Some(moment(DAY)));
    assert_eq!(assignment.ends, Some(moment(DAY + 5400)));
    assert_eq!((assignment.created, assignment.state), (moment(0), State::Preparing));
}

#[test]
fn the_orderer_has_a_week_for_the_first_contact_unless_the_unit_says_otherwise() {
    let quick = Settings { contact_days: Some(2), ..Settings::default() };
    assert_eq!(far_off(&Settings::default()).contact_due, today().later(7));
    assert_eq!(far_off(&quick).contact_due, today().later(2));
}

#[test]
fn the_first_contact_is_due_before_the_day_of_the_task() {
    let soon = |days: i64| {
        let mut order = order();
        let start = moment(days * 86_400 + 3600);
        order.form.task.when = Some(Timing { start: Some(start), ..Timing::default() });
        Assignment::prepare(id(9), &order, &offer(), &Settings::default(), moment(0)).contact_due
    };
    let expected =
        [today(), today(), today().later(1), today().later(6), today().later(7), today().later(7)];
    assert_eq!([0, 1, 2, 7, 8, 30].map(soon), expected);
}

#[test]
fn the_days_for_the_first_contact_are_those_of_the_calendar() {
    // Half an hour before midnight in Finland, on the evening before the clocks are put forward: one day has 23 hours.
    let late = Moment::from_timestamp(1_774_733_400).expect("in range");
    let quick = Settings { contact_days: Some(3), ..Settings::default() };
    let assignment = Assignment::prepare(id(9), &order(), &offer(), &quick, late);
    assert_eq!(serde_json::to_value(assignment.contact_due).expect("JSON"), "2026-03-31");
}

#[test]
fn a_task_without_a_time_has_an_assignment_without_one() {
    let mut order = order();
    order.form.task.when = None;
    order.form.task.task_type = None;
    let assignment = Assignment::prepare(id(9), &order, &offer(), &Settings::default(), moment(0));
    assert_eq!((assignment.starts, assignment.ends), (None, None));
    assert_eq!(assignment.task_type, "");
    assert!(!assignment.has_begun(moment(DAY * 1000)));
}

#[test]
fn the_orderer_is_reminded_once_of_a_contact_that_was_not_made() {
    let settings = Settings { contact_days: Some(2), ..Settings::default() };
    let waiting = far_off(&settings);
    assert_eq!(waiting.deadlines().passed(today().later(2)), []);
    assert_eq!(waiting.deadlines().passed(today().later(3)), [Reminder::Contact]);
    assert_eq!(waiting.deadlines().first(), Some(today().later(2)));

    let reminded = step(waiting.clone(), Event::Remind, 3 * DAY);
    assert_eq!(reminded.reminded, Some(moment(3 * DAY)));
    assert_eq!(reminded.deadlines().passed(today().later(4)), []);
    let again = step(reminded, Event::Remind, 4 * DAY);
    assert_eq!(again.reminded, Some(moment(3 * DAY)), "the first time counts");

    let form = ContactForm { at: None, channel: ContactChannel::Phone, note: None };
    let contacted = step(waiting.clone(), Event::RecordContact { by: id(3), form }, 1);
    assert_eq!(contacted.deadlines().passed(today().later(3)), []);
    assert_eq!(step(waiting.clone(), Event::StepBack, 1).deadlines().passed(today().later(3)), []);
    assert_eq!(waiting.clone().seen_to(Reminder::Contact, moment(1)), waiting);
}

#[test]
fn both_sides_are_reminded_of_an_agreement_as_long_before_the_task_as_the_contact_may_take() {
    let settings = Settings { contact_days: Some(2), ..Settings::default() };
    let contacted = |assignment: Assignment| {
        let form = ContactForm { at: None, channel: ContactChannel::Phone, note: None };
        step(assignment, Event::RecordContact { by: id(3), form }, 1)
    };
    let waiting = contacted(far_off(&settings));
    assert_eq!(waiting.deadlines().passed(today().later(28)), []);
    assert_eq!(waiting.deadlines().passed(today().later(29)), [Reminder::Agreement]);
    let seen = waiting.clone().seen_to(Reminder::Agreement, moment(29 * DAY));
    assert_eq!(seen.deadlines().passed(today().later(29)), []);
    let confirm = Event::Confirm { starts: moment(30 * DAY), ends: moment(30 * DAY + 60) };
    assert_eq!(step(waiting, confirm, 2).deadlines().passed(today().later(29)), []);
    let soon = contacted(prepared(&Settings::default()));
    assert_eq!(soon.deadlines().passed(today()), []);
    assert_eq!(
        soon.deadlines().passed(today().later(1)),
        [Reminder::Agreement],
        "accepted the day before"
    );
}

#[test]
fn both_sides_are_reminded_once_of_what_became_of_a_task_whose_day_has_passed() {
    let confirmed = step(prepared(&Settings::default()), confirm(), 0);
    let of_record = |assignment: &Assignment, days| {
        assignment.deadlines().passed(today().later(days)).contains(&Reminder::Record)
    };
    assert!(!of_record(&confirmed, 1) && of_record(&confirmed, 2));
    assert!(of_record(&prepared(&Settings::default()), 2), "also if it was never agreed");
    let seen = confirmed.clone().seen_to(Reminder::Record, moment(2 * DAY));
    assert!(!of_record(&seen, 3));
    let moved = Event::Confirm { starts: moment(9 * DAY), ends: moment(9 * DAY + 60) };
    let moved = step(seen.clone(), moved, 2 * DAY);
    assert!(!of_record(&moved, 9) && of_record(&moved, 10));

    let missed = Event::NoShow { by: id(3), absent: Side::Orderer, pay_percent: 100 };
    let missed = step(seen, missed, 2 * DAY);
    assert!(!of_record(&missed, 3));
    let back = step(missed, Event::Reopen { since: moment(0) }, 5 * DAY);
    assert!(!of_record(&back, 5) && of_record(&back, 6), "the day after it was taken back");
}

#[test]
fn the_first_contact_moves_with_the_task_that_it_is_of() {
    let assignment = prepared(&Settings::default());
    assert_eq!(assignment.contact_due, today());
    let later = Event::Confirm { starts: moment(30 * DAY), ends: moment(30 * DAY + 60) };
    assert_eq!(step(assignment, later, 1).contact_due, today().later(7));
}

#[test]
fn a_paid_task_that_was_not_done_wants_its_fee_form_and_no_feedback() {
    let settings =
        Settings { fee_form_days: Some(3), feedback_days: Some(5), ..Settings::default() };
    let confirmed = step(prepared(&settings), confirm(), 0);
    let due = |event| step(confirmed.clone(), event, DAY).deadlines().passed(today().later(30));
    let party = CancellationParty::Orderer;
    let cancel = |pay_percent| Event::Cancel {
        party,
        by: id(3),
        reason: "peruuntui".to_owned(),
        pay_percent,
    };
    let missed = |absent, pay_percent| Event::NoShow { by: id(3), absent, pay_percent };
    let no_show = |pay_percent| missed(Side::Orderer, pay_percent);
    assert_eq!(due(cancel(50)), [Reminder::FeeForm]);
    assert_eq!(due(no_show(1)), [Reminder::FeeForm]);
    assert_eq!(due(cancel(0)), []);
    assert_eq!(due(no_show(0)), [Reminder::FeeForm], "whoever came for nothing had costs");
    assert_eq!(due(missed(Side::Expert, 0)), []);

    let cancelled = step(confirmed, cancel(50), DAY);
    assert_eq!(
        cancelled.deadlines().first(),
        Some(today().later(4)),
        "counted from the cancelling"
    );
}

#[test]
fn reminders_after_the_task_are_those_of_the_unit_and_none_by_default() {
    let settings =
        Settings { fee_form_days: Some(3), feedback_days: Some(5), ..Settings::default() };
    let none = Reminders { contact_days: Some(7), ..Reminders::default() };
    let expected = Reminders { fee_form_days: Some(3), feedback_days: Some(5), ..none };
    assert_eq!(prepared(&settings).reminders, expected);
    assert_eq!(prepared(&Settings::default()).reminders, none);

    let performed = |settings: &Settings| {
        let waiver = Event::WaiveDelivery { by: id(3), reason: "kiire".to_owned() };
        let form = PerformanceForm { date: today(), minutes: 60, participants: None };
        let confirmed = step(step(prepared(settings), confirm(), 0), waiver, 0);
        step(confirmed, Event::Perform { by: id(3), form }, 2 * DAY)
    };
    assert_eq!(performed(&Settings::default()).deadlines().first(), None);
    assert_eq!(performed(&settings).deadlines().first(), Some(today().later(3)), "from its day");
}
