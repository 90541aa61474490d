//! The approval of orders, and what a unit wants orders to say.

use domain::{
    fee_schedule::FeeUnit,
    money::Money,
    order::{
        Approval, CostCentre, Event, ExperienceSought, FeeBasis, FeeOffer, Length, Order,
        OrderApprovalRule, OrderApprover, OrderField, OrderForm, Place, PlaceKind, State,
        TaskDescription, Timing,
    },
    policy::Action,
    refusal::Rule,
};

use crate::made_up::{id, moment, text};

/// A form that says everything that any unit can want.
fn whole() -> OrderForm {
    let task = TaskDescription {
        title: "Puheenvuoro".to_owned(),
        what: "Kerrot hoitopolustasi.".to_owned(),
        place: Some(Place { kind: PlaceKind::Remote, address: None, details: None }),
        when: Some(Timing { start: Some(moment(0)), ..Timing::default() }),
        for_whom: text("hoitajat"),
        purpose: text("other"),
        development_target: text("kotiutus"),
        service_phase: text("planning"),
        audience: text("students"),
        environment: text("hospital"),
        task_type: text("lecture"),
        modes: vec!["remote".to_owned()],
        experience: ExperienceSought { themes: vec!["debt".to_owned()], perspectives: vec![] },
        competence: text("esiintyminen"),
        languages: vec!["fi".to_owned()],
        trained: false,
        responsibility: text("yksikkö"),
        length: Some(Length { minutes: 60, preparation_minutes: 0 }),
        fee_basis: FeeBasis::Paid,
        fee: Some(FeeOffer { amount: Money::eur(4000), unit: FeeUnit::Hour }),
    };
    OrderForm {
        task,
        experts_wanted: 1,
        payer: Some(id(9)),
        cost_centres: vec![CostCentre { node: None, cost_centre: "1".to_owned(), share: 100 }],
        units_involved: vec![],
        notes: None,
    }
}

fn submitted(approval: Approval) -> Order {
    let order = Order::draft(id(1), id(2), id(3), whole(), moment(0));
    let submit = Event::Submit { liaison: Some(id(4)), approval, wanted: vec![] };
    order.apply(submit, moment(1)).expect("submits")
}

fn pointers(form: &OrderForm, wanted: &[OrderField]) -> Vec<String> {
    let faults = form.missing("/form", wanted).into_iter();
    faults.inspect(|fault| assert_eq!(fault.code, "required")).map(|fault| fault.pointer).collect()
}

#[test]
fn a_new_order_is_a_draft_of_its_orderer() {
    let order = Order::draft(id(1), id(2), id(3), whole(), moment(0));
    assert_eq!((order.id, order.node), (id(1), id(2)));
    assert_eq!((order.orderer, order.entered_by), (id(3), id(3)));
    assert_eq!((order.state, order.approval), (State::Draft, Approval::NotNeeded));
    assert_eq!((order.handler, order.liaison, order.accepted), (None, None, 0));
    assert_eq!(order.times.created_at, moment(0));
    assert_eq!(order.form, whole());
}

#[test]
fn the_rule_of_the_unit_says_whose_approval_an_order_waits_for() {
    let from = |rule: OrderApprovalRule| rule.approval().wanted();
    assert_eq!(from(OrderApprovalRule::NotNeeded), None);
    assert_eq!(from(OrderApprovalRule::Centre), Some(OrderApprover::Centre));
    assert_eq!(from(OrderApprovalRule::Unit), Some(OrderApprover::Unit));
    assert_eq!(OrderApprover::Centre.action(), Action::ApproveOrder);
    assert_eq!(OrderApprover::Unit.action(), Action::ApproveUnitOrder);
}

#[test]
fn an_approved_order_that_is_changed_waits_for_the_same_approver_again() {
    for from in [OrderApprover::Centre, OrderApprover::Unit] {
        let approved =
            submitted(Approval::Wanted { from }).apply(Event::Approve { by: id(5) }, moment(2));
        let approved = approved.expect("approves");
        assert_eq!(approved.approval, Approval::Given { from, by: id(5), at: moment(2) });
        assert_eq!(approved.approval.wanted(), None);
        let edit = Event::Edit { form: Box::new(OrderForm { experts_wanted: 2, ..whole() }) };
        let edited = approved.apply(edit, moment(3)).expect("edits");
        assert_eq!(edited.approval, Approval::Wanted { from });
    }
}

#[test]
fn an_edit_that_changes_nothing_leaves_an_order_as_it_was_approved() {
    let given = Approval::Given { from: OrderApprover::Unit, by: id(5), at: moment(2) };
    let approved = Order { approval: given, ..submitted(Approval::NotNeeded) };
    let edit = Event::Edit { form: Box::new(approved.form.clone()) };
    assert_eq!(approved.clone().apply(edit, moment(3)), Ok(approved));
}

