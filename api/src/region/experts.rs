//! The made-up experts of the region. What they have lived through is made up as well.

use domain::{
    expert::{
        Background, CardId, DelegationForm, Enrolment, Expert, ExpertId, Needs, Newcomer,
        Perspective, Profile, SupportContact, ThemeConsent, Training, Visibility,
    },
    policy::Power,
    time::{Day, Moment},
};
use persistence::{Result, Session, experts, people};

use super::{
    id, node,
    people::{EXPERTS, expert_email},
    person,
};

/// The expert who takes no tasks at present.
pub const AWAY: usize = 8;

/// The expert who lets `tukihenkilo@lappi.example` act for them in everything.
pub const SUPPORTED: usize = 12;

const THEMES: [&str; 12] = [
    "mental_health",
    "substance_use",
    "long_term_illness",
    "disability",
    "grief",
    "debt",
    "homelessness",
    "family_caregiving",
    "neurodiversity",
    "loneliness",
    "unemployment",
    "violence",
];

const TASKS: [&str; 6] =
    ["lecture", "co_design", "customer_panel", "group_leading", "pair_work", "school_lesson"];

const WORDS: [&str; 6] = [
    "Kerron asioista suoraan ja kuuntelen mielelläni.",
    "Tuon mukanani huumoria ja rohkeutta.",
    "Olen tottunut puhumaan isollekin yleisölle.",
    "Haluan, että palvelut toimivat seuraavalle paremmin.",
    "Viihdyn pienissä ryhmissä ja työpajoissa.",
    "Valmistaudun huolella ja pidän aikataulusta kiinni.",
];

/// The identifier of the expert with this number, from 1.
pub fn expert(number: usize) -> ExpertId {
    id("expert", &expert_email(number))
}

/// The identifier of their card in the bank.
pub fn card(number: usize) -> CardId {
    id("card", &expert_email(number))
}

pub(super) fn enrol(session: &mut Session<'_>, now: Moment) -> Result<()> {
    for number in 1..=EXPERTS {
        let email = expert_email(number);
        let owner = people::find(session, person(&email))?;
        let who = Newcomer {
            id: expert(number),
            card: card(number),
            public_card: id("public card", &email),
            person: owner.thing.id,
            name: &owner.facts.name,
            node: owner.thing.node,
            by: owner.thing.id,
        };
        let made = Expert::enrol(enrolment(number), who, now).expect("the region is well-formed");
        experts::add(session, lived(number, made, now))?;
    }
    Ok(())
}

/// What has happened to some of them since.
fn lived(number: usize, expert: Expert, now: Moment) -> Expert {
    match number {
        AWAY => expert.avail(domain::expert::Availability::NotNow),
        SUPPORTED => {
            let powers = vec![
                Power::Profile,
                Power::Offers,
                Power::Agreements,
                Power::FeeForms,
                Power::Feedback,
            ];
            let form = DelegationForm { person: person("tukihenkilo@lappi.example"), powers };
            expert.delegate(form, now).expect("the region is well-formed")
        }
        _ => expert,
    }
}

fn enrolment(number: usize) -> Enrolment {
    let mut themes = vec![consent(number % 4, &[Visibility::BankSearch])];
    if number.is_multiple_of(3) {
        themes.push(consent(number + 5, &[Visibility::BankSearch, Visibility::NamedDisclosure]));
    }
    if number.is_multiple_of(5) {
        themes.push(consent(number + 7, &[Visibility::Public]));
    }
    let needs = number.is_multiple_of(7).then(|| Needs {
        adjustments: vec!["step_free".to_owned(), "breaks".to_owned()],
        note: Some("Tauko tunnin välein.".to_owned()),
        on_card: number.is_multiple_of(2),
        consent: true,
    });
    Enrolment {
        person: None,
        node: None,
        profile: profile(number),
        themes,
        needs,
        recorded_consent: None,
    }
}

fn consent(number: usize, visibility: &[Visibility]) -> ThemeConsent {
    let theme = THEMES[number % THEMES.len()].to_owned();
    ThemeConsent { theme, visibility: visibility.to_vec() }
}

fn profile(number: usize) -> Profile {
    let titles = ["experience_actor", "expert_by_experience", "developer_client"];
    let perspectives = [Perspective::Own, Perspective::CloseOne, Perspective::Both];
    let (home, support, area) = match number {
        1..=20 => ("Kokemuspolku ry", "Veera Välittäjä", "21"),
        21..=30 => ("Tunturin Tuki ry", "Taneli Tukija", "21"),
        _ => ("Lounaan Kokemus ry", "Vilma Välissä", "06"),
    };
    let mut areas = vec![area.to_owned()];
    if number.is_multiple_of(13) {
        areas = vec!["21".to_owned(), "06".to_owned()];
    }
    let mut languages = vec!["fi".to_owned()];
    match number % 20 {
        16 | 17 => languages.push("se".to_owned()),
        6 | 12 | 19 => languages.push("sv".to_owned()),
        _ => (),
    }
    let trained = (!number.is_multiple_of(3)).then(|| Training {
        model: "national".to_owned(),
        completed: Day::new(2022, 5, 31).expect("a day"),
        issuer: "Kokemustoimintaverkosto".to_owned(),
    });
    Profile {
        titles: vec![titles[number % 3].to_owned()],
        perspective: perspectives[number % 3],
        languages,
        areas,
        municipalities: Vec::new(),
        task_types: vec![TASKS[number % 6].to_owned(), TASKS[(number + 1) % 6].to_owned()],
        modes: if number.is_multiple_of(2) {
            vec!["on_site".to_owned(), "remote".to_owned()]
        } else {
            vec!["on_site".to_owned()]
        },
        activity_fields: vec!["experience_activity".to_owned()],
        trainings: trained.into_iter().collect(),
        skills: None,
        service_experience: None,
        advocacy_experience: None,
        introduction: Some(WORDS[number % WORDS.len()].to_owned()),
        public_introduction: number
            .is_multiple_of(5)
            .then(|| "Pidän puheenvuoroja lähellä ja verkossa.".to_owned()),
        background: vec![Background {
            organisation: node(home),
            support_contact: Some(SupportContact {
                name: support.to_owned(),
                email: None,
                phone: None,
            }),
        }],
    }
}
