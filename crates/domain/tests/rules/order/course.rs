//! What each step of an order's way leaves behind.

use domain::{
    order::{
        Addressee, Approval, Event, Order, OrderForm, Place, PlaceKind, Resume, State,
        TaskDescription, Timing, UnfilledReason,
    },
    refusal::{Fault, Refusal, Rule},
};

use crate::made_up::{id, moment};

fn form(experts_wanted: u32) -> OrderForm {
    let task = TaskDescription {
        title: "Puheenvuoro".to_owned(),
        what: "Kerrot hoitopolustasi.".to_owned(),
        place: Some(Place { kind: PlaceKind::Remote, address: None, details: None }),
        when: Some(Timing { start: Some(moment(0)), ..Timing::default() }),
        for_whom: Some("hoitajat".to_owned()),
        task_type: Some("lecture".to_owned()),
        ..TaskDescription::default()
    };
    OrderForm {
        task,
        experts_wanted,
        payer: None,
        cost_centres: vec![],
        units_involved: vec![],
        notes: None,
    }
}

fn submit() -> Event {
    Event::Submit { liaison: Some(id(4)), approval: Approval::NotNeeded, wanted: vec![] }
}

fn take() -> Event {
    Event::Take { by: id(5) }
}

fn ask() -> Event {
    Event::Ask { by: id(5), question: "Monelta?".to_owned() }
}

fn edit(experts_wanted: u32) -> Event {
    Event::Edit { form: Box::new(form(experts_wanted)) }
}

/// An order for two, to which the events happen at the seconds 1, 2, 3 and so on.
fn after(events: impl IntoIterator<Item = Event>) -> Order {
    let draft = Order::draft(id(1), id(2), id(3), form(2), moment(0));
    (1..).zip(events).fold(draft, |order, (seconds, event)| {
        order.apply(event, moment(seconds)).expect("an arrow")
    })
}

#[test]
fn the_lead_times_are_those_of_the_first_taking_and_the_last_filling() {
    let again = Event::Take { by: id(6) };
    let order = after([submit(), take(), again, Event::Accept, Event::Accept]);
    assert_eq!((after([submit()]).liaison, order.liaison), (Some(id(4)), Some(id(6))));
    let times = order.times;
    assert_eq!((times.created_at, times.submitted_at), (moment(0), Some(moment(1))));
    assert_eq!((times.taken_at, times.filled_at), (Some(moment(2)), Some(moment(5))));
    assert_eq!(times.closed_at, None);

    let order = order.apply(Event::StepBack, moment(6)).expect("steps back");
    assert_eq!((order.accepted, order.times.filled_at), (1, None));
    let order = order.apply(Event::Accept, moment(7)).expect("accepts");
    assert_eq!((order.accepted, order.times.filled_at), (2, Some(moment(7))));
    let order = order.apply(Event::Close { ahead: 0 }, moment(8)).expect("closes");
    assert_eq!(order.times.closed_at, Some(moment(8)));
}

#[test]
fn a_question_and_its_answer_stay_with_the_order() {
    let order = after([submit(), ask()]);
    let asked = State::NeedsInformation {
        question: "Monelta?".to_owned(),
        asked_by: id(5),
        asked_at: moment(2),
        resume: Resume::Submitted,
    };
    assert_eq!(order.state, asked);
    let answer = Event::Answer { by: id(3), text: "Yhdeksältä.".to_owned() };
    let order = order.apply(answer.clone(), moment(3)).expect("answers");
    assert_eq!(order.state, State::Submitted);
    let kept = &order.clarifications[0];
    assert_eq!((&*kept.question, &*kept.answer), ("Monelta?", "Yhdeksältä."));
    assert_eq!((kept.asked_by, kept.asked_at), (id(5), moment(2)));
    assert_eq!((kept.answered_by, kept.answered_at), (id(3), moment(3)));
    assert_eq!(after([submit(), take(), ask(), answer]).state, State::Brokering);
}

#[test]
fn a_question_that_nobody_answers_any_more_stays_with_the_order() {
    let kept = |order: &Order| {
        let kept = &order.unanswered;
        kept.iter().map(|one| (one.question.clone(), one.asked_by)).collect::<Vec<_>>()
    };
    let open = vec![("Monelta?".to_owned(), id(5))];
    let filled = after([submit(), take(), Event::Accept, ask(), Event::Accept]);
    assert_eq!((&filled.state, kept(&filled)), (&State::Filled, open.clone()));
    assert!(filled.clarifications.is_empty() && filled.unanswered[0].asked_at == moment(4));
    let given_up = Event::GiveUp { reason: UnfilledReason::NoneKnown, note: None };
    let cancelled = Event::Cancel { by: id(3), reason: "Siirtyi.".to_owned() };
    for end in [given_up, cancelled] {
        assert_eq!(kept(&after([submit(), ask(), end])), open);
    }
    let again = filled.apply(Event::StepBack, moment(6)).expect("steps back");
    let again = again.apply(ask(), moment(7)).expect("asks again");
    let answer = Event::Answer { by: id(3), text: "Yhdeksältä.".to_owned() };
    let again = again.apply(answer, moment(8)).expect("answers");
    assert_eq!((again.clarifications.len(), kept(&again)), (1, open));
}

