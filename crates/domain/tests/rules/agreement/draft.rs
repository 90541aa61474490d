//! What an agreement begins with, so that the parties need not write it again.

use domain::{
    agreement::{
        AgreementContent, CancellationTerms, ConfidentialityTerms, FeeTerms, SupportTerms,
        withdrawn_adjustments,
    },
    disclosure::DisclosedField,
    expense_rates::ExpenseKind,
    expert::{Expert, Needs},
    fee_schedule::{FeeLine, FeeUnit, Suggestion},
    localized::Language,
    money::Money,
    order::{
        CostCentre, ExperienceSought, FeeBasis, FeeOffer, Length, Order, OrderForm, Place,
        PlaceKind, TaskDescription, Timing,
    },
    settings::Settings,
};

use crate::aino::aino;
use crate::made_up::{id, moment, text};

fn task() -> TaskDescription {
    TaskDescription {
        title: "Puheenvuoro".to_owned(),
        what: "Kerrot hoitopolustasi.".to_owned(),
        place: Some(Place {
            kind: PlaceKind::OnSite,
            address: text("Keskuskatu 1"),
            details: text("auditorio"),
        }),
        when: Some(Timing { start: Some(moment(0)), end: None, flexible: text("tai viikolla 3") }),
        for_whom: text("hoitajat"),
        task_type: text("lecture"),
        competence: text("esiintymistaito"),
        responsibility: text("yksikkö vastaa tilaisuudesta"),
        length: Some(Length { minutes: 90, preparation_minutes: 0 }),
        ..TaskDescription::default()
    }
}

fn order(task: TaskDescription) -> Order {
    let form = OrderForm {
        task,
        experts_wanted: 1,
        payer: None,
        cost_centres: vec![],
        units_involved: vec![],
        notes: None,
    };
    Order::draft(id(1), id(2), id(3), form, moment(0))
}

fn suggestion(unit: FeeUnit, preparation_included: bool) -> Suggestion {
    let (rate, quantity_tenths) = (Money::eur(5000), 20);
    let task_type = "lecture".to_owned();
    let line = FeeLine { task_type, unit, quantity_tenths, rate, preparation: false };
    Suggestion { line, min_rate: rate, max_rate: rate, preparation_included }
}

fn drafted(task: TaskDescription, suggestions: &[Suggestion]) -> AgreementContent {
    let (order, settings) = (order(task), Settings::default());
    AgreementContent::drafted(&order, &aino(), &[], suggestions, &settings, Language::Fi)
}

fn fee(task: TaskDescription, suggestions: &[Suggestion]) -> Vec<(FeeUnit, i64, Money, bool)> {
    let lines = drafted(task, suggestions).fee.lines;
    assert!(lines.iter().all(|line| line.task_type == "lecture"));
    let told = |line: &FeeLine| (line.unit, line.quantity_tenths, line.rate, line.preparation);
    lines.iter().map(told).collect()
}

#[test]
fn the_six_points_come_from_the_order() {
    let points = drafted(task(), &[]).task;
    assert_eq!(points.experience_and_competence, text("esiintymistaito"));
    assert_eq!(points.nature, text("Puheenvuoro. Kerrot hoitopolustasi."));
    assert_eq!(points.responsibility, text("yksikkö vastaa tilaisuudesta"));
    assert_eq!(points.time.starts, Some(moment(0)));
    assert_eq!(points.time.ends, Some(moment(90 * 60)));
    assert_eq!(points.time.text, text("tai viikolla 3"));
    assert_eq!(points.place, text("Keskuskatu 1, auditorio"));
    assert_eq!(points.target_group, text("hoitajat"));
}

#[test]
fn the_experience_that_is_sought_stays_out_of_the_agreement() {
    let experience = ExperienceSought { themes: vec!["grief".to_owned()], perspectives: vec![] };
    let content = drafted(TaskDescription { experience, ..task() }, &[]);
    assert!(!serde_json::to_string(&content).expect("json").contains("grief"));
}

#[test]
fn a_long_description_is_cut_to_what_an_agreement_has_room_for() {
    let long = TaskDescription { what: "ä".repeat(4000), ..task() };
    let nature = drafted(long, &[]).task.nature.expect("there is one");
    assert_eq!(nature.chars().count(), 2000);
    assert!(nature.starts_with("Puheenvuoro. ä"));
}

