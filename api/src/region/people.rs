//! The made-up people and machines of the region. Nobody of that name is meant.

use domain::{
    client::Client,
    grant::{Grant, Terms},
    localized::Language,
    person::{Channel, Facts, Person},
    policy::{ClientScope, Role},
    time::Moment,
};
use persistence::{Result, Session, clients, grants, people};

use super::{PAYROLL_SECRET, client, id, node, person};
use crate::secret::sha256;

/// E-mail address, name, where, and as what.
const STAFF: &[(&str, &str, &str, Option<Role>)] = &[
    ("yllapito@kokemusvayla.example", "Yrjö Ylläpitäjä", "Suomi", Some(Role::PlatformAdmin)),
    ("keskus@lappi.example", "Kerttu Keskus", "Lapin hyvinvointialue", Some(Role::CentreManager)),
    (
        "koordinaattori@lappi.example",
        "Kaarina Kooste",
        "Lapin hyvinvointialue",
        Some(Role::AreaCoordinator),
    ),
    ("yhteys@lappi.example", "Leena Linkki", "Lapin hyvinvointialue", Some(Role::Liaison)),
    (
        "yhteys.mieli@lappi.example",
        "Mikko Välikäsi",
        "Mielen hyvinvoinnin palvelut",
        Some(Role::Liaison),
    ),
    ("tilaaja@lappi.example", "Tiina Tilaaja", "Päihde- ja riippuvuusyksikkö", Some(Role::Orderer)),
    (
        "esihenkilo@lappi.example",
        "Eero Esihenkilö",
        "Päihde- ja riippuvuusyksikkö",
        Some(Role::Orderer),
    ),
    ("vammais@lappi.example", "Vappu Vastaava", "Vammaispalvelujen yksikkö", Some(Role::Orderer)),
    ("opettaja@opisto.example", "Olli Opettaja", "Revontulen ammattiopisto", Some(Role::Orderer)),
    ("valittaja@kokemuspolku.example", "Veera Välittäjä", "Kokemuspolku ry", Some(Role::Broker)),
    ("valittaja@tunturintuki.example", "Taneli Tukija", "Tunturin Tuki ry", Some(Role::Broker)),
    (
        "ohjausryhma@lappi.example",
        "Oona Ohjaus",
        "Lapin hyvinvointialue",
        Some(Role::SteeringMember),
    ),
    ("kouluttaja@kokemuspolku.example", "Kalle Kouluttaja", "Kokemuspolku ry", Some(Role::Trainer)),
    (
        "tukihenkilo@lappi.example",
        "Tuula Tukihenkilö",
        "Kokemuspolku ry",
        Some(Role::SupportPerson),
    ),
    (
        "keskus@satakunta.example",
        "Saara Satakunta",
        "Satakunnan hyvinvointialue",
        Some(Role::CentreManager),
    ),
    (
        "koordinaattori@satakunta.example",
        "Kirsi Kokoaja",
        "Satakunnan hyvinvointialue",
        Some(Role::AreaCoordinator),
    ),
    (
        "yhteys@satakunta.example",
        "Lauri Lähellä",
        "Satakunnan hyvinvointialue",
        Some(Role::Liaison),
    ),
    ("tilaaja@satakunta.example", "Topi Tilaaja", "Kuntoutuksen yksikkö", Some(Role::Orderer)),
    ("valittaja@lounaankokemus.example", "Vilma Välissä", "Lounaan Kokemus ry", Some(Role::Broker)),
];

/// The machine clients: name, area and scope.
pub const MACHINES: &[(&str, &str, ClientScope)] = &[
    ("HR Lappi", "Lapin hyvinvointialue", ClientScope::Payroll),
    ("HR Satakunta", "Satakunnan hyvinvointialue", ClientScope::Payroll),
    ("Kokemuspolun verkkosivu", "Lapin hyvinvointialue", ClientScope::PublicBank),
];

/// How many experts live in the region: the first thirty in Lapland, the rest in Satakunta.
pub(super) const EXPERTS: usize = 40;

const FIRST: [&str; 20] = [
    "Aino", "Eino", "Helmi", "Ilmari", "Kaisa", "Lauri", "Maija", "Niilo", "Outi", "Pekka",
    "Raili", "Sakari", "Tuuli", "Urho", "Venla", "Väinö", "Ánne", "Máret", "Johan", "Linnea",
];

const LAST: [&str; 8] =
    ["Aalto", "Hirvi", "Koski", "Lumi", "Näkkäläjärvi", "Porokangas", "Suvanto", "Tunturi"];

/// The e-mail address of the expert with this number, from 1.
pub fn expert_email(number: usize) -> String {
    format!("kokemus{number:02}@posti.example")
}

pub(super) fn arrive(session: &mut Session<'_>, now: Moment) -> Result<()> {
    for (email, name, place, role) in STAFF {
        add(session, email, name, place, Channel::Email)?;
        if let Some(role) = role {
            grant(session, email, place, *role, now)?;
        }
    }
    for number in 1..=EXPERTS {
        let place = if number <= 30 { "Kokemuspolku ry" } else { "Lounaan Kokemus ry" };
        // In each organisation somebody who does not read e-mail.
        let channel = if number.is_multiple_of(12) { Channel::Sms } else { Channel::Email };
        add(session, &expert_email(number), &expert_name(number), place, channel)?;
    }
    for (name, area, scope) in MACHINES {
        machine(session, name, area, *scope)?;
    }
    Ok(())
}

/// Everybody of the region who can sign in: e-mail address, name, and role. Experts need none.
pub fn cast() -> impl Iterator<Item = (String, String, Option<Role>)> {
    let staff =
        STAFF.iter().map(|(email, name, _, role)| ((*email).to_owned(), (*name).to_owned(), *role));
    let experts = (1..=EXPERTS).map(|number| (expert_email(number), expert_name(number), None));
    staff.chain(experts)
}

fn expert_name(number: usize) -> String {
    format!("{} {}", FIRST[number % FIRST.len()], LAST[number % LAST.len()])
}

fn add(
    session: &mut Session<'_>,
    email: &str,
    name: &str,
    place: &str,
    channel: Channel,
) -> Result<()> {
    let facts = Facts {
        name: name.to_owned(),
        email: email.to_owned(),
        phone: Some("+358 40 000 0000".to_owned()),
        address: Some("Kuvitteellinen kuja 1, 99999 Esimerkkilä".to_owned()),
        language: Language::Fi,
        channel,
        title: None,
    };
    people::add(session, Person::new(person(email), node(place), facts))?;
    Ok(())
}

fn grant(
    session: &mut Session<'_>,
    email: &str,
    place: &str,
    role: Role,
    now: Moment,
) -> Result<()> {
    let terms = Terms::open(person(email), role, node(place), now.day());
    grants::add(session, Grant::give(id("grant", &format!("{email} {place}")), terms, None, now))?;
    Ok(())
}

fn machine(session: &mut Session<'_>, name: &str, area: &str, scope: ClientScope) -> Result<()> {
    let machine = Client {
        id: client(name),
        area: node(area),
        name: name.to_owned(),
        scopes: vec![scope],
        revoked: None,
    };
    let secret = sha256(PAYROLL_SECRET.as_bytes());
    clients::add(session, clients::Registered::new(machine, secret))?;
    Ok(())
}