#[test]
fn an_order_is_with_whom_it_was_handed_to() {
    let organisation = Event::HandOver { to: Addressee::Organisation(id(12)) };
    let liaison = Event::HandOver { to: Addressee::Liaison(id(6)) };
    let order = after([submit(), organisation]);
    assert_eq!((order.handler, order.liaison), (Some(id(12)), None));
    let order = order.apply(liaison, moment(3)).expect("hands over");
    assert_eq!((order.handler, order.liaison), (None, Some(id(6))));
    let reassign = Event::Reassign { handler: Some(id(12)), to: Some(id(7)) };
    let order = order.apply(reassign, moment(4)).expect("goes to others");
    assert_eq!((order.handler, order.liaison), (Some(id(12)), Some(id(7))));
}

#[test]
fn an_order_that_ends_says_who_ended_it_when_and_why() {
    let reason = || "Siirtyi.".to_owned();
    let cancelled = after([submit(), Event::Cancel { by: id(3), reason: reason() }]);
    assert_eq!(cancelled.state, State::Cancelled { by: id(3), reason: reason() });
    assert_eq!(cancelled.times.closed_at, Some(moment(2)));

    let note = Some("Etsittiin viikko.".to_owned());
    let give_up = Event::GiveUp { reason: UnfilledReason::NoneKnown, note: note.clone() };
    let unfilled = after([submit(), give_up]);
    assert_eq!(unfilled.state, State::Unfilled { reason: UnfilledReason::NoneKnown, note });
    assert_eq!(unfilled.times.closed_at, Some(moment(2)));

    let abandon = Event::Abandon { by: id(3), reason: reason() };
    let abandoned = after([submit(), take(), Event::Accept, Event::Accept, abandon]);
    assert_eq!(abandoned.state, State::Cancelled { by: id(3), reason: reason() });
}

#[test]
fn an_order_never_asks_for_fewer_than_have_accepted_nor_for_none() {
    let fault =
        || Err(Refusal::Invalid(vec![Fault::new("/form/experts_wanted", "below_accepted")]));
    assert_eq!(after([]).apply(edit(0), moment(1)), fault());
    let brokering = |event| {
        after([submit(), take(), edit(3), Event::Accept, Event::Accept]).apply(event, moment(9))
    };
    assert_eq!(brokering(edit(1)), fault());
    let full = brokering(edit(2)).expect("as many as have accepted");
    assert_eq!((full.state, full.times.filled_at), (State::Filled, Some(moment(9))));
    assert_eq!(brokering(edit(3)).expect("still one to find").state, State::Brokering);
}

#[test]
fn only_a_draft_may_be_left_unfinished() {
    let unfinished = || {
        let mut form = form(1);
        form.task.for_whom = None;
        Event::Edit { form: Box::new(form) }
    };
    assert!(after([]).apply(unfinished(), moment(1)).is_ok());
    let refused = after([submit()]).apply(unfinished(), moment(2));
    let fault = Fault::new("/form/task/for_whom", "required");
    assert_eq!(refused, Err(Refusal::Invalid(vec![fault])));
}

#[test]
fn an_order_is_not_closed_while_a_task_of_it_is_still_to_be_done() {
    let filled = after([submit(), take(), Event::Accept, Event::Accept]);
    for ahead in [1, 2] {
        let refused = filled.clone().apply(Event::Close { ahead }, moment(9));
        assert_eq!(refused, Err(Rule::TasksAhead.into()));
    }
    let closed = filled.apply(Event::Close { ahead: 0 }, moment(9)).expect("closes");
    assert_eq!(closed.state, State::Closed);
}

#[test]
fn an_expert_who_steps_back_leaves_an_ended_order_as_it_is() {
    let filled = after([submit(), take(), Event::Accept, Event::Accept]);
    let back = filled.clone().stepped_back(moment(9));
    assert_eq!((&back.state, back.accepted), (&State::Brokering, 1));
    let one_left = back.stepped_back(moment(10));
    assert_eq!((&one_left.state, one_left.accepted), (&State::Brokering, 0));
    assert_eq!(one_left.clone().stepped_back(moment(11)), one_left);
    let closed = filled.apply(Event::Close { ahead: 0 }, moment(9)).expect("closes");
    assert_eq!(closed.clone().stepped_back(moment(10)), closed);
}

#[test]
fn experts_are_asked_while_an_order_is_brokered_and_while_its_broker_waits_for_an_answer() {
    let accept = || Event::Accept;
    let steps = |events: &[Event]| after(events.to_vec()).state.is_brokering();
    assert!(!steps(&[]) && !steps(&[submit()]));
    assert!(!steps(&[submit(), ask()]), "nobody brokers it yet");
    assert!(steps(&[submit(), take()]) && steps(&[submit(), take(), ask()]));
    assert!(!steps(&[submit(), take(), accept(), accept()]));
}

#[test]
fn whoever_ordered_or_wrote_the_order_down_made_it() {
    let order = Order { entered_by: id(8), ..after([]) };
    assert!(order.is_made_by(id(3)) && order.is_made_by(id(8)));
    assert!(!order.is_made_by(id(4)));
}
