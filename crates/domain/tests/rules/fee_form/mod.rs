//! The fee form's way from the expert to the payment.

mod claim;
mod kept;

use domain::{
    agreement::{AgreedExpense, FeeTerms},
    expense_rates::{ExpenseKind, Rates, Vehicle},
    fee_form::{
        Claim, Correction, CorrectionMode, DifferenceKind, Event, Expense, FeeApproval, FeeForm,
        FeeFormEdit, Payment, PricedClaim, Reminder, Reminders, State, TaxCard, TaxCardGiven,
        WORKFLOW, WarningKind, agreed_lines, differences, warnings,
    },
    fee_schedule::{FeeLine, FeeUnit},
    id::Id,
    money::Money,
    order::{CostCentre, FeeBasis},
    refusal::{Refusal, Rule},
    time::{Day, Moment},
};
use expect_test::expect_file;
use proptest::prelude::*;
use uuid::Uuid;

use crate::full::full;
use crate::made_up::id;
use crate::table::table;

const EXPERT: u128 = 1;
const SUPPORT: u128 = 2;
const UNIT: u128 = 3;

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(1_790_000_000 + seconds).expect("in range")
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).expect("a day")
}

fn line(tenths: i64, cents: i64) -> FeeLine {
    FeeLine {
        task_type: "lecture".to_owned(),
        unit: FeeUnit::Hour,
        quantity_tenths: tenths,
        rate: Money::eur(cents),
        preparation: false,
    }
}

fn expense(kind: ExpenseKind, date: Day) -> Expense {
    Expense {
        kind,
        date,
        description: "Kemi–Rovaniemi–Kemi".to_owned(),
        kilometres_tenths: None,
        vehicle: None,
        passengers: None,
        hours_tenths: None,
        following_day: None,
        free_meals: None,
        meals: None,
        amount: None,
        receipts: vec![],
    }
}

fn drive(kilometres_tenths: i64, date: Day) -> Expense {
    Expense {
        kilometres_tenths: Some(kilometres_tenths),
        vehicle: Some(Vehicle::Car),
        ..expense(ExpenseKind::Kilometres, date)
    }
}

fn ticket(cents: i64) -> Expense {
    let amount = Some(Money::eur(cents));
    Expense { amount, ..expense(ExpenseKind::PublicTransport, day(2026, 9, 1)) }
}

fn claim(fee_lines: Vec<FeeLine>, expenses: Vec<Expense>) -> Claim {
    Claim { fee_lines, expenses, waived_fee: false }
}

fn draft() -> FeeForm {
    FeeForm {
        id: id(10),
        assignment: id(11),
        order: id(12),
        expert: id(13),
        person: id(EXPERT),
        node: id(14),
        payer: id(15),
        agreement: id(16),
        agreement_version: 1,
        agreed: None,
        fee_percent: 100,
        task_type: "lecture".to_owned(),
        task_date: day(2026, 9, 1),
        performed_minutes: Some(120),
        agreed_days: None,
        corrects: None,
        claimed: claim(vec![line(20, 4000)], vec![]).priced("", &Rates::default()).expect("right"),
        approved: None,
        approved_reason: None,
        tax_card: Some(TaxCard { given: TaxCardGiven::HrFetches, attachment: None }),
        declared: true,
        cost_centres: vec![],
        waiver: None,
        claimants: vec![id(EXPERT)],
        approval: FeeApproval::OnePerson,
        revision: 0,
        trail: vec![],
        created: moment(0),
        package: None,
        sent: None,
        reminders: Reminders::default(),
        state: State::Draft,
    }
}

fn edit(edit: FeeFormEdit) -> Event {
    Event::Edit { by: id(EXPERT), edit: Box::new(edit), rates: Rates::default() }
}

fn check(by: u128) -> Event {
    Event::Check { by: id(by), approved: None, reason: None, rates: Rates::default() }
}

fn approve(by: u128) -> Event {
    let centre = CostCentre { node: None, cost_centre: "4410".to_owned(), share: 100 };
    Event::Approve { by: id(by), cost_centres: vec![centre] }
}

fn submit(by: u128) -> Event {
    let (rates, approval) = (Rates::default(), FeeApproval::default());
    Event::Submit { by: id(by), payee_known: true, rates, approval }
}

