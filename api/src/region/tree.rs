//! The nation, its areas, and the organisations of the made-up region.

use domain::{
    localized::Localized,
    node::{Contact, Facts, History, Level, Node, NodeId, Path},
};
use persistence::{Database, Error, Result, Session, nodes};

use super::{node as id, questions};

/// The name of the root.
pub const NATION: &str = "Suomi";

/// The wellbeing services counties with their codes: CSC's copy of Statistics Finland's classification, 2023-05-10.
const AREAS: &[(&str, &str, &str, &str)] = &[
    (
        "01",
        "Itä-Uudenmaan hyvinvointialue",
        "Östra Nylands välfärdsområde",
        "East Uusimaa wellbeing services county",
    ),
    (
        "02",
        "Keski-Uudenmaan hyvinvointialue",
        "Mellersta Nylands välfärdsområde",
        "Central Uusimaa wellbeing services county",
    ),
    (
        "03",
        "Länsi-Uudenmaan hyvinvointialue",
        "Västra Nylands välfärdsområde",
        "West Uusimaa wellbeing services county",
    ),
    (
        "04",
        "Vantaan ja Keravan hyvinvointialue",
        "Vanda och Kervo välfärdsområde",
        "Vantaa and Kerava wellbeing services county",
    ),
    (
        "05",
        "Varsinais-Suomen hyvinvointialue",
        "Egentliga Finlands välfärdsområde",
        "Southwest Finland wellbeing services county",
    ),
    (
        "06",
        "Satakunnan hyvinvointialue",
        "Satakunta välfärdsområde",
        "Satakunta wellbeing services county",
    ),
    (
        "07",
        "Kanta-Hämeen hyvinvointialue",
        "Egentliga Tavastlands välfärdsområde",
        "Kanta-Häme wellbeing services county",
    ),
    (
        "08",
        "Pirkanmaan hyvinvointialue",
        "Birkalands välfärdsområde",
        "Pirkanmaa wellbeing services county",
    ),
    (
        "09",
        "Päijät-Hämeen hyvinvointialue",
        "Päijänne-Tavastlands välfärdsområde",
        "Päijät-Häme wellbeing services county",
    ),
    (
        "10",
        "Kymenlaakson hyvinvointialue",
        "Kymmenedalens välfärdsområde",
        "Kymenlaakso wellbeing services county",
    ),
    (
        "11",
        "Etelä-Karjalan hyvinvointialue",
        "Södra Karelens välfärdsområde",
        "South Karelia wellbeing services county",
    ),
    (
        "12",
        "Etelä-Savon hyvinvointialue",
        "Södra Savolax välfärdsområde",
        "South Savo wellbeing services county",
    ),
    (
        "13",
        "Pohjois-Savon hyvinvointialue",
        "Norra Savolax välfärdsområde",
        "North Savo wellbeing services county",
    ),
    (
        "14",
        "Pohjois-Karjalan hyvinvointialue",
        "Norra Karelens välfärdsområde",
        "North Karelia wellbeing services county",
    ),
    (
        "15",
        "Keski-Suomen hyvinvointialue",
        "Mellersta Finlands välfärdsområde",
        "Central Finland wellbeing services county",
    ),
    (
        "16",
        "Etelä-Pohjanmaan hyvinvointialue",
        "Södra Österbottens välfärdsområde",
        "South Ostrobothnia wellbeing services county",
    ),
    (
        "17",
        "Pohjanmaan hyvinvointialue",
        "Österbottens välfärdsområde",
        "Ostrobothnia wellbeing services county",
    ),
    (
        "18",
        "Keski-Pohjanmaan hyvinvointialue",
        "Mellersta Österbottens välfärdsområde",
        "Central Ostrobothnia wellbeing services county",
    ),
    (
        "19",
        "Pohjois-Pohjanmaan hyvinvointialue",
        "Norra Österbottens välfärdsområde",
        "North Ostrobothnia wellbeing services county",
    ),
    (
        "20",
        "Kainuun hyvinvointialue",
        "Kajanalands välfärdsområde",
        "Kainuu wellbeing services county",
    ),
    (
        "21",
        "Lapin hyvinvointialue",
        "Lapplands välfärdsområde",
        "Lapland wellbeing services county",
    ),
    ("90", "Helsingin kaupunki", "Helsingfors stad", "City of Helsinki"),
    ("91", "Ahvenanmaa", "Åland", "Åland"),
];

