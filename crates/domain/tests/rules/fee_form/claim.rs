//! What is claimed: what it needs, what it comes to, and what someone should look at.

use domain::{
    agreement::TaskTime,
    compilation::FeeFact,
    expense_rates::{EnteredFigure, RateKind, RateTable, RateTableContent},
    fee_schedule::{ExpenseCap, ScheduleContent, ScheduleItem},
    node::Path,
};

use super::*;

fn priced(fee_lines: Vec<FeeLine>, expenses: Vec<Expense>) -> PricedClaim {
    claim(fee_lines, expenses).priced("", &Rates::default()).expect("right")
}

/// What is wrong with an edit of `form`, and where.
fn wrong(form: FeeForm, change: FeeFormEdit) -> Vec<(String, &'static str)> {
    match form.apply(edit(change), moment(0)) {
        Err(Refusal::Invalid(faults)) => {
            faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn at(pointer: &str, code: &'static str) -> (String, &'static str) {
    (pointer.to_owned(), code)
}

#[test]
fn a_waived_fee_can_still_have_expenses_and_needs_no_tax_card() {
    let waived = Claim { waived_fee: true, ..claim(vec![], vec![ticket(1250)]) };
    let form = FeeForm { tax_card: None, ..draft() };
    let form = form
        .apply(
            edit(FeeFormEdit { claim: Some(waived), declared: Some(true), tax_card: None }),
            moment(1),
        )
        .and_then(|form| form.apply(submit(EXPERT), moment(2)))
        .expect("submitted");
    assert_eq!(form.claimed.sums.total, Money::eur(1250));
    let both = Claim { waived_fee: true, ..claim(vec![line(10, 100)], vec![]) };
    let faults = both.priced("/claim", &Rates::default()).expect_err("no fee with a waived one");
    assert_eq!(
        (faults[0].pointer.as_str(), faults[0].code),
        ("/claim/fee_lines", "not_with_waived_fee")
    );
}

#[test]
fn what_a_kind_of_expense_needs_is_told_field_by_field() {
    let wrong = claim(
        vec![],
        vec![
            expense(ExpenseKind::Kilometres, day(2026, 9, 1)),
            Expense { vehicle: Some(Vehicle::Car), ..ticket(100) },
            expense(ExpenseKind::Lodging, day(2026, 9, 1)),
            drive(100, day(2027, 1, 1)),
            Expense { passengers: Some(1), ..drive(100, day(2025, 1, 1)) },
            Expense { amount: Some(Money::eur(551)), ..drive(100, day(2026, 1, 1)) },
            Expense { amount: Some(Money::eur(250)), ..drive(100, day(2026, 1, 1)) },
        ],
    );
    let faults = wrong.priced("/claim", &Rates::default()).expect_err("wrong");
    let about: Vec<_> = faults.iter().filter_map(|fault| fault.about).collect();
    assert_eq!(about, ["kilometre_car", "kilometre_passenger"], "which figure is missing");
    let faults: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
    assert_eq!(
        faults,
        [
            ("/claim/expenses/0/kilometres_tenths", "required"),
            ("/claim/expenses/0/vehicle", "required"),
            ("/claim/expenses/1/vehicle", "not_for_kind"),
            ("/claim/expenses/2/amount", "required"),
            ("/claim/expenses/3/date", "no_rates_for_year"),
            ("/claim/expenses/4/kind", "no_such_rate"),
            ("/claim/expenses/5/amount", "above_tax_free"),
        ]
    );
}

#[test]
fn what_is_allowed_but_odd_is_warned_of() {
    let meal = Expense { meals: Some(1), ..expense(ExpenseKind::Meal, day(2026, 9, 1)) };
    let claimed = claim(vec![line(10, 4000)], vec![ticket(100), meal])
        .priced("", &Rates::default())
        .expect("right");
    let missing = Some(TaxCard { given: TaxCardGiven::Missing, attachment: None });
    let form = FeeForm { claimed, tax_card: missing, ..draft() };
    let found: Vec<_> = warnings(&form, None, &Rates::default())
        .into_iter()
        .map(|found| (found.pointer, found.kind))
        .collect();
    let expected = [
        ("/tax_card", WarningKind::TaxCardMissing),
        ("/claim/expenses/0/receipts", WarningKind::ReceiptMissing),
        ("/claim/expenses/1", WarningKind::RateUnverified),
    ];
    assert_eq!(found, expected.map(|(pointer, kind)| (pointer.to_owned(), kind)));
}

#[test]
fn one_day_has_one_allowance() {
    let at = |kind, on| expense(kind, on);
    let (first, second) = (day(2026, 9, 1), day(2026, 9, 2));
    let away = |on| Expense { hours_tenths: Some(115), ..at(ExpenseKind::PerDiem, on) };
    let meal = |on| Expense { meals: Some(1), ..at(ExpenseKind::Meal, on) };
    let night = |on| at(ExpenseKind::Night, on);
    let twice = |expenses: Vec<Expense>| {
        let claimed = claim(vec![], expenses).priced("", &Rates::default()).expect("right");
        let found = warnings(&FeeForm { claimed, ..draft() }, None, &Rates::default());
        let found = found.into_iter().filter(|found| found.kind == WarningKind::TwiceForOneDay);
        found.map(|found| found.pointer).collect::<Vec<_>>()
    };
    assert!(twice(vec![away(first), night(first), meal(second), night(second)]).is_empty());
    assert_eq!(twice(vec![away(first), away(second), away(first)]), ["/claim/expenses/2"]);
    assert_eq!(twice(vec![away(first), meal(first)]), ["/claim/expenses/1"]);
    assert_eq!(twice(vec![night(first), night(first)]), ["/claim/expenses/1"]);
}

#[test]
fn a_claim_comes_to_its_fee_and_its_expenses() {
    let sums = priced(vec![line(20, 4000), line(5, 4000)], vec![ticket(1250), ticket(1)]).sums;
    assert_eq!(sums.fee_lines, [8000, 2000].map(Money::eur));
    assert_eq!(sums.expenses, [1250, 1].map(Money::eur));
    let whole = [sums.fees, sums.compensation, sums.total];
    assert_eq!(whole, [10_000, 1251, 11_251].map(Money::eur));
}

#[test]
fn no_claim_comes_to_more_than_a_million_euros_or_is_for_an_unknown_task() {
    let most = priced(vec![], vec![ticket(100_000_000)]);
    assert_eq!(most.sums.total, Money::eur(100_000_000));
    let unknown = FeeLine { task_type: "juggling".to_owned(), ..line(10, 1) };
    let over = FeeFormEdit {
        claim: Some(claim(vec![unknown], vec![ticket(100_000_000)])),
        ..FeeFormEdit::default()
    };
    let expected = [at("/claim/fee_lines/0/task_type", "unknown_code"), at("/claim", "too_big")];
    assert_eq!(wrong(draft(), over), expected);
}

#[test]
fn what_has_not_happened_yet_is_not_claimed() {
    let today = moment(0).day();
    let claimed = |date| FeeFormEdit {
        claim: Some(claim(vec![], vec![ticket(1), Expense { date, ..ticket(1) }])),
        ..FeeFormEdit::default()
    };
    assert!(draft().apply(edit(claimed(today)), moment(0)).is_ok());
    let expected = [at("/claim/expenses/1/date", "in_future")];
    assert_eq!(wrong(draft(), claimed(today.later(1))), expected);
    let approved = Box::new(claimed(today.later(1)).claim.expect("a claim"));
    let form = draft().apply(submit(EXPERT), moment(0)).expect("submitted");
    let reason = Some("lisätty".to_owned());
    let approved = Some(approved);
    let check = Event::Check { by: id(UNIT), approved, reason, rates: Rates::default() };
    let Err(Refusal::Invalid(faults)) = form.apply(check, moment(0)) else {
        panic!("nor is it approved");
    };
    assert_eq!(
        (faults[0].pointer.as_str(), faults[0].code),
        ("/approved/expenses/1/date", "in_future")
    );
}

#[test]
fn a_form_that_voids_another_claims_nothing() {
    let void = Correction { fee_form: id(9), mode: CorrectionMode::Void };
    let form = FeeForm { corrects: Some(void), claimed: priced(vec![], vec![]), ..draft() };
    let something = |claim| FeeFormEdit { claim: Some(claim), ..FeeFormEdit::default() };
    let expense = something(claim(vec![], vec![ticket(1)]));
    let expected = [at("/claim", "not_with_void")];
    assert_eq!(wrong(form.clone(), expense), expected);
    assert_eq!(wrong(form.clone(), something(claim(vec![line(10, 1)], vec![]))), expected);
    assert!(form.apply(edit(something(claim(vec![], vec![]))), moment(0)).is_ok());
}

#[test]
fn a_tax_card_is_there_exactly_when_it_is_said_to_be_attached() {
    let given = |given, attachment: Option<u128>| {
        let attachment = attachment.map(id);
        FeeFormEdit {
            tax_card: Some(Some(TaxCard { given, attachment })),
            ..FeeFormEdit::default()
        }
    };
    use TaxCardGiven::{Attached, HrFetches, Missing, OnFile};
    assert_eq!(wrong(draft(), given(Attached, None)), [at("/tax_card/attachment", "required")]);
    assert!(draft().apply(edit(given(Attached, Some(7))), moment(0)).is_ok());
    for other in [HrFetches, OnFile, Missing] {
        let expected = [at("/tax_card/attachment", "not_for_kind")];
        assert_eq!(wrong(draft(), given(other, Some(7))), expected);
        let after = draft().apply(edit(given(other, None)), moment(0)).expect("it may");
        assert_eq!(after.tax_card, Some(TaxCard { given: other, attachment: None }));
    }
}

#[test]
fn costs_go_where_shares_come_to_the_whole() {
    let checked = [submit(EXPERT), check(UNIT)]
        .into_iter()
        .fold(draft(), |form, event| form.apply(event, moment(1)).expect("an arrow"));
    let approved = |shares: &[u32]| {
        let centre =
            |share: &u32| CostCentre { node: None, cost_centre: "4410".to_owned(), share: *share };
        let centres = shares.iter().map(centre).collect();
        checked.clone().apply(Event::Approve { by: id(UNIT), cost_centres: centres }, moment(2))
    };
    let refused = |shares| match approved(shares) {
        Err(Refusal::Invalid(faults)) => faults[0].code,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&[]), "required");
    assert_eq!([refused(&[60, 39]), refused(&[60, 41])], ["shares_not_100"; 2]);
    assert_eq!(approved(&[60, 40]).expect("whole").cost_centres.len(), 2);
}

#[test]
fn a_payment_is_neither_from_before_the_task_nor_more_than_45_days_ahead() {
    let handed_over = [submit(EXPERT), check(UNIT), approve(UNIT), acknowledge()]
        .into_iter()
        .fold(draft(), |form, event| form.apply(event, moment(1)).expect("an arrow"));
    let task = handed_over.task_date;
    let paid = |date| {
        let payment = Payment { date, amount: Money::eur(8001), reference: "M-1".to_owned() };
        handed_over.clone().apply(Event::Pay(payment), moment(1))
    };
    let refused = |date| match paid(date) {
        Err(Refusal::Invalid(faults)) => (faults[0].pointer.clone(), faults[0].code),
        other => panic!("{other:?}"),
    };
    let latest = moment(1).day().later(45);
    assert!(paid(latest).is_ok());
    assert_eq!(refused(latest.later(1)), at("/date", "in_future"));
    let form = paid(task).expect("the day of the task");
    assert_eq!((form.paid_on(), handed_over.paid_on()), (Some(task), None));
    assert!(form.paid_otherwise() && !handed_over.paid_otherwise());
    let before = Day::new(task.year(), 1, 1).expect("a day");
    assert_eq!(refused(before), at("/date", "before_the_claim"));
    let found = warnings(&form, None, &Rates::default());
    let last = found.last().map(|found| (found.pointer.as_str(), found.kind));
    assert_eq!(last, Some(("/state/payment/amount", WarningKind::PaidOtherwise)));
}

#[test]
fn expenses_of_a_kind_above_what_the_area_compensates_are_warned_of() {
    let form = FeeForm { claimed: priced(vec![], vec![ticket(600), ticket(400)]), ..draft() };
    let above = |kind, cents| {
        let schedule = ScheduleContent {
            valid_from: day(2026, 1, 1),
            valid_until: None,
            source: "keksitty, testiä varten".to_owned(),
            items: vec![],
            expense_caps: vec![ExpenseCap { kind, most: Money::eur(cents) }],
            income_types: vec![],
        };
        let found = warnings(&form, Some(&schedule), &Rates::default());
        found.iter().any(|found| found.kind == WarningKind::AboveAreaCap)
    };
    assert!(above(ExpenseKind::PublicTransport, 999));
    assert!(!above(ExpenseKind::PublicTransport, 1000));
    assert!(!above(ExpenseKind::Lodging, 999));
}

#[test]
fn a_year_counts_what_was_approved_by_kind_and_nothing_before() {
    let drives = [drive(1000, day(2026, 9, 1)), drive(500, day(2026, 9, 2))];
    let claimed = priced(vec![line(10, 4000)], drives.into_iter().chain([ticket(700)]).collect());
    let form = FeeForm { claimed, ..draft() };
    assert!(FeeFact::of(&form).is_none());
    let steps = [submit(EXPERT), check(UNIT), approve(UNIT)];
    let approved =
        steps.into_iter().fold(form, |form, event| form.apply(event, moment(1)).expect("an arrow"));
    let fact = FeeFact::of(&approved).expect("it was approved");
    let drives = &approved.claimed.sums.expenses[..2];
    let driven = Money::eur(drives[0].cents + drives[1].cents);
    let kinds = [("kilometres", driven), ("public_transport", Money::eur(700))];
    assert_eq!(fact.expenses, kinds.map(|(kind, sum)| (kind.to_owned(), sum)).into());
    assert_eq!((fact.fee, fact.expert), (Money::eur(4000), Uuid::from_u128(EXPERT)));
}

#[test]
fn expenses_are_counted_under_the_names_that_the_contract_gives_them() {
    use ExpenseKind::{Assistant, Interpreter, Lodging, Other, PublicTransport, ReplacementCare};
    for kind in [PublicTransport, Lodging, Assistant, Interpreter, ReplacementCare, Other] {
        let claimed = priced(vec![], vec![Expense { kind, ..ticket(100) }]);
        let state = State::Approved { at: moment(1) };
        let form = FeeForm { approved: Some(claimed.clone()), claimed, state, ..draft() };
        let fact = FeeFact::of(&form).expect("it was approved");
        let name = serde_json::to_value(kind).expect("JSON");
        assert_eq!(fact.expenses.keys().collect::<Vec<_>>(), [name.as_str().expect("a name")]);
    }
}

#[test]
fn a_tax_card_is_missed_only_where_a_fee_is_claimed() {
    let missed = |claimed| {
        let form = FeeForm { claimed, tax_card: None, ..draft() };
        let found = warnings(&form, None, &Rates::default());
        found.iter().any(|found| found.kind == WarningKind::TaxCardMissing)
    };
    assert!(missed(priced(vec![line(10, 1)], vec![])));
    assert!(!missed(priced(vec![], vec![ticket(100)])));
}

#[test]
fn what_picks_another_rate_or_another_sum_is_warned_of() {
    let away = |on, following| Expense {
        hours_tenths: Some(115),
        following_day: following,
        ..expense(ExpenseKind::PerDiem, on)
    };
    let kinds = |expenses: Vec<Expense>, rates: &Rates| {
        let claimed = claim(vec![], expenses).priced("", &Rates::default()).expect("right");
        let found = warnings(&FeeForm { claimed, ..draft() }, None, rates);
        let odd = [WarningKind::AboveRate, WarningKind::FarFromTask, WarningKind::NoDayBefore];
        let found = found.into_iter().filter(|found| odd.contains(&found.kind));
        found.map(|found| (found.pointer, found.kind)).collect::<Vec<_>>()
    };
    let told = |pointer: &str, kind| vec![(pointer.to_owned(), kind)];
    let usual = Rates::default();
    let near = vec![
        drive(100, day(2026, 8, 31)),
        away(day(2026, 9, 1), None),
        away(day(2026, 9, 2), Some(true)),
    ];
    assert_eq!(kinds(near, &usual), []);
    let far = kinds(vec![drive(100, day(2026, 9, 1)), drive(100, day(2026, 9, 3))], &usual);
    assert_eq!(far, told("/claim/expenses/1/date", WarningKind::FarFromTask));
    let far = kinds(vec![drive(100, day(2026, 8, 30))], &usual);
    assert_eq!(far, told("/claim/expenses/0/date", WarningKind::FarFromTask));
    let alone = kinds(vec![away(day(2026, 9, 1), Some(true))], &usual);
    assert_eq!(alone, told("/claim/expenses/0/following_day", WarningKind::NoDayBefore));
    let above = kinds(vec![drive(100, day(2026, 9, 1))], &cheaper());
    assert_eq!(above, told("/claim/expenses/0/amount", WarningKind::AboveRate));
}

#[test]
fn a_task_on_another_day_than_was_agreed_is_warned_of_since_the_day_picks_the_rates() {
    let warned = |agreed_days, task_date| {
        let form = FeeForm { agreed_days, task_date, ..draft() };
        let found = warnings(&form, None, &Rates::default());
        let mut found =
            found.into_iter().filter(|found| found.kind == WarningKind::AnotherDayThanAgreed);
        found.next().map(|found| found.pointer)
    };
    let (first, last) = (day(2026, 12, 31), day(2027, 1, 2));
    let told = Some("/task_date".to_owned());
    assert_eq!(warned(Some((last, last)), first), told);
    assert_eq!(warned(Some((first, first)), last), told);
    for within in [first, day(2027, 1, 1), last] {
        assert_eq!(warned(Some((first, last)), within), None);
    }
    assert_eq!(warned(None, first), None, "no day was agreed");
}

#[test]
fn what_is_agreed_has_days_in_helsinki() {
    let at = |text: &str| Moment::parse(text).expect("a moment");
    let time = |starts, ends| TaskTime { starts, ends, text: None }.days();
    let (late, early) = (at("2026-12-31T22:30:00Z"), at("2027-01-02T21:00:00Z"));
    assert_eq!(time(Some(late), None), Some((day(2027, 1, 1), day(2027, 1, 1))));
    assert_eq!(time(Some(late), Some(early)), Some((day(2027, 1, 1), day(2027, 1, 2))));
    assert_eq!(time(None, Some(early)), Some((day(2027, 1, 2), day(2027, 1, 2))));
    assert_eq!(time(None, None), None);
}

#[test]
fn more_time_than_was_recorded_is_warned_of_unless_the_schedule_pays_for_it_at_least() {
    let longer = |minutes, lines: Vec<FeeLine>, schedule: Option<&ScheduleContent>| {
        let claimed = claim(lines, vec![]).priced("", &Rates::default()).expect("right");
        let form = FeeForm { claimed, performed_minutes: minutes, ..draft() };
        let found = warnings(&form, schedule, &Rates::default());
        let found =
            found.into_iter().filter(|found| found.kind == WarningKind::LongerThanPerformed);
        found.map(|found| found.pointer).collect::<Vec<_>>()
    };
    assert!(longer(Some(120), vec![line(20, 4000)], None).is_empty());
    assert!(longer(None, vec![line(20, 4000)], None).is_empty(), "it was cancelled late");
    assert_eq!(longer(Some(119), vec![line(20, 4000)], None), Vec::<String>::new(), "rounded up");
    assert_eq!(
        longer(Some(30), vec![line(20, 4000)], None),
        ["/claim/fee_lines/0/quantity_tenths"]
    );
    let twice = longer(Some(120), vec![line(12, 4000), line(8, 4000), line(1, 4000)], None);
    assert_eq!(twice, ["/claim/fee_lines/2/quantity_tenths"], "together they are longer");
    let prepared = FeeLine { preparation: true, ..line(20, 4000) };
    let whole = FeeLine { unit: FeeUnit::Occasion, ..line(20, 4000) };
    assert!(
        longer(Some(30), vec![prepared, whole], None).is_empty(),
        "neither is counted in that time"
    );
    let least = schedule(Some(20));
    assert!(longer(Some(30), vec![line(20, 4000)], Some(&least)).is_empty());
    assert_eq!(longer(Some(30), vec![line(21, 4000)], Some(&least)).len(), 1);
    assert_eq!(longer(Some(30), vec![line(20, 4000)], Some(&schedule(None))).len(), 1);
}

#[test]
fn what_is_submitted_comes_to_what_it_does_by_the_rates_as_they_are_then() {
    let usual = Rates::default();
    let claimed =
        claim(vec![], vec![drive(100, day(2026, 9, 1))]).priced("", &usual).expect("right");
    let draft = FeeForm { claimed, declared: true, ..draft() };
    let submit = |form: FeeForm, rates| {
        let approval = FeeApproval::default();
        form.apply(Event::Submit { by: id(EXPERT), payee_known: true, rates, approval }, moment(1))
    };
    assert!(submit(draft.clone(), usual).is_ok());
    assert_eq!(submit(draft.clone(), cheaper()).err(), Some(Rule::RatesChanged.into()));
    let anew = |edit| Event::Edit { by: id(EXPERT), edit: Box::new(edit), rates: cheaper() };
    let seen = draft.clone().apply(anew(FeeFormEdit::default()), moment(1)).expect("it is a draft");
    assert_eq!(
        (seen.claimed.sums.total, seen.declared),
        (Money::eur(10), false),
        "other sums were declared"
    );
    assert_eq!(submit(seen, cheaper()).err(), Some(Rule::NotDeclared.into()));
    let declared = FeeFormEdit { declared: Some(true), ..FeeFormEdit::default() };
    let declared = draft.apply(anew(declared), moment(1)).expect("it is a draft");
    assert!(submit(declared, cheaper()).is_ok());
}

/// Rates of which a cent is paid for a kilometre.
fn cheaper() -> Rates {
    let node = id(1);
    let content = RateTableContent {
        valid_from: day(2026, 1, 1),
        valid_until: day(2026, 12, 31),
        source: "Keksitty, testiä varten".to_owned(),
        figures: vec![EnteredFigure { kind: RateKind::KilometreCar, amount: Money::eur(1) }],
    };
    Rates::at(&Path::root(node), vec![RateTable { id: id(2), node, content }])
}

fn schedule(least_tenths: Option<i64>) -> ScheduleContent {
    let item = ScheduleItem {
        task_type: None,
        unit: FeeUnit::Hour,
        min_rate: None,
        rate: Money::eur(4000),
        max_rate: None,
        least_tenths,
        preparation_included: false,
    };
    ScheduleContent {
        valid_from: day(2026, 1, 1),
        valid_until: None,
        source: "Keksitty, testiä varten".to_owned(),
        items: vec![item],
        expense_caps: vec![],
        income_types: vec![],
    }
}