fn give_back(by: u128) -> Event {
    Event::Return { by: id(by), reason: "mitkä tunnit?".to_owned() }
}

fn acknowledge() -> Event {
    Event::Acknowledge { reference: "P-1".to_owned(), revision: None, as_told: true }
}

fn pay() -> Event {
    let date = moment(0).day();
    Event::Pay(Payment { date, amount: Money::eur(8000), reference: "M-1".to_owned() })
}

fn states() -> Vec<(&'static str, State)> {
    let at = moment(0);
    let reason = String::new;
    let Event::Pay(payment) = pay() else { unreachable!("a payment") };
    vec![
        ("draft", State::Draft),
        ("submitted", State::Submitted { at }),
        ("checked", State::Checked { at }),
        ("approved", State::Approved { at }),
        ("handed_over", State::HandedOver { reference: reason(), at }),
        ("paid", State::Paid { payment, at }),
        ("returned", State::Returned { reason: reason(), at }),
        ("queried", State::Queried { reason: reason(), at }),
        ("withdrawn", State::Withdrawn { at }),
    ]
}

#[test]
fn the_whole_table() {
    let events = [
        ("edit", "edit", edit(FeeFormEdit::default())),
        ("submit", "submit", submit(EXPERT)),
        ("check", "check", check(UNIT)),
        ("check own", "check", check(EXPERT)),
        ("approve", "approve", approve(UNIT)),
        ("approve own", "approve", approve(EXPERT)),
        ("return", "return", give_back(UNIT)),
        ("withdraw", "withdraw", Event::Withdraw { by: id(EXPERT) }),
        ("acknowledge", "acknowledge", acknowledge()),
        ("query", "query", Event::Query { reason: String::new() }),
        ("pay", "pay", pay()),
    ];
    let apply = |state, event| {
        let next = FeeForm { state, ..draft() }.apply(event, moment(0))?;
        Ok(next.state.name())
    };
    expect_file!["../../golden/fee_form.txt"].assert_eq(&table(
        &WORKFLOW,
        &states(),
        &events,
        apply,
    ));
}

fn any_event() -> impl Strategy<Value = Event> {
    let by = || prop::sample::select(vec![EXPERT, SUPPORT, UNIT]);
    prop_oneof![
        (by(), 1_i64..50).prop_map(|(by, tenths)| Event::Edit {
            by: id(by),
            edit: Box::new(FeeFormEdit {
                claim: Some(claim(vec![line(tenths, 4000)], vec![drive(tenths, day(2026, 9, 1))])),
                declared: Some(true),
                tax_card: None,
            }),
            rates: Rates::default(),
        }),
        by().prop_map(submit),
        by().prop_map(check),
        (by(), 1_i64..50).prop_map(|(by, tenths)| Event::Check {
            by: id(by),
            approved: Some(Box::new(claim(vec![line(tenths, 3900)], vec![]))),
            reason: Some("sovittiin toisin".to_owned()),
            rates: Rates::default(),
        }),
        by().prop_map(approve),
        by().prop_map(give_back),
        by().prop_map(|by| Event::Withdraw { by: id(by) }),
        Just(acknowledge()),
        Just(Event::Query { reason: "mikä kustannuspaikka?".to_owned() }),
        Just(pay()),
    ]
}

/// Follows `events`, passing over the refused ones, and calls `look` at each step.
fn walk(events: Vec<Event>, mut look: impl FnMut(&FeeForm, &Event, &Result<FeeForm, Refusal>)) {
    let mut form = draft();
    for (n, event) in (0..).zip(events) {
        let next = form.clone().apply(event.clone(), moment(n));
        look(&form, &event, &next);
        form = next.unwrap_or(form);
    }
}