/// A made-up organisation: name, under which node, level, kind, cost centre.
type Organisation = (&'static str, &'static str, Level, Option<&'static str>, Option<&'static str>);

/// The made-up organisations.
const ORGANISATIONS: &[Organisation] = &[
    (
        "Revontulen sote-palvelut",
        "Lapin hyvinvointialue",
        Level::Organisation,
        Some("welfare_area"),
        None,
    ),
    ("Mielen hyvinvoinnin palvelut", "Revontulen sote-palvelut", Level::Unit, None, Some("4400")),
    (
        "Päihde- ja riippuvuusyksikkö",
        "Mielen hyvinvoinnin palvelut",
        Level::Unit,
        None,
        Some("4410"),
    ),
    ("Avomielenterveyden tiimi", "Päihde- ja riippuvuusyksikkö", Level::Team, None, Some("4411")),
    ("Vammaispalvelujen yksikkö", "Revontulen sote-palvelut", Level::Unit, None, Some("4500")),
    ("Kokemuspolku ry", "Lapin hyvinvointialue", Level::Organisation, Some("ngo"), None),
    ("Tunturin Tuki ry", "Lapin hyvinvointialue", Level::Organisation, Some("ngo"), None),
    (
        "Revontulen ammattiopisto",
        "Lapin hyvinvointialue",
        Level::Organisation,
        Some("school"),
        Some("OPI-1"),
    ),
    (
        "Porin rannan sote-palvelut",
        "Satakunnan hyvinvointialue",
        Level::Organisation,
        Some("welfare_area"),
        None,
    ),
    ("Kuntoutuksen yksikkö", "Porin rannan sote-palvelut", Level::Unit, None, Some("6100")),
    ("Lounaan Kokemus ry", "Satakunnan hyvinvointialue", Level::Organisation, Some("ngo"), None),
];

/// Puts the nation and its areas in place, unless they are there or another node puts them there just now.
///
/// # Errors
///
/// If the database fails.
pub fn settle(database: &Database) -> Result<()> {
    match database.write(|session| plant(session).map(drop)) {
        Err(Error::Exists) => Ok(()),
        result => result,
    }
}

/// Puts the nation and its areas in place, unless they are there. Gives the root.
///
/// # Errors
///
/// If the database fails.
pub fn plant(session: &mut Session<'_>) -> Result<NodeId> {
    if let Some(root) = nodes::root(session)? {
        return Ok(root.thing.id);
    }
    let root = Path::root(id(NATION));
    let nation = Localized::of(NATION, "Finland", "Finland");
    add(session, root.clone(), Level::Nation, facts(nation, None, None))?;
    for (code, fi, sv, en) in AREAS {
        let mut facts = facts(Localized::of(fi, sv, en), Some("welfare_area"), None);
        facts.area_code = Some((*code).to_owned());
        add(session, root.child(id(fi)), Level::Area, facts)?;
    }
    questions::ask(session, id(NATION))?;
    Ok(id(NATION))
}

/// Puts the made-up organisations in place.
pub(super) fn grow(session: &mut Session<'_>) -> Result<()> {
    for (name, parent, level, kind, cost_centre) in ORGANISATIONS {
        let path = nodes::path(session, id(parent))?.child(id(name));
        add(session, path, *level, facts(Localized::fi(name), *kind, *cost_centre))?;
    }
    Ok(())
}

fn facts(name: Localized, kind: Option<&str>, cost_centre: Option<&str>) -> Facts {
    Facts {
        name,
        kind: kind.map(str::to_owned),
        area_code: None,
        y_tunnus: None,
        contact: Contact::default(),
        cost_centre: cost_centre.map(str::to_owned),
    }
}

fn add(session: &mut Session<'_>, path: Path, level: Level, facts: Facts) -> Result<()> {
    let id = path.last().ok_or(Error::NotFound)?;
    nodes::add(session, Node { id, path, level, facts, history: History::default() })?;
    Ok(())
}
