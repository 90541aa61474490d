//! What is wrong with an agreement, and what is missing from it.

use domain::{
    agreement::{
        AgreedExpense, AgreementContent, AgreementPoints, ConfidentialityTerms, FeeTerms,
        PartyTerms, TaskTime,
    },
    expense_rates::ExpenseKind,
    fee_schedule::{Deviation, DeviationKind, FeeLine, FeeUnit},
    money::Money,
    order::FeeBasis,
    refusal::Fault,
};

use crate::made_up::{id, moment, text};

fn line(task_type: &str) -> FeeLine {
    FeeLine {
        task_type: task_type.to_owned(),
        unit: FeeUnit::Hour,
        quantity_tenths: 10,
        rate: Money::eur(4000),
        preparation: false,
    }
}

/// An agreement that has everything that it takes to confirm it.
fn whole() -> AgreementContent {
    AgreementContent {
        task: AgreementPoints {
            experience_and_competence: text("esiintymistaito"),
            nature: text("puheenvuoro"),
            responsibility: text("yksikkö vastaa tilaisuudesta"),
            time: TaskTime { starts: Some(moment(0)), ends: Some(moment(3600)), text: None },
            place: text("auditorio"),
            target_group: text("henkilökunta"),
        },
        parties: PartyTerms { payer: Some(id(6)), ..PartyTerms::default() },
        fee: FeeTerms {
            basis: Some(FeeBasis::Paid),
            lines: vec![line("lecture")],
            ..FeeTerms::default()
        },
        confidentiality: ConfidentialityTerms { expert: text("salassa"), orderer: text("salassa") },
        ..AgreementContent::default()
    }
}

fn told(faults: Vec<Fault>) -> Vec<String> {
    faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

#[test]
fn a_whole_agreement_has_no_faults_and_misses_nothing() {
    assert_eq!(told(whole().faults()), <[&str; 0]>::default());
    assert_eq!(told(whole().missing(&[])), <[&str; 0]>::default());
}

#[test]
fn a_task_ends_after_it_begins() {
    let until = |ends: Option<i64>| {
        let mut content = whole();
        content.task.time.ends = ends.map(moment);
        told(content.faults())
    };
    assert_eq!(until(Some(-1)), ["/task/time/ends not_after_start"]);
    assert_eq!(until(Some(0)), ["/task/time/ends not_after_start"]);
    assert!(until(Some(1)).is_empty() && until(None).is_empty());
}

#[test]
fn topics_and_adjustments_say_something_and_not_too_much() {
    let texts = |long| vec!["perhe".to_owned(), "  ".to_owned(), "ä".repeat(long)];
    let mut content = whole();
    content.closed_topics = texts(500);
    content.support.adjustments = texts(501);
    assert_eq!(
        told(content.faults()),
        [
            "/closed_topics/1 wrong_length",
            "/support/adjustments/1 wrong_length",
            "/support/adjustments/2 wrong_length",
        ]
    );
}

#[test]
fn a_fee_is_agreed_on_only_where_one_is_paid() {
    let with = |basis, lines| {
        let fee = FeeTerms { basis, lines, ..FeeTerms::default() };
        told(AgreementContent { fee, ..whole() }.faults())
    };
    let wrong = ["/fee/lines not_with_fee_basis"];
    assert_eq!(with(Some(FeeBasis::Volunteer), vec![line("lecture")]), wrong);
    assert_eq!(with(Some(FeeBasis::ExpensesOnly), vec![line("lecture")]), wrong);
    assert!(with(Some(FeeBasis::Volunteer), vec![]).is_empty());
    assert!(with(None, vec![line("lecture")]).is_empty(), "the basis can be said later");
}

#[test]
fn fee_lines_and_expenses_are_looked_at_one_by_one() {
    let expense = |kind| AgreedExpense { kind, note: None, at_most: None };
    let mut content = whole();
    let half = FeeLine { unit: FeeUnit::Day, quantity_tenths: 5, ..line("lecture") };
    content.fee.lines = vec![line("lecture"), line("juggling"), half];
    content.fee.expenses = vec![
        expense(ExpenseKind::Kilometres),
        expense(ExpenseKind::Lodging),
        expense(ExpenseKind::Kilometres),
    ];
    let faults = told(content.faults());
    assert_eq!(
        faults[..2],
        ["/fee/lines/1/task_type unknown_code", "/fee/expenses/2/kind duplicate"]
    );
    assert_eq!(faults.len(), 3);
    assert!(faults[2].starts_with("/fee/lines/2/"), "{}", faults[2]);
}

#[test]
fn no_more_is_agreed_than_can_be_claimed() {
    let mut agreed = whole();
    let dear = FeeLine { rate: Money::eur(100_000_000), quantity_tenths: 10, ..line("lecture") };
    agreed.fee.lines = vec![dear.clone()];
    assert!(agreed.faults().is_empty());
    agreed.fee.lines = vec![dear, FeeLine { rate: Money::eur(1), ..line("lecture") }];
    assert_eq!(told(agreed.faults()), ["/fee/lines too_big"]);
}

#[test]
fn everything_that_a_confirmation_takes_is_asked_for_by_itself() {
    type Take = (&'static str, fn(&mut AgreementContent));
    let each: [Take; 12] = [
        ("/task/experience_and_competence", |c| c.task.experience_and_competence = None),
        ("/task/nature", |c| c.task.nature = None),
        ("/task/responsibility", |c| c.task.responsibility = None),
        ("/task/time/starts", |c| c.task.time.starts = None),
        ("/task/time/ends", |c| c.task.time.ends = None),
        ("/task/place", |c| c.task.place = None),
        ("/task/target_group", |c| c.task.target_group = None),
        ("/parties/payer", |c| c.parties.payer = None),
        ("/fee/basis", |c| c.fee.basis = None),
        ("/fee/lines", |c| c.fee.lines = vec![]),
        ("/confidentiality/expert", |c| c.confidentiality.expert = None),
        ("/confidentiality/orderer", |c| c.confidentiality.orderer = None),
    ];
    for (pointer, take) in each {
        let mut content = whole();
        take(&mut content);
        assert_eq!(told(content.missing(&[])), [format!("{pointer} required")]);
    }
    let mut unpaid = whole();
    unpaid.fee = FeeTerms { basis: Some(FeeBasis::Volunteer), ..FeeTerms::default() };
    assert!(unpaid.missing(&[]).is_empty());
}

#[test]
fn a_fee_that_is_not_the_schedules_needs_a_reason() {
    let kind = DeviationKind::BelowSchedule;
    let below = Deviation { line: 0, kind, schedule_rate: None, least_tenths: None };
    let mut content = whole();
    assert_eq!(
        told(content.missing(std::slice::from_ref(&below))),
        ["/fee/deviation_reason required"]
    );
    content.fee.deviation_reason = text("lyhyt matka");
    assert!(content.missing(&[below]).is_empty());
}