proptest! {
    #[test]
    fn what_is_paid_is_immutable(events in prop::collection::vec(any_event(), 0..40)) {
        walk(events, |form, _, next| {
            if matches!(form.state, State::Paid { .. } | State::Withdrawn { .. }) {
                assert!(next.is_err());
            }
        });
    }

    #[test]
    fn the_claim_never_changes_after_it_was_submitted(events in prop::collection::vec(any_event(), 0..40)) {
        walk(events, |form, _, next| {
            let written = matches!(form.state, State::Draft | State::Returned { .. });
            if let Ok(next) = next && !written {
                assert_eq!(form.claimed, next.claimed);
            }
        });
    }

    #[test]
    fn whoever_claims_never_checks_approves_or_returns(events in prop::collection::vec(any_event(), 0..40)) {
        walk(events, |form, event, next| {
            if let (
                Ok(next),
                Event::Check { by, .. } | Event::Approve { by, .. } | Event::Return { by, .. },
            ) = (next, event) {
                assert!(!form.claimants.contains(by) && !next.claimants.contains(by));
                assert!(next.claimants.contains(&next.person));
            }
        });
    }

    #[test]
    fn an_approved_form_has_an_approved_claim_and_a_cost_centre(events in prop::collection::vec(any_event(), 0..40)) {
        walk(events, |_, _, next| {
            if let Ok(form) = next
                && matches!(form.state, State::Approved { .. } | State::HandedOver { .. } | State::Paid { .. })
            {
                assert!(form.approved.is_some() && form.revision > 0);
                assert_eq!(form.cost_centres.iter().map(|centre| centre.share).sum::<u32>(), 100);
            }
        });
    }

    #[test]
    fn the_people_and_the_order_never_change(events in prop::collection::vec(any_event(), 0..40)) {
        let who = |form: &FeeForm| (form.id, form.order, form.person, form.node, form.payer);
        walk(events, |form, _, next| {
            if let Ok(next) = next {
                assert_eq!(who(form), who(next));
                assert!(next.trail.starts_with(&form.trail));
            }
        });
    }

    #[test]
    fn whether_it_was_ever_submitted_is_known_for_good(events in prop::collection::vec(any_event(), 0..40)) {
        let mut submitted = false;
        walk(events, |form, event, next| {
            assert_eq!(form.was_submitted(), submitted);
            if let Ok(next) = next {
                submitted |= matches!(event, Event::Submit { .. });
                assert_eq!(next.was_submitted(), submitted);
            }
        });
    }

    #[test]
    fn the_sums_equal_the_lines(
        hours in prop::collection::vec((1_i64..100, 1_i64..20_000), 0..5),
        drives in prop::collection::vec(1_i64..9000, 0..5),
        tickets in prop::collection::vec(1_i64..9000, 0..5),
    ) {
        let lines = hours.into_iter().map(|(tenths, cents)| line(tenths, cents)).collect();
        let expenses = drives.into_iter().map(|tenths| drive(tenths, day(2026, 9, 1)));
        let expenses = expenses.chain(tickets.into_iter().map(ticket)).collect();
        let sums = claim(lines, expenses).priced("", &Rates::default()).expect("right").sums;
        prop_assert_eq!(sums.fees, sums.fee_lines.iter().copied().sum());
        prop_assert_eq!(sums.compensation, sums.expenses.iter().copied().sum());
        prop_assert_eq!(sums.total.cents, sums.fees.cents + sums.compensation.cents);
    }
}

#[test]
fn a_support_person_who_submitted_does_not_check() {
    let form = draft().apply(submit(SUPPORT), moment(1)).expect("submitted");
    assert_eq!(form.clone().apply(check(SUPPORT), moment(2)), Err(Rule::OwnClaim.into()));
    assert_eq!(form.clone().apply(check(EXPERT), moment(2)), Err(Rule::OwnClaim.into()));
    assert!(form.apply(check(UNIT), moment(2)).is_ok());
}

#[test]
fn a_form_is_not_submitted_before_payroll_could_pay_it() {
    let refused = |form: FeeForm, payee_known| {
        let rates = Rates::default();
        let approval = FeeApproval::default();
        let event = Event::Submit { by: id(EXPERT), payee_known, rates, approval };
        form.apply(event, moment(1)).map(|form| form.state)
    };
    assert_eq!(refused(draft(), false), Err(Rule::NoPayrollIdentity.into()));
    assert_eq!(refused(FeeForm { tax_card: None, ..draft() }, true), Err(Rule::NoTaxCard.into()));
    assert_eq!(
        refused(FeeForm { declared: false, ..draft() }, true),
        Err(Rule::NotDeclared.into())
    );
    let nothing = claim(vec![], vec![]).priced("", &Rates::default()).expect("right");
    let empty = FeeForm { claimed: nothing, ..draft() };
    assert_eq!(refused(empty.clone(), true), Err(Rule::NothingClaimed.into()));
    let void = Correction { fee_form: id(9), mode: CorrectionMode::Void };
    assert!(refused(FeeForm { corrects: Some(void), ..empty }, true).is_ok());
}

