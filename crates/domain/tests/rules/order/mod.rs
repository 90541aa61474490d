//! Properties of an order's way.

mod approval;
mod course;
mod form;

use domain::{
    fee_schedule::FeeUnit,
    money::Money,
    node::Path,
    order::{
        Addressee, Approval, Event, FeeBasis, FeeOffer, Intake, Length, Order, OrderApprover,
        OrderField, OrderForm, Place, PlaceKind, Resume, State, TaskDescription, Times, Timing,
        UnfilledReason, WORKFLOW, decision_needed, nearest,
    },
    refusal::{Fault, Refusal, Rule},
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::full::full;
use crate::made_up::{id, moment};

const WANTED: Approval = Approval::Wanted { from: OrderApprover::Centre };

fn form(experts_wanted: u32) -> OrderForm {
    OrderForm {
        task: TaskDescription {
            title: "Puheenvuoro".to_owned(),
            what: "Kerrot hoitopolustasi.".to_owned(),
            place: Some(Place {
                kind: PlaceKind::OnSite,
                address: Some("Keskuskatu 1, Rovaniemi".to_owned()),
                details: None,
            }),
            when: Some(Timing { start: Some(moment(0)), end: Some(moment(7200)), flexible: None }),
            for_whom: Some("Osaston hoitajat".to_owned()),
            task_type: Some("lecture".to_owned()),
            ..TaskDescription::default()
        },
        experts_wanted,
        payer: None,
        cost_centres: vec![],
        units_involved: vec![],
        notes: None,
    }
}

fn draft(experts_wanted: u32) -> Order {
    Order {
        id: id(10),
        node: id(11),
        handler: None,
        liaison: None,
        orderer: id(1),
        entered_by: id(1),
        intake: Intake::Form,
        caller: None,
        written_down: None,
        form: form(experts_wanted),
        approval: Approval::NotNeeded,
        wanted: vec![],
        accepted: 0,
        clarifications: vec![],
        unanswered: vec![],
        times: Times::begun(moment(0)),
        state: State::Draft,
    }
}

fn sample_events() -> Vec<Event> {
    vec![
        Event::Edit { form: Box::new(form(2)) },
        Event::Edit { form: Box::new(form(1)) },
        Event::Submit { liaison: Some(id(2)), approval: Approval::NotNeeded, wanted: vec![] },
        Event::Submit { liaison: None, approval: WANTED, wanted: vec![] },
        Event::Approve { by: id(3) },
        Event::Approve { by: id(1) },
        Event::SendBack { by: id(3), reason: "Ei nyt.".to_owned() },
        Event::Take { by: id(2) },
        Event::Ask { by: id(2), question: "Monelta?".to_owned() },
        Event::Answer { by: id(1), text: "Yhdeksältä.".to_owned() },
        Event::HandOver { to: Addressee::Organisation(id(12)) },
        Event::HandOver { to: Addressee::Liaison(id(4)) },
        Event::Reassign { handler: Some(id(12)), to: None },
        Event::Reassign { handler: None, to: Some(id(4)) },
        Event::Accept,
        Event::StepBack,
        Event::Cancel { by: id(1), reason: "Siirtyi.".to_owned() },
        Event::GiveUp { reason: UnfilledReason::NoneKnown, note: None },
        Event::Abandon { by: id(1), reason: "Siirtyi.".to_owned() },
        Event::Close { ahead: 0 },
    ]
}

fn states() -> Vec<Order> {
    let asked = |resume| State::NeedsInformation {
        question: "Monelta?".to_owned(),
        asked_by: id(2),
        asked_at: moment(1),
        resume,
    };
    let at = |accepted, state| Order { accepted, state, ..draft(2) };
    vec![
        draft(2),
        at(0, State::Submitted),
        Order { approval: WANTED, ..at(0, State::Submitted) },
        at(0, State::Brokering),
        at(1, State::Brokering),
        at(0, asked(Resume::Submitted)),
        at(0, asked(Resume::Brokering)),
        at(1, asked(Resume::Brokering)),
        at(2, State::Filled),
        at(2, State::Closed),
        at(0, State::Cancelled { by: id(1), reason: "Siirtyi.".to_owned() }),
        at(1, State::Unfilled { reason: UnfilledReason::NoneKnown, note: None }),
    ]
}

/// Follows `events`, passing over the refused ones, and calls `check` after each step.
fn walk(wanted: u32, events: Vec<Event>, mut check: impl FnMut(&Order, &Result<Order, Refusal>)) {
    let mut order = draft(wanted);
    for (n, event) in events.into_iter().enumerate() {
        let next = order.clone().apply(event, moment(n as i64));
        check(&order, &next);
        order = next.unwrap_or(order);
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let any = prop::sample::select(sample_events());
    let busy = prop::sample::select(vec![Event::Accept, Event::Accept, Event::StepBack]);
    let start = Just(vec![
        Event::Submit { liaison: Some(id(2)), approval: Approval::NotNeeded, wanted: vec![] },
        Event::Take { by: id(2) },
    ]);
    let walks = prop::collection::vec(prop_oneof![any, busy], 0..24);
    (prop_oneof![start, Just(vec![])], walks).prop_map(|(start, rest)| [start, rest].concat())
}

proptest! {
    #[test]
    fn an_order_never_has_more_acceptances_than_it_asks_for(wanted in 1_u32..=5, events in events()) {
        walk(wanted, events, |_, next| {
            if let Ok(next) = next {
                assert!(next.accepted <= next.form.experts_wanted);
            }
        });
    }

    #[test]
    fn an_order_is_filled_exactly_when_as_many_have_accepted_as_it_asks_for(
        wanted in 1_u32..=5,
        events in events(),
    ) {
        walk(wanted, events, |_, next| {
            if let Ok(next) = next
                && !next.state.is_terminal()
            {
                assert_eq!(next.state == State::Filled, next.room() == 0);
                assert_eq!(next.state == State::Filled, next.times.filled_at.is_some());
            }
        });
    }

    #[test]
    fn an_order_that_has_come_to_its_end_stays_as_it_is(wanted in 1_u32..=5, events in events()) {
        walk(wanted, events, |order, next| {
            if order.state.is_terminal() {
                assert!(next.is_err());
                assert!(order.times.closed_at.is_some());
            }
        });
    }

    #[test]
    fn no_event_changes_who_ordered(wanted in 1_u32..=5, events in events()) {
        walk(wanted, events, |order, next| {
            if let Ok(next) = next {
                assert_eq!((order.id, order.node, order.orderer), (next.id, next.node, next.orderer));
            }
        });
    }
}

#[test]
fn the_whole_table() {
    let width = 20;
    let mut table = format!("{:<26}", "");
    for event in sample_events() {
        table += &format!("{:<width$}", event.action());
    }
    for order in states() {
        let approval = if order.approval == WANTED { " unapproved" } else { "" };
        table +=
            &format!("\n{:<26}", format!("{} {}/2{approval}", order.state.name(), order.accepted));
        for event in sample_events() {
            let cell_of = (WORKFLOW.name, order.state.name(), event.action());
            let cell = match order.clone().apply(event, moment(9)) {
                Ok(next) => format!("{} {}", next.state.name(), next.accepted),
                Err(Refusal::OutOfTurn { machine, state, action }) => {
                    assert_eq!((machine, state, action), cell_of);
                    "·".to_owned()
                }
                Err(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => format!("{rule}!"),
                Err(Refusal::Invalid(faults)) => format!("{}!", faults[0].code),
            };
            table += &format!("{cell:<width$}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../../golden/order.txt"].assert_eq(&table);
}

#[test]
fn the_published_workflow_says_what_the_machine_does() {
    let mut seen = vec![];
    for order in states() {
        for event in sample_events() {
            let (state, action) = (order.state.name(), event.action());
            if let Ok(next) = order.clone().apply(event, moment(9)) {
                let arrow = WORKFLOW.arrow(state, action).expect(action);
                assert!(arrow.to.contains(&next.state.name()), "{state} {action}");
                seen.push((state, action, next.state.name()));
            }
        }
    }
    for arrow in WORKFLOW.arrows {
        for from in arrow.from {
            for to in arrow.to {
                let there = |step: &(&str, &str, &str)| step.0 == *from && step.1 == arrow.action;
                assert!(seen.iter().any(there), "{from} {}", arrow.action);
                let leads = |step: &&(&str, &str, &str)| step.1 == arrow.action && step.2 == *to;
                assert!(seen.iter().any(|step| leads(&step)), "{} {to}", arrow.action);
            }
        }
    }
}

#[test]
fn a_draft_needs_what_where_when_and_for_whom_before_it_is_submitted() {
    let mut order = draft(1);
    order.form.task = TaskDescription {
        title: "T".to_owned(),
        what: "W".to_owned(),
        ..TaskDescription::default()
    };
    let submit = Event::Submit { liaison: None, approval: Approval::NotNeeded, wanted: vec![] };
    let pointers = ["where", "when", "for_whom", "task_type"]
        .map(|field| Fault::new(format!("/form/task/{field}"), "required"));
    assert_eq!(order.apply(submit, moment(1)), Err(Refusal::Invalid(pointers.to_vec())));
}

#[test]
fn an_order_that_wants_an_approval_waits_for_it_and_again_after_an_edit() {
    let submit = Event::Submit { liaison: None, approval: WANTED, wanted: vec![] };
    let order = draft(1).apply(submit, moment(1)).expect("submitted");
    let take = Event::Take { by: id(2) };
    assert_eq!(order.clone().apply(take.clone(), moment(2)), Err(Rule::NotApproved.into()));
    let order = order.apply(Event::Approve { by: id(3) }, moment(2)).expect("approved");
    assert!(order.clone().apply(take, moment(3)).is_ok());
    let order = order.apply(Event::Edit { form: Box::new(form(2)) }, moment(3)).expect("edited");
    assert_eq!(order.approval, WANTED);
}

#[test]
fn nobody_approves_an_order_of_their_own_and_one_sent_back_is_a_draft_again() {
    let submit = Event::Submit { liaison: None, approval: WANTED, wanted: vec![] };
    let order = Order { entered_by: id(5), ..draft(1) };
    let order = order.apply(submit.clone(), moment(1)).expect("submitted");
    for own in [1, 5] {
        let refused = order.clone().apply(Event::Approve { by: id(own) }, moment(2));
        assert_eq!(refused, Err(Rule::OwnOrder.into()));
    }
    let back = Event::SendBack { by: id(3), reason: "Budjetti on käytetty.".to_owned() };
    let order = order.apply(back, moment(2)).expect("sent back");
    assert_eq!(order.state, State::Draft);
    assert!(matches!(order.approval, Approval::Refused { .. }));
    assert_eq!(order.apply(submit, moment(3)).expect("submitted again").approval, WANTED);
}

#[test]
fn what_a_unit_wants_an_order_to_say_is_asked_for_when_it_is_submitted_and_after() {
    let wanted = vec![OrderField::Purpose, OrderField::Fee, OrderField::CostCentres];
    let submit = Event::Submit { liaison: None, approval: Approval::NotNeeded, wanted };
    let pointers = ["/form/task/purpose", "/form/task/fee", "/form/cost_centres"]
        .map(|pointer| Fault::new(pointer, "required"));
    let refused = draft(1).apply(submit.clone(), moment(1));
    assert_eq!(refused, Err(Refusal::Invalid(pointers.to_vec())));
    let mut order = draft(1);
    order.form.task.purpose = Some("other".to_owned());
    order.form.task.fee_basis = FeeBasis::Volunteer;
    order.form.cost_centres =
        vec![domain::order::CostCentre { node: None, cost_centre: "1".to_owned(), share: 100 }];
    let order = order.apply(submit, moment(1)).expect("a volunteer's task has no fee to tell");
    let mut poorer = order.form.clone();
    poorer.task.purpose = None;
    let refused = order.apply(Event::Edit { form: Box::new(poorer) }, moment(2));
    assert_eq!(refused, Err(Refusal::Invalid(vec![Fault::new("/form/task/purpose", "required")])));
}

#[test]
fn wrong_values_are_all_pointed_to() {
    let mut form = form(1);
    form.task.place = Some(Place { kind: PlaceKind::Hybrid, address: None, details: None });
    form.task.when = Some(Timing { start: Some(moment(9)), end: Some(moment(9)), flexible: None });
    form.task.task_type = Some("juggling".to_owned());
    form.task.experience.themes = vec!["nothing_known".to_owned()];
    form.task.fee_basis = FeeBasis::Volunteer;
    form.task.fee = Some(FeeOffer { amount: Money::eur(4000), unit: FeeUnit::Hour });
    form.cost_centres =
        vec![domain::order::CostCentre { node: None, cost_centre: "1".to_owned(), share: 99 }];
    let faults: Vec<String> = form
        .faults("/form")
        .into_iter()
        .map(|fault| format!("{} {}", fault.pointer, fault.code))
        .collect();
    assert_eq!(
        faults,
        [
            "/form/task/task_type unknown_code",
            "/form/task/experience/themes/0 unknown_code",
            "/form/task/where/address required",
            "/form/task/when/end ends_before_it_begins",
            "/form/task/fee not_with_fee_basis",
            "/form/cost_centres shares_not_100",
        ]
    );
}

#[test]
fn an_order_goes_to_the_liaison_appointed_nearest_above() {
    let area = Path::root(id(1)).child(id(2));
    let team = area.child(id(3)).child(id(4));
    let appointed = [(id(2), id(20)), (id(3), id(30)), (id(3), id(31)), (id(9), id(90))];
    assert_eq!(nearest(&team, &appointed), Some(id(30)));
    assert_eq!(nearest(&area, &appointed), Some(id(20)));
    assert_eq!(nearest(&Path::root(id(1)), &appointed), None);
}

#[test]
fn companies_and_schools_order_without_a_decision() {
    for kind in ["company", "school", "ngo", "municipality"] {
        assert!(!decision_needed(Some(kind)));
    }
    assert!(decision_needed(Some("welfare_area")));
    assert!(decision_needed(None));
}

#[test]
fn every_change_of_a_task_is_told_by_its_name() {
    let mut full = form(1).task;
    full.purpose = Some("other".to_owned());
    full.development_target = Some("d".to_owned());
    full.service_phase = Some("planning".to_owned());
    full.audience = Some("students".to_owned());
    full.environment = Some("hospital".to_owned());
    full.modes = vec!["remote".to_owned()];
    full.experience.themes = vec!["x".to_owned()];
    full.competence = Some("c".to_owned());
    full.languages = vec!["fi".to_owned()];
    full.trained = true;
    full.responsibility = Some("r".to_owned());
    full.length = Some(Length { minutes: 9, preparation_minutes: 0 });
    full.fee_basis = FeeBasis::ExpensesOnly;
    full.fee = Some(FeeOffer { amount: Money::eur(1), unit: FeeUnit::Day });
    let json = serde_json::to_value(&full).expect("json");
    let names: Vec<&str> = json.as_object().expect("object").keys().map(String::as_str).collect();
    assert_eq!(full.changes(&TaskDescription::default()), names);
    assert_eq!(full.changes(&full), Vec::<&str>::new());
}

#[test]
fn the_experience_sought_is_never_printed() {
    let mut form = form(1);
    form.task.experience.themes = vec!["psychosis".to_owned()];
    assert!(!format!("{form:?}").contains("psychosis"));
}

#[test]
fn an_order_that_was_asked_about_on_and_on_can_still_be_answered_and_given_up() {
    let submit =
        Event::Submit { liaison: Some(id(2)), approval: Approval::NotNeeded, wanted: vec![] };
    let ask = || Event::Ask { by: id(2), question: "Monelta?".to_owned() };
    let answer = || Event::Answer { by: id(1), text: "Yhdeksältä.".to_owned() };
    let submitted = draft(1).apply(submit, moment(0)).expect("submits");
    let clarified =
        full(submitted, |order| order.apply(ask(), moment(1))?.apply(answer(), moment(1)));
    let give_up = Event::GiveUp { reason: UnfilledReason::NoneKnown, note: None };
    clarified.apply(give_up, moment(2)).expect("gives up");
}
