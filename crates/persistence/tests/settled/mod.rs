//! The least that everything else needs: a node, and somebody there.

use domain::{
    localized::{Language, Localized},
    node::{Contact, Facts, History, Level, Node, Path},
    person::{self, Person},
};
use persistence::{Result, Session, nodes, people};

use crate::opened::id;

/// Puts the node 1 in place, and the person 2.
pub(crate) fn settle(session: &mut Session<'_>) -> Result<()> {
    let facts = Facts {
        name: Localized::fi("Suomi"),
        kind: None,
        area_code: None,
        y_tunnus: None,
        contact: Contact::default(),
        cost_centre: None,
    };
    let path = Path::root(id(1));
    nodes::add(
        session,
        Node { id: id(1), path, level: Level::Nation, facts, history: History::default() },
    )?;
    let facts = person::Facts {
        name: "Aino Esimerkki".to_owned(),
        email: "aino@example.fi".to_owned(),
        phone: None,
        address: None,
        language: Language::Fi,
        title: None,
        channel: person::Channel::default(),
    };
    people::add(session, Person::new(id(2), id(1), facts))?;
    Ok(())
}