#[test]
fn a_task_from_afar_is_said_to_be_so_in_the_language_of_the_parties() {
    let place = |kind, details| Some(Place { kind, address: None, details });
    let remote = |details, language| {
        let order = order(TaskDescription { place: place(PlaceKind::Remote, details), ..task() });
        let settings = Settings::default();
        AgreementContent::drafted(&order, &aino(), &[], &[], &settings, language).task.place
    };
    assert_eq!(remote(None, Language::Fi), text("etänä"));
    assert_eq!(remote(text("linkki tulee"), Language::Sv), text("på distans, linkki tulee"));
    assert_eq!(remote(None, Language::En), text("remotely"));
    let anywhere = TaskDescription { place: place(PlaceKind::Anywhere, None), ..task() };
    assert_eq!(drafted(anywhere, &[]).task.place, None);
}

#[test]
fn the_ordering_unit_pays_unless_the_order_names_another() {
    let parties = drafted(task(), &[]).parties;
    assert_eq!((parties.payer, parties.cost_centre), (Some(id(2)), None));

    let mut order = order(task());
    order.form.payer = Some(id(9));
    let centre =
        |number: &str| CostCentre { node: None, cost_centre: number.to_owned(), share: 50 };
    order.form.cost_centres = vec![centre("4410"), centre("4420")];
    let settings = Settings::default();
    let content = AgreementContent::drafted(&order, &aino(), &[], &[], &settings, Language::Fi);
    let parties = content.parties;
    assert_eq!((parties.payer, parties.cost_centre), (Some(id(9)), text("4410")));
}

#[test]
fn the_fee_that_the_order_offers_comes_before_the_schedule() {
    let offered = |unit| FeeOffer { amount: Money::eur(4000), unit };
    let with = |unit, length| TaskDescription { fee: Some(offered(unit)), length, ..task() };
    let length = |minutes| Some(Length { minutes, preparation_minutes: 60 });
    let schedule = [suggestion(FeeUnit::Hour, false)];
    let hours = |tenths| vec![(FeeUnit::Hour, tenths, Money::eur(4000), false)];
    assert_eq!(fee(with(FeeUnit::Hour, length(90)), &schedule), hours(15));
    assert_eq!(fee(with(FeeUnit::Hour, None), &schedule), hours(10), "an hour if nothing is said");
    assert_eq!(fee(with(FeeUnit::Hour, length(0)), &schedule), hours(1));
}

#[test]
fn without_an_offered_fee_the_first_suggestion_of_the_schedule_is_taken() {
    let first = (FeeUnit::Hour, 20, Money::eur(5000), false);
    let both = [suggestion(FeeUnit::Hour, false), suggestion(FeeUnit::Day, false)];
    assert_eq!(fee(task(), &both), [first]);
    assert_eq!(fee(task(), &[]), []);

    let preparing = |minutes| {
        let length = Some(Length { minutes: 90, preparation_minutes: minutes });
        TaskDescription { length, ..task() }
    };
    let preparation = (FeeUnit::Hour, 5, Money::eur(5000), true);
    assert_eq!(fee(preparing(30), &both), [first, preparation]);
    assert_eq!(fee(preparing(0), &both), [first]);
    assert_eq!(fee(preparing(30), &[suggestion(FeeUnit::Hour, true)]), [first]);
}

#[test]
fn preparing_is_drafted_by_time_and_never_as_a_second_occasion_or_day() {
    let length = Some(Length { minutes: 90, preparation_minutes: 30 });
    let lines = |unit| fee(TaskDescription { length, ..task() }, &[suggestion(unit, false)]).len();
    let by_time = [FeeUnit::Hour, FeeUnit::StartedHalfHour].map(lines);
    let whole = [FeeUnit::HalfDay, FeeUnit::Day, FeeUnit::Occasion, FeeUnit::Package].map(lines);
    assert_eq!((by_time, whole), ([2; 2], [1; 4]));
}

#[test]
fn no_fee_is_drafted_where_none_is_paid_or_the_kind_of_task_is_unknown() {
    let schedule = [suggestion(FeeUnit::Hour, false)];
    for basis in [FeeBasis::ExpensesOnly, FeeBasis::Volunteer] {
        let unpaid = TaskDescription { fee_basis: basis, ..task() };
        let terms = drafted(unpaid, &schedule).fee;
        assert_eq!((terms.basis, terms.lines.len()), (Some(basis), 0));
    }
    let unknown = TaskDescription { task_type: None, ..task() };
    assert_eq!(drafted(unknown, &schedule).fee.lines, []);
}

