//! What payroll and the unit have of a form while somebody works on it.

use domain::compilation::FeeFact;
use domain::fee_form::Package;

use super::*;

fn after(form: FeeForm, events: impl IntoIterator<Item = Event>) -> FeeForm {
    events.into_iter().fold(form, |form, event| form.apply(event, moment(1)).expect("an arrow"))
}

fn queried() -> FeeForm {
    let ask = Event::Query { reason: "kustannuspaikka?".to_owned() };
    after(draft(), [submit(EXPERT), check(UNIT), approve(UNIT), acknowledge(), ask])
}

fn cut() -> Event {
    Event::Check {
        by: id(UNIT),
        approved: Some(Box::new(claim(vec![line(10, 4000)], vec![]))),
        reason: Some("tunti".to_owned()),
        rates: Rates::default(),
    }
}

fn more() -> FeeFormEdit {
    let card = TaxCard { given: TaxCardGiven::Attached, attachment: Some(id(77)) };
    FeeFormEdit {
        claim: Some(claim(vec![line(30, 4000)], vec![])),
        tax_card: Some(Some(card)),
        declared: Some(true),
    }
}

proptest! {
    #[test]
    fn what_payroll_has_changes_with_an_approval_and_with_nothing_else(events in prop::collection::vec(any_event(), 0..40)) {
        walk(events, |form, event, next| {
            let Ok(next) = next else { return };
            assert_eq!(next.packaged().is_some(), next.revision > 0);
            if matches!(event, Event::Approve { .. }) {
                assert_eq!(next.revision, form.revision + 1);
                let Some(Package { claimed, approved, .. }) = next.packaged() else { panic!("approved") };
                assert_eq!((Some(&approved), &claimed), (next.approved.as_ref(), &next.claimed));
            } else {
                assert_eq!((next.packaged(), next.revision), (form.packaged(), form.revision));
            }
        });
    }

    #[test]
    fn what_the_unit_has_changes_when_it_is_submitted_and_not_while_it_is_written(events in prop::collection::vec(any_event(), 0..40)) {
        walk(events, |form, event, next| {
            let Ok(next) = next else { return };
            if form.was_submitted() && !matches!(event, Event::Submit { .. }) {
                let (before, now) = (form.clone().as_sent(), next.clone().as_sent());
                assert_eq!((before.claimed, before.tax_card), (now.claimed, now.tax_card));
            }
            if matches!(event, Event::Submit { .. }) {
                assert_eq!(next.clone().as_sent().claimed, next.claimed);
            }
        });
    }
}

#[test]
fn payroll_has_the_revision_that_was_approved_until_the_next_approval() {
    let form = queried();
    let package = form.packaged();
    assert_eq!(package.as_ref().map(|kept| kept.approved.sums.total), Some(Money::eur(8000)));
    let form = after(form, [cut(), give_back(UNIT), edit(more()), submit(EXPERT)]);
    assert_eq!(form.packaged(), package);
    assert_eq!(after(form.clone(), [Event::Withdraw { by: id(EXPERT) }]).packaged(), package);
    let anew = after(form, [check(UNIT), approve(UNIT)]);
    let total = anew.packaged().map(|kept| kept.approved.sums.total);
    assert_eq!((total, anew.revision), (Some(Money::eur(12_000)), 2));
}

#[test]
fn nothing_is_to_be_paid_by_what_was_given_up() {
    let (approved, paid) = (Money::eur(8000), Money::eur(3000));
    let returned = after(queried(), [give_back(UNIT)]);
    assert_eq!(returned.to_pay(approved, paid).cents, 5000);
    let given_up = after(returned, [Event::Withdraw { by: id(EXPERT) }]);
    assert_eq!(given_up.to_pay(approved, paid).cents, 0);
    assert_eq!(given_up.to_pay(Money::eur(0), paid).cents, 0, "nor to be recovered");
}

#[test]
fn a_form_from_before_the_package_was_kept_apart_has_it_all_the_same() {
    let package = queried().packaged();
    let older = FeeForm { package: None, ..queried() };
    assert_eq!(older.packaged(), package);
    assert_eq!(after(older, [cut(), give_back(UNIT)]).packaged(), package);
    assert_eq!(FeeForm { package: None, ..after(queried(), [cut()]) }.packaged(), None);
}

#[test]
fn what_is_only_checked_counts_in_no_year() {
    let fee = |form: &FeeForm| FeeFact::of(form).map(|fact| fact.fee.cents);
    let checked = after(draft(), [submit(EXPERT), check(UNIT)]);
    assert_eq!(fee(&checked), None);
    assert_eq!(fee(&after(checked.clone(), [give_back(UNIT)])), None);
    assert_eq!(fee(&after(checked, [approve(UNIT)])), Some(8000));
    assert_eq!(fee(&after(queried(), [cut()])), Some(8000), "the revision that payroll has");
}

#[test]
fn what_is_begun_after_a_return_is_the_writer_s_own_until_it_is_submitted() {
    let returned = after(draft(), [submit(EXPERT), give_back(UNIT)]);
    let begun = after(returned.clone(), [edit(more()), edit(FeeFormEdit::default())]);
    let sent = begun.clone().as_sent();
    assert_eq!((&sent.claimed, sent.tax_card), (&returned.claimed, returned.tax_card));
    assert!(!sent.declared && begun.declared);
    assert!(begun.holds_back(id(77)) && begun.names(id(77)));
    assert_eq!(
        after(begun.clone(), [Event::Withdraw { by: id(EXPERT) }]).as_sent().claimed,
        returned.claimed
    );
    let again = after(begun, [submit(EXPERT)]);
    assert!(!again.holds_back(id(77)));
    assert_eq!(again.clone().as_sent().claimed, again.claimed);
}

#[test]
fn a_declaration_holds_for_what_was_declared() {
    let declared = |edited: FeeFormEdit| {
        let by = Event::Edit { by: id(SUPPORT), edit: Box::new(edited), rates: Rates::default() };
        after(draft(), [by]).declared
    };
    let other = Some(claim(vec![line(10, 4000)], vec![]));
    let card = Some(TaxCard { given: TaxCardGiven::OnFile, attachment: None });
    assert!(!declared(FeeFormEdit { claim: other.clone(), ..FeeFormEdit::default() }));
    assert!(!declared(FeeFormEdit { tax_card: Some(card), ..FeeFormEdit::default() }));
    assert!(!declared(FeeFormEdit { tax_card: Some(None), ..FeeFormEdit::default() }));
    assert!(declared(FeeFormEdit { claim: other, declared: Some(true), tax_card: None }));
    let same = FeeFormEdit {
        claim: Some(draft().claimed.claim),
        tax_card: Some(draft().tax_card),
        declared: None,
    };
    assert!(declared(same), "nothing is changed");
}

#[test]
fn an_edit_that_changes_nothing_makes_nobody_a_claimant_and_begins_nothing_anew() {
    for form in [draft(), after(draft(), [submit(EXPERT), give_back(UNIT)])] {
        let same = Event::Edit {
            by: id(99),
            edit: Box::new(FeeFormEdit {
                claim: Some(form.claimed.claim.clone()),
                tax_card: Some(form.tax_card),
                declared: Some(form.declared),
            }),
            rates: Rates::default(),
        };
        let nothing = FeeFormEdit { claim: None, tax_card: None, declared: None };
        let nothing = Event::Edit { by: id(99), edit: Box::new(nothing), rates: Rates::default() };
        for event in [same, nothing] {
            assert_eq!(form.clone().apply(event, moment(2)), Ok(form.clone()));
        }
    }
}
