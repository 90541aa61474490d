//! The first words of an agreement, from the order and the offer, so that the parties need not write them again (S4-28,
//! S4-55).
//!
//! The themes of experience that the order seeks are left out: the agreement goes to payroll with the fee, and health
//! data never does (`process.md`, invariant 3). So are the organisations behind the expert, whose names can tell of it.

use super::{
    AgreedExpense, AgreementContent, AgreementPoints, ConfidentialityTerms, FeeTerms, PartyTerms,
    SupportTerms, TaskTime,
};
use crate::{
    codes,
    disclosure::DisclosedField,
    expense_rates::ExpenseKind,
    expert::{AgreedNeeds, Expert},
    fee_schedule::{FeeLine, FeeUnit, Suggestion},
    localized::Language,
    order::{FeeBasis, Order, PlaceKind, TaskDescription},
    settings::Settings,
};

impl AgreementContent {
    /// What an agreement on the task of `order` with `expert` begins with. `told` is what of the expert is told to the
    /// unit; `suggestions` are those of the area's fee schedule, `settings` those of the unit; the standard texts are in
    /// `language`.
    pub fn drafted(
        order: &Order,
        expert: &Expert,
        told: &[DisclosedField],
        suggestions: &[Suggestion],
        settings: &Settings,
        language: Language,
    ) -> Self {
        let task = &order.form.task;
        Self {
            task: points(task, language),
            parties: PartyTerms {
                payer: Some(order.form.payer.unwrap_or(order.node)),
                cost_centre: order.form.cost_centres.first().map(|one| one.cost_centre.clone()),
                ..PartyTerms::default()
            },
            fee: FeeTerms {
                basis: Some(task.fee_basis),
                lines: lines(task, suggestions),
                expenses: expenses(task),
                deviation_reason: None,
                cancellation: settings.cancellation.clone().unwrap_or_default(),
            },
            confidentiality: ConfidentialityTerms::standard(language),
            support: SupportTerms {
                adjustments: if told.contains(&DisclosedField::Adjustments) {
                    adjustments(expert, language)
                } else {
                    Vec::new()
                },
                ..SupportTerms::default()
            },
            ..Self::default()
        }
    }
}

impl ConfidentialityTerms {
    /// The standard undertakings, both ways (S4-58).
    pub fn standard(language: Language) -> Self {
        let (expert, orderer) = match language {
            Language::Fi => (
                "En kerro muille asiakkaiden tai työntekijöiden salassa pidettäviä asioita, joita saan tietää tehtävässä.",
                "Emme kerro muille, mitä kokemustoimija kertoo itsestään tai läheisistään, ilman hänen lupaansa.",
            ),
            Language::Sv => (
                "Jag för inte vidare sekretessbelagda saker om klienter eller personal som jag får veta under uppdraget.",
                "Vi för inte vidare det som erfarenhetsaktören berättar om sig själv eller sina närstående utan hens tillåtelse.",
            ),
            Language::En => (
                "I do not pass on confidential matters about clients or staff that I learn during the task.",
                "We do not pass on what the expert tells about themselves or those close to them without their permission.",
            ),
        };
        Self { expert: Some(expert.to_owned()), orderer: Some(orderer.to_owned()) }
    }
}

fn points(task: &TaskDescription, language: Language) -> AgreementPoints {
    let place = task.place.as_ref().and_then(|place| {
        let remote = matches!(place.kind, PlaceKind::Remote).then(|| remotely(language).to_owned());
        let parts: Vec<_> =
            [remote, place.address.clone(), place.details.clone()].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    let when = task.when.as_ref();
    let span = when.and_then(|when| when.span(task.length));
    AgreementPoints {
        experience_and_competence: task.competence.clone(),
        nature: Some(shortened(&format!("{}. {}", task.title, task.what), 2000)),
        responsibility: task.responsibility.clone(),
        time: TaskTime {
            starts: span.map(|(starts, _)| starts),
            ends: span.map(|(_, ends)| ends),
            text: when.and_then(|when| when.flexible.clone()),
        },
        place,
        target_group: task.for_whom.clone(),
    }
}

/// The fee that the order offers, or else the first one that the area's schedule suggests.
fn lines(task: &TaskDescription, suggestions: &[Suggestion]) -> Vec<FeeLine> {
    if task.fee_basis != FeeBasis::Paid {
        return Vec::new();
    }
    let Some(task_type) = &task.task_type else { return Vec::new() };
    let minutes = |minutes: u32| i64::from(minutes.max(1));
    let line = |unit: FeeUnit, rate, length, preparation| FeeLine {
        task_type: task_type.clone(),
        unit,
        quantity_tenths: unit.tenths(length),
        rate,
        preparation,
    };
    let length = task.length.map_or(60, |length| minutes(length.minutes));
    if let Some(offered) = &task.fee {
        return vec![line(offered.unit, offered.amount, length, false)];
    }
    let Some(suggested) = suggestions.first() else { return Vec::new() };
    let preparing = task.length.map_or(0, |length| length.preparation_minutes);
    // An occasion, a day or a package is not had a second time for what was prepared: the parties agree on that themselves.
    let counted = suggested.line.unit.is_time() && !suggested.preparation_included;
    let preparation = (preparing > 0 && counted)
        .then(|| line(suggested.line.unit, suggested.line.rate, minutes(preparing), true));
    std::iter::once(suggested.line.clone()).chain(preparation).collect()
}

/// The journey to a place: the expert never bears the costs.
fn expenses(task: &TaskDescription) -> Vec<AgreedExpense> {
    let kinds: &[ExpenseKind] = match task.place.as_ref().map(|place| place.kind) {
        Some(PlaceKind::OnSite | PlaceKind::Hybrid) if task.fee_basis != FeeBasis::Volunteer => {
            &[ExpenseKind::Kilometres, ExpenseKind::PublicTransport]
        }
        _ => &[],
    };
    kinds.iter().map(|kind| AgreedExpense { kind: *kind, note: None, at_most: None }).collect()
}

/// The adjustments that the expert agreed to have passed on (S4-56): what is done, never why.
fn adjustments(expert: &Expert, language: Language) -> Vec<String> {
    let of = |agreed: &AgreedNeeds| {
        let label = |code: &String| codes::ADJUSTMENTS.find(code).map(|code| code.label(language));
        let labels = agreed.needs.adjustments.iter().filter_map(label).map(str::to_owned);
        labels.chain(agreed.needs.note.iter().map(|note| shortened(note, 500))).collect()
    };
    expert.needs.as_ref().map(of).unwrap_or_default()
}

const fn remotely(language: Language) -> &'static str {
    match language {
        Language::Fi => "etänä",
        Language::Sv => "på distans",
        Language::En => "remotely",
    }
}

/// `text`, cut to `most` characters.
fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