#[test]
fn only_what_was_approved_is_to_be_approved_anew() {
    let refused = Approval::Refused { by: id(5), at: moment(2), reason: "ei".to_owned() };
    for approval in [Approval::NotNeeded, OrderApprovalRule::Unit.approval(), refused] {
        assert_eq!(approval.clone().after_edit(), approval);
    }
}

#[test]
fn an_order_sent_back_tells_who_refused_it_when_and_why() {
    let back = Event::SendBack { by: id(5), reason: "Budjetti on käytetty.".to_owned() };
    let order = submitted(OrderApprovalRule::Unit.approval()).apply(back, moment(2));
    let Approval::Refused { by, at, reason } = order.expect("sends back").approval else {
        panic!("it is not refused");
    };
    assert_eq!((by, at, &*reason), (id(5), moment(2), "Budjetti on käytetty."));
}

#[test]
fn nobody_approves_or_sends_back_what_needs_no_approval() {
    let back = Event::SendBack { by: id(5), reason: "ei".to_owned() };
    for event in [Event::Approve { by: id(5) }, Event::Approve { by: id(3) }, back] {
        let refused = submitted(Approval::NotNeeded).apply(event, moment(2));
        assert!(matches!(refused, Err(domain::refusal::Refusal::OutOfTurn { .. })));
    }
}

#[test]
fn a_whole_form_misses_nothing_and_an_empty_one_everything_that_is_wanted() {
    let empty = OrderForm {
        task: TaskDescription::default(),
        payer: None,
        cost_centres: vec![],
        ..whole()
    };
    let fields: [(OrderField, &str); 14] = [
        (OrderField::Purpose, "/form/task/purpose"),
        (OrderField::DevelopmentTarget, "/form/task/development_target"),
        (OrderField::ServicePhase, "/form/task/service_phase"),
        (OrderField::Audience, "/form/task/audience"),
        (OrderField::Environment, "/form/task/environment"),
        (OrderField::Modes, "/form/task/modes"),
        (OrderField::Experience, "/form/task/experience/themes"),
        (OrderField::Competence, "/form/task/competence"),
        (OrderField::Languages, "/form/task/languages"),
        (OrderField::Responsibility, "/form/task/responsibility"),
        (OrderField::Length, "/form/task/length"),
        (OrderField::Fee, "/form/task/fee"),
        (OrderField::Payer, "/form/payer"),
        (OrderField::CostCentres, "/form/cost_centres"),
    ];
    let always = pointers(&empty, &[]);
    assert_eq!(always, OrderForm::NEEDED.map(|pointer| format!("/form{pointer}")));
    for (field, pointer) in fields {
        assert!(pointers(&whole(), &[field]).is_empty(), "{pointer}");
        assert_eq!(pointers(&empty, &[field])[always.len()..], [pointer]);
    }
}

#[test]
fn a_task_without_a_fee_has_none_to_tell() {
    let told = |fee_basis| {
        let mut form = whole();
        (form.task.fee, form.task.fee_basis) = (None, fee_basis);
        pointers(&form, &[OrderField::Fee]).is_empty()
    };
    assert!(!told(FeeBasis::Paid));
    assert!(told(FeeBasis::ExpensesOnly) && told(FeeBasis::Volunteer));
}

#[test]
fn an_approved_order_that_changes_is_to_be_approved_anew_also_while_the_orderer_is_asked() {
    let given = Approval::Given { from: OrderApprover::Centre, by: id(5), at: moment(2) };
    let wanted = Approval::Wanted { from: OrderApprover::Centre };
    let approved = Order { approval: given.clone(), ..submitted(Approval::NotNeeded) };
    let edit = |order: Order| {
        let form = OrderForm { experts_wanted: 50, ..whole() };
        order.apply(Event::Edit { form: Box::new(form) }, moment(4)).expect("it may change")
    };
    assert_eq!(edit(approved.clone()).approval, wanted);
    let ask = Event::Ask { by: id(4), question: "Monelta?".to_owned() };
    let asked = approved.clone().apply(ask, moment(3)).expect("it is asked");
    assert_eq!(asked.approval, given);
    let answer = Event::Answer { by: id(3), text: "Yhdeksältä.".to_owned() };
    let answered = edit(asked).apply(answer, moment(5)).expect("it is answered");
    assert_eq!((answered.state.clone(), &answered.approval), (State::Submitted, &wanted));
    let taken = answered.apply(Event::Take { by: id(4) }, moment(6));
    assert_eq!(taken, Err(Rule::NotApproved.into()));

    let take = Event::Take { by: id(4) };
    let brokering = approved.apply(take, moment(3)).expect("it is taken");
    assert_eq!(edit(brokering).approval, given, "what is brokered already goes on");
}