#[test]
fn approving_another_sum_keeps_both_and_says_why() {
    let form = draft().apply(submit(EXPERT), moment(1)).expect("submitted");
    let less = |reason| Event::Check {
        by: id(UNIT),
        approved: Some(Box::new(claim(vec![line(10, 4000)], vec![]))),
        reason,
        rates: Rates::default(),
    };
    let Err(Refusal::Invalid(faults)) = form.clone().apply(less(None), moment(2)) else {
        panic!("a reason is needed");
    };
    assert_eq!((faults[0].pointer.as_str(), faults[0].code), ("/reason", "required"));
    let form = form.apply(less(Some("tunti".to_owned())), moment(2)).expect("checked");
    assert_eq!(form.claimed.sums.total, Money::eur(8000));
    assert_eq!(form.counting().sums.total, Money::eur(4000));
}

#[test]
fn payroll_cannot_acknowledge_what_was_approved_anew_meanwhile() {
    let steps = [
        submit(EXPERT),
        check(UNIT),
        approve(UNIT),
        Event::Query { reason: "kustannuspaikka?".to_owned() },
        approve(UNIT),
    ];
    let form = steps
        .into_iter()
        .fold(draft(), |form, event| form.apply(event, moment(1)).expect("an arrow"));
    let taken = |revision, as_told| {
        let event = Event::Acknowledge { reference: "P".to_owned(), revision, as_told };
        form.clone().apply(event, moment(2)).map(|form| form.state.name())
    };
    assert_eq!(taken(Some(1), true), Err(Rule::PackageChanged.into()));
    assert_eq!(taken(Some(2), false), Err(Rule::PackageChanged.into()), "it is told another payee");
    assert_eq!(taken(None, false), Err(Rule::PackageChanged.into()));
    assert_eq!((taken(Some(2), true), taken(None, true)), (Ok("handed_over"), Ok("handed_over")));
}

#[test]
fn the_unit_is_told_how_the_claim_differs_from_the_agreement() {
    let terms = FeeTerms {
        basis: Some(FeeBasis::Paid),
        lines: vec![line(20, 4000), FeeLine { preparation: true, ..line(10, 4000) }],
        expenses: vec![AgreedExpense {
            kind: ExpenseKind::PublicTransport,
            note: None,
            at_most: Some(Money::eur(1500)),
        }],
        ..FeeTerms::default()
    };
    let kinds = |claim: Claim, percent| {
        let found =
            differences(&claim.priced("", &Rates::default()).expect("right"), &terms, percent);
        found.into_iter().map(|found| (found.pointer, found.kind)).collect::<Vec<_>>()
    };
    let other = FeeLine { unit: FeeUnit::Occasion, ..line(10, 500) };
    let found = kinds(
        claim(
            vec![line(25, 4100), other],
            vec![ticket(1000), drive(100, day(2026, 9, 1)), ticket(501)],
        ),
        100,
    );
    let expected = [
        ("/fee_lines/0/rate", DifferenceKind::RateDiffers),
        ("/fee_lines/0/quantity_tenths", DifferenceKind::QuantityDiffers),
        ("/fee_lines/1", DifferenceKind::LineNotAgreed),
        ("/fee_lines", DifferenceKind::LineNotClaimed),
        ("/expenses/1", DifferenceKind::ExpenseNotAgreed),
        ("/expenses/2", DifferenceKind::ExpenseAboveAgreed),
    ];
    assert_eq!(found, expected.map(|(pointer, kind)| (pointer.to_owned(), kind)));
    assert_eq!(kinds(claim(terms.lines.clone(), vec![ticket(1500)]), 100), []);
    assert_eq!(kinds(claim(agreed_lines(&terms, 50), vec![]), 50), []);
    assert_eq!(agreed_lines(&terms, 50)[0].rate, Money::eur(2000));
    assert_eq!(
        kinds(claim(vec![], vec![ticket(1500)]), 0),
        [],
        "expenses are owed where no fee is"
    );
    let waived = Claim { waived_fee: true, ..Claim::default() };
    assert_eq!(kinds(waived, 100), [("/waived_fee".to_owned(), DifferenceKind::FeeWaived)]);
}

