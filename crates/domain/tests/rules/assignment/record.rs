//! What is recorded along an assignment's way is kept as it was told.

use domain::{
    assignment::{
        Assignment, CancellationParty, ContactChannel, ContactForm, Deliverable, Event, HandedOver,
        IntroductionForm, OralFeedbackForm, PerformanceForm, Reminder, Side, State,
    },
    refusal::{Fault, Refusal, Rule},
    time::Day,
};

use crate::made_up::{id, moment};
use crate::preparing::preparing;

const DAY: i64 = 86_400;

fn today() -> Day {
    moment(0).day()
}

fn confirmed() -> Assignment {
    Assignment {
        starts: Some(moment(-3600)),
        ends: Some(moment(0)),
        state: State::Confirmed { since: moment(-DAY) },
        ..preparing()
    }
}

fn after(events: impl IntoIterator<Item = Event>) -> Assignment {
    (0..).zip(events).fold(confirmed(), |assignment, (seconds, event)| {
        assignment.apply(event, moment(seconds)).expect("an arrow")
    })
}

fn waive() -> Event {
    Event::WaiveDelivery { by: id(8), reason: "tuttu paikka".to_owned() }
}

fn perform(date: Day) -> Event {
    let form = PerformanceForm { date, minutes: 60, participants: Some(14) };
    Event::Perform { by: id(7), form }
}

#[test]
fn a_contact_was_when_it_is_told_to_have_been_and_otherwise_now() {
    let contact = |at: Option<i64>| Event::RecordContact {
        by: id(7),
        form: ContactForm {
            at: at.map(moment),
            channel: ContactChannel::Sms,
            note: Some("sovittiin käynti".to_owned()),
        },
    };
    let contacts = after([contact(None), contact(Some(-50)), contact(Some(2))]).contacts;
    let times: Vec<_> = contacts.iter().map(|contact| contact.at).collect();
    assert_eq!(times, [moment(0), moment(-50), moment(2)]);
    assert_eq!((contacts[0].by, contacts[0].channel), (id(7), ContactChannel::Sms));
    assert_eq!(contacts[0].note.as_deref(), Some("sovittiin käynti"));

    let refused = confirmed().apply(contact(Some(1)), moment(0));
    assert_eq!(refused, Err(Refusal::Invalid(vec![Fault::new("/at", "in_future")])));
}

#[test]
fn nothing_is_recorded_of_a_day_that_is_still_to_come() {
    let tomorrow = today().later(1);
    let in_future = || Err(Refusal::Invalid(vec![Fault::new("/date", "in_future")]));
    let visit = Event::RecordVisit { by: id(7), date: tomorrow };
    assert_eq!(confirmed().apply(visit, moment(0)), in_future());
    let waived = after([waive()]);
    assert_eq!(waived.clone().apply(perform(tomorrow), moment(0)), in_future());
    let done = waived.apply(perform(today()), moment(0)).expect("it is done");
    let form = OralFeedbackForm { date: tomorrow, given_by: "Liisa Lahti".to_owned(), note: None };
    let feedback = Event::RecordOralFeedback { by: id(7), form };
    assert_eq!(done.apply(feedback, moment(0)), in_future());
}

#[test]
fn an_introduction_and_a_visit_say_who_recorded_them() {
    let form = IntroductionForm {
        at: moment(DAY),
        channel: ContactChannel::Video,
        place: Some("https://video.example.fi".to_owned()),
        note: Some("päivän kulku".to_owned()),
    };
    let events =
        [Event::Introduce { by: id(8), form }, Event::RecordVisit { by: id(7), date: today() }];
    let met = after(events);
    let introduction = met.introduction.expect("they were introduced");
    assert_eq!((introduction.by, introduction.at), (id(8), moment(DAY)));
    assert_eq!(introduction.channel, ContactChannel::Video);
    assert_eq!(introduction.place.as_deref(), Some("https://video.example.fi"));
    assert_eq!(introduction.note.as_deref(), Some("päivän kulku"));
    let visit = met.visit.expect("the expert has been there");
    assert_eq!((visit.by, visit.date), (id(7), today()));
}

#[test]
fn a_done_task_says_how_it_went() {
    let done = after([waive(), perform(today()), Event::Close]);
    let performance = done.performance().expect("it is done");
    assert_eq!((performance.date, performance.minutes), (today(), 60));
    assert_eq!(performance.participants, Some(14));
    assert_eq!((performance.by, performance.at), (id(7), moment(1)));
    assert!(matches!(done.state, State::Closed { at, .. } if at == moment(2)));
    let waiver = done.delivery_waiver.expect("nothing was delivered");
    assert_eq!((waiver.by, &*waiver.reason, waiver.at), (id(8), "tuttu paikka", moment(0)));
    assert!(confirmed().performance().is_none());
}

#[test]
fn what_was_recorded_by_mistake_is_taken_back_and_its_reminders_begin_anew() {
    let no_show = Event::NoShow { by: id(7), absent: Side::Expert, pay_percent: 0 };
    for mistake in [perform(today()), no_show] {
        let recorded = after([waive(), mistake]).seen_to(Reminder::FeeForm, moment(5));
        let recorded = recorded.seen_to(Reminder::Feedback, moment(5));
        let open = recorded.apply(Event::Reopen { since: moment(3) }, moment(2 * DAY));
        let open = open.expect("nothing stands in the way");
        assert_eq!(open.state, State::Confirmed { since: moment(3) });
        assert_eq!((open.reminders.fee_form, open.reminders.feedback), (None, None));
        assert!(open.payable().is_none());
        let done = open.apply(perform(today()), moment(2 * DAY)).expect("it is recorded again");
        assert!(done.payable().is_some());
    }
}

