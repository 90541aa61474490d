//! The whole table of the agreement, and what always holds on its way.

mod content;
mod draft;
mod edit;

use domain::{
    agreement::{
        AgreedExpense, Agreement, AgreementContent, AgreementPoints, AgreementSection,
        CancellationTerms, ConfidentialityTerms, Confirmation, Confirmations, Event, FeeTerms,
        PartyTerms, State, SupportTerms, TaskTime, WORKFLOW,
    },
    assignment::Side,
    order::FeeBasis,
    refusal::{Refusal, Rule},
    time::Moment,
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::full::full;
use crate::made_up::id;

const EXPERT: u128 = 5;
const ORDERER: u128 = 7;

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(seconds).expect("in range")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn points(place: &str) -> AgreementPoints {
    AgreementPoints {
        experience_and_competence: some("esiintymistaito"),
        nature: some("puheenvuoro"),
        responsibility: some("yksikkö vastaa tilaisuudesta"),
        time: TaskTime { starts: Some(moment(10_000)), ends: Some(moment(13_600)), text: None },
        place: some(place),
        target_group: some("henkilökunta"),
    }
}

fn content() -> AgreementContent {
    AgreementContent {
        task: points("auditorio"),
        parties: PartyTerms { payer: Some(id(6)), ..PartyTerms::default() },
        fee: FeeTerms { basis: Some(FeeBasis::Volunteer), ..FeeTerms::default() },
        confidentiality: ConfidentialityTerms { expert: some("salassa"), orderer: some("salassa") },
        support: SupportTerms {
            adjustments: vec!["Tauko tunnin välein".to_owned()],
            ..SupportTerms::default()
        },
        ..AgreementContent::default()
    }
}

fn drafting() -> Agreement {
    Agreement::new(id(1), id(2), content(), moment(0))
}

fn edit(place: &str) -> Event {
    let content = AgreementContent { task: points(place), ..content() };
    Event::Edit { by: id(EXPERT), content: Box::new(content) }
}

fn forget(adjustments: &[&str]) -> Event {
    let adjustments = adjustments.iter().map(|&text| text.to_owned()).collect();
    Event::Forget { by: id(EXPERT), adjustments }
}

fn confirm(side: Side, revision: i32) -> Event {
    let by = if side == Side::Expert { id(EXPERT) } else { id(ORDERER) };
    Event::Confirm { side, revision, by, deviations: Vec::new(), digest: String::new() }
}

fn confirmed(side: Side) -> Agreement {
    drafting().apply(confirm(side, 1), moment(1)).expect("confirms")
}

fn in_force() -> Agreement {
    confirmed(Side::Expert).apply(confirm(Side::Orderer, 1), moment(2)).expect("confirms")
}

fn agreements() -> Vec<(&'static str, Agreement)> {
    let (by, at) = (id(9), moment(3));
    vec![
        ("drafting", drafting()),
        ("expert confirmed", confirmed(Side::Expert)),
        ("orderer confirmed", confirmed(Side::Orderer)),
        ("in_force", in_force()),
        ("amended", in_force().apply(Event::Supersede { by }, at).expect("amended")),
        ("lapsed", drafting().apply(Event::Lapse, at).expect("lapses")),
    ]
}

fn all_events() -> Vec<(&'static str, Event)> {
    vec![
        ("edit", edit("luokka 3")),
        ("edit, nothing new", edit("auditorio")),
        ("confirm, expert", confirm(Side::Expert, 1)),
        ("confirm, orderer", confirm(Side::Orderer, 1)),
        ("confirm, revision 2", confirm(Side::Expert, 2)),
        ("supersede", Event::Supersede { by: id(9) }),
        ("lapse", Event::Lapse),
        ("forget", forget(&["Tauko tunnin välein"])),
        ("forget, not in it", forget(&["Esteetön kulku"])),
    ]
}

#[test]
fn the_whole_table() {
    let mut table = format!("{:<22}", "");
    for (name, _) in agreements() {
        table += &format!("{name:<20}");
    }
    for (name, event) in all_events() {
        table += &format!("\n{name:<22}");
        for (_, agreement) in agreements() {
            let cell_of = (WORKFLOW.name, agreement.state.name(), event.action());
            let cell = match agreement.apply(event.clone(), moment(5)) {
                Ok(next) => format!("{} r{}", next.state.name(), next.revision),
                Err(Refusal::OutOfTurn { machine, state, action }) => {
                    assert_eq!((machine, state, action), cell_of);
                    "·".to_owned()
                }
                Err(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => format!("{rule}!"),
                Err(Refusal::Invalid(_)) => "invalid!".to_owned(),
            };
            table += &format!("{cell:<20}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../../golden/agreement.txt"].assert_eq(&table);
}

#[test]
fn the_published_machine_is_the_one_that_runs() {
    for (name, agreement) in agreements() {
        for (_, event) in all_events() {
            let (from, action) = (agreement.state.name(), event.action());
            let next = agreement.clone().apply(event, moment(5));
            match WORKFLOW.arrow(from, action) {
                Some(arrow) => {
                    assert!(!matches!(next, Err(Refusal::OutOfTurn { .. })), "{name} {action}");
                    if let Ok(next) = next {
                        assert!(arrow.to.contains(&next.state.name()), "{name} {action}");
                    }
                }
                None => {
                    assert!(matches!(next, Err(Refusal::OutOfTurn { .. })), "{name} {action}");
                }
            }
        }
        let from = agreement.state.name();
        match agreement.amend(id(9), 1, moment(5)) {
            Ok(_) => assert!(WORKFLOW.arrow(from, "amend").is_some(), "{name}"),
            Err(refusal) => {
                assert!(WORKFLOW.arrow(from, "amend").is_none(), "{name}");
                let (machine, action) = (WORKFLOW.name, "amend");
                assert_eq!(refusal, Refusal::OutOfTurn { machine, state: from, action });
            }
        }
    }
}

#[test]
fn each_of_the_six_points_must_be_there_before_anyone_confirms() {
    let empty = Agreement { content: AgreementContent::default(), ..drafting() };
    let Err(Refusal::Invalid(faults)) = empty.apply(confirm(Side::Expert, 1), moment(1)) else {
        panic!("an empty agreement was confirmed");
    };
    let missing: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    for point in [
        "/task/experience_and_competence",
        "/task/nature",
        "/task/responsibility",
        "/task/time/starts",
        "/task/place",
        "/task/target_group",
        "/parties/payer",
        "/fee/basis",
        "/confidentiality/expert",
        "/confidentiality/orderer",
    ] {
        assert!(missing.contains(&point), "{point} is not missed");
    }
}

#[test]
fn a_change_is_an_amendment_that_both_confirm_again() {
    let old = in_force();
    let amendment = old.amend(id(9), 1, moment(4)).expect("amends");
    assert_eq!((amendment.amends, amendment.version), (Some(old.id), 2));
    assert_eq!(
        old.amend(id(9), 4, moment(4)).map(|next| next.version),
        Ok(5),
        "three were given up"
    );
    assert_eq!(amendment.confirmations, Confirmations::default());
    assert!(old.in_force() && !amendment.in_force());
}

#[test]
fn an_edit_says_which_section_it_changed() {
    let edited = confirmed(Side::Orderer).apply(edit("luokka 3"), moment(2)).expect("edits");
    let change = edited.changes.last().expect("a change");
    assert_eq!((change.revision, &change.sections[..]), (2, &[AgreementSection::Task][..]));
    assert_eq!(edited.confirmations, Confirmations::default());
}

#[test]
fn nobody_confirms_for_both_parties() {
    let by = id(EXPERT);
    let event = Event::Confirm {
        side: Side::Orderer,
        revision: 1,
        by,
        deviations: Vec::new(),
        digest: String::new(),
    };
    let refused = confirmed(Side::Expert).apply(event, moment(2));
    assert_eq!(refused.err(), Some(Refusal::Rule(Rule::BothSides)));
}

#[test]
fn a_late_cancellation_is_paid_as_agreed() {
    let terms = CancellationTerms { notice_hours: 48, pay_percent: 50 };
    let starts = Some(moment(1_000_000));
    assert_eq!(terms.owed(starts, moment(1_000_000 - 48 * 3600)), 0);
    assert_eq!(terms.owed(starts, moment(1_000_000 - 48 * 3600 + 1)), 50);
    assert_eq!(terms.owed(None, moment(0)), 0);
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let side = prop_oneof![Just(Side::Expert), Just(Side::Orderer)];
    let event = prop_oneof![
        2 => (0..3_u8).prop_map(|n| edit(&format!("paikka {n}"))),
        6 => (side, 1..4_i32, 5..8_u128).prop_map(|(side, revision, by)| Event::Confirm { digest: String::new(),
            side, revision, by: id(by), deviations: Vec::new(),
        }),
        1 => Just(Event::Supersede { by: id(9) }),
        1 => Just(Event::Lapse),
    ];
    prop::collection::vec(event, 0..20)
}

/// Follows `events`, passing over the refused ones, and calls `check` after each step.
fn walk(events: Vec<Event>, mut check: impl FnMut(&Agreement, &Agreement)) {
    let mut agreement = drafting();
    for (seconds, event) in (0..).zip(events) {
        let next = agreement.clone().apply(event, moment(seconds));
        if let Ok(next) = next {
            check(&agreement, &next);
            agreement = next;
        }
    }
}

proptest! {
    #[test]
    fn what_has_been_in_force_never_changes(events in events()) {
        walk(events, |before, after| {
            if matches!(before.state, State::InForce { .. } | State::Amended { .. }) {
                assert!(before.content == after.content);
                assert_eq!(before.confirmations, after.confirmations);
                assert_eq!(before.revision, after.revision);
            }
        });
    }

    #[test]
    fn nothing_is_in_force_unless_two_people_confirmed_the_same_revision(events in events()) {
        walk(events, |_, after| {
            if after.in_force() {
                let Confirmations { expert: Some(expert), orderer: Some(orderer) } = &after.confirmations
                else { panic!("in force without both") };
                let revisions = |one: &Confirmation| one.revision;
                assert_eq!((revisions(expert), revisions(orderer)), (after.revision, after.revision));
                assert_ne!(expert.by, orderer.by);
            }
        });
    }
}

#[test]
fn payroll_sees_nothing_that_people_wrote_in_their_own_words() {
    let words = "SALAISUUS";
    let said = || some(words);
    let mut whole = content();
    let task = &mut whole.task;
    (task.experience_and_competence, task.nature, task.responsibility) = (said(), said(), said());
    (task.time.text, task.place, task.target_group) = (said(), said(), said());
    let parties = &mut whole.parties;
    (parties.represents, parties.professional_partner) = (said(), said());
    (parties.conflict_of_interest, parties.cost_centre) = (said(), some("4410"));
    whole.fee.deviation_reason = said();
    let kind = domain::expense_rates::ExpenseKind::Assistant;
    whole.fee.expenses = vec![AgreedExpense { kind, note: said(), at_most: None }];
    whole.publicity.terms = said();
    whole.closed_topics = vec![words.to_owned()];
    (whole.confidentiality.expert, whole.confidentiality.orderer) = (said(), said());
    let support = &mut whole.support;
    support.adjustments = vec![words.to_owned()];
    (support.contact, support.debrief_contact, support.insurance) = (said(), said(), said());

    let seen = whole.for_payroll();
    let text = serde_json::to_string(&seen).expect("json");
    assert!(!text.contains(words), "{text}");
    assert_eq!((seen.parties.payer, seen.parties.cost_centre), (Some(id(6)), some("4410")));
    assert_eq!(
        (&seen.task.time.starts, seen.fee.basis),
        (&whole.task.time.starts, whole.fee.basis)
    );
    assert_eq!(seen.fee.expenses[0].kind, kind);
}

#[test]
fn whoever_edits_on_and_on_is_stopped_and_both_can_still_confirm() {
    let edited = full(drafting(), |agreement| {
        agreement.clone().apply(edit(&format!("paikka {}", agreement.revision)), moment(1))
    });
    let revision = edited.revision;
    let by_one = edited.apply(confirm(Side::Expert, revision), moment(2)).expect("confirms");
    by_one.apply(confirm(Side::Orderer, revision), moment(2)).expect("confirms");
}

#[test]
fn what_the_expert_takes_back_is_taken_out_as_long_as_it_is_not_agreed_on() {
    let forgotten = confirmed(Side::Orderer).apply(forget(&["Tauko tunnin välein"]), moment(3));
    let forgotten = forgotten.expect("it is a draft");
    assert!(forgotten.content.support.adjustments.is_empty());
    let change = forgotten.changes.last().expect("it is on record");
    assert_eq!((change.revision, change.by), (2, id(EXPERT)));
    assert_eq!(change.sections, [AgreementSection::Support]);
    assert_eq!(forgotten.confirmations, Confirmations::default(), "nobody has confirmed this");
    let same = confirmed(Side::Orderer).apply(forget(&["Esteetön kulku"]), moment(3));
    assert!(same.expect("nothing changes") == confirmed(Side::Orderer));
    assert!(in_force().apply(forget(&["Tauko tunnin välein"]), moment(3)).is_err());
    let lapsed = drafting().apply(Event::Lapse, moment(3)).expect("lapses");
    assert!(lapsed.content.support.adjustments.is_empty());
}
