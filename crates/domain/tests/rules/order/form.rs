//! What cannot be right in an order form, and how long its task takes.

use domain::{
    fee_schedule::FeeUnit,
    money::Money,
    order::{
        CostCentre, FeeBasis, FeeOffer, Length, OrderForm, Place, PlaceKind, TaskDescription,
        Timing,
    },
};

use crate::made_up::{moment, text};

fn faults(task: &TaskDescription) -> Vec<String> {
    let faults = task.faults("/task").into_iter();
    faults.map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

#[test]
fn a_form_asks_for_one_expert_where_nothing_else_is_said() {
    let sent = r#"{"task": {"title": "Puheenvuoro", "what": "Kerrot hoitopolustasi."}}"#;
    let form: OrderForm = serde_json::from_str(sent).expect("a form");
    assert_eq!(form.experts_wanted, 1);
    assert_eq!(form.task.fee_basis, FeeBasis::Paid);
    assert!(form.faults("/form").is_empty());
}

#[test]
fn a_place_to_come_to_has_an_address() {
    let at = |kind, address| {
        let place = Some(Place { kind, address, details: None });
        faults(&TaskDescription { place, ..TaskDescription::default() })
    };
    for kind in [PlaceKind::OnSite, PlaceKind::Hybrid] {
        assert_eq!(at(kind, None), ["/task/where/address required"]);
        assert!(at(kind, text("Keskuskatu 1")).is_empty());
    }
    assert!(at(PlaceKind::Remote, None).is_empty() && at(PlaceKind::Anywhere, None).is_empty());
}

#[test]
fn a_time_has_a_beginning_or_says_in_words_what_would_suit() {
    let when = |start: Option<i64>, end: Option<i64>, flexible| {
        let when = Timing { start: start.map(moment), end: end.map(moment), flexible };
        faults(&TaskDescription { when: Some(when), ..TaskDescription::default() })
    };
    let none = <[&str; 0]>::default();
    let (no_start, backwards) =
        (["/task/when/start required"], ["/task/when/end ends_before_it_begins"]);
    assert_eq!(when(None, None, None), no_start);
    assert_eq!(when(None, None, text("aamulla")), none);
    assert_eq!(when(None, Some(9), None), no_start, "it is told once");
    assert_eq!(when(None, Some(9), text("aamulla")), no_start);
    assert_eq!(when(Some(0), None, None), none);
    assert_eq!(when(Some(0), Some(1), None), none);
    assert_eq!(when(Some(0), Some(0), None), backwards);
    assert_eq!(when(Some(1), Some(0), text("aamulla")), backwards);
}

#[test]
fn a_fee_is_offered_only_where_one_is_paid() {
    let fee = Some(FeeOffer { amount: Money::eur(4000), unit: FeeUnit::Hour });
    let offered =
        |fee_basis, fee| faults(&TaskDescription { fee_basis, fee, ..TaskDescription::default() });
    assert!(
        offered(FeeBasis::Paid, fee).is_empty() && offered(FeeBasis::Volunteer, None).is_empty()
    );
    for basis in [FeeBasis::ExpensesOnly, FeeBasis::Volunteer] {
        assert_eq!(offered(basis, fee), ["/task/fee not_with_fee_basis"]);
    }
}

#[test]
fn every_code_is_looked_up_in_its_own_set() {
    let mut task = TaskDescription {
        purpose: text("education"),
        service_phase: text("planning"),
        audience: text("students"),
        environment: text("hospital"),
        task_type: text("lecture"),
        modes: vec!["remote".to_owned()],
        languages: vec!["fi".to_owned()],
        ..TaskDescription::default()
    };
    task.experience.themes = vec!["debt".to_owned()];
    task.experience.perspectives = vec!["own".to_owned()];
    assert_eq!(faults(&task), <[&str; 0]>::default());

    let unknown = || "lukumäärä".to_owned();
    for single in [
        &mut task.purpose,
        &mut task.service_phase,
        &mut task.audience,
        &mut task.environment,
        &mut task.task_type,
    ] {
        *single = Some(unknown());
    }
    for list in [
        &mut task.modes,
        &mut task.experience.themes,
        &mut task.experience.perspectives,
        &mut task.languages,
    ] {
        list.push(unknown());
    }
    let expected = [
        "purpose",
        "service_phase",
        "audience",
        "environment",
        "task_type",
        "modes/1",
        "experience/themes/1",
        "experience/perspectives/1",
        "languages/1",
    ];
    assert_eq!(faults(&task), expected.map(|field| format!("/task/{field} unknown_code")));
}

#[test]
fn the_shares_of_the_cost_centres_come_to_a_hundred() {
    let form = |shares: &[u32]| OrderForm {
        task: TaskDescription::default(),
        experts_wanted: 1,
        payer: None,
        cost_centres: shares
            .iter()
            .map(|&share| CostCentre { node: None, cost_centre: "4410".to_owned(), share })
            .collect(),
        units_involved: vec![],
        notes: None,
    };
    for right in [&[][..], &[100], &[60, 40]] {
        assert!(form(right).faults("/form").is_empty(), "{right:?}");
    }
    for wrong in [&[99][..], &[60, 41], &[100, 100]] {
        let faults = form(wrong).faults("/form");
        assert_eq!(faults.len(), 1, "{wrong:?}");
        assert_eq!((&*faults[0].pointer, faults[0].code), ("/form/cost_centres", "shares_not_100"));
    }
}

#[test]
fn a_task_lasts_until_its_end_or_for_its_length_or_else_for_an_hour() {
    let span = |start: Option<i64>, end: Option<i64>, minutes: Option<u32>| {
        let timing = Timing { start: start.map(moment), end: end.map(moment), flexible: None };
        timing.span(minutes.map(|minutes| Length { minutes, preparation_minutes: 500 }))
    };
    let lasts = |seconds| Some((moment(0), moment(seconds)));
    assert_eq!(span(Some(0), Some(1200), Some(90)), lasts(1200));
    assert_eq!(span(Some(0), None, Some(90)), lasts(5400));
    assert_eq!(span(Some(0), None, None), lasts(3600));
    assert_eq!(span(None, Some(1200), Some(90)), None);
}