#[test]
fn the_journey_is_compensated_wherever_there_is_one_and_the_expert_is_no_volunteer() {
    let journey = [ExpenseKind::Kilometres, ExpenseKind::PublicTransport];
    let kinds = |kind, fee_basis| {
        let place = Some(Place { kind, address: text("Keskuskatu 1"), details: None });
        let terms = drafted(TaskDescription { place, fee_basis, ..task() }, &[]).fee;
        assert!(terms.expenses.iter().all(|one| one.note.is_none() && one.at_most.is_none()));
        terms.expenses.iter().map(|expense| expense.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(PlaceKind::OnSite, FeeBasis::Paid), journey);
    assert_eq!(kinds(PlaceKind::Hybrid, FeeBasis::ExpensesOnly), journey);
    assert_eq!(kinds(PlaceKind::OnSite, FeeBasis::Volunteer), []);
    assert_eq!(kinds(PlaceKind::Remote, FeeBasis::Paid), []);
    assert_eq!(kinds(PlaceKind::Anywhere, FeeBasis::Paid), []);
}

#[test]
fn the_terms_of_cancelling_are_those_of_the_unit() {
    let terms = CancellationTerms { notice_hours: 48, pay_percent: 50 };
    let settings = Settings { cancellation: Some(terms.clone()), ..Settings::default() };
    let order = order(task());
    let content = AgreementContent::drafted(&order, &aino(), &[], &[], &settings, Language::Fi);
    assert_eq!(content.fee.cancellation, terms);
    assert_eq!(drafted(task(), &[]).fee.cancellation, FeeTerms::default().cancellation);
}

#[test]
fn confidentiality_binds_both_parties_in_their_language() {
    let standard = |language| {
        let ConfidentialityTerms { expert, orderer } = ConfidentialityTerms::standard(language);
        (expert.expect("the expert's"), orderer.expect("the unit's"))
    };
    let (expert, orderer) = standard(Language::Fi);
    assert!(expert.starts_with("En kerro") && orderer.starts_with("Emme kerro"));
    let (expert, orderer) = standard(Language::Sv);
    assert!(expert.starts_with("Jag för") && orderer.starts_with("Vi för"));
    let (expert, orderer) = standard(Language::En);
    assert!(expert.starts_with("I do not") && orderer.starts_with("We do not"));
    let drafted = drafted(task(), &[]).confidentiality;
    assert_eq!(drafted, ConfidentialityTerms::standard(Language::Fi));
}

#[test]
fn adjustments_are_written_down_only_if_the_expert_told_them_to_the_unit() {
    let needs = Needs {
        adjustments: vec!["step_free".to_owned(), "hearing_loop".to_owned()],
        note: Some("tauko ".repeat(100)),
        on_card: false,
        consent: true,
    };
    let expert = aino().need(Some(needs), moment(0)).expect("agreed");
    let support = |expert: &Expert, told: &[DisclosedField], language| {
        let settings = Settings::default();
        AgreementContent::drafted(&order(task()), expert, told, &[], &settings, language).support
    };
    let told = [DisclosedField::Name, DisclosedField::Adjustments];
    let finnish = support(&expert, &told, Language::Fi).adjustments;
    assert_eq!(finnish[..2], ["Esteetön kulku", "Kuuloa tukeva laite"]);
    assert_eq!(finnish[2].chars().count(), 500);
    let swedish = support(&expert, &told, Language::Sv).adjustments;
    assert_eq!(swedish[..2], ["Tillträde utan hinder", "Hörselslinga"]);
    let english = support(&expert, &told, Language::En).adjustments;
    assert_eq!(english[..2], ["Step-free access", "Hearing loop"]);

    let untold = support(&expert, &[DisclosedField::Name], Language::Fi);
    assert!(untold == SupportTerms::default());
    assert!(support(&aino(), &told, Language::Fi) == SupportTerms::default());
}

#[test]
fn what_the_expert_needs_no_more_is_told_as_it_was_written_down() {
    let needs = |adjustments: &[&str], note: Option<String>| {
        let adjustments = adjustments.iter().map(|&code| code.to_owned()).collect();
        Some(Needs { adjustments, note, on_card: false, consent: true })
    };
    let tell = |needs| aino().need(needs, moment(0)).expect("agreed");
    let before = tell(needs(&["step_free", "hearing_loop"], Some("tauko ".repeat(100))));
    let told = [DisclosedField::Adjustments];
    for language in [Language::Fi, Language::Sv, Language::En] {
        let settings = Settings::default();
        let order = order(task());
        let drafted = AgreementContent::drafted(&order, &before, &told, &[], &settings, language);
        let withdrawn = withdrawn_adjustments(&before, &aino());
        let written = drafted.support.adjustments;
        assert!(written.len() == 3 && written.iter().all(|text| withdrawn.contains(text)));
    }
    let less = tell(needs(&["step_free"], Some("tauko ".repeat(100))));
    let withdrawn = withdrawn_adjustments(&before, &less);
    assert_eq!(withdrawn, ["Kuuloa tukeva laite", "Hörselslinga", "Hearing loop"]);
    assert!(withdrawn_adjustments(&less, &before).is_empty());
}