#[test]
fn where_it_takes_two_people_whoever_checked_does_not_approve() {
    let step = |form: FeeForm, event| form.apply(event, moment(0));
    let (rates, approval) = (Rates::default(), FeeApproval::TwoPeople);
    let sent = Event::Submit { by: id(EXPERT), payee_known: true, rates, approval };
    let checked = step(draft(), sent).and_then(|form| step(form, check(2))).expect("checked");
    assert_eq!(checked.checked_by(), Some(id(2)));
    assert_eq!(step(checked.clone(), approve(2)), Err(Rule::SameApprover.into()));
    assert!(step(checked.clone(), approve(3)).is_ok());
    assert!(step(FeeForm { approval: FeeApproval::OnePerson, ..checked }, approve(2)).is_ok());
}

/// Who of some people can take the next step, and whether they are enough.
fn turn(form: &FeeForm, people: &[u128]) -> (Vec<u128>, bool) {
    let found = form.deciders(people.iter().map(|raw| id(*raw)), &[id(SUPPORT)]);
    (people.iter().copied().filter(|raw| found.next.contains(&id(*raw))).collect(), found.enough)
}

#[test]
fn whoever_claims_or_has_checked_leaves_the_turn_to_others() {
    let rates = Rates::default();
    let sent = |approval| {
        let event =
            Event::Submit { by: id(EXPERT), payee_known: true, rates: rates.clone(), approval };
        draft().apply(event, moment(0)).expect("submitted")
    };
    let one = sent(FeeApproval::OnePerson);
    assert_eq!(turn(&one, &[EXPERT, SUPPORT, 5, 6]), (vec![5, 6], true));
    assert_eq!(turn(&one, &[EXPERT, SUPPORT]), (vec![], false));
    assert_eq!(turn(&one.apply(check(5), moment(1)).expect("checked"), &[5]), (vec![5], true));

    let two = sent(FeeApproval::TwoPeople);
    assert_eq!(turn(&two, &[5]), (vec![5], false));
    assert_eq!(turn(&two, &[5, 6]), (vec![5, 6], true));
    let checked = two.apply(check(5), moment(1)).expect("checked");
    assert_eq!(turn(&checked, &[5]), (vec![], false));
    assert_eq!(turn(&checked, &[5, 6]), (vec![6], true));
    let approved = checked.apply(approve(6), moment(2)).expect("approved");
    let asked = Event::Query { reason: "Mikä tunti?".to_owned() };
    let queried = approved.apply(asked, moment(3)).expect("queried");
    assert_eq!(turn(&queried, &[5]), (vec![5], false), "they can return it");
    assert_eq!(turn(&queried, &[5, 6]), (vec![5, 6], true));
}

#[test]
fn the_unit_and_then_the_centre_are_reminded_once_each_time_that_a_form_waits() {
    const DAY: i64 = 86_400;
    let day = |days: i64| moment(days * DAY).day();
    let sent = draft().apply(submit(EXPERT), moment(0)).expect("submitted");
    assert_eq!(
        (sent.deadlines().passed(day(300)), sent.deadlines().first()),
        (vec![], None),
        "nothing was set"
    );
    let sent = sent.reminded_after(Some(7));
    assert_eq!((sent.deadlines().passed(day(7)), sent.deadlines().first()), (vec![], Some(day(7))));
    assert_eq!(sent.deadlines().passed(day(8)), [Reminder::Unit]);
    assert_eq!(sent.deadlines().passed(day(15)), [Reminder::Unit, Reminder::Centre]);
    let seen = sent.seen_to(Reminder::Unit, moment(8 * DAY));
    assert_eq!(
        (seen.deadlines().passed(day(14)), seen.deadlines().first()),
        (vec![], Some(day(14)))
    );
    let seen = seen.seen_to(Reminder::Centre, moment(15 * DAY));
    assert_eq!(seen.deadlines().first(), None);
    let checked = seen.apply(check(2), moment(16 * DAY)).expect("checked");
    assert_eq!(
        (checked.deadlines().passed(day(23)), checked.deadlines().passed(day(24))),
        (vec![], vec![Reminder::Unit])
    );
    assert_eq!(
        checked.apply(approve(2), moment(17 * DAY)).expect("approved").deadlines().first(),
        None
    );
}