#[test]
fn oral_feedback_says_who_gave_it_and_who_wrote_it_down() {
    let form = OralFeedbackForm {
        date: today(),
        given_by: "Liisa Lahti".to_owned(),
        note: Some("kiitos".to_owned()),
    };
    let told = Event::RecordOralFeedback { by: id(7), form };
    let feedback = after([waive(), perform(today()), told]).oral_feedback.expect("it was given");
    assert_eq!((feedback.date, &*feedback.given_by), (today(), "Liisa Lahti"));
    assert_eq!((feedback.note.as_deref(), feedback.recorded_by), (Some("kiitos"), id(7)));
}

#[test]
fn each_delivery_is_marked_by_itself_and_the_first_time_counts() {
    let each = [
        Deliverable::Orientation,
        Deliverable::ExpertFeedbackForm,
        Deliverable::OrdererFeedbackForm,
    ];
    let marks = |given: HandedOver| {
        [given.orientation, given.expert_feedback_form, given.orderer_feedback_form]
    };
    for (index, deliverable) in each.into_iter().enumerate() {
        let given = after([Event::Deliver(vec![deliverable])]).handed_over;
        assert!(!given.complete());
        let mut expected = [None; 3];
        expected[index] = Some(moment(0));
        assert_eq!(marks(given), expected);

        let rest = each.into_iter().filter(|other| *other != deliverable).collect();
        assert!(!after([Event::Deliver(rest)]).handed_over.complete());
    }
    let all = Event::Deliver(each.to_vec());
    let given = after([Event::Deliver(vec![Deliverable::Orientation]), all]);
    assert!(given.handed_over.complete() && given.may_begin());
    assert_eq!(marks(given.handed_over), [Some(moment(0)), Some(moment(1)), Some(moment(1))]);
}

#[test]
fn a_task_that_was_not_done_says_why_and_what_is_paid() {
    let cancel = Event::Cancel {
        party: CancellationParty::Circumstances,
        by: id(7),
        reason: "lumimyrsky".to_owned(),
        pay_percent: 50,
    };
    let State::Cancelled { party, by, reason, pay_percent, at } = after([cancel]).state else {
        panic!("it is not cancelled");
    };
    assert_eq!((party, by), (CancellationParty::Circumstances, id(7)));
    assert_eq!((&*reason, pay_percent, at), ("lumimyrsky", 50, moment(0)));

    let no_show = Event::NoShow { by: id(7), absent: Side::Expert, pay_percent: 0 };
    let (by, absent, at) = (id(7), Side::Expert, moment(0));
    assert_eq!(after([no_show]).state, State::NoShow { by, absent, pay_percent: 0, at });
}

#[test]
fn a_task_has_begun_from_its_first_moment_on() {
    assert!(!confirmed().has_begun(moment(-3601)));
    assert!(confirmed().has_begun(moment(-3600)));
    assert!(confirmed().open() && !after([waive(), perform(today())]).open());
}

#[test]
fn what_was_not_agreed_on_does_not_begin() {
    let proposed = Assignment { state: State::Preparing, ..confirmed() };
    assert!(!proposed.has_begun(moment(DAY)));
    assert!(proposed.standing_in_the_way(moment(DAY)).is_empty());
    let back = proposed.apply(Event::StepBack, moment(DAY)).expect("steps back");
    assert_eq!(back.state, State::SteppedBack { at: moment(DAY) });
    assert_eq!(confirmed().apply(Event::StepBack, moment(DAY)), Err(Rule::TaskBegun.into()));
}

#[test]
fn a_task_is_done_from_its_day_on_and_not_before_there_was_any_word_of_it() {
    let agreed = |starts: i64, created: i64| {
        let (starts, created) = (Some(moment(starts)), moment(created));
        let task = Assignment { starts, created, ..confirmed() };
        task.apply(waive(), moment(0)).expect("goes on without the material")
    };
    let ahead = agreed(3 * DAY, 0);
    let early = ahead.clone().apply(perform(today()), moment(2 * DAY));
    assert_eq!(early, Err(Rule::TaskAhead.into()));
    assert_eq!(
        ahead.standing_in_the_way(moment(2 * DAY)),
        [("no-show", Rule::TaskAhead), ("perform", Rule::TaskAhead)]
    );
    // It may have been held on another day, but not before it came to be.
    let before = || Err(Refusal::Invalid(vec![Fault::new("/date", "before_agreed")]));
    assert!(ahead.clone().apply(perform(today()), moment(3 * DAY - 3600)).is_ok());
    assert_eq!(ahead.apply(perform(moment(-DAY).day()), moment(3 * DAY)), before());
    // Or both sides say afterwards when it was.
    let afterwards = agreed(-2 * DAY, 0);
    assert!(afterwards.clone().apply(perform(moment(-2 * DAY).day()), moment(0)).is_ok());
    assert_eq!(afterwards.apply(perform(moment(-3 * DAY).day()), moment(0)), before());
}