#[test]
fn nobody_but_the_expert_gives_up_the_fee() {
    let waived = Claim { waived_fee: true, ..Claim::default() };
    let give_up = |by| Event::Edit {
        by: id(by),
        edit: Box::new(FeeFormEdit { claim: Some(waived.clone()), ..FeeFormEdit::default() }),
        rates: Rates::default(),
    };
    assert_eq!(draft().apply(give_up(9), moment(0)), Err(Rule::WaivedByOther.into()));
    let form = draft().apply(give_up(EXPERT), moment(5)).expect("the expert may");
    assert_eq!(form.waiver.map(|waiver| (waiver.by, waiver.at)), Some((id(EXPERT), moment(5))));
    let again = edit(FeeFormEdit {
        claim: Some(claim(vec![line(20, 4000)], vec![])),
        ..FeeFormEdit::default()
    });
    assert_eq!(form.apply(again, moment(6)).expect("and may not").waiver, None);

    let submitted = draft().apply(submit(EXPERT), moment(0)).expect("submitted");
    let cut = Event::Check {
        by: id(2),
        approved: Some(Box::new(waived)),
        reason: Some("säästö".to_owned()),
        rates: Rates::default(),
    };
    let refused = submitted.apply(cut, moment(1));
    let fault = domain::refusal::Fault::new("/approved/waived_fee", "not_claimed");
    assert_eq!(refused, Err(Refusal::Invalid(vec![fault])));
}

#[test]
fn the_unit_neither_pays_a_fee_that_was_given_up_nor_anything_by_a_void_form() {
    let other = |claim| Event::Check {
        by: id(UNIT),
        approved: Some(Box::new(claim)),
        reason: Some("sovittiin toisin".to_owned()),
        rates: Rates::default(),
    };
    let claimed = Claim { waived_fee: true, ..claim(vec![], vec![ticket(100)]) };
    let claimed = claimed.priced("", &Rates::default()).expect("right");
    let waived = FeeForm { claimed, ..draft() };
    let waived = waived.apply(submit(EXPERT), moment(1)).expect("submitted");
    let refused = waived.apply(other(claim(vec![line(10, 4000)], vec![])), moment(2));
    let fault = domain::refusal::Fault::new("/approved/fee_lines", "not_with_waived_fee");
    assert_eq!(refused, Err(Refusal::Invalid(vec![fault])));

    let corrects =
        Some(Correction { fee_form: Id::new(Uuid::from_u128(99)), mode: CorrectionMode::Void });
    let void = FeeForm { corrects, claimed: PricedClaim::default(), ..draft() };
    let void = void.apply(submit(EXPERT), moment(1)).expect("submitted");
    let refused = void.apply(other(claim(vec![], vec![ticket(100)])), moment(2));
    let fault = domain::refusal::Fault::new("/approved", "not_with_void");
    assert_eq!(refused, Err(Refusal::Invalid(vec![fault])));
}

#[test]
fn a_form_that_goes_to_and_fro_is_stopped_and_can_be_given_up() {
    let declared = || edit(FeeFormEdit { declared: Some(true), ..FeeFormEdit::default() });
    let returned = full(draft(), |form| {
        form.apply(declared(), moment(1))?
            .apply(submit(EXPERT), moment(1))?
            .apply(give_back(2), moment(1))
    });
    returned.apply(Event::Withdraw { by: id(EXPERT) }, moment(2)).expect("withdraws");
}

#[test]
fn a_form_that_payroll_asks_about_on_and_on_can_still_be_paid() {
    let approved = draft()
        .apply(submit(EXPERT), moment(1))
        .and_then(|form| form.apply(check(2), moment(1)))
        .and_then(|form| form.apply(approve(2), moment(1)))
        .expect("approves");
    let asked = full(approved, |form| {
        form.apply(Event::Query { reason: "Mikä tämä on?".to_owned() }, moment(1))?
            .apply(approve(2), moment(1))
    });
    asked
        .apply(acknowledge(), moment(2))
        .and_then(|form| form.apply(pay(), moment(3)))
        .expect("pays");
}
